"""What the pictures show: Ana and Bo do everything by hand, the other pairs are there for the figures."""

from datetime import UTC, datetime, timedelta

from bot.services import report
from playground.person import Person
from storage import enrol, match, programme
from storage.ids import new_id
from storage.records.checkin import Question
from storage.records.enrol import Enrolment
from storage.records.match import Pair, PairState
from storage.records.programme import Cohort
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import Town
from tests.services.many import NO, YES, Two, add_pairs, everybody_answers

SECRET = "He read my talk aloud and kept my name on it"
"""Ana's example, and what nobody but her may ever see."""
PROMISE = "When the rota comes up on Thursday, I will ask who was not in the room"
PARKED = "How a promotion is really decided"
NEVER_MET = {14: ("sam", "ruth"), 17: ("leo", "nils"), 20: ("mia", "omar")}
"""Which of the other pairs coordinators are shown by name."""
TEAM_CHANNEL = "C07TEAM001"

FOUR = {
    "checkin.option:learn": "They told me what they learned",
    "checkin.option:help": "Offered, with a date",
    "checkin.by_when:help": "2026-04-20",
    "checkin.option:advocate": "Too early to say",
    "checkin.option:introduce": "Rather not say",
    "checkin.example:help": SECRET,
}
MIXED = {**YES, Question.ADVOCATE: "not_yet", Question.INTRODUCE: "early"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in UTC; Berlin is an hour ahead until the 29th."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


async def play(town: Town) -> None:
    """From an empty workspace on Monday the 2nd to Wednesday the 18th, 10:00 in Berlin."""
    cohort = await open_cohort(town)
    ana, bo = await join(town, "ana", "junior"), await join(town, "bo", "senior")
    for name, side in (("juno", "junior"), ("max", "senior"), ("ivy", "junior")):
        await (await join(town, name, side)).dismiss()
    for person in (ana, bo):
        await person.dismiss()
    await _pair(town, cohort, "ana", "bo")
    await _pair(town, cohort, "juno", "max")
    await _pair(town, cohort, "ivy", "juno")
    named = {n: (town.person(one).id, town.person(other).id) for n, (one, other) in NEVER_MET.items()}
    many = await add_pairs(town.house.kit, cohort, 23, named)
    await _plan_digests(town)

    await _book(bo, "2026-03-05 14:00")
    await _everybody_meets(town, many, at(4, 9))
    await _meet(town, ana, at(6, 10))
    await ana.press("Answer")
    await ana.press("checkin.option:help", value=FOUR["checkin.option:help"])
    assert (await ana.submit(FOUR)).ok
    await ana.dismiss()
    await bo.press("Write it down")
    learned = {"checkin.learned": "Who is told last", "commit.text": PROMISE, "commit.due_on": "2026-03-27"}
    assert (await bo.submit(learned)).ok
    await bo.dismiss()
    await _book(bo, "2026-03-12 14:00")
    await _everybody_meets(town, many, at(11, 9))
    await _meet(town, ana, at(13, 10))
    await ana.command(f"/revmentor park {PARKED}")
    await _book(bo, "2026-03-19 14:00")
    await town.until(at(18, 9))


async def _pair(town: Town, cohort: Cohort, junior: str, senior: str) -> None:
    """A running pair of two people who have joined."""
    kit, now = town.house.kit, town.clock.now()
    async with kit.store.write(town.pg.workspace.team_id) as tx:
        found = [await enrol.find(tx, town.person(name).id) for name in (junior, senior)]
        one, other = [person.id for person in found if person is not None]
        made = Pair(new_id(), tx.team, cohort.id, one, other, PairState.ACTIVE, None, "", "U1", now, now, None)
        await match.add(tx, made)
        for person_id in (one, other):
            await enrol.set_state(tx, person_id, cohort.id, Enrolment.PAIRED)


async def _plan_digests(town: Town) -> None:
    kit = town.house.kit
    async with kit.store.write(town.pg.workspace.team_id) as tx:
        known = await programme.get(tx)
        assert known is not None
        await report.plan_weekly(kit, tx, known, kit.clock())


async def _book(senior: Person, when: str) -> None:
    assert (await senior.command("/revmentor schedule")).ok
    assert (await senior.submit({"meet.when": when, "meet.place": "Room 4"})).ok


async def _meet(town: Town, ana: Person, check_in: datetime) -> None:
    """Asked after the session, Ana says yes; the check-in comes on the next working day."""
    await town.until(check_in - timedelta(days=1) + timedelta(hours=6, minutes=5))
    await ana.press("We met")
    await town.until(check_in)


async def _everybody_meets(town: Town, many: list[Two], when: datetime) -> None:
    await town.until(when)
    for n, options in enumerate((YES, MIXED, NO)):
        await everybody_answers(town.house.kit, many[n::3] if n < 2 else many[2:12:3], options)
