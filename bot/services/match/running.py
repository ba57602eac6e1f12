"""Computing a cohort's suggestions: the terms, a run that survives a restart, and what becomes of earlier ones."""

from dataclasses import asdict
from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.match import Solved, Terms, Weights
from bot.domain.match.review import AT_ONCE, NET, MatchDesk, News, Ready, Shelf
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import solving
from bot.services.match.pairing import grounds_of, judged
from bot.services.match.shelves import counts_of
from bot.services.post import plan, post, refresh_homes, unplan
from storage import enrol, programme
from storage.ids import new_id
from storage.match import runs
from storage.records.delivery import Due, Letter
from storage.records.match import MatchRun, MatchSetting, RunState, Suggestion, SuggestionState, Unmatched
from storage.records.programme import Cohort, CohortState
from storage.store import Tx


async def open_cohorts(kit: Kit, actor: Actor) -> list[Cohort]:
    """Where there is something to match. Raises Refusal for anybody but coordinators."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await programme.cohorts(tx, CohortState.OPEN)


async def match_desk(kit: Kit, actor: Actor, cohort_id: str, news: tuple[News, ...] = ()) -> MatchDesk:
    """Where a match begins. Raises Refusal for anybody but coordinators, and for a cohort that is not open."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        cohort = await cohort_for(tx, actor, cohort_id)
        tally = await programme.tally(tx, cohort.id, now)
        terms = await terms_of(tx, cohort.id)
        run = await runs.newest(tx, cohort.id, RunState.WORKING, RunState.READY)
        waiting = (await counts_of(tx, cohort.id, now))[Shelf.OPEN]
        return MatchDesk(
            cohort, tally.waiting_juniors, tally.waiting_seniors, terms, terms == Terms(), run, waiting, news
        )  # fmt: skip


async def weigh(kit: Kit, actor: Actor, cohort_id: str, terms: Terms | None) -> None:
    """Keep a cohort's weights and floor, or go back to the usual ones with None. They count from the next run on."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        cohort = await cohort_for(tx, actor, cohort_id)
        if terms is None or terms == Terms():
            await runs.drop_setting(tx, cohort.id)
        elif not terms.valid:
            raise Refusal("common.errors.pick_one", field="floor")
        else:
            await runs.save_setting(tx, MatchSetting(cohort.id, asdict(terms.weights), terms.floor))
        await programme.note(tx, actor.user_id, "match.weights", cohort.id, now)


async def begin(kit: Kit, actor: Actor, cohort_id: str) -> tuple[MatchRun, bool]:
    """Start a run, or join the one that is under way; and whether it is small enough to wait for.

    The rest is due work: a big run is done by the courier at once, a small one where its process ended half-way.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        cohort = await cohort_for(tx, actor, cohort_id)
        run = await runs.newest(tx, cohort.id, RunState.WORKING)
        if run is None:
            run = await start(tx, cohort.id, actor.user_id, now)
            await programme.note(tx, actor.user_id, "match.run", cohort.id, now)
        return run, run.juniors * run.seniors <= AT_ONCE


async def start(tx: Tx, cohort_id: str, user_id: str, now: datetime) -> MatchRun:
    """A run in a coordinator's name, with the cohort's terms."""
    tally, terms = await programme.tally(tx, cohort_id, now), await terms_of(tx, cohort_id)
    run = MatchRun(
        new_id(), tx.team, cohort_id, RunState.WORKING, asdict(terms.weights), terms.floor,
        tally.waiting_juniors, tally.waiting_seniors, user_id, now,
    )  # fmt: skip
    await runs.add_run(tx, run)
    small = run.juniors * run.seniors <= AT_ONCE
    await plan(tx, Job.MATCH_RUN, run.id, now + NET if small else now)
    return run


async def compute(kit: Kit, team: str, run_id: str) -> None:
    """Find the best set of pairs and store it; a run that is ready already stays as it is.

    Computed outside any writing transaction, for it may take long: others write meanwhile. Who is first, stores.
    """
    async with kit.store.read(team) as tx:
        run = await runs.run(tx, run_id)
        if run is None or run.state is not RunState.WORKING:
            return
        solved = await solving.solve(kit, tx, run.cohort_id, Terms(Weights(**run.weights), run.floor))
    now = kit.clock()
    async with kit.store.write(team) as tx:
        if not await runs.move_run(tx, run.id, RunState.WORKING, RunState.READY):
            return
        await _keep(tx, run, solved, now)
        await unplan(tx, Job.MATCH_RUN, run.id, "done")
        await refresh_homes(tx, [c.user_id for c in await programme.coordinators(tx)], now)


async def do_match_run(kit: Kit, tx: Tx, due: Due) -> str | None:
    """A run is to be computed by the courier, which may take its time, and then told about."""
    run = await runs.run(tx, due.subject)
    if run is None or run.state is not RunState.WORKING:
        return "it is ready"
    await post(tx, Kind.MATCH_READY, run.created_by, run.id, kit.clock(), run=run.id)
    return None


async def load_ready(kit: Kit, tx: Tx, letter: Letter) -> Ready | None:
    """For coordinators only; None where a newer run has come."""
    run = await runs.run(tx, letter.params["run"])
    if run is None or run.state is not RunState.READY or not await programme.is_coordinator(tx, letter.to):
        return None
    cohort = await programme.cohort(tx, run.cohort_id)
    counts = await counts_of(tx, run.cohort_id, kit.clock())
    return Ready(cohort, counts[Shelf.OPEN], counts[Shelf.HELD], counts[Shelf.ALONE]) if cohort else None


async def cohort_for(tx: Tx, actor: Actor, cohort_id: str) -> Cohort:
    """An open cohort, for a coordinator. Missing and closed give the same answer."""
    await access.coordinator(tx, actor)
    cohort = await programme.cohort(tx, cohort_id)
    if cohort is None or cohort.state is not CohortState.OPEN:
        raise Refusal("common.errors.gone")
    return cohort


async def terms_of(tx: Tx, cohort_id: str) -> Terms:
    """A cohort's weights and floor, the usual ones where nobody has changed them."""
    kept = await runs.setting(tx, cohort_id)
    return Terms(Weights(**kept.weights), kept.floor) if kept else Terms()


async def _keep(tx: Tx, run: MatchRun, solved: Solved, now: datetime) -> None:
    """Store what was found. What a coordinator held stays held, unless one of the two is suggested elsewhere now."""
    await runs.replace_runs(tx, run.cohort_id, run.id)
    kept = await _still_held(tx, run, solved, now)
    found = [
        Suggestion(
            new_id(), tx.team, run.id, run.cohort_id, one.junior.id, one.senior.id, one.score, " ".join(one.because),
            " ".join(one.warnings), SuggestionState.HELD if one.held else SuggestionState.OPEN,
        )
        for one in solved.proposals
        if (one.junior.id, one.senior.id) not in kept
    ]  # fmt: skip
    await runs.add_suggestions(tx, found)
    held = {person for couple in kept for person in couple}
    alone = [
        Unmatched(run.id, one.person.id, one.side, one.why) for one in solved.unmatched if one.person.id not in held
    ]
    await runs.add_unmatched(tx, alone)


async def _still_held(tx: Tx, run: MatchRun, solved: Solved, now: datetime) -> set[tuple[str, str]]:
    """The couples that stay held; the others are over."""
    couples = {(one.junior.id, one.senior.id) for one in solved.proposals}
    busy = {person for couple in couples for person in couple}
    kept: set[tuple[str, str]] = set()
    for old in await runs.of_cohort(tx, run.cohort_id, SuggestionState.HELD):
        couple = (old.junior_id, old.senior_id)
        free = couple in couples or not busy & set(couple)
        if old.decided_by and free and await _possible(tx, old):
            kept.add(couple)
        else:
            await runs.decide(tx, old.id, runs.PENDING, SuggestionState.REPLACED, "", now)
    return kept


async def _possible(tx: Tx, suggestion: Suggestion) -> bool:
    people = await enrol.people(tx, [suggestion.junior_id, suggestion.senior_id])
    if len(people) < 2:
        return False
    junior, senior = people[suggestion.junior_id].user_id, people[suggestion.senior_id].user_id
    verdict, _ = await judged(tx, junior, senior, await grounds_of(tx, junior, senior, suggestion.cohort_id))
    return not verdict.hard
