"""What a person at the screen does: pressing, choosing, writing, reading."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.errors import NoSuchThing, SlackError
from playground.person import Person
from playground.server import Playground
from tests.playground.conftest import RecordingApp

TEAM = "C07TEAM001"


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def actions(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "block_id": "choices", "elements": list(elements)}]


async def test_a_click_arrives_with_the_message_the_button_and_a_way_to_answer(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    blocks = actions(button("Answer", "checkin:answer", value="7", style="primary"))
    sent = await slack.chat_postMessage(channel=ana.id, text="x", blocks=blocks)
    assert (await ana.press("answer")).ok
    got = app.payloads[0]
    assert (got["type"], got["user"]["id"], got["api_app_id"]) == ("block_actions", ana.id, pg.app_id)
    assert got["container"] == {
        "type": "message",
        "message_ts": sent["ts"],
        "channel_id": sent["channel"],
        "is_ephemeral": False,
    }
    assert got["message"]["ts"] == sent["ts"]
    assert got["response_url"].startswith(pg.base_url)
    action = got["actions"][0]
    assert (action["type"], action["action_id"], action["value"]) == ("button", "checkin:answer", "7")
    assert (action["block_id"], action["text"]) == ("choices", plain("Answer"))
    assert action["action_ts"]


async def test_a_click_on_an_ephemeral_message_does_not_bring_the_message(
    slack: AsyncWebClient, app: RecordingApp, chi: Person
) -> None:
    await slack.chat_postEphemeral(channel=TEAM, user=chi.id, text="x", blocks=actions(button("Go", "go")))
    await chi.press("Go")
    assert app.payloads[0]["container"]["is_ephemeral"] is True
    assert "message" not in app.payloads[0]


async def test_the_newest_of_two_buttons_is_pressed_unless_another_is_meant(
    slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    for value in ("old", "new"):
        await slack.chat_postMessage(channel=ana.id, text=value, blocks=actions(button("Go", "go", value=value)))
    await ana.press("Go")
    await ana.press("Go", in_=ana.messages()[0])
    assert [payload["actions"][0]["value"] for payload in app.payloads] == ["new", "old"]


async def test_the_beginning_of_an_action_id_is_enough(slack: AsyncWebClient, app: RecordingApp, ana: Person) -> None:
    await slack.chat_postMessage(channel=ana.id, text="x", blocks=actions(button("Go", "pair:7:accept")))
    assert (await ana.press("pair:")).ok


async def test_what_is_not_there_is_refused_with_what_is(slack: AsyncWebClient, ana: Person) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": options("Pause", "Leave")}
    await slack.chat_postMessage(channel=ana.id, text="x", blocks=actions(button("Go", "go"), menu))
    with pytest.raises(NoSuchThing, match="'Go', 'more', 'Pause', 'Leave'"):
        await ana.press("Stop")


async def test_an_option_is_chosen_by_its_own_words(slack: AsyncWebClient, app: RecordingApp, ana: Person) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": options("Pause", "Leave")}
    await slack.chat_postMessage(channel=ana.id, text="x", blocks=actions(menu))
    await ana.press("Leave")
    assert app.payloads[0]["actions"][0]["selected_option"] == options("Leave")[0]


@pytest.mark.parametrize(
    ("element", "value", "key", "wanted"),
    [
        ({"type": "static_select", "options": options("A", "B")}, "B", "selected_option", options("B")[0]),
        ({"type": "checkboxes", "options": options("A", "B")}, ["A"], "selected_options", options("A")),
        ({"type": "users_select"}, "@bo", "selected_user", "U07BO00000"),
        ({"type": "conversations_select"}, "#programme-team", "selected_conversation", TEAM),
        ({"type": "datepicker"}, "2026-03-09", "selected_date", "2026-03-09"),
        ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
        ({"type": "datetimepicker"}, "2026-03-02 10:00", "selected_date_time", 1_772_442_000),
    ],
)
async def test_a_choice_is_understood_and_stays_in_the_state(
    slack: AsyncWebClient,
    app: RecordingApp,
    ana: Person,
    element: dict[str, Any],
    value: Any,
    key: str,
    wanted: Any,
) -> None:
    blocks = actions({**element, "action_id": "pick"}, button("Go", "go"))
    await slack.chat_postMessage(channel=ana.id, text="x", blocks=blocks)
    await ana.press("pick", value=value)
    await ana.press("Go")
    assert app.payloads[0]["actions"][0][key] == wanted
    assert app.payloads[1]["state"]["values"]["choices"]["pick"][key] == wanted


async def test_what_one_person_chooses_in_a_shared_message_is_not_anothers(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person, bo: Person
) -> None:
    pair = (await slack.conversations_open(users=[ana.id, bo.id]))["channel"]["id"]
    menu = {"type": "static_select", "action_id": "pick", "options": options("A", "B")}
    await slack.chat_postMessage(channel=pair, text="x", blocks=actions(menu, button("Go", "go")))
    await ana.press("pick", value="A")
    await bo.press("Go")
    assert app.payloads[1]["state"]["values"]["choices"]["pick"]["selected_option"] is None


async def test_a_click_in_a_home_carries_the_view_and_its_hash(
    slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    view = {"type": "home", "blocks": actions(button("Book", "book")), "private_metadata": "m"}
    shown = (await slack.views_publish(user_id=ana.id, view=view))["view"]
    await ana.press("Book")
    got = app.payloads[0]
    assert got["container"] == {"type": "view", "view_id": shown["id"]}
    assert (got["view"]["hash"], got["view"]["private_metadata"]) == (shown["hash"], "m")
    assert "response_url" not in got


async def test_an_input_tells_the_app_only_where_it_dispatches(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    quiet = {"type": "input", "label": plain("A"), "element": {"type": "plain_text_input", "action_id": "a"}}
    loud = {
        "type": "input",
        "label": plain("B"),
        "dispatch_action": True,
        "element": {"type": "plain_text_input", "action_id": "b"},
    }
    view = {"type": "modal", "title": plain("T"), "submit": plain("S"), "blocks": [quiet, loud]}
    await slack.views_open(trigger_id=pg.triggers.issue(ana.id), view=view)
    await ana.press("a", value="one")
    await ana.press("b", value="two")
    assert [payload["actions"][0]["action_id"] for payload in app.payloads] == ["b"]
    values = app.payloads[0]["view"]["state"]["values"]
    assert sorted(entry["value"] for block in values.values() for entry in block.values()) == ["one", "two"]


async def test_people_write_in_channels_but_not_in_the_apps_dm(slack: AsyncWebClient, chi: Person) -> None:
    direct = (await slack.conversations_open(users=chi.id))["channel"]["id"]
    chi.say(TEAM, "hello @dee <script>")
    assert chi.messages(TEAM)[-1]["text"] == "hello <@U07DEE0000|dee> &lt;script&gt;"
    with pytest.raises(SlackError, match="read_only"):
        chi.say(direct, "hello")


async def test_nobody_reads_a_private_channel_from_outside(ana: Person) -> None:
    with pytest.raises(SlackError, match="channel_not_found"):
        ana.messages(TEAM)


async def test_unread_messages_are_counted_until_they_are_read(slack: AsyncWebClient, ana: Person) -> None:
    for text in ("one", "two"):
        sent = await slack.chat_postMessage(channel=ana.id, text=text)
    unread = {place["id"]: place["unread"] for place in ana.conversations()}
    assert unread[sent["channel"]] == 2
    ana.read(sent["channel"])
    assert {place["unread"] for place in ana.conversations()} == {0}
    assert [m["text"] for m in ana.messages(since_ts=ana.messages()[0]["ts"])] == ["two"]
