"""Unknown names, odd payloads, and the one acknowledgement that each request gets."""

from typing import Any

import pytest

from handlers.turn import Surface, parts_of
from playground.faults import Fault
from tests.handlers.probe import Doors, modal

GONE = "That is no longer open."


async def test_an_unknown_button_says_that_it_is_no_longer_open(doors: Doors) -> None:
    assert (await doors.press_message("unknown")).ok
    assert GONE in doors.heard()


async def test_an_unknown_button_in_a_modal_and_in_home_says_so_too(doors: Doors) -> None:
    await doors.show_modal("say")
    await doors.ana.press("probe.unknown")
    assert GONE in str(doors.ana.modal)
    await doors.show_home()
    await doors.ana.press("probe.unknown", in_=doors.ana.home)
    assert GONE in str(doors.ana.modal)


async def test_an_unknown_modal_says_so_under_a_field_or_in_its_place(doors: Doors) -> None:
    await doors.show_modal("nobody_knows")
    assert (await doors.ana.submit({"wish": "kept"})).ok
    assert GONE in str(doors.ana.modal)


async def test_an_unknown_command_is_quoted_shortened_and_harmless(doors: Doors) -> None:
    word = "<!channel>" + "x" * 100
    assert (await doors.ana.command(f"/revmentor {word}")).ok
    assert "I don't know" in doors.heard()
    assert "<!channel>" not in doors.heard() and "x" * 50 not in doors.heard()


@pytest.mark.parametrize("metadata", ["", "not json", "[1, 2]", '"text"', "null", "7", '{"a": {"b": 1}}', "{" * 3000])
async def test_malformed_metadata_is_no_metadata(doors: Doors, metadata: str) -> None:
    view = modal().payload() | {"callback_id": "probe.say", "private_metadata": metadata}
    await doors.client.views_open(trigger_id=doors.pg.triggers.issue(doors.ana.id), view=view)
    assert (await doors.ana.submit()).ok
    assert "Said." in str(doors.ana.modal)


def envelope(doors: Doors, **changes: Any) -> dict[str, Any]:
    user = {"id": doors.ana.id, "team_id": doors.pg.workspace.team_id}
    shown = modal().payload() | {"callback_id": "probe.say"}
    view = {"id": "V1", "type": "modal", "state": {"values": {}}, **shown}
    return {"type": "view_submission", "user": user, "team": {"id": user["team_id"]}, "view": view, **changes}


async def test_a_submission_without_a_team_is_told_a_number_under_its_first_field(doors: Doors) -> None:
    ack = await doors.pg.hand_over("interactive", "odd", envelope(doors, team=None, user={"id": doors.ana.id}))
    assert ack.ok and ack.payload["response_action"] == "errors" and list(ack.payload["errors"]) == ["wish"]


async def test_a_submission_of_an_organisation_is_served_by_the_users_team(doors: Doors) -> None:
    ack = await doors.pg.hand_over("interactive", "odd", envelope(doors, team=None, enterprise={"id": "E1"}))
    assert ack.ok and ack.payload["response_action"] == "update"


async def test_a_command_without_a_user_is_told_a_number(doors: Doors) -> None:
    payload = {"command": "/revmentor", "text": "say", "team_id": doors.pg.workspace.team_id, "trigger_id": "1.2.3"}
    ack = await doors.pg.hand_over("slash_commands", "odd", payload)
    assert ack.ok and "Something went wrong on our side" in ack.payload["text"]


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [{}]},
        {"type": "block_actions", "actions": [{"action_id": "probe.show"}], "view": {"type": "modal"}},
        {"view": {"type": "modal", "callback_id": "probe.say"}},
        {"view": {"type": "modal", "callback_id": "probe.say", "blocks": [{}], "state": None}},
    ],
)
async def test_an_odd_payload_leaves_the_doors_open(doors: Doors, changes: dict[str, Any]) -> None:
    doors.pg.ack_seconds = 1.0
    await doors.pg.hand_over("interactive", "odd", envelope(doors, **changes))
    assert (await doors.ana.command("/revmentor say")).ok
    assert "Said." in doors.heard()


async def test_nobody_waits_for_slack_to_say_who_we_are(doors: Doors) -> None:
    doors.pg.faults.rules = [Fault("auth.test", "500_before")]
    assert (await doors.ana.command("/revmentor modal")).ok
    assert (await doors.press_message("say")).ok
    assert not any(row["what"] == "auth.test" for row in doors.pg.log.rows())


async def test_each_request_is_acknowledged_once(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    send = doors.socket.client.send_message

    async def listening(message: str) -> None:
        sent.append(message)
        await send(message)

    monkeypatch.setattr(doors.socket.client, "send_message", listening)
    for name in ("say", "raise", "refuse", "show", "nothing", "open_raise", "unknown"):
        await doors.ana.command(f"/revmentor {name}")
    await doors.press_message("both")
    await doors.show_modal("raise")
    await doors.ana.submit()
    assert len(sent) == 10 and len({message for message in sent if "envelope_id" in message}) == 10


@pytest.mark.parametrize(
    ("view", "surface"),
    [({}, Surface.MESSAGE), ({"type": "home"}, Surface.HOME), ({"type": "modal", "blocks": []}, Surface.MODAL)],
)
def test_the_surface_is_where_the_person_acted(view: dict[str, Any], surface: Surface) -> None:
    assert parts_of({"view": view, "actions": [{"action_id": "a.b:c", "value": "v"}]})["surface"] is surface


@pytest.mark.parametrize(
    ("action", "choice"),
    [
        ({"action_id": "a.b:c"}, "c"),
        ({"action_id": "a.b", "selected_option": {"value": "o"}}, "o"),
        ({"action_id": "a.b", "selected_user": "U1"}, "U1"),
        ({"action_id": "a.b", "selected_date": "2026-03-02"}, "2026-03-02"),
        ({"action_id": "a.b", "selected_option": None}, ""),
    ],
)
def test_a_choice_is_what_was_picked_or_what_the_button_stands_for(action: dict[str, Any], choice: str) -> None:
    assert parts_of({"actions": [action]})["choice"] == choice


def test_only_inputs_can_carry_an_error() -> None:
    state = {"values": {"menu": {"menu": {"value": "x"}}, "wish": {"wish": {"value": " y "}}}}
    view = {"type": "modal", "state": state, "blocks": [{"type": "section", "block_id": "menu"}]}
    assert parts_of({"view": view})["form"].first is None
    view["blocks"] = [*view["blocks"], {"type": "input", "block_id": "wish"}]  # type: ignore[misc]
    form = parts_of({"view": view})["form"]
    assert form.first == "wish" and form.text("menu") == "x" and form.text("wish") == "y"
