"""Modals and Homes: triggers, the stack, hashes, submissions and every answer to them."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from playground.person import Person
from playground.server import Playground
from tests.playground.conftest import RecordingApp
from tests.playground.drawing import modal, opened, plain

HOME: dict[str, Any] = {"type": "home", "blocks": [{"type": "header", "text": plain("Home")}]}


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_trigger_opens_one_modal_and_only_one(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    trigger = pg.triggers.issue(ana.id)
    answer = await slack.views_open(trigger_id=trigger, view=modal())
    assert ana.modal is not None
    assert ana.modal["id"] == answer["view"]["id"]
    assert answer["view"]["state"]["values"] == {"name": {"answer": {"type": "plain_text_input", "value": None}}}
    assert await refused(slack.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"


async def test_a_trigger_that_is_too_old_or_unknown_opens_nothing(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    assert pg.triggers.lifetime == 3.0
    pg.triggers.lifetime = -1
    call = slack.views_open(trigger_id=pg.triggers.issue(ana.id), view=modal())
    assert await refused(call) == "expired_trigger_id"
    assert await refused(slack.views_open(trigger_id="1.2.x", view=modal())) == "invalid_trigger_id"
    assert ana.modal is None


async def test_a_view_that_breaks_a_rule_is_refused_with_its_place(slack: AsyncWebClient, ana: Person) -> None:
    with pytest.raises(SlackApiError) as caught:
        await slack.views_open(trigger_id="1.2.x", view=modal(title=plain("x" * 25)))
    body = caught.value.response
    assert body["error"] == "invalid_arguments"
    assert "/view/title/text" in body["response_metadata"]["messages"][0]


async def test_a_view_of_more_than_250_kb_is_too_large(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    block = {"type": "section", "text": plain("x" * 2999)}
    call = slack.views_open(trigger_id=pg.triggers.issue(ana.id), view=modal(*[block] * 90))
    assert await refused(call) == "view_too_large"


async def test_the_fourth_modal_does_not_fit_on_the_stack(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    await opened(pg, slack, ana, modal())
    for number in range(2):
        view = modal(callback_id=f"pushed{number}")
        await slack.views_push(trigger_id=pg.triggers.issue(ana.id), view=view)
    call = slack.views_push(trigger_id=pg.triggers.issue(ana.id), view=modal())
    assert await refused(call) == "push_limit_reached"
    assert ana.modal is not None
    assert ana.modal["callback_id"] == "pushed1"
    await ana.dismiss()
    assert ana.modal["callback_id"] == "pushed0"


async def test_a_second_modal_takes_the_place_of_the_first(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    told: list[str] = []
    pg.live.listen(lambda kind, _audience, _data: told.append(kind))
    await opened(pg, slack, ana, modal())
    await opened(pg, slack, ana, modal(callback_id="second"))
    assert [kind for kind in told if kind.startswith("view")] == ["view_open", "view_close", "view_open"]
    await ana.dismiss()
    assert ana.modal is None


async def test_a_push_needs_an_open_modal(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    call = slack.views_push(trigger_id=pg.triggers.issue(ana.id), view=modal())
    assert await refused(call) == "not_found"


async def test_an_old_hash_changes_nothing(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    view = await opened(pg, slack, ana, modal())
    await slack.views_update(view_id=view["id"], view=modal(callback_id="second"), hash=view["hash"])
    call = slack.views_update(view_id=view["id"], view=modal(callback_id="third"), hash=view["hash"])
    assert await refused(call) == "hash_conflict"
    assert ana.modal is not None
    assert ana.modal["callback_id"] == "second"


async def test_an_external_id_finds_its_view_and_is_taken_once(
    pg: Playground, slack: AsyncWebClient, ana: Person, bo: Person
) -> None:
    await opened(pg, slack, ana, modal(external_id="mine"))
    await slack.views_update(external_id="mine", view=modal(external_id="mine", callback_id="second"))
    call = slack.views_open(trigger_id=pg.triggers.issue(bo.id), view=modal(external_id="mine"))
    assert await refused(call) == "duplicate_external_id"
    assert await refused(slack.views_update(view_id="V404", view=modal())) == "not_found"


async def test_what_is_typed_survives_an_update(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    view = await opened(pg, slack, ana, modal())

    async def complain(_: SocketModeRequest) -> dict[str, Any]:
        return {"response_action": "errors", "errors": {"name": "Try again."}}

    app.reply = complain
    await ana.submit({"Name": "Ana"})
    await slack.views_update(view_id=view["id"], view=modal(callback_id="second"))
    assert ana.modal is not None
    assert ana.modal["state"]["values"]["name"]["answer"]["value"] == "Ana"


async def test_errors_keep_the_modal_open(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    async def complain(_: SocketModeRequest) -> dict[str, Any]:
        return {"response_action": "errors", "errors": {"name": "Taken."}}

    app.reply = complain
    await opened(pg, slack, ana, modal())
    result = await ana.submit({"Name": "Ana"})
    assert (result.ok, result.errors, result.closed) == (False, {"name": "Taken."}, False)
    assert ana.modal is not None


async def test_errors_must_name_input_blocks(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    async def complain(_: SocketModeRequest) -> dict[str, Any]:
        return {"response_action": "errors", "errors": {"nowhere": "Lost."}}

    app.reply = complain
    await opened(pg, slack, ana, modal())
    result = await ana.submit({"Name": "Ana"})
    assert (result.ok, result.error) == (False, "errors_must_name_input_blocks")
    assert pg.problems


@pytest.mark.parametrize(("wish", "stack"), [("update", ["second"]), ("push", ["second", "asking"])])
async def test_an_answer_may_change_or_push_the_view(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person, wish: str, stack: list[str]
) -> None:
    async def change(_: SocketModeRequest) -> dict[str, Any]:
        return {"response_action": wish, "view": modal(callback_id="second")}

    app.reply = change
    await opened(pg, slack, ana, modal())
    result = await ana.submit({"Name": "Ana"})
    assert (result.ok, result.closed) == (True, False)
    seen = []
    while ana.modal is not None:
        seen.append(ana.modal["callback_id"])
        await ana.dismiss()
    assert seen == stack


async def test_clear_closes_the_whole_stack(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    async def clear(_: SocketModeRequest) -> dict[str, str]:
        return {"response_action": "clear"}

    app.reply = clear
    await opened(pg, slack, ana, modal())
    await slack.views_push(trigger_id=pg.triggers.issue(ana.id), view=modal())
    assert (await ana.submit({"Name": "Ana"})).closed
    assert ana.modal is None


async def test_a_modal_that_clears_on_close_takes_the_stack_with_it(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    view = modal(clear_on_close=True, notify_on_close=True)
    await slack.views_push(trigger_id=pg.triggers.issue(ana.id), view=view)
    await ana.dismiss()
    await pg.settle()
    assert ana.modal is None
    assert app.payloads[0]["is_cleared"] is True


async def test_the_app_hears_of_a_closed_modal_only_where_it_asked_to(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    await ana.dismiss()
    await opened(pg, slack, ana, modal(notify_on_close=True, callback_id="watched"))
    await ana.dismiss()
    await pg.settle()
    assert [(p["type"], p["view"]["callback_id"]) for p in app.payloads] == [("view_closed", "watched")]


async def test_a_home_is_published_for_one_person_and_updated_by_hash(
    slack: AsyncWebClient, ana: Person, bo: Person
) -> None:
    first = await slack.views_publish(user_id=ana.id, view=HOME)
    again = await slack.views_publish(user_id=ana.id, view=HOME, hash=first["view"]["hash"])
    assert again["view"]["id"] == first["view"]["id"]
    call = slack.views_publish(user_id=ana.id, view=HOME, hash=first["view"]["hash"])
    assert await refused(call) == "hash_conflict"
    assert ana.home is not None
    assert bo.home is None
    assert await refused(slack.views_publish(user_id=ana.id, view=modal())) == "invalid_arguments"
