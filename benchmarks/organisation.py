"""An organisation as large as a match needs it, on a database of its own: two sides, a tree of managers."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.slack import TEAM
from benchmarks.town import COORDINATOR
from bot.clock import system_clock
from bot.services.kit import Kit
from prompts import load
from storage import enrol, match, programme
from storage.ids import new_id
from storage.migrate import migrate
from storage.records.enrol import Confided, Enrolment, Participant, Profile, Side
from storage.records.programme import Cohort, CohortState, Programme, Purpose
from storage.store import Store, Tx
from storage.vault import MasterKey

DATABASE = "organisation.db"
SPAN = 7
"""People who report to one manager."""
DEPARTMENTS = [f"Department {n}" for n in range(24)]
PLACES = ["Berlin", "Lisbon", "Oslo", "Nairobi", "Pune", "Toronto", "Recife", "Leeds"]
ZONES = ["Europe/Berlin", "Europe/Lisbon", "Europe/Oslo", "Africa/Nairobi", "Asia/Kolkata", "America/Toronto"]
SUBJECTS = """
    spreadsheets presenting leading Python statistics photography video storytelling accessibility security writing
    budgeting negotiating interviewing planning coaching research drawing music sales contracts recruiting privacy maps
""".split()  # noqa: SIM905
DAY = date(2026, 3, 2)


def opened(folder: Path, key: str) -> Kit:
    """The organisation in a folder. The caller closes the store."""
    master = MasterKey.parse(key)
    return Kit(Store(f"sqlite+aiosqlite:///{folder / DATABASE}", [master]), system_clock, load())


async def build(folder: Path, master: MasterKey, each: int) -> str:
    """Make the database in a folder, with so many juniors and as many seniors; the cohort's id."""
    store = Store(f"sqlite+aiosqlite:///{folder / DATABASE}", [master])
    await migrate(store)
    dice = random.Random(each)
    now = datetime.now(UTC)
    async with store.write(TEAM) as tx:
        cohort = await _programme(tx, now)
        users = [f"U07{number:07}" for number in range(2 * each)]
        for number, user in enumerate(users):
            await _join(tx, cohort, dice, user, number, now)
            await enrol.set_line(tx, user, users[(number - 1) // SPAN] if number else "")
        for _ in range(each // 20):
            one, other = dice.sample(users, 2)
            await match.add_conflict(tx, one, other, COORDINATOR)
    await store.close()
    return cohort.id


async def _programme(tx: Tx, now: datetime) -> Cohort:
    plan = Programme(
        team_id=TEAM, enterprise_id=None, purpose=Purpose.TECHNOLOGY, findings_owner=COORDINATOR,
        safe_contacts=("U07NOOR000", "U07ELI0000"), channel_id="C07COORD01", zone="Europe/Berlin", digest_weekday=0,
        digest_hour=9, k=5, clamp=2, checkin_after_hours=None, language="en", digest_paused=False, created_at=now,
    )  # fmt: skip
    cohort = Cohort(
        id=new_id(), team_id=TEAM, name="Bench", purpose=Purpose.TECHNOLOGY, starts_on=DAY,
        ends_on=DAY + timedelta(days=180), sessions=6, cadence_days=28, pilot=False, state=CohortState.OPEN, k=5,
        clamp=2,
    )  # fmt: skip
    await programme.save(tx, plan)
    await programme.add_coordinator(tx, COORDINATOR, COORDINATOR, now)
    await programme.add_cohort(tx, cohort)
    return cohort


async def _join(tx: Tx, cohort: Cohort, dice: random.Random, user: str, number: int, now: datetime) -> None:
    """Whoever is early in the list stands high in the tree; both sides are drawn from all of it."""
    side = Side.SENIOR if number % 2 else Side.JUNIOR
    person = await enrol.meet_person(tx, user, name=user, zone=dice.choice(ZONES), locale="en-US")
    profile = Profile(
        sides=frozenset({side}), level=dice.randint(1, 3) if side is Side.JUNIOR else dice.randint(2, 5),
        department=dice.choice(DEPARTMENTS), location=dice.choice(PLACES), region="DE",
        share=", ".join(dice.sample(SUBJECTS, 3)), learn=", ".join(dice.sample(SUBJECTS, 3)),
        purposes=tuple(dice.choice([["technology"], ["technology", "culture"], ["free"]])),
        division=dice.choice(["North", "South", "East", "West"]),
        languages=tuple(dice.choice([[], ["en"], ["en", "de"]])),
        capacity_senior=dice.choice([1, 1, 1, 1, 2]),
    )  # fmt: skip
    told = Confided(
        values=(dice.randint(1, 5), dice.randint(1, 5), dice.randint(1, 5)),
        generation=dice.choice(["1960", "1970", "1980", "1990", "2000", ""]), gender=dice.choice(["woman", "man", ""]),
    )  # fmt: skip
    place = Participant(new_id(), TEAM, person.id, cohort.id, Enrolment.WAITING, "1", now, profile)
    await enrol.save_participant(tx, place, now)
    await enrol.confide(tx, person.id, told, now)
