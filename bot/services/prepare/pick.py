"""Which pair or session a person means, with the two people in it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.match import PairPeople
from bot.domain.prepare import midpoint
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.content import words_of
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import refresh_homes
from prompts import Words
from storage import enrol, meet, programme
from storage.records.enrol import Person, Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session
from storage.records.programme import Cohort, Purpose
from storage.store import Tx

_REFUSED = {
    PairState.PAUSED: "common.errors.pair_paused",
    PairState.COMPLETED: "common.errors.pair_ended",
    PairState.ENDED: "common.errors.pair_ended",
}


@dataclass(frozen=True, slots=True)
class Mine:
    """A pair as one of its two sees it."""

    people: PairPeople
    me: Person
    side: Side

    @property
    def pair(self) -> Pair:
        return self.people.pair


async def pair_of(tx: Tx, actor: Actor, pair_id: str) -> Mine:
    """A running pair of the actor. Raises Refusal: missing and forbidden the same, paused and ended in words."""
    pair, me, side = await access.pair(tx, actor, pair_id)
    if pair.state is not PairState.ACTIVE:
        raise Refusal(_REFUSED.get(pair.state, "common.errors.gone"))
    return Mine(await people_of(tx, pair), me, side)


async def choose(tx: Tx, actor: Actor, pair_id: str = "") -> tuple[Mine, dict[str, str]]:
    """The pair meant, else the actor's first; and pair id → partner's name where there are several.

    Raises Refusal when the actor has none that runs.
    """
    wanted = await pair_of(tx, actor, pair_id) if pair_id else None  # first: it says what became of this very pair
    mine = [await _mine(tx, actor, pair.id) for pair, _ in await access.pairs(tx, actor)]
    active = [m for m in mine if m.pair.state is PairState.ACTIVE]
    if not active:
        raise Refusal("common.errors.pair_paused")
    names = {m.pair.id: m.people.other(m.me.id).name for m in active}
    return wanted or active[0], names if len(names) > 1 else {}


async def session_of(tx: Tx, actor: Actor, session_id: str) -> tuple[Session, Mine]:
    """A session of a running pair of the actor. Raises Refusal as `pair_of` does."""
    session = await meet.get(tx, session_id)
    if session is None:
        raise Refusal("common.errors.gone")
    return session, await pair_of(tx, actor, session.pair_id)


async def cohort_of(tx: Tx, pair: Pair) -> Cohort:
    """The pair's cohort. Raises Refusal when it is gone."""
    cohort = await programme.cohort(tx, pair.cohort_id)
    if cohort is None:
        raise Refusal("common.errors.gone")
    return cohort


async def planned_of(tx: Tx, pair: Pair) -> int:
    """How many sessions the two want: what they agreed on, else what their cohort plans."""
    agreed = await meet.agreed(tx, pair.id)
    return agreed.sessions if agreed is not None else (await cohort_of(tx, pair)).sessions


async def middle_of(tx: Tx, pair: Pair) -> date:
    """The day in the middle of the dates that the pair has of its cohort's."""
    return midpoint(await cohort_of(tx, pair), pair.active_at.date() if pair.active_at else None)


async def usual_cadence(tx: Tx, pair: Pair) -> int:
    """Days between two sessions before there is a contract: the pair's own, else the cohort's."""
    agreed = await meet.agreed(tx, pair.id)
    return agreed.every_days if agreed is not None else (await cohort_of(tx, pair)).cadence_days


async def identity_open(tx: Tx, pair: Pair) -> bool:
    """Whether identity is a topic for both; one who says it is not decides for the pair."""
    places = [await enrol.place(tx, person_id, pair.cohort_id) for person_id in (pair.junior_id, pair.senior_id)]
    return not any(place is not None and place.profile.identity_off for place in places)


async def purpose_of(tx: Tx, pair: Pair) -> Purpose:
    """The cohort's purpose; without a set one where it is inclusion and identity is no topic for one of the two."""
    purpose = (await cohort_of(tx, pair)).purpose
    return Purpose.FREE if purpose is Purpose.INCLUSION and not await identity_open(tx, pair) else purpose


async def pair_words(kit: Kit, tx: Tx) -> Words:
    """The language that is spoken in pair spaces."""
    found = await programme.get(tx)
    return await words_of(kit, tx, found.language if found else None)


async def refresh_both(tx: Tx, people: PairPeople, now: datetime) -> None:
    """What only the two of a pair see has changed."""
    await refresh_homes(tx, (people.junior.user_id, people.senior.user_id), now)


async def _mine(tx: Tx, actor: Actor, pair_id: str) -> Mine:
    pair, me, side = await access.pair(tx, actor, pair_id)
    return Mine(await people_of(tx, pair), me, side)
