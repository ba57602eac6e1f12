"""What coordinators do about pairs: check, propose, withdraw, list."""

from dataclasses import replace
from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.match import (
    STOPS_AT_JUNIOR,
    Candidate,
    Desk,
    Grounds,
    PairPeople,
    Proposed,
    Reason,
    Verdict,
    chain,
    judge,
    reasons,
)
from bot.domain.programme.cohorts import takes
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match.asking import ask, close
from bot.services.match.people import people_of, redraw_homes
from bot.services.match.pool import over
from bot.services.post import unplan
from storage import enrol, match, programme
from storage.ids import new_id
from storage.records.enrol import Enrolment, Participant, Person, Side
from storage.records.match import Pair, PairState
from storage.records.programme import CohortState
from storage.store import Tx

Couple = dict[Side, tuple[Person, tuple[Participant, ...]]]
"""The two persons with their places."""

PROPOSALS = (PairState.PROPOSED, PairState.ASKING_SENIOR, PairState.STARTING)


async def survey(kit: Kit, actor: Actor, junior: str | None, senior: str | None) -> Desk:
    """The pairing modal with what the checks say so far. Raises Refusal for anybody but coordinators."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        juniors, seniors = await _waiting(tx)
        if not junior or not senior:
            return Desk(junior, senior, juniors=juniors, seniors=seniors)
        grounds = await grounds_of(tx, junior, senior)
        verdict, _ = await judged(tx, junior, senior, grounds)
        return Desk(junior, senior, verdict, end_of_line(junior, grounds), juniors, seniors)


async def propose(kit: Kit, actor: Actor, junior: str, senior: str, *, reason: Reason | None = None) -> Proposed | Desk:
    """Suggest a pair: the junior is asked first. A Desk comes back where warnings want a reason.

    Raises Refusal with the first hard check that fails, and for anybody but coordinators.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        await access.coordinator(tx, actor)
        grounds = await grounds_of(tx, junior, senior)
        verdict, couple = await judged(tx, junior, senior, grounds)
        if verdict.hard or verdict.cohort_id is None or couple is None:
            check = verdict.hard[0]
            raise Refusal(f"match.checks.{check}", field="match.junior" if check in STOPS_AT_JUNIOR else "match.senior")
        ends_at = end_of_line(junior, grounds)
        if verdict.soft and reason is None:
            return Desk(junior, senior, verdict, ends_at)
        people = await add_pair(tx, actor, couple, verdict.cohort_id, now)
        why = " ".join([*verdict.soft, *([reason] if verdict.soft and reason else [])])
        await programme.note(tx, actor.user_id, "match.propose", people.pair.id, now, why)
        await ask(tx, people, Side.JUNIOR, now)
        await redraw_homes(tx, people, now)
        return Proposed(people, verdict, ends_at)


async def withdraw(kit: Kit, actor: Actor, pair_id: str) -> PairPeople:
    """Take back a suggestion that is not a pair yet; whoever has heard of it is told neutrally."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        pair = await match.get(tx, pair_id)
        if pair is None or pair.state not in PROPOSALS:
            raise Refusal("common.errors.gone")
        people = await people_of(tx, pair)
        for job in (Job.ASK_SENIOR, Job.START_PAIR):
            await unplan(tx, job, pair.id, "withdrawn by a coordinator")
        await close(tx, people, PairState.EXPIRED, now)
        await programme.note(tx, actor.user_id, "match.withdraw", pair.id, now)
        return people


async def still_fits(tx: Tx, people: PairPeople) -> bool:
    """Whether a suggestion on its way would still be allowed: lines, conflicts and places may have changed."""
    pair = people.pair
    grounds = await grounds_of(tx, people.junior.user_id, people.senior.user_id)
    others = {**grounds.taken, pair.cohort_id: grounds.taken.get(pair.cohort_id, 1) - 1}
    alone = replace(grounds, taken=others, already=False)
    verdict, _ = await judged(tx, people.junior.user_id, people.senior.user_id, alone, but=pair.id)
    return not verdict.hard


async def _waiting(tx: Tx) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Slack ids of the juniors and of the seniors of open cohorts who have neither a pair nor a suggestion."""
    busy = {one for pair in await match.all_open(tx) for one in (pair.junior_id, pair.senior_id)}
    places = [
        place
        for cohort in await programme.cohorts(tx, CohortState.OPEN)
        for place in await enrol.participants(tx, cohort.id)
        if place.state is Enrolment.WAITING and place.person_id not in busy
    ]
    known = await enrol.people(tx, [place.person_id for place in places])
    juniors, seniors = (
        tuple(dict.fromkeys(known[p.person_id].user_id for p in places if side in p.profile.sides)) for side in Side
    )
    return juniors, seniors


async def add_pair(tx: Tx, actor: Actor, couple: Couple, cohort_id: str, now: datetime) -> PairPeople:
    """A pair that nobody has been asked about yet."""
    persons = {side: person for side, (person, _) in couple.items()}
    profiles = {
        side: next(p.profile for p in places if p.cohort_id == cohort_id) for side, (_, places) in couple.items()
    }
    pair = Pair(
        id=new_id(), team_id=tx.team, cohort_id=cohort_id, junior_id=persons[Side.JUNIOR].id,
        senior_id=persons[Side.SENIOR].id, state=PairState.PROPOSED, channel_id=None,
        why=reasons(profiles[Side.JUNIOR], profiles[Side.SENIOR]), created_by=actor.user_id, created_at=now,
        active_at=None, ended_at=None,
    )  # fmt: skip
    await match.add(tx, pair)
    return PairPeople(pair, persons[Side.JUNIOR], persons[Side.SENIOR])


async def grounds_of(tx: Tx, junior: str, senior: str, cohort_id: str = "") -> Grounds:
    """What the checks of two people (Slack ids) need to know; of one cohort alone where it is named."""
    known = [one for one in (await enrol.find(tx, junior), await enrol.find(tx, senior)) if one]
    pairs = await match.between(tx, *(one.id for one in known)) if len({one.id for one in known}) == 2 else []
    cohorts = {c.id: c for c in await programme.cohorts(tx, CohortState.OPEN) if cohort_id in ("", c.id)}
    found = await programme.get(tx)
    return Grounds(
        cohorts=cohorts,
        taken=await match.taken(tx),
        lines=await enrol.lines(tx),
        conflicts={frozenset({c.first, c.second}) for c in await match.conflicts(tx)},
        already=any(pair.state in match.OPEN for pair in pairs),
        former=any(_over(pair) and (pair.state in match.MET or pair.cohort_id in cohorts) for pair in pairs),
        language=found.language if found else "en",
        offsets=over(cohorts.values(), [one.zone for one in known]),
    )


def _over(pair: Pair) -> bool:
    """Whoever was a pair is not paired again; where there was no yes in time, nobody is asked again in the cohort."""
    return pair.state in (*match.MET, PairState.DECLINED)


async def judged(
    tx: Tx, junior: str, senior: str, grounds: Grounds, but: str = ""
) -> tuple[Verdict, Couple | None]:  # fmt: skip
    """The verdict, and the two persons with their places where both are known; `but` is a pair not to be counted."""
    candidates: dict[Side, Candidate] = {}
    couple: Couple = {}
    for side, user_id in ((Side.JUNIOR, junior), (Side.SENIOR, senior)):
        person = await enrol.find(tx, user_id)
        if person is None or person.deactivated:
            candidates[side] = Candidate(user_id)
            continue
        places = tuple(p for p in await enrol.participations(tx, person.id) if p.cohort_id in grounds.cohorts)
        others = [pair for pair in await match.open_of(tx, person.id) if pair.id != but]
        mine = [pair.junior_id if side is Side.JUNIOR else pair.senior_id for pair in others]
        barred = frozenset(
            cohort.id
            for cohort in grounds.cohorts.values()
            if not takes(cohort, guest=person.guest, home_team=person.home_team)
        )
        candidates[side] = Candidate(user_id, places, mine.count(person.id), person.zone, barred=barred)
        couple[side] = (person, places)
    verdict = judge(candidates[Side.JUNIOR], candidates[Side.SENIOR], grounds)
    return verdict, couple if len(couple) == 2 else None


def end_of_line(junior: str, grounds: Grounds) -> str:
    """The last person known above the junior."""
    return next(reversed(chain(junior, grounds.lines)), "")
