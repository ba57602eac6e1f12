"""Coordinators look at pairs: a list that the database filters and turns, and one pair's operational facts."""

from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.match import off_line
from bot.domain.paging import page_within, pages_of
from bot.domain.refusals import Refusal
from bot.domain.report.activity import History, check_by, marks
from bot.domain.report.pairs import PAGE, PairCard, PairFilter, PairPage, PairRow, Stands, past_of, runs
from bot.domain.when import DaysOff
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of, people_of_all, wishes_for
from bot.services.meet.plans import turn_of
from bot.services.report.plans import holidays
from storage import due, enrol, match, meet, pause, prepare, tell
from storage import programme as programmes
from storage.records.delivery import DueState
from storage.records.enrol import Side
from storage.records.match import Pair, PairState
from storage.records.programme import CohortState, Programme
from storage.records.report import Marks
from storage.report import beats, courses
from storage.store import Tx

NUDGE_EVERY = timedelta(days=14)
"""Nobody gets a second nudge sooner."""


async def turning_points(tx: Tx, programme: Programme, now: datetime) -> tuple[dict[int, Marks], DaysOff]:
    """When lights turn, for every rhythm that pairs have; and the days off that they count with."""
    off = await holidays(tx)
    return {days: marks(days, now, programme.zone, off) for days in await beats.cadences(tx)}, off


async def pair_page(kit: Kit, actor: Actor, wanted: PairFilter) -> PairPage:
    """One page of the pairs of open cohorts, those that want somebody first. Raises Refusal for strangers."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        turning, _ = await turning_points(tx, known, now)
        cohorts = {one.id: one for one in await programmes.cohorts(tx, CohortState.OPEN)}
        cohort = wanted.cohort if wanted.cohort in cohorts else ""
        counts = await courses.counted(tx, turning, now, cohort=cohort)
        stands = wanted.stands.value if wanted.stands else ""
        found = counts.get(stands, 0) if stands else sum(n for name, n in counts.items() if name != Stands.OVER)
        pages = pages_of(found, PAGE)
        page = page_within(wanted.page, pages)
        rows = await courses.courses(
            tx, turning, now, cohort=cohort, stands=stands, limit=PAGE, offset=page * PAGE
        )  # fmt: skip
        pairs = [pair for row in rows if (pair := await match.get(tx, row.pair_id)) is not None]
        people = {one.pair.id: one for one in await people_of_all(tx, pairs)}
        return PairPage(
            PairFilter(cohort, wanted.stands, page), tuple(cohorts.values()),
            tuple(PairRow(people[row.pair_id], cohorts[row.cohort_id], row) for row in rows),
            found, pages, {Stands(name): n for name, n in counts.items()}, known.zone,
        )  # fmt: skip


async def pair_card(kit: Kit, actor: Actor, pair_id: str) -> PairCard:
    """One pair's operational facts. Raises Refusal for who does not coordinate, and where there is no such pair."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        pair = await match.get(tx, pair_id)
        if pair is None:
            raise Refusal("common.errors.gone")
        return await _card(tx, pair, known, now, actor)


async def pair_of(kit: Kit, actor: Actor, users: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the pairs of a person (Slack id), or of two: those that run first, then the others, newest first.

    Raises Refusal for who does not coordinate, and where there is none.
    """
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        known = [person for user in users if (person := await enrol.find(tx, user)) is not None]
        if not known or len(known) != len(users) or len(known) > 2:
            raise Refusal("pairs.refused.no_pair")
        found = await match.between(tx, known[0].id, known[-1].id)
        shown = [one for one in found if one.state not in (PairState.DECLINED, PairState.EXPIRED)]
        if not shown:
            raise Refusal("pairs.refused.no_pair")
        order = sorted(reversed(shown), key=lambda one: not runs(one.state))
        return tuple(one.id for one in order)


async def _card(tx: Tx, pair: Pair, known: Programme, now: datetime, actor: Actor) -> PairCard:
    turning, _ = await turning_points(tx, known, now)
    course = await courses.course(tx, turning, now, pair.id)
    cohort = await programmes.cohort(tx, pair.cohort_id)
    if course is None or cohort is None:
        raise Refusal("common.errors.gone")
    people = await people_of(tx, pair)
    sessions = await meet.of_pair(tx, pair.id)
    contract = await prepare.contract_of(tx, pair.id)
    agreed = max(one.at for one in contract.agreements) if contract else None
    backs = await pause.ends(tx)
    back = max((backs[one] for one in (pair.junior_id, pair.senior_id) if one in backs), default=None)
    history = History(pair, tuple(sessions), back, course.every_days, course.sessions)
    sides = {people.junior.user_id: Side.JUNIOR, people.senior.user_id: Side.SENIOR}
    nudged = [(at, sides[user]) for user, at in await tell.nudges_of(tx, list(sides), pair.created_at)]
    fresh = any(at > now - NUDGE_EVERY for at, _ in nudged)
    running = runs(pair.state)
    return PairCard(
        people, cohort, course, check_by(history, turning[course.every_days], now) if running else None,
        past_of(pair, sessions, agreed, nudged), known.zone, agreed=agreed,
        turn=await turn_of(tx, pair.id, now) if pair.state is PairState.ACTIVE else None,
        ending=any(one.state is DueState.PENDING for one in await due.about(tx, Job.PART, pair.id)),
        away=tuple(side for side in Side if people.on(side).deactivated and running),
        apart=running and await _apart(tx, people.junior.user_id, people.senior.user_id),
        wish=any(one.people.pair.id == pair.id for one in await wishes_for(tx, actor.user_id, now)),
        can_nudge=pair.state is PairState.ACTIVE and not fresh,
    )  # fmt: skip


async def _apart(tx: Tx, junior: str, senior: str) -> bool:
    """Whether a reporting line or a declared conflict speaks against a pair by now; never the avoid list."""
    if off_line(junior, senior, await enrol.lines(tx)) is not None:
        return True
    couples = {frozenset({one.first, one.second}) for one in await match.conflicts(tx)}
    return frozenset({junior, senior}) in couples
