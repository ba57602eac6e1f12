"""The check-in as people live it: the invitation, the modal, the second time, the reflection, and what stays secret."""

from io import StringIO
from pathlib import Path

import pytest

from bot import log
from playground.person import Person
from storage import checkin, match
from storage.records.match import PairState
from tests.databases import every_cell
from tests.end_to_end.conftest import Town
from tests.held import hold
from tests.thorough import thorough
from tests.world import TEAM, World, seed

FOUR = {
    "checkin.option:learn": "They did something differently",
    "checkin.option:help": "Yes, done",
    "checkin.option:advocate": "They say so, I can't tell",
    "checkin.option:introduce": "I don't want one now",
}


@pytest.fixture
async def world(town: Town) -> World:
    """Ana and Bo have held a session; it is the morning after next."""
    world = await seed(town.house.kit)
    await hold(town.house.kit, world)
    await town.forward(days=2)
    return world


def fields(person: Person) -> list[str]:
    """The names of the open modal's fields."""
    assert person.modal is not None
    return [block["block_id"] for block in person.modal["blocks"] if block["type"] == "input"]


def shown(person: Person) -> str:
    return str(person.modal)


async def answer(person: Person, **changes: object) -> None:
    await person.press("checkin.answer")
    assert (await person.submit({**FOUR, **changes})).ok


async def test_a_junior_answers_in_one_modal_and_is_thanked(town: Town, world: World) -> None:
    ana = town.person("ana")
    await ana.press("Answer")
    assert "What is Bo learning from you" in shown(ana)
    assert "Only you see your answers" in shown(ana)
    assert (await ana.submit(FOUR)).ok
    assert "Want to use any of this?" in shown(ana)


async def test_a_question_left_out_is_named_and_nothing_is_lost(town: Town, world: World) -> None:
    ana = town.person("ana")
    await ana.press("Answer")
    three = {name: value for name, value in FOUR.items() if not name.endswith("introduce")}
    result = await ana.submit(three)
    assert list(result.errors) == ["checkin.option:introduce"]
    assert (await ana.submit({"checkin.option:introduce": "Not yet"})).ok


async def test_a_date_field_appears_beside_a_promise_and_goes_with_it(town: Town, world: World) -> None:
    ana = town.person("ana")
    await ana.press("Answer")
    await ana.press("checkin.option:help", value="Offered, with a date")
    assert fields(ana)[2:4] == ["checkin.option:help", "checkin.by_when:help"]
    refused = await ana.submit(
        {**FOUR, "checkin.option:help": "Offered, with a date", "checkin.by_when:help": "2026-03-01"}
    )
    assert "passed" in refused.errors["checkin.by_when:help"]
    await ana.press("checkin.option:help", value="Yes, done")
    assert "checkin.by_when:help" not in fields(ana)
    assert (await ana.submit({})).ok


async def test_sent_before_the_date_field_came_it_is_asked_for_and_all_is_kept(town: Town, world: World) -> None:
    ana = town.person("ana")
    await ana.press("Answer")
    hasty = {**FOUR, "checkin.option:help": "Offered, with a date", "checkin.example:learn": "He asked first"}
    await ana.submit(hasty)
    assert "checkin.by_when:help" in fields(ana)
    assert (await ana.submit({"checkin.by_when:help": "2026-03-20"})).ok
    async with town.house.kit.store.read(TEAM) as tx:
        ((_, sheet),) = await checkin.sheets(tx, world.pair.id, world.ana.id)
    assert [a.option for a in sheet.answers] == ["changed", "promised", "claimed", "unwanted"]
    assert sheet.answers[0].example == "He asked first"


@thorough
async def test_the_second_time_one_tap_is_enough(town: Town, world: World) -> None:
    ana = town.person("ana")
    await answer(ana)
    await ana.dismiss()
    await town.forward(days=10)
    await hold(town.house.kit, world)
    await town.forward(days=4)
    await ana.press("Answer")
    await ana.press("Nothing new since last time")
    assert "Want to use any of this?" in shown(ana)
    async with town.house.kit.store.read(TEAM) as tx:
        first, second = [sheet for _, sheet in await checkin.sheets(tx, world.pair.id, world.ana.id)]
    assert first.answers == second.answers


async def test_sent_after_the_pair_has_ended_a_sentence_says_so_and_the_modal_stays(town: Town, world: World) -> None:
    ana = town.person("ana")
    await ana.press("Answer")
    async with town.house.kit.store.write(TEAM) as tx:
        assert await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.ENDED)
    result = await ana.submit(FOUR)
    assert "This pairing has ended" in result.errors["checkin.option:learn"]
    assert not result.closed


@thorough
async def test_an_invitation_that_has_closed_says_so(town: Town, world: World) -> None:
    ana = town.person("ana")
    await town.forward(days=20)
    await ana.press("Answer", in_=ana.messages()[0])
    assert "has closed" in shown(ana)


async def test_tomorrow_and_skip_change_the_message(town: Town, world: World) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    await ana.press("Tomorrow")
    assert "I'll ask again on *Thu 5 Mar" in town.said(ana)
    await bo.press("Skip this time")
    assert "You can still answer until" in town.said(bo)
    await bo.press("Answer after all")
    assert "What did I learn?" in shown(bo)


async def test_something_is_wrong_shows_who_helps_and_sends_nothing(town: Town, world: World) -> None:
    ana = town.person("ana")
    await ana.press("Something is wrong")
    assert "Raise a concern" in shown(ana)
    for name in ("noor", "eli", "chi"):
        assert f"<@{town.person(name).id}>" in shown(ana)
        assert town.person(name).messages() == []


async def test_the_command_opens_it_for_either_side(town: Town, world: World) -> None:
    ana, bo, chi = (town.person(name) for name in ("ana", "bo", "chi"))
    for person, title in ((ana, "After your session"), (bo, "What you take away")):
        assert (await person.command("/revmentor checkin")).ok
        assert title in shown(person)
    await chi.command("/revmentor checkin")
    assert "/revmentor join" in shown(chi)


async def test_a_reflection_with_a_promise_reaches_the_pair_space_and_can_be_undone(town: Town, world: World) -> None:
    bo, ana = town.person("bo"), town.person("ana")
    await bo.press("Write it down")
    half = await bo.submit({"commit.text": "When a review comes, I will ask the phones first"})
    assert list(half.errors) == ["commit.due_on"]
    assert (await bo.submit({"checkin.learned": "Whom to ask", "commit.due_on": "2026-03-20"})).ok
    await bo.press("Undo")
    assert "as though it had never been written" in shown(bo)
    await bo.dismiss()
    await town.forward(minutes=11)
    assert [c for c in ana.conversations() if c["kind"] == "mpim"] == []


SECRETS = ("zebra-7731", "heron-1188", "otter-4402", "claimed", "unwanted", "2026-05-17")


async def test_no_answer_is_readable_in_the_database_or_in_any_log_line(town: Town, world: World) -> None:
    lines = StringIO()
    log.configure("DEBUG", lines)
    ana, bo = town.person("ana"), town.person("bo")
    await ana.press("Answer")
    await ana.press("checkin.option:help", value="Offered, with a date")
    told = {"checkin.option:help": "Offered, with a date", "checkin.by_when:help": "2026-05-17"}
    assert (await ana.submit({**FOUR, **told, "checkin.example:learn": "zebra-7731"})).ok
    await bo.press("Write it down")
    assert (
        await bo.submit({"checkin.learned": "heron-1188", "commit.text": "otter-4402", "commit.due_on": "2026-03-20"})
    ).ok
    await town.forward(days=30)
    await _break_the_urn(town)
    await ana.command("/revmentor checkin")
    log.configure("INFO")
    assert lines.getvalue().count("\n") > 3
    assert [secret for secret in SECRETS if secret in lines.getvalue()] == []
    stored = _bytes(town)
    assert world.pair.id.encode() in stored
    assert [secret for secret in SECRETS if secret.encode() in stored] == []


async def test_even_a_failure_while_storing_answers_writes_none_of_them_into_the_log(town: Town, world: World) -> None:
    lines = StringIO()
    log.configure("DEBUG", lines)
    ana = town.person("ana")
    await ana.press("Answer")
    await _break_the_urn(town)
    result = await ana.submit({**FOUR, "checkin.example:learn": "zebra-7731"})
    log.configure("INFO")
    assert "Something went wrong on our side" in next(iter(result.errors.values()))
    assert "handler" in lines.getvalue()
    assert [secret for secret in SECRETS if secret in lines.getvalue()] == []


async def _break_the_urn(town: Town) -> None:
    """From now on every answer fails while it is being stored."""
    async with town.house.kit.store.write(TEAM) as tx:
        await tx.conn.exec_driver_sql("alter table urn rename to lost")


def _bytes(town: Town) -> bytes:
    """Everything that the database has on disk, the write-ahead log included; of a server's, every cell."""
    if not town.house.kit.store.sqlite:
        return every_cell(town.house.kit.store.url)
    path = Path(str(town.house.kit.store.url.database))
    return b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))


async def test_an_answered_invitation_stops_asking(town: Town, world: World) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    await answer(ana)
    await ana.dismiss()
    await bo.press("Write it down")
    assert (await bo.submit({"checkin.learned": "Whom to ask"})).ok
    await bo.dismiss()
    await town.settle()
    for person, said in ((ana, "Answered. Only you see your answers"), (bo, "Written down.")):
        assert said in town.said(person) and "Skip this time" not in town.said(person)
        await person.press("Change")
        assert person.modal is not None
