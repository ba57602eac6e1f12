"""What tests of the check-in start from: a session just held, time that passes, letters that were queued."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.schedule.sweeps import run_due
from bot.services import checkin
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import checkin as checkin_rows
from storage import due, match, meet, outbox, tables
from storage.ids import new_id
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState, Learner, Question
from storage.records.delivery import Due, Letter, LetterState
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from tests.clockwork import MovableClock
from tests.world import ANA, BO, TEAM, World

JUNIOR, SENIOR = Actor(TEAM, ANA), Actor(TEAM, BO)


async def hold(kit: Kit, world: World, *, pair: Pair | None = None, ended: datetime | None = None) -> Session:
    """An hour that ended at `ended` (now), held, and reported at this moment."""
    kept = pair or world.pair
    now = kit.clock()
    ends = ended or now
    async with kit.store.write(kept.team_id) as tx:
        number = len(await meet.of_pair(tx, kept.id)) + 1
        session = Session(
            id=new_id(), team_id=kept.team_id, pair_id=kept.id, number=number, starts_at=ends - timedelta(hours=1),
            minutes=60, place="", state=SessionState.HELD, booked_by=kept.senior_id, hindrance=None, decided_at=now,
        )  # fmt: skip
        await meet.add(tx, session)
        await checkin.plan_for(kit, tx, session, await people_of(tx, kept), now)
    return session


async def pair_up(kit: Kit, world: World, junior: Person, senior: Person) -> Pair:
    """Another running pair in the same cohort."""
    now = kit.clock()
    pair = Pair(
        id=new_id(), team_id=junior.team_id, cohort_id=world.cohort.id, junior_id=junior.id, senior_id=senior.id,
        state=PairState.ACTIVE, channel_id=None, why="", created_by="", created_at=now, active_at=now, ended_at=None,
    )  # fmt: skip
    async with kit.store.write(junior.team_id) as tx:
        await match.add(tx, pair)
    return pair


def sheet(
    learn: str = "changed", help: str = "done", advocate: str = "claimed", introduce: str = "unwanted",
    *, example: str = "", by_when: date | None = None,
) -> AnswerSheet:  # fmt: skip
    chosen = zip(Question, (learn, help, advocate, introduce), strict=True)
    return AnswerSheet(tuple(Answer(q, option, example, by_when) for q, option in chosen), Learner.BOTH, ("tools",))


async def asked(kit: Kit, world: World, clock: MovableClock) -> tuple[Checkin, Checkin]:
    """Ana's check-in and Bo's reflection, both sent on the morning after a session."""
    session = await hold(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=1, hours=2))
    async with kit.store.read(TEAM) as tx:
        both = [await checkin_rows.of_session(tx, session.id, who.id) for who in (world.ana, world.bo)]
    assert both[0] is not None
    assert both[1] is not None
    return both[0], both[1]


async def stored(kit: Kit, found: Checkin) -> AnswerSheet | None:
    async with kit.store.read(TEAM) as tx:
        return await checkin_rows.sheet(tx, found)


async def state_of(kit: Kit, found: Checkin) -> CheckinState:
    async with kit.store.read(TEAM) as tx:
        now = await checkin_rows.get(tx, found.id)
    assert now is not None
    return now.state


async def planned(kit: Kit, job: Job, subject: str) -> list[Due]:
    async with kit.store.read(TEAM) as tx:
        return await due.about(tx, job, subject)


async def end_pair(kit: Kit, world: World, state: PairState = PairState.ENDED) -> None:
    async with kit.store.write(TEAM) as tx:
        assert await match.move(tx, world.pair.id, PairState.ACTIVE, state)


async def pass_time(kit: Kit, clock: MovableClock, until: datetime) -> None:
    """Do all due work up to `until`, each at its own moment; letters stay in the outbox."""
    while True:
        async with kit.store.read("") as tx:
            at = await due.next_at(tx)
        if at is None or at > until:
            break
        clock.set(max(at, clock.now))
        await run_due(kit)
    clock.set(max(until, clock.now))


async def letters(kit: Kit, *kinds: Kind) -> list[Letter]:
    """What was queued, oldest first; only these kinds, if any are named, and those not taken back."""
    async with kit.store.read(TEAM) as tx:
        rows = (await tx.conn.execute(select(tables.outbox.c.id).order_by(tables.outbox.c.id))).all()
        found = [await outbox.get(tx, row.id) for row in rows]
    queued = [letter for letter in found if letter is not None and letter.state is LetterState.WAITING]
    return [letter for letter in queued if not kinds or letter.kind in kinds]
