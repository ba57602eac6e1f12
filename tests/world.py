"""A programme in the middle of its life: Chi coordinates, Ana is the junior of the pair, Bo the senior."""

from dataclasses import dataclass
from datetime import date

from bot.services.kit import Kit
from storage import enrol, match, programme
from storage.ids import new_id
from storage.records.enrol import Enrolment, Participant, Person, Profile, Side
from storage.records.match import Pair, PairState
from storage.records.programme import Cohort, CohortState, Programme, Purpose
from storage.store import Tx

TEAM = "T07PG00001"
ANA, BO, CHI, NOOR, ELI = (f"U07{name:0<7}" for name in ("ANA", "BO", "CHI", "NOOR", "ELI"))
CHANNEL = "C07COORD01"


@dataclass(frozen=True, slots=True)
class World:
    """What was seeded, to be used by name."""

    programme: Programme
    cohort: Cohort
    ana: Person
    bo: Person
    pair: Pair


async def seed(kit: Kit, *, channel: str = CHANNEL, team: str = TEAM) -> World:
    """Set the programme up, open a cohort, enrol Ana and Bo, and have their pair running."""
    now = kit.clock()
    plan = Programme(
        team_id=team, enterprise_id=None, purpose=Purpose.TECHNOLOGY, findings_owner=CHI, safe_contacts=(NOOR, ELI),
        channel_id=channel, zone="Europe/Berlin", digest_weekday=0, digest_hour=9, k=5, clamp=2,
        checkin_after_hours=None, language="en", digest_paused=False, created_at=now,
    )  # fmt: skip
    cohort = Cohort(
        id=new_id(), team_id=team, name="Spring", purpose=Purpose.TECHNOLOGY, starts_on=date(2026, 3, 2),
        ends_on=date(2026, 6, 19), sessions=6, cadence_days=14, pilot=False, state=CohortState.OPEN, k=5, clamp=2,
    )  # fmt: skip
    async with kit.store.write(team) as tx:
        await programme.save(tx, plan)
        await programme.add_coordinator(tx, CHI, CHI, now)
        await programme.add_cohort(tx, cohort)
        ana = await _join(tx, kit, cohort, ANA, "Ana Silva", Side.JUNIOR)
        bo = await _join(tx, kit, cohort, BO, "Bo Lindgren", Side.SENIOR)
        pair = Pair(
            id=new_id(), team_id=team, cohort_id=cohort.id, junior_id=ana.id, senior_id=bo.id,
            state=PairState.ACTIVE, channel_id=None, why="", created_by=CHI, created_at=now, active_at=now,
            ended_at=None,
        )  # fmt: skip
        await match.add(tx, pair)
    return World(plan, cohort, ana, bo, pair)


async def _join(tx: Tx, kit: Kit, cohort: Cohort, user: str, name: str, side: Side) -> Person:
    person = await enrol.meet_person(tx, user, name=name, zone="Europe/Berlin", locale="en-US")
    profile = Profile(frozenset({side}), 2, "Operations", "Berlin", "DE", "spreadsheets", "leading", ("technology",))
    place = Participant(new_id(), tx.team, person.id, cohort.id, Enrolment.PAIRED, "1", kit.clock(), profile)
    await enrol.save_participant(tx, place, kit.clock())
    return person
