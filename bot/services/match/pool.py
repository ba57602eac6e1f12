"""Who is there to be matched in a cohort, and what keeps them apart: everything that a match reads."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.match import PILOT_PAIRS, Common, Member, Why, offsets
from bot.domain.match.apart import NOTHING
from bot.domain.match.hours import Offsets
from bot.domain.refusals import Refusal
from storage import enrol, match, pause, programme
from storage.records.enrol import Enrolment, Person, Side
from storage.records.match import Pair, PairState
from storage.records.programme import Cohort
from storage.store import Tx

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
    places = [p for p in await enrol.participants(tx, cohort_id) if p.state in _HERE]
    ids = [p.person_id for p in places]
    persons = await enrol.people(tx, ids)
    told = await enrol.confided(tx, ids)
    away = await _away(tx, persons) | {p.person_id: Why.AWAY for p in places if p.state is Enrolment.PAUSED}
    pairs = await match.all_pairs(tx)
    busy = {side: _counts(pairs, side) for side in Side}
    members = tuple(
        Member(
            p.person_id, persons[p.person_id].user_id, p.profile, persons[p.person_id].zone,
            told=told.get(p.person_id, NOTHING), outside=_outside(persons[p.person_id]),
            here=p.person_id not in away, pairs={side: busy[side][p.person_id] for side in Side},
        )
        for p in sorted(places, key=lambda place: place.person_id)
    )  # fmt: skip
    common = await _common(tx, cohort, pairs, members, found.language)
    return Pool(members, persons, away, common, _limit(cohort, pairs))


def over(cohorts: Iterable[Cohort], zones: Iterable[str]) -> Offsets:
    """How the clocks of zones stand to each other from the first day of these cohorts to the last."""
    days = [day for cohort in cohorts for day in (cohort.starts_on, cohort.ends_on)]
    return offsets(set(zones), min(days), max(days)) if days else {}


async def _away(tx: Tx, persons: Mapping[str, Person]) -> dict[str, Why]:
    resting = await pause.resting(tx)
    gone = {one: Why.GONE for one, person in persons.items() if person.deactivated or person.erased}
    return {one: Why.AWAY for one in persons if one in resting} | gone


async def _common(tx: Tx, cohort: Cohort, pairs: list[Pair], members: tuple[Member, ...], language: str) -> Common:
    """Who were a pair, or are, are not paired again; who declined is not asked again in this cohort."""
    past = [p for p in pairs if p.state in match.MET or (p.state is PairState.DECLINED and p.cohort_id == cohort.id)]
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


def _outside(person: Person) -> bool:
    return person.guest or bool(person.home_team)


def _limit(cohort: Cohort, pairs: list[Pair]) -> int | None:
    if not cohort.pilot:
        return None
    return max(0, PILOT_PAIRS - sum(p.cohort_id == cohort.id and p.state in match.OPEN for p in pairs))
