"""Who is there to be matched in a cohort, and what keeps them apart: everything that a match reads."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass

from bot.domain.match import PILOT_PAIRS, Common, Member, Why, offsets
from bot.domain.match.apart import NOTHING
from bot.domain.match.hours import Offsets
from bot.domain.programme.cohorts import takes
from bot.domain.refusals import Refusal
from storage import enrol, match, pause, programme
from storage.records.enrol import Confided, Enrolment, Participant, Person, Side
from storage.records.match import Pair, PairState
from storage.records.programme import Cohort
from storage.store import Tx

PORTION = 50
"""People who are read at a time: about a hundredth of a second."""
_HERE = (Enrolment.WAITING, Enrolment.PAIRED, Enrolment.PAUSED)


@dataclass(frozen=True, slots=True)
class Pool:
    """`members` are in the order of their ids; `away` says of some why they get no pair now.

    `limit`: how many pairs the cohort still takes, None for any number.
    """

    members: tuple[Member, ...]
    persons: Mapping[str, Person]
    away: Mapping[str, Why]
    common: Common
    limit: int | None


async def load(tx: Tx, cohort_id: str) -> Pool:
    """Everybody of a cohort who takes part. Raises Refusal where there is no such cohort."""
    cohort = next((c for c in await programme.cohorts(tx) if c.id == cohort_id), None)
    found = await programme.get(tx)
    if cohort is None or found is None:
        raise Refusal("common.errors.gone")
    pairs = await match.all_pairs(tx)
    resting = await pause.resting(tx)
    busy = {side: _counts(pairs, side) for side in Side}
    persons: dict[str, Person] = {}
    away: dict[str, Why] = {}
    members: list[Member] = []
    async for place, person, told in _everybody(tx, cohort_id):
        persons[person.id] = person
        why = _away(place, person, resting, cohort)
        away |= {person.id: why} if why else {}
        counts = {side: busy[side][person.id] for side in Side}
        members.append(
            Member(
                person.id, person.user_id, place.profile, person.zone, told=told,
                outside=person.guest or bool(person.home_team), here=why is None, pairs=counts,
            )
        )  # fmt: skip
    common = await _common(tx, cohort, pairs, members, found.language)
    return Pool(tuple(members), persons, away, common, _limit(cohort, pairs))


async def _everybody(tx: Tx, cohort_id: str) -> AsyncIterator[tuple[Participant, Person, Confided]]:
    """Places, persons and what they told, in the order of ids; a portion at a time, and others are answered between."""
    ids = await enrol.person_ids(tx, cohort_id, *_HERE)
    for start in range(0, len(ids), PORTION):
        some = ids[start : start + PORTION]
        places = {place.person_id: place for place in await enrol.some_participants(tx, cohort_id, some)}
        persons, told = await enrol.people(tx, some), await enrol.confided(tx, some)
        for one in some:
            yield places[one], persons[one], told.get(one, NOTHING)
        await asyncio.sleep(0)


def over(cohorts: Iterable[Cohort], zones: Iterable[str]) -> Offsets:
    """How the clocks of zones stand to each other from the first day of these cohorts to the last."""
    days = [day for cohort in cohorts for day in (cohort.starts_on, cohort.ends_on)]
    return offsets(set(zones), min(days), max(days)) if days else {}


def _away(place: Participant, person: Person, resting: frozenset[str], cohort: Cohort) -> Why | None:
    if person.deactivated or person.erased:
        return Why.GONE
    if not takes(cohort, guest=person.guest, home_team=person.home_team):
        return Why.OUTSIDER
    return Why.AWAY if place.state is Enrolment.PAUSED or person.id in resting else None


async def _common(tx: Tx, cohort: Cohort, pairs: list[Pair], members: list[Member], language: str) -> Common:
    """Who were a pair, or are, are not paired again; who said no, or nothing, is not asked again in the cohort.

    What was withdrawn, or ended because of a pause, may come again.
    """
    refused = [p for p in pairs if p.cohort_id == cohort.id and p.state is PairState.DECLINED]
    past = [p for p in pairs if p.state in match.MET] + refused
    return Common(
        lines=await enrol.lines(tx),
        conflicts={frozenset({c.first, c.second}) for c in await match.conflicts(tx)},
        former={frozenset({p.junior_id, p.senior_id}) for p in past},
        purpose=cohort.purpose,
        language=language,
        offsets=over([cohort], [m.zone for m in members]),
    )


def _counts(pairs: list[Pair], side: Side) -> Counter[str]:
    """Person → pairs from proposal to pause on a side."""
    running = [p for p in pairs if p.state in match.OPEN]
    return Counter(p.junior_id if side is Side.JUNIOR else p.senior_id for p in running)


def _limit(cohort: Cohort, pairs: list[Pair]) -> int | None:
    if not cohort.pilot:
        return None
    return max(0, PILOT_PAIRS - sum(p.cohort_id == cohort.id and p.state in match.OPEN for p in pairs))
