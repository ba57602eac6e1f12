"""Modals and Homes: triggers, the stack, hashes, submissions and every answer to them."""

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import NoSuchThing
from playground.person import Person
from playground.server import Playground
from tests.playground.conftest import RecordingApp


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def ask(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = {"action_id": "answer", **element}
    return {"type": "input", "block_id": block_id, "label": plain(block_id.title()), "element": made, **more}


def modal(*blocks: Any, **more: Any) -> dict[str, Any]:
    shown = blocks or (ask("name", {"type": "plain_text_input", "max_length": 10}),)
    return {
        "type": "modal",
        "callback_id": "asking",
        "title": plain("A question"),
        "submit": plain("Send"),
        "blocks": list(shown),
        **more,
    }


HOME: dict[str, Any] = {"type": "home", "blocks": [{"type": "header", "text": plain("Home")}]}
RADIO = {
    "type": "radio_buttons",
    "options": [{"text": plain("Yes, she did"), "value": "yes"}, {"text": plain("Not yet"), "value": "no"}],
}


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def opened(pg: Playground, slack: AsyncWebClient, person: Person, view: dict[str, Any]) -> dict[str, Any]:
    answer = await slack.views_open(trigger_id=pg.triggers.issue(person.id), view=view)
    made: dict[str, Any] = answer["view"]
    return made


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


async def test_a_submission_carries_the_state_and_an_empty_answer_closes(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person, bo: Person
) -> None:
    fields = [
        ask("when", {"type": "datetimepicker"}),
        ask("who", {"type": "multi_users_select"}),
        ask("did", RADIO, optional=True),
        ask("why", {"type": "plain_text_input", "initial_value": "because"}),
    ]
    await opened(pg, slack, ana, modal(*fields, private_metadata="7"))
    result = await ana.submit({"When": "2026-03-02 10:00", "who": "Bo Lindgren", "Did": "not yet"})
    assert (result.ok, result.closed) == (True, True)
    assert ana.modal is None
    sent = app.payloads[-1]
    values = sent["view"]["state"]["values"]
    assert (sent["type"], sent["view"]["private_metadata"]) == ("view_submission", "7")
    assert values["when"]["answer"]["selected_date_time"] == 1_772_442_000
    assert values["who"]["answer"]["selected_users"] == [bo.id]
    assert values["did"]["answer"]["selected_option"]["value"] == "no"
    assert values["why"]["answer"]["value"] == "because"


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


async def test_the_client_sends_nothing_while_a_field_is_empty_or_too_long(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    assert list((await ana.submit()).errors) == ["name"]
    assert list((await ana.submit({"name": "x" * 11})).errors) == ["name"]
    assert app.requests == []


@pytest.mark.parametrize(
    ("element", "wrong", "right"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab", "abc"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "1"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.9", "2.0"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.1", "2"),
        ({"type": "number_input", "is_decimal_allowed": True}, "two", "2"),
        ({"type": "email_text_input"}, "ana", "ana@example.com"),
        ({"type": "url_text_input"}, "example.com", "https://example.com/"),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["ana", "bo"], ["bo"]),
    ],
)
async def test_the_client_checks_a_field_before_it_sends(
    pg: Playground,
    slack: AsyncWebClient,
    app: RecordingApp,
    ana: Person,
    element: dict[str, Any],
    wrong: Any,
    right: Any,
) -> None:
    await opened(pg, slack, ana, modal(ask("field", element)))
    assert list((await ana.submit({"field": wrong})).errors) == ["field"]
    assert (await ana.submit({"field": right})).ok
    assert len(app.requests) == 1


async def test_a_hundred_clicks_on_submit_bring_a_hundred_submissions_and_close_once(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    results = await asyncio.gather(*(ana.submit({"Name": "Ana"}) for _ in range(100)))
    assert all(result.ok for result in results)
    assert len({payload["view"]["id"] for payload in app.payloads}) == 1
    assert len(app.payloads) == 100


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


async def test_a_lost_submission_keeps_the_modal_and_what_was_typed(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    result = await ana.submit({"Name": "Ana"})
    assert (result.ok, result.error) == (False, "dispatch_failed")
    assert ana.modal is not None
    assert ana.modal["state"]["values"]["name"]["answer"]["value"] == "Ana"


async def test_the_app_hears_of_a_closed_modal_only_where_it_asked_to(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    await ana.dismiss()
    await opened(pg, slack, ana, modal(notify_on_close=True, callback_id="watched"))
    await ana.dismiss()
    await pg.settle()
    assert [(p["type"], p["view"]["callback_id"]) for p in app.payloads] == [("view_closed", "watched")]


async def test_a_field_that_is_not_there_is_named_with_those_that_are(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    await opened(pg, slack, ana, modal())
    with pytest.raises(NoSuchThing, match="there are: Name"):
        await ana.submit({"Surname": "x"})


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
