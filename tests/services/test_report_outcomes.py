"""What is asked once, counted once: after a cohort's end and 90 and 180 days later, whatever anybody answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.domain.disclosure import Withheld
from bot.domain.home import Closed
from bot.domain.messages import Kind
from bot.domain.report.outcomes import OutcomeFigures
from bot.schedule.sweeps import run_due
from bot.services import report
from bot.services import review as reviews
from bot.services.home import today as home
from bot.services.kit import Actor, Kit
from bot.services.report import desk
from storage import programme
from storage import report as reports
from storage import tables as t
from storage.ids import new_id
from storage.records.enrol import Side
from storage.records.programme import Cohort, CohortState
from storage.records.report import FigureKind, Occasion
from storage.records.review import ReviewKind
from storage.report import outcomes
from tests.clockwork import MovableClock
from tests.held import letters, pass_time
from tests.services.finished import CHIS, again, answer_all, asked, finished, run, take_part
from tests.services.many import Two, add_pairs
from tests.services.weeks import plan, sweep
from tests.world import CHANNEL, TEAM, World

GOOD = {"end_junior_benefit": "5", "end_junior_again": "yes", "end_junior_network": "many"}
POOR = {"end_junior_benefit": "1", "end_junior_again": "no", "end_junior_network": "none"}
SENIORS = {"end_senior_benefit": "4", "end_senior_again": "not_sure", "end_senior_introduced": "more"}


async def counted(kit: Kit, cohort_id: str) -> dict[Occasion, OutcomeFigures]:
    async with kit.store.read(TEAM) as tx:
        return {one.occasion: one for one in await report.outcomes_of(tx, cohort_id)}


async def at_home(kit: Kit) -> tuple[Closed, ...]:
    card = (await home(kit, CHIS)).coordinator
    assert card is not None
    return card.closed


def bounds(found: OutcomeFigures, side: Side) -> dict[str, tuple[int, int]]:
    published = found.of(side).published
    assert published is not None
    return {one.name: (one.low, one.high) for one in published.figures}


async def leap(kit: Kit, clock: MovableClock, to: datetime) -> None:
    """The bot was away until nine days before; then time passes."""
    clock.set(to - timedelta(days=9))
    await run_due(kit)
    await pass_time(kit, clock, to)


async def answer_at_the_end(kit: Kit, pairs: Sequence[Two]) -> None:
    """All juniors, of whom three change theirs and one takes it back, and half of the seniors."""
    await answer_all(kit, pairs, ReviewKind.END, Side.JUNIOR, GOOD)
    await answer_all(kit, pairs[:3], ReviewKind.END, Side.JUNIOR, POOR)  # an edit while it waits counts
    mine = await asked(kit, pairs, ReviewKind.END)
    taken = pairs[6].junior
    await reviews.skip(kit, Actor(TEAM, taken.user_id), mine[taken.id].id)
    await answer_all(kit, pairs[:4], ReviewKind.END, Side.SENIOR, SENIORS)


async def answer_later(kit: Kit, clock: MovableClock, pairs: Sequence[Two], closed: datetime) -> None:
    """Both sides, 90 and 180 days later."""
    await leap(kit, clock, closed + timedelta(days=97))
    await answer_all(
        kit, pairs, ReviewKind.LATER_90, Side.JUNIOR, {"later_contact": "regularly", "later_new_role": "yes"}
    )
    contact = {"later_contact": "regularly", "later_still_there": "yes"}
    await answer_all(kit, pairs, ReviewKind.LATER_90, Side.SENIOR, contact)
    await leap(kit, clock, closed + timedelta(days=187))
    await answer_all(kit, pairs, ReviewKind.LATER_180, Side.JUNIOR, {"later_contact": "no", "later_new_role": "helped"})
    await answer_all(kit, pairs, ReviewKind.LATER_180, Side.SENIOR, {"later_new_role": "no"})


async def is_told_in_the_channel_of_the_day(kit: Kit) -> None:
    (told,) = await letters(kit, Kind.OUTCOME_FIGURES)
    assert told.to == CHANNEL
    async with kit.store.read(TEAM) as tx:
        assert await report.load_outcome(kit, tx, told) is not None
        assert await report.load_outcome(kit, tx, replace(told, to="C07ELSE001")) is None, "another channel by now"


async def test_each_occasion_of_a_closed_cohort_is_counted_once_after_everybody_was_asked(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await finished(kit, world.cohort, clock, 8)
    closed = clock()
    await plan(kit, world)
    await pass_time(kit, clock, closed + timedelta(days=6))
    await answer_at_the_end(kit, pairs)

    assert [one.outcome_after for one in await at_home(kit)] == [(closed + timedelta(days=28)).date()]
    await leap(kit, clock, closed + timedelta(days=27))
    assert await counted(kit, world.cohort.id) == {}
    (shown,) = await at_home(kit)
    assert shown.digest is not None and shown.digest.figures.final, "its figures stay until then"
    await pass_time(kit, clock, closed + timedelta(days=36))
    assert await at_home(kit) == (), "what came of it is told"
    end = (await counted(kit, world.cohort.id))[Occasion.END]
    found = end.of(Side.JUNIOR)
    assert found.published is not None and found.published.closing
    assert found.published.n == 7, "an answer that was taken back is not among them"
    assert bounds(end, Side.JUNIOR)["end_junior_benefit"] == (4, 4)
    assert bounds(end, Side.JUNIOR)["end_junior_expert"] == (0, 2)
    assert end.of(Side.SENIOR).published is None and end.of(Side.SENIOR).withheld is Withheld.ENDED
    await is_told_in_the_channel_of_the_day(kit)

    await answer_later(kit, clock, pairs, closed)
    await leap(kit, clock, closed + timedelta(days=217))
    three = await counted(kit, world.cohort.id)
    assert set(three) == set(Occasion)
    assert three[Occasion.END] == end, "never counted again"
    assert bounds(three[Occasion.LATER_90], Side.JUNIOR) == {"later_contact": (6, 8), "later_done_for_you": (0, 2)}
    assert bounds(three[Occasion.LATER_90], Side.SENIOR) == {"later_still_there": (6, 8)}, "contact is juniors' to say"
    assert bounds(three[Occasion.LATER_180], Side.JUNIOR) == {"later_new_role": (6, 8)}
    assert bounds(three[Occasion.LATER_180], Side.SENIOR) == {"later_new_role": (0, 2)}
    async with kit.store.read(TEAM) as tx:
        assert await outcomes.unsettled(tx) == {}, "nothing is asked of it any more"
        assert await tx.conn.scalar(select(func.count()).select_from(t.outcome)) == 3


async def test_of_two_cohorts_that_share_all_people_but_one_no_difference_can_be_read(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    """Eight of nine are in both: the second figure would be the first, less one person and plus another."""
    first = await finished(kit, world.cohort, clock, 9)
    second = await another(kit, world.cohort, clock())
    last = await add_pairs(kit, second, 1, {0: ("U07JONE001", "U07SONE001")})
    await take_part(kit, second, last)
    both = [*await again(kit, second, first[:8]), *last]
    await run(kit, second, both, clock)
    closed = clock()
    await plan(kit, world)
    await pass_time(kit, clock, closed + timedelta(days=6))
    await answer_all(kit, first, ReviewKind.END, Side.JUNIOR, GOOD)
    await answer_all(kit, both, ReviewKind.END, Side.JUNIOR, GOOD)
    await leap(kit, clock, closed + timedelta(days=37))
    one, other = [(await counted(kit, cohort.id))[Occasion.END].of(Side.JUNIOR) for cohort in (world.cohort, second)]
    assert one.published is not None and one.published.n == 9
    assert other.published is None and other.withheld is Withheld.ENDED
    async with kit.store.read(TEAM) as tx:
        kinds = (FigureKind.END_JUNIOR, FigureKind.RECIPROCITY)
        assert await reports.releases(tx, second.id, *kinds) == []


async def test_a_paused_digest_counts_all_the_same_and_says_nothing_while_it_is_paused(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await finished(kit, world.cohort, clock, 5)
    closed = clock()
    await plan(kit, world)
    await pass_time(kit, clock, closed + timedelta(days=6))
    await answer_all(kit, pairs, ReviewKind.END, Side.JUNIOR, GOOD)
    await desk.reschedule(kit, CHIS, 0, 9, "Europe/Berlin", True)
    await leap(kit, clock, closed + timedelta(days=37))
    assert (await counted(kit, world.cohort.id))[Occasion.END].of(Side.JUNIOR).published is not None
    assert await letters(kit, Kind.OUTCOME_FIGURES) == []
    await desk.reschedule(kit, CHIS, 0, 9, "Europe/Berlin", False)
    await sweep(kit, clock)
    assert len(await letters(kit, Kind.OUTCOME_FIGURES)) == 1, "told a week later, when it is posted again"
    for weekday, hour in ((6, 14), (0, 9)):  # Sunday, and the Monday after it, while Slack is away
        await desk.reschedule(kit, CHIS, weekday, hour, "Europe/Berlin", False)
        await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        states = await tx.conn.scalars(select(t.outbox.c.key).where(
            t.outbox.c.kind == Kind.OUTCOME_FIGURES, t.outbox.c.stale_at > clock()
        ))  # fmt: skip
    assert len(list(states)) == 1, "what is on its way still is not sent a second time"


async def test_a_cohort_that_asked_nobody_is_settled_without_a_word(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    draft = await another(kit, world.cohort, clock(), CohortState.CLOSED)
    await plan(kit, world)
    await sweep(kit, clock)
    assert set(await counted(kit, draft.id)) == set(Occasion)
    assert await counted(kit, world.cohort.id) == {}, "it is open"
    assert await letters(kit, Kind.OUTCOME_FIGURES) == []


async def another(
    kit: Kit, like: Cohort, now: datetime, state: CohortState = CohortState.OPEN
) -> Cohort:  # fmt: skip
    made = replace(like, id=new_id(), name="Autumn", starts_on=now.date(), state=state)
    async with kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, made)
    return made
