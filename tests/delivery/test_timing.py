"""Letters keep people's hours, pauses and the weekly budget; what is due soon goes in one message."""

from datetime import UTC, date, datetime, timedelta

from slack_sdk.models.blocks import DividerBlock
from sqlalchemy import select

from bot.delivery.letters import Entry, Letters
from bot.domain.jobs import Job
from bot.domain.messages import PROMPT_ORDER, Kind
from bot.services import pause, prefs
from bot.services.enrol import status
from bot.services.kit import Kit
from bot.services.post import plan, post
from bot.views.parts import Message, header, note, section
from playground.person import Person
from storage import pause as pauses
from storage import tables
from storage.records.delivery import LetterState
from storage.records.prefs import Prefs
from tests.clockwork import MovableClock
from tests.delivery.post_office import PLAIN, Office, draw_plain, load_plain
from tests.held import JUNIOR, SENIOR
from tests.world import ANA, TEAM, World

ALL: Letters = {**PLAIN, **{kind: Entry(load_plain, draw_plain) for kind in (*PROMPT_ORDER, Kind.BOOKED)}}
REMINDER, PROMISE, MISSING = Kind.CHECKIN_REMINDER, Kind.COMMITMENT_DUE, Kind.NEXT_MISSING


async def state(kit: Kit, kind: Kind, key: str) -> tuple[LetterState, str | None]:
    async with kit.store.read(TEAM) as tx:
        row = (await tx.conn.execute(select(tables.outbox).where(tables.outbox.c.key == f"{kind}:{key}"))).one()
    return LetterState(row.state), row.reason


def said(office: Office) -> list[str]:
    return [str(message["blocks"]) for message in Person(office.slack, ANA).messages()]


async def send(office: Office, kind: Kind, key: str, **later: float) -> None:
    async with office.kit.store.write(TEAM) as tx:
        await post(tx, kind, ANA, key, office.clock.now + timedelta(**later), subject=key)


async def deliver(office: Office) -> None:
    """Everything that may go now; a receiver gets one message a second."""
    for _ in range(3):
        await office.new_courier(letters=ALL).send_due()
        office.clock.move(seconds=2)


async def test_at_most_three_messages_with_prompts_in_seven_days(office: Office, world: World) -> None:
    for n in range(5):
        await send(office, REMINDER, f"r{n}")
        await deliver(office)
        office.clock.move(days=1, hours=1)
        if office.clock.now.weekday() > 4:
            break
    assert [key for key in ("r0", "r1", "r2", "r3", "r4") if any(key in one for one in said(office))] == [
        "r0", "r1", "r2",
    ]  # fmt: skip
    assert await state(office.kit, REMINDER, "r3") == (LetterState.SKIPPED, "budget")
    shown = await status(office.kit, JUNIOR)
    assert {one.over_budget for one in shown.undelivered} == {True}


async def test_prompts_due_within_a_day_go_in_one_message_most_important_first(office: Office, world: World) -> None:
    await send(office, MISSING, "third", hours=3)
    await send(office, REMINDER, "second")
    await send(office, PROMISE, "first", hours=1)
    await deliver(office)
    office.clock.move(hours=4)
    await deliver(office)
    told = [one for one in said(office) if "first" in one]
    assert len(said(office)) == len(told) == 1
    assert told[0].index("first") < told[0].index("second") < told[0].index("third")
    assert await state(office.kit, PROMISE, "first") == (LetterState.SKIPPED, "told in one message with others")
    assert Person(office.slack, ANA).messages()[0]["text"] == "A few things from your programme."


async def test_a_prompt_waits_some_minutes_for_work_that_asks_the_same_person(office: Office, world: World) -> None:
    start = office.clock.now
    async with office.kit.store.write(TEAM) as tx:
        for person, minutes in ((world.ana, 20), (world.ana, 90), (world.bo, 5)):
            at = start + timedelta(minutes=minutes)
            await plan(tx, Job.PROMISE_PASSED, f"pair{minutes}", at, recipient=person.id)
    await send(office, REMINDER, "first")
    await deliver(office)
    assert said(office) == []
    office.clock.move(minutes=20)  # what the work leads to is queued when it is done
    await send(office, PROMISE, "second")
    await deliver(office)
    assert len(said(office)) == 1 and "first" in said(office)[0] and "second" in said(office)[0]


async def test_a_prompt_that_waited_in_vain_goes_alone(office: Office, world: World) -> None:
    async with office.kit.store.write(TEAM) as tx:
        at = office.clock.now + timedelta(minutes=10)
        await plan(tx, Job.PROMISE_PASSED, "pair", at, recipient=world.ana.id)
    await send(office, REMINDER, "first")
    await deliver(office)
    office.clock.move(minutes=10)
    await deliver(office)
    assert len(said(office)) == 1 and "first" in said(office)[0]


async def test_fewer_messages_means_one_a_week(office: Office, world: World) -> None:
    await prefs.save(office.kit, JUNIOR, Prefs(fewer=True), "DE")
    await send(office, REMINDER, "r0")
    await deliver(office)
    await send(office, MISSING, "m0")
    await deliver(office)
    assert len(said(office)) == 1
    assert (await state(office.kit, MISSING, "m0"))[1] == "budget"


async def test_what_people_arranged_comes_whatever_the_budget_is(office: Office, world: World) -> None:
    for n in range(4):
        await send(office, Kind.CHECKIN, f"c{n}")
        await deliver(office)
        office.clock.move(minutes=5)
    assert len(said(office)) == 4


async def test_a_letter_waits_for_the_hours_that_its_reader_chose(
    office: Office, world: World, clock: MovableClock
) -> None:
    await prefs.save(office.kit, JUNIOR, Prefs(quiet_until=12), "DE")
    await send(office, Kind.CHECKIN, "late")
    await deliver(office)
    assert said(office) == []
    clock.set(datetime(2026, 3, 2, 11, 1, tzinfo=UTC))
    await deliver(office)
    assert len(said(office)) == 1


async def test_a_letter_that_is_late_waits_for_the_morning(office: Office, world: World, clock: MovableClock) -> None:
    await send(office, Kind.CHECKIN, "down")
    clock.set(datetime(2026, 3, 2, 22, tzinfo=UTC))  # the bot was down all day
    await deliver(office)
    assert said(office) == []
    clock.set(datetime(2026, 3, 3, 9, 1, tzinfo=UTC))
    await deliver(office)
    assert len(said(office)) == 1


async def test_a_letter_that_was_queued_waits_for_the_end_of_a_pause(
    office: Office, world: World, clock: MovableClock
) -> None:
    await send(office, Kind.CHECKIN, "held", minutes=30)
    await send(office, Kind.DID_YOU_MEET, "lost", minutes=30)
    await pause.pause(office.kit, JUNIOR, date(2026, 3, 9), "")
    clock.move(hours=1)
    await deliver(office)
    assert said(office) == []
    assert await state(office.kit, Kind.CHECKIN, "held") == (LetterState.WAITING, "paused")
    clock.move(minutes=30)
    async with office.kit.store.write(TEAM) as tx:
        running = await pauses.running(tx, world.ana.id)
        assert running is not None
        await pauses.change(tx, running.id, settled_at=clock.now)
    await pause.resume(office.kit, JUNIOR)
    await deliver(office)
    assert len(said(office)) == 2


async def test_whoever_has_it_read_out_gets_text_without_decoration(office: Office, world: World) -> None:
    def fancy(words: object, facts: str) -> Message:
        return Message("t", [header("Head"), DividerBlock(), section(":tada: *Hello* 🎉 ~old~"), note("a · b")])

    await prefs.save(office.kit, JUNIOR, Prefs(plain=True), "DE")
    await send(office, Kind.CHECKIN, "plain")
    await office.new_courier(letters={**ALL, Kind.CHECKIN: Entry(load_plain, fancy)}).send_due()
    blocks = Person(office.slack, ANA).messages()[0]["blocks"]
    assert [block["type"] for block in blocks] == ["header", "section", "section"]
    assert [block["text"]["text"] for block in blocks] == ["Head", "*Hello*  old", "a, b"]


async def test_a_letter_about_a_paused_pair_waits_for_the_other_side_too_and_a_slip_wakes_it(
    office: Office, world: World, clock: MovableClock
) -> None:
    async with office.kit.store.write(TEAM) as tx:
        await post(
            tx, Kind.CHECKIN, ANA, "about", clock.now + timedelta(minutes=3), subject="about", pair=world.pair.id
        )
    done = await pause.pause(office.kit, SENIOR, date(2026, 3, 9), "")
    clock.move(minutes=5)
    await deliver(office)
    assert said(office) == []
    await pause.undo(office.kit, SENIOR, done.pause.id)
    await deliver(office)
    assert len(said(office)) == 1
