"""A session that a pair of tests.world has just held, with the check-ins that follow planned."""

from datetime import datetime, timedelta

from bot.services import checkin
from bot.services.kit import Kit
from bot.services.match import people_of
from storage import match, meet
from storage.ids import new_id
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from tests.world import World


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
