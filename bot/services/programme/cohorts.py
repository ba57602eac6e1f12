"""Cohorts: planning, opening and closing them."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.leave import ENOUGH
from bot.domain.messages import Kind
from bot.domain.programme.cohorts import NEXT, CohortPlan, called, move_problem, opening_problem, plan_problems
from bot.domain.programme.facts import ClosedFacts, ClosingFacts
from bot.domain.programme.setup import Setup, Standing, channel_problems, contact_problems, owner_problems, setup_of
from bot.domain.programme.today import CohortCard
from bot.domain.refusals import Refusal, Refusals
from bot.domain.when import local_day
from bot.services import access, review
from bot.services.enrol import tell_waiting
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post, refresh_home, unplan
from bot.services.refusing import unknown_cohort
from bot.services.theme import fix_themes
from storage import close as close_rows
from storage import enrol, match, meet, programme
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.records.enrol import Side
from storage.records.match import Pair, PairState
from storage.records.meet import SessionState
from storage.records.programme import Cohort, CohortState, Programme
from storage.store import Tx


async def all_of(kit: Kit, actor: Actor) -> tuple[Programme, list[CohortCard]]:
    """Every cohort with what it has under way, oldest first. Raises Refusal for who does not coordinate."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        return known, await cards(tx, now)


async def cards(tx: Tx, now: datetime) -> list[CohortCard]:
    return [CohortCard(cohort, await programme.tally(tx, cohort.id, now)) for cohort in await programme.cohorts(tx)]


async def draft(kit: Kit, actor: Actor, cohort_id: str = "") -> tuple[Programme, Cohort | None]:
    """What the cohort modal starts from: the draft to edit, or none. Raises Refusal once it is open."""
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        return known, await _draft(tx, cohort_id) if cohort_id else None


async def save(kit: Kit, actor: Actor, plan: CohortPlan, cohort_id: str = "") -> Cohort:
    """Store a new cohort, or change a draft; it is not open yet. Raises Refusals field by field."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        known = await access.coordinator(tx, actor)
        before = await _draft(tx, cohort_id) if cohort_id else None
        others = [c for c in await programme.cohorts(tx) if c.state is not CohortState.CLOSED]
        problems = plan_problems(plan, local_day(now, known.zone), others, before)
        if problems:
            raise Refusals(problems)
        after = _cohort(plan, known, before.id if before else new_id())
        if before is None:
            await programme.add_cohort(tx, after)
        else:
            await programme.set_cohort(
                tx, after.id, name=plan.name, purpose=plan.purpose, starts_on=plan.starts_on, ends_on=plan.ends_on,
                sessions=plan.sessions, cadence_days=plan.cadence_days, pilot=plan.pilot,
                guests=plan.guests, strangers=plan.strangers,
            )  # fmt: skip
        action = "cohort.changed" if before else "cohort.planned"
        await programme.note(tx, actor.user_id, action, after.id, now)
        await _refresh(tx, now)
    return after


async def about(kit: Kit, actor: Actor, cohort_id: str, to: CohortState) -> tuple[Programme, ClosingFacts]:
    """A cohort that is about to open or close, with what it has under way. Raises Refusal where it cannot."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        found = await _found(tx, cohort_id, to)
        kept = max(found.ends_on + timedelta(days=kit.keeping.text_days), local_day(now, known.zone))
        return known, ClosingFacts(found, await programme.tally(tx, found.id, now), kept)


async def meant(kit: Kit, actor: Actor, name: str, to: CohortState) -> Cohort | None:
    """The cohort that a typed name means; without a name the only one that can go there, or None to choose from.

    Raises Refusal for a name that no cohort has, and where none can go there.
    """
    _, shown = await all_of(kit, actor)
    every = [card.cohort for card in shown]
    if name.strip():
        named = called(name, every)
        possible = [c for c in named if to in NEXT[c.state]] or named
        if not possible:
            raise unknown_cohort(name, every)
        return possible[-1]
    before = CohortState.DRAFT if to is CohortState.OPEN else CohortState.OPEN
    possible = [c for c in every if c.state is before]
    if not possible:
        raise Refusal(f"programme.refused.none_to_{'open' if to is CohortState.OPEN else 'close'}")
    return possible[0] if len(possible) == 1 else None


async def open_(kit: Kit, actor: Actor, cohort_id: str, standing: Standing) -> Cohort:
    """Open a cohort: people can join, and k and the clamp are fixed from now on.

    Raises Refusal when it is open already, would be over too soon, or when the owner of findings, a safe contact
    or the coordinators' channel is not there any more.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        found = await _found(tx, cohort_id, CohortState.OPEN)
        _refuse_unready(setup_of(known), standing)
        problem = opening_problem(found, local_day(now, known.zone))
        if problem:
            raise problem
        if not await programme.move_cohort(
            tx, found.id, CohortState.DRAFT, CohortState.OPEN, k=known.k, clamp=known.clamp
        ):
            raise Refusal("programme.refused.already_open")
        await fix_themes(kit, tx, found)
        await tell_waiting(tx, replace(found, state=CohortState.OPEN), now)
        await programme.note(tx, actor.user_id, "cohort.opened", found.id, now, f"k={known.k} clamp={known.clamp}")
        await _refresh(tx, now)
    return found


async def close(kit: Kit, actor: Actor, cohort_id: str) -> Cohort:
    """Close a cohort: proposals are withdrawn, pairs end, everybody in it is told. Raises Refusal when it is closed."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        found = await _found(tx, cohort_id, CohortState.CLOSED)
        if not await programme.move_cohort(tx, found.id, found.state, CohortState.CLOSED):
            raise Refusal("programme.refused.already_closed")
        await _withdraw(tx, found, now)
        await _end_pairs(tx, found, now)
        for user_id in await programme.waiting_users(tx, found.id):
            await post(tx, Kind.COHORT_CLOSED, user_id, f"{found.id}:{user_id}", now, cohort=found.id)
            await refresh_home(tx, user_id, now)
        await programme.finish_places(tx, found.id)
        await programme.note(tx, actor.user_id, "cohort.closed", found.id, now)
        await _refresh(tx, now)
    return found


async def load_closed(kit: Kit, tx: Tx, letter: Letter) -> ClosedFacts | None:
    found = await programme.cohort(tx, letter.params["cohort"])
    if found is None:
        return None
    pair = await match.get(tx, letter.params["pair"]) if "pair" in letter.params else None
    if pair is None:
        return ClosedFacts(found, None)
    people = await people_of(tx, pair)
    partner = people.senior if people.junior.user_id == letter.to else people.junior
    if pair.state is not PairState.COMPLETED:
        return ClosedFacts(found, partner.user_id)
    return ClosedFacts(found, partner.user_id, pair.id, Side.JUNIOR if partner is people.senior else Side.SENIOR)


async def _withdraw(tx: Tx, cohort: Cohort, now: datetime) -> None:
    """Suggestions end in silence: the message about the cohort tells both."""
    for pair in await match.of_cohort(tx, cohort.id, PairState.PROPOSED, PairState.ASKING_SENIOR, PairState.STARTING):
        for job in (Job.ASK_SENIOR, Job.START_PAIR, Job.REMIND_PROPOSAL, Job.EXPIRE_PROPOSAL, Job.TELL_DECLINED):
            await unplan(tx, job, pair.id, "the cohort closed")
        await match.move(tx, pair.id, pair.state, PairState.EXPIRED, ended_at=now, declined_at=None)


async def _end_pairs(tx: Tx, cohort: Cohort, now: datetime) -> None:
    held = Counter(session.pair_id for session in await meet.of_cohort(tx, cohort.id, SessionState.HELD))
    for pair in await match.of_cohort(tx, cohort.id, *match.RUNNING):
        after = PairState.COMPLETED if held[pair.id] >= ENOUGH else PairState.ENDED
        await match.move(tx, pair.id, pair.state, after, ended_at=now)
        if after is PairState.COMPLETED:
            await close_rows.enter(tx, pair.id, now)
            await close_rows.mark(tx, pair.id, completed_at=now)
        if after is PairState.COMPLETED:
            await review.completed(tx, pair.id, now)
        await _thank(tx, cohort, pair, now)


async def _thank(tx: Tx, cohort: Cohort, pair: Pair, now: datetime) -> None:
    for person in (await enrol.people(tx, (pair.junior_id, pair.senior_id))).values():
        await post(
            tx, Kind.COHORT_CLOSED, person.user_id, f"{pair.id}:{person.id}", now, cohort=cohort.id, pair=pair.id
        )
        await refresh_home(tx, person.user_id, now)


async def _found(tx: Tx, cohort_id: str, to: CohortState) -> Cohort:
    found = await programme.cohort(tx, cohort_id)
    if found is None:
        raise Refusal("common.errors.gone")
    problem = move_problem(found, to)
    if problem:
        raise problem
    return found


async def _draft(tx: Tx, cohort_id: str) -> Cohort:
    found = await programme.cohort(tx, cohort_id)
    if found is None:
        raise Refusal("common.errors.gone")
    if found.state is not CohortState.DRAFT:
        raise Refusal(f"programme.refused.already_{found.state}")
    return found


def _refuse_unready(setup: Setup, standing: Standing) -> None:
    """Say which part of the set-up has to be mended first: people leave and channels are archived."""
    if owner_problems(setup, standing.people):
        raise Refusal("programme.refused.owner_gone")
    if contact_problems(setup, standing.people):
        raise Refusal("programme.refused.contact_gone")
    if channel_problems(replace(setup, public_asked=True, public_agreed=True), standing.channel):
        raise Refusal("programme.refused.channel_gone")


def _cohort(plan: CohortPlan, known: Programme, cohort_id: str) -> Cohort:
    return Cohort(
        id=cohort_id, team_id=known.team_id, name=plan.name, purpose=plan.purpose, starts_on=plan.starts_on,
        ends_on=plan.ends_on, sessions=plan.sessions, cadence_days=plan.cadence_days, pilot=plan.pilot,
        state=CohortState.DRAFT, k=known.k, clamp=known.clamp, guests=plan.guests, strangers=plan.strangers,
    )  # fmt: skip


async def _refresh(tx: Tx, now: datetime) -> None:
    for one in await programme.coordinators(tx):
        await refresh_home(tx, one.user_id, now)
