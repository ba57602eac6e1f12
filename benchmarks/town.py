"""A programme as large as a benchmark needs it, on a database of its own."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.slack import TEAM
from bot.clock import system_clock
from bot.services.kit import Kit
from prompts import Library
from storage import enrol, match, programme
from storage.ids import new_id
from storage.migrate import migrate
from storage.records.enrol import Enrolment, Participant, Person, Profile, Side
from storage.records.match import Pair, PairState
from storage.records.programme import Cohort, CohortState, Programme, Purpose
from storage.store import Store, Tx
from storage.vault import MasterKey

COORDINATOR = "U07CHI0000"


@dataclass(frozen=True, slots=True)
class BenchTown:
    """The store, and every junior with her place; all of them are in a running pair."""

    store: Store
    kit: Kit
    juniors: list[tuple[Person, Participant]]


async def build(
    folder: Path, master: MasterKey, library: Library, pairs: int, state: Enrolment = Enrolment.PAIRED
) -> BenchTown:
    """Make the database `bench.db` in a folder, with so many running pairs. The caller closes the store.

    `state` is that of the juniors: who is still waiting can be sent the words of somebody who has just joined.
    """
    store = Store(f"sqlite+aiosqlite:///{folder / 'bench.db'}", [master])
    await migrate(store)
    kit = Kit(store, system_clock, library)
    now = datetime.now(UTC)
    async with store.write(TEAM) as tx:
        cohort = await _programme(tx, now)
        juniors = [await _pair(tx, cohort, number, state, now) for number in range(pairs)]
    return BenchTown(store, kit, juniors)


async def _programme(tx: Tx, now: datetime) -> Cohort:
    plan = Programme(
        team_id=TEAM, enterprise_id=None, purpose=Purpose.TECHNOLOGY, findings_owner=COORDINATOR,
        safe_contacts=("U07NOOR000", "U07ELI0000"), channel_id="C07COORD01", zone="Europe/Berlin", digest_weekday=0,
        digest_hour=9, k=5, clamp=2, checkin_after_hours=None, language="en", digest_paused=False, created_at=now,
    )  # fmt: skip
    day = date(now.year, now.month, now.day)
    cohort = Cohort(
        id=new_id(), team_id=TEAM, name="Bench", purpose=Purpose.TECHNOLOGY, starts_on=day,
        ends_on=day + timedelta(days=180), sessions=6, cadence_days=14, pilot=False, state=CohortState.OPEN, k=5,
        clamp=2,
    )  # fmt: skip
    await programme.save(tx, plan)
    await programme.add_coordinator(tx, COORDINATOR, COORDINATOR, now)
    await programme.add_cohort(tx, cohort)
    return cohort


async def _pair(tx: Tx, cohort: Cohort, number: int, state: Enrolment, now: datetime) -> tuple[Person, Participant]:
    junior, place = await _join(tx, cohort, f"U07J{number:06}", Side.JUNIOR, state, now)
    senior, _ = await _join(tx, cohort, f"U07S{number:06}", Side.SENIOR, Enrolment.PAIRED, now)
    pair = Pair(
        id=new_id(), team_id=TEAM, cohort_id=cohort.id, junior_id=junior.id, senior_id=senior.id,
        state=PairState.ACTIVE, channel_id=None, why="", created_by=COORDINATOR, created_at=now, active_at=now,
        ended_at=None,
    )  # fmt: skip
    await match.add(tx, pair)
    return junior, place


async def _join(
    tx: Tx, cohort: Cohort, user: str, side: Side, state: Enrolment, now: datetime
) -> tuple[Person, Participant]:
    person = await enrol.meet_person(tx, user, name=user, zone="Europe/Berlin", locale="en-US")
    profile = Profile(frozenset({side}), 2, "Operations", "Berlin", "DE", "spreadsheets", "leading", ("technology",))
    place = Participant(new_id(), TEAM, person.id, cohort.id, state, "1", now, profile)
    await enrol.save_participant(tx, place, now)
    return person, place
