"""A cohort that is over, for tests of what is counted after it: everybody met, it was closed, and all are asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.services import review as reviews
from bot.services.kit import Actor, Kit
from bot.services.programme import cohorts
from storage import enrol, match, review
from storage import tables as t
from storage.ids import new_id
from storage.records.enrol import Enrolment, Participant, Person, Profile, Side
from storage.records.match import Pair, PairState
from storage.records.programme import Cohort
from storage.records.review import Review, ReviewKind
from storage.store import Tx
from tests.clockwork import MovableClock
from tests.services.many import Two, add_pairs, hold
from tests.world import CHI, TEAM

CHIS = Actor(TEAM, CHI)


async def take_part(kit: Kit, cohort: Cohort, pairs: Sequence[Two]) -> None:
    """Places for everybody: whoever has none is not asked."""
    now = kit.clock()
    async with kit.store.write(TEAM) as tx:
        for two in pairs:
            for person, side in ((two.junior, Side.JUNIOR), (two.senior, Side.SENIOR)):
                await _place(tx, cohort, person, side, now)


async def run(kit: Kit, cohort: Cohort, pairs: Sequence[Two], clock: MovableClock) -> None:
    """Three sessions of every pair within as many days, then the cohort is closed."""
    for _ in range(3):
        clock.move(days=1)
        for two in pairs:
            await hold(kit, two, clock() - timedelta(hours=2))
    await cohorts.close(kit, CHIS, cohort.id)


async def again(kit: Kit, cohort: Cohort, pairs: Sequence[Two]) -> list[Two]:
    """The same people as pairs of another cohort."""
    now, made = kit.clock(), []
    async with kit.store.write(TEAM) as tx:
        for two in pairs:
            pair = Pair(
                id=new_id(), team_id=TEAM, cohort_id=cohort.id, junior_id=two.junior.id, senior_id=two.senior.id,
                state=PairState.ACTIVE, channel_id=None, why="", created_by="U1", created_at=now, active_at=now,
                ended_at=None,
            )  # fmt: skip
            await match.add(tx, pair)
            made.append(Two(pair, two.junior, two.senior))
    await take_part(kit, cohort, made)
    return made


async def finished(kit: Kit, cohort: Cohort, clock: MovableClock, count: int) -> list[Two]:
    """So many pairs that were completed when their cohort was closed."""
    pairs = await add_pairs(kit, cohort, count)
    await take_part(kit, cohort, pairs)
    await run(kit, cohort, pairs, clock)
    return pairs


async def asked(kit: Kit, pairs: Sequence[Two], kind: ReviewKind) -> dict[str, Review]:
    """Person → what they were asked on an occasion in these pairs."""
    ids = {two.pair.id for two in pairs}
    async with kit.store.read(TEAM) as tx:
        query = select(t.review.c.pair_id).distinct().where(t.review.c.pair_id.in_(ids), t.review.c.kind == kind)
        found = [await review.of_pair(tx, one, kind) for one in await tx.conn.scalars(query)]
    return {one.person_id: one for both in found for one in both}


async def answer_all(
    kit: Kit, pairs: Sequence[Two], kind: ReviewKind, side: Side, given: Mapping[str, str]
) -> None:  # fmt: skip
    """One side of these pairs answers, as its form has it."""
    mine = await asked(kit, pairs, kind)
    for two in pairs:
        person = two.junior if side is Side.JUNIOR else two.senior
        await reviews.answer(kit, Actor(TEAM, person.user_id), mine[person.id].id, given)


async def _place(tx: Tx, cohort: Cohort, person: Person, side: Side, now: datetime) -> None:
    profile = Profile(frozenset({side}), 2, "Operations", "Berlin", "DE", "spreadsheets", "leading", ("technology",))
    place = Participant(new_id(), TEAM, person.id, cohort.id, Enrolment.PAIRED, "1", now, profile)
    await enrol.save_participant(tx, place, now)
