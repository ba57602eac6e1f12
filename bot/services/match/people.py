"""The persons and profiles behind a pair, and whose Homes show it."""

from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from bot.services.post import plan, refresh_homes
from storage import due, enrol, programme
from storage.ids import new_nonce
from storage.records.enrol import Person, Profile, Side
from storage.records.match import Pair
from storage.store import Tx


async def people_of(tx: Tx, pair: Pair) -> PairPeople:
    """The pair with its two persons. Raises Refusal when one of them is gone."""
    return (await people_of_all(tx, [pair]))[0]


async def people_of_all(tx: Tx, pairs: list[Pair]) -> list[PairPeople]:
    """As `people_of`, for many pairs with one query."""
    found = await enrol.people(tx, [one for pair in pairs for one in (pair.junior_id, pair.senior_id)])
    if any(one not in found for pair in pairs for one in (pair.junior_id, pair.senior_id)):
        raise Refusal("common.errors.gone")
    return [PairPeople(pair, found[pair.junior_id], found[pair.senior_id]) for pair in pairs]


async def plan_look_at_lines(tx: Tx, now: datetime) -> None:
    """Reporting lines have changed: ten minutes later, when a slip has been mended, running pairs are looked at."""
    if not await due.waits(tx, Job.LOOK_AT_LINES, tx.team):
        await plan(tx, Job.LOOK_AT_LINES, tx.team, now + UNDO, occurrence=new_nonce())


async def profile_in(tx: Tx, person: Person, cohort_id: str) -> Profile:
    """What somebody said about themselves in a cohort; empty once they have been erased from it."""
    place = await enrol.place(tx, person.id, cohort_id)
    if place is not None:
        return place.profile
    return Profile(frozenset(Side), 1, "", "", person.region, "", "", ())


async def redraw_homes(tx: Tx, people: PairPeople, now: datetime) -> None:
    """Both of the pair, and the coordinators, see the change on their Homes."""
    coordinators = [c.user_id for c in await programme.coordinators(tx)]
    await refresh_homes(tx, [people.junior.user_id, people.senior.user_id, *coordinators], now)
