"""Whatever a handler does, the person gets an answer in time, and nothing happens twice."""

import asyncio
import io
import json
import re

import pytest

from tests.handlers.probe import SECRET, Doors

PAST = "That time has already passed"
PICK = "Please pick one."
AGAIN = "That took too long"
REFERENCE = re.compile(r"the number ([0-9A-Za-z_-]{8})\.")


def failures(lines: io.StringIO) -> list[dict[str, object]]:
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [line for line in logged if line["event"] == "handler_failed"]


def the_one_failure(lines: io.StringIO, said: str) -> None:
    """One line in the log under the number that was said, and nothing of what the problem quoted."""
    found = REFERENCE.search(said)
    assert found, said
    assert [line["reference"] for line in failures(lines)] == [found[1]]
    assert SECRET not in lines.getvalue() and SECRET not in said


# what goes wrong on our side


async def test_a_command_that_fails_is_answered_with_a_number_that_stands_in_the_log(
    doors: Doors, lines: io.StringIO
) -> None:
    assert (await doors.ana.command(f"/revmentor raise {SECRET}")).ok
    the_one_failure(lines, doors.heard())


async def test_a_button_in_a_message_that_fails_is_answered_beside_the_message(
    doors: Doors, lines: io.StringIO
) -> None:
    assert (await doors.press_message("raise")).ok
    the_one_failure(lines, doors.heard())


async def test_a_modal_that_fails_stays_open_with_the_number_under_a_field(doors: Doors, lines: io.StringIO) -> None:
    await doors.show_modal("raise")
    result = await doors.ana.submit({"wish": SECRET})
    assert not result.closed and list(result.errors) == ["wish"]
    the_one_failure(lines, result.errors["wish"])


async def test_a_button_in_a_modal_that_fails_is_answered_on_top(doors: Doors, lines: io.StringIO) -> None:
    await doors.show_modal("say")
    assert (await doors.ana.press("probe.raise")).ok
    the_one_failure(lines, str(doors.ana.modal))


async def test_a_button_in_home_that_fails_is_answered_in_a_modal(doors: Doors, lines: io.StringIO) -> None:
    await doors.show_home()
    assert (await doors.ana.press("probe.raise")).ok
    the_one_failure(lines, str(doors.ana.modal))


async def test_a_modal_that_is_loading_when_its_handler_fails_says_so(doors: Doors, lines: io.StringIO) -> None:
    assert (await doors.ana.command("/revmentor open_raise")).ok
    the_one_failure(lines, str(doors.ana.modal))


# refusals


async def test_a_refusal_reaches_the_person_on_every_surface(doors: Doors) -> None:
    await doors.ana.command("/revmentor refuse")
    assert PAST in doors.heard()
    await doors.press_message("refuse")
    assert doors.heard().count(PAST) == 2
    await doors.show_home()
    await doors.ana.press("probe.refuse", in_=doors.ana.home)
    assert PAST in str(doors.ana.modal)
    await doors.ana.command("/revmentor open_refuse")
    assert PAST in str(doors.ana.modal)


async def test_a_refusal_of_a_button_in_a_modal_leaves_what_is_typed_below(doors: Doors) -> None:
    await doors.show_modal("say")
    await doors.ana.press("probe.refuse")
    assert PAST in str(doors.ana.modal)
    await doors.ana.dismiss()
    assert doors.ana.modal is not None and doors.ana.modal["callback_id"] == "probe.say"


async def test_refusals_of_a_submission_stand_under_their_fields(doors: Doors) -> None:
    await doors.show_modal("refuse_many")
    result = await doors.ana.submit({"wish": "a", "why": "b"})
    assert PAST in result.errors["wish"] and result.errors["why"] == PICK


async def test_a_refusal_about_a_field_that_is_not_shown_stands_under_the_first(doors: Doors) -> None:
    await doors.show_modal("refuse")
    result = await doors.ana.submit()
    assert list(result.errors) == ["wish"]


async def test_refusals_of_a_modal_without_fields_are_all_said_in_its_place(doors: Doors) -> None:
    await doors.show_modal("refuse_many", inputs=False)
    assert (await doors.ana.submit()).ok
    assert PAST in str(doors.ana.modal) and PICK in str(doors.ana.modal)


async def test_refusals_of_a_command_are_all_said(doors: Doors) -> None:
    await doors.ana.command("/revmentor refuse_many")
    assert PAST in doors.heard() and PICK in doors.heard()


# every reply on every surface


@pytest.mark.parametrize(
    ("name", "shown"),
    [("say", "Said."), ("replace", "Replaced."), ("show", "Shown"), ("both", "Shown"), ("redraw", "Redrawn")],
)
async def test_every_reply_shows_in_a_modal_after_its_button(doors: Doors, name: str, shown: str) -> None:
    await doors.show_modal("say")
    assert (await doors.ana.press(f"probe.{name}")).ok
    if name == "both":
        await doors.ana.dismiss()
        shown = "Replaced."
    assert shown in str(doors.ana.modal)


@pytest.mark.parametrize(
    ("name", "shown"), [("say", "Said."), ("show", "Shown"), ("both", "Shown"), ("redraw", "Redrawn")]
)
async def test_every_reply_shows_after_a_submission(doors: Doors, name: str, shown: str) -> None:
    await doors.show_modal(name)
    assert (await doors.ana.submit()).ok
    assert (shown in str(doors.ana.modal)) is (name != "both")


@pytest.mark.parametrize("name", ["nothing", "close", "replace"])
async def test_a_submission_with_nothing_to_show_closes(doors: Doors, name: str) -> None:
    await doors.show_modal(name)
    assert (await doors.ana.submit()).closed
    assert doors.ana.modal is None


async def test_a_button_in_a_message_is_answered_in_its_shape(doors: Doors) -> None:
    assert (await doors.press_message("both")).ok
    assert "Replaced." in doors.heard() and "Shown" in str(doors.ana.modal)
    assert (await doors.press_message("say")).ok
    assert "Said." in doors.heard()
    assert (await doors.press_message("nothing")).ok


async def test_a_button_in_home_opens_what_it_shows(doors: Doors) -> None:
    await doors.show_home()
    for name, shown in (("say", "Said."), ("show", "Shown")):
        assert (await doors.ana.press(f"probe.{name}", in_=doors.ana.home)).ok
        assert shown in str(doors.ana.modal)
    assert (await doors.ana.press("probe.replace", in_=doors.ana.home)).ok


async def test_a_command_is_answered_in_its_shape(doors: Doors) -> None:
    for name in ("say", "show", "errors", "nothing"):
        assert (await doors.ana.command(f"/revmentor {name}")).ok
    assert "Said." in doors.heard() and "Not so." in doors.heard() and "Shown" in str(doors.ana.modal)


# slow work


async def test_a_modal_keeps_what_was_typed_while_its_work_goes_on_and_pressing_again_joins_it(
    doors: Doors, hurried: None
) -> None:
    await doors.show_modal("slow")
    first = await doors.ana.submit({"why": "because", "wish": "plums"})
    assert not first.closed and "Still saving" in first.errors["wish"]
    again = await doors.ana.submit({"why": "because", "wish": "plums"})
    assert "Still saving" in again.errors["wish"]
    await doors.finish()
    last = await doors.ana.submit({"why": "because", "wish": "plums"})
    assert last.ok and "It is done." in str(doors.ana.modal)
    assert doors.probe.done == ["plums"]


async def test_a_late_modal_pressed_with_something_else_typed_does_that_too(doors: Doors, hurried: None) -> None:
    await doors.show_modal("slow")
    await doors.ana.submit({"wish": "plums"})
    await doors.finish()
    assert (await doors.ana.submit({"wish": "pears"})).ok
    assert doors.probe.done == ["plums", "pears"]


async def test_two_presses_at_the_same_moment_do_the_work_once(doors: Doors) -> None:
    await doors.show_modal("slow")
    pressed = asyncio.gather(*(doors.ana.submit({"wish": "plums"}) for _ in range(5)))
    await doors.under_way(5)
    doors.probe.gate.set()
    await pressed
    assert doors.probe.done == ["plums"]


async def test_a_slow_modal_without_fields_shows_by_itself_what_became_of_it(doors: Doors, hurried: None) -> None:
    await doors.show_modal("slow", inputs=False)
    assert (await doors.ana.submit()).ok
    assert "longer than usual" in str(doors.ana.modal)
    await doors.finish()
    assert "It is done." in str(doors.ana.modal)


async def test_a_slow_command_is_answered_twice_and_done_once(doors: Doors, hurried: None) -> None:
    assert (await doors.ana.command("/revmentor slow pie")).ok
    assert "longer than usual" in doors.heard() and "It is done." not in doors.heard()
    await doors.finish()
    assert "It is done." in doors.heard() and doors.probe.done == ["pie"]


async def test_a_slow_modal_to_be_opened_keeps_its_place(doors: Doors, hurried: None) -> None:
    assert (await doors.ana.command("/revmentor open_slow")).ok
    assert "One moment" in str(doors.ana.modal)
    await doors.finish()
    assert "It is done." in str(doors.ana.modal)


async def test_a_slow_button_is_answered_when_it_is_done(doors: Doors, hurried: None) -> None:
    assert (await doors.press_message("slow")).ok
    assert "It is done." not in doors.heard()
    await doors.finish()
    assert "It is done." in doors.heard()


async def test_slack_hears_within_three_seconds_of_work_that_never_ends(doors: Doors, in_earnest: None) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    await doors.show_modal("slow")
    modal, command = await asyncio.gather(doors.ana.submit({"wish": "x"}), doors.ana.command("/revmentor slow y"))
    assert "Still saving" in modal.errors["wish"] and command.ok
    assert loop.time() - started < 3


# Slack itself fails


async def test_a_response_address_that_hangs_holds_up_no_acknowledgement(doors: Doors, hurried: None) -> None:
    async def hang(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await doors.probe.gate.wait()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await doors.ana.command("/revmentor buttons")
    shown = doors.ana.messages("C07GENERAL")[-1]
    doors.pg.response_urls.issue = lambda *_: f"http://127.0.0.1:{port}/"  # type: ignore[method-assign]
    assert (await doors.ana.press("probe.replace", in_={"channel": "C07GENERAL", "ts": shown["ts"]})).ok
    await doors.finish()
    server.close()


async def test_a_window_that_was_closed_while_something_was_worked_out_is_no_failure(
    doors: Doors, hurried: None, lines: io.StringIO
) -> None:
    await doors.show_modal("say")
    assert (await doors.ana.press("probe.later")).ok
    doors.pg.views.clear(doors.ana.id)
    await doors.finish()
    assert doors.probe.done == ["later"] and failures(lines) == [] and doors.ana.messages() == []
    assert [json.loads(line)["event"] for line in lines.getvalue().splitlines()] == ["view_closed"]


async def test_whoever_presses_too_late_for_slack_is_told_to_press_again_and_it_is_no_failure(
    doors: Doors, lines: io.StringIO
) -> None:
    await doors.show_modal("say")
    doors.pg.triggers.lifetime = -1
    assert (await doors.ana.press("probe.show")).ok and AGAIN in doors.ana.messages()[0]["text"]
    assert (
        doors.ana.modal is not None and doors.ana.modal["callback_id"] == "probe.say"
    )  # what was typed is still there
    doors.pg.views.clear(doors.ana.id)
    assert (await doors.ana.command("/revmentor modal")).ok and doors.heard().count(AGAIN) == 1
    assert (await doors.press_message("show")).ok and doors.heard().count(AGAIN) == 2
    await doors.show_home()
    assert (await doors.ana.press("probe.show", in_=doors.ana.home)).ok and len(doors.ana.messages()) == 2
    assert doors.ana.modal is None and failures(lines) == []
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [line["level"] for line in told if line["event"] == "trigger_too_late"] == ["info"] * 4
