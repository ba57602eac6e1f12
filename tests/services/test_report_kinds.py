"""Pulses and themes through their forms and the gate: what is counted, what stays in n, what a small cohort says."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import select

from bot.domain.checkin import OPEN_FOR
from bot.domain.disclosure import Withheld
from bot.domain.report.facts import DigestFigures
from bot.services import pulse
from bot.services.checkin.answering import answer
from bot.services.kit import Actor, Kit
from bot.services.programme import cohorts
from bot.services.report.weekly import stored
from bot.services.theme import vocabulary
from storage import checkin, match
from storage import pulse as pulses
from storage import report as reports
from storage import tables as t
from storage.ids import new_id
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.records.pulse import Load, Pulse, Safety
from storage.records.report import FigureKind, Release
from tests.clockwork import MovableClock
from tests.services.many import YES, Two, add_pairs, hold
from tests.services.weeks import plan, releases, sweep
from tests.world import CHI, TEAM, World

PULSES = (
    FigureKind.BENEFIT_JUNIOR, FigureKind.BENEFIT_SENIOR, FigureKind.SAFETY_JUNIOR, FigureKind.SAFETY_SENIOR,
)  # fmt: skip


async def ask(kit: Kit, pairs: Sequence[Two]) -> dict[str, str]:
    """Everybody is asked the two taps: Slack account → the question's id."""
    now, made = kit.clock(), {}
    async with kit.store.write(TEAM) as tx:
        for two in pairs:
            for person in (two.junior, two.senior):
                one = Pulse(new_id(), TEAM, two.pair.id, person.id, now.date(), now, now + timedelta(days=14))
                await pulses.add(tx, one)
                made[person.user_id] = one.id
    return made


async def say(kit: Kit, asked: dict[str, str], load: Load, safety: Safety | None) -> None:
    for user, one in asked.items():
        await pulse.say(kit, Actor(TEAM, user), one, load, safety)


async def marks(kit: Kit) -> dict[str, bytes]:
    """Person → the sealed mark of their answer about safety, as the file has it."""
    c = t.urn.c
    async with kit.store.read(TEAM) as tx:
        rows = await tx.conn.execute(select(c.person_id, c.mark).where(c.kind == FigureKind.SAFETY_JUNIOR))
        return {row.person_id: row.mark for row in rows}


async def last_digest(kit: Kit, world: World) -> DigestFigures:
    async with kit.store.read(TEAM) as tx:
        return stored((await reports.digests(tx, world.cohort.id))[-1])


async def check_in(kit: Kit, two: Two, themes: tuple[str, ...]) -> None:
    """The junior answers the four questions and names themes, as the form has it."""
    now = kit.clock()
    session = await hold(kit, two, now)
    one = Checkin(
        new_id(), TEAM, session.id, two.pair.id, two.junior.id, Side.JUNIOR, CheckinState.SENT, now, now + OPEN_FOR,
        None,
    )  # fmt: skip
    async with kit.store.write(TEAM) as tx:
        await checkin.add(tx, one)
    given = AnswerSheet(tuple(Answer(question, option) for question, option in YES.items()), None, themes)
    await answer(kit, Actor(TEAM, two.junior.user_id), one.id, given)


def cells(release: Release) -> dict[str, tuple[int, int]]:
    return {cell.name: (cell.low, cell.high) for cell in release.cells}


async def test_what_both_sides_say_of_load_and_safety_is_counted_apart_as_it_stood_when_it_was_drawn(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    asked = await ask(kit, pairs)
    await say(kit, asked, Load.MORE, Safety.NO)
    await say(kit, asked, Load.LESS, None)  # an edit while it waits counts
    await plan(kit, world)
    await sweep(kit, clock)
    made = {kind: await releases(kit, world, kind) for kind in PULSES}
    assert {kind: [one.n for one in found] for kind, found in made.items()} == {kind: [10] for kind in PULSES}
    assert cells(made[FigureKind.BENEFIT_SENIOR][0]) == {"gives_more": (8, 10)}
    assert cells(made[FigureKind.SAFETY_JUNIOR][0]) == {"can_say": (0, 2)}
    await say(kit, asked, Load.MORE, Safety.YES)
    for _ in range(3):
        await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        pool = await reports.pool(tx, world.cohort.id, FigureKind.BENEFIT_SENIOR)
    assert sum(one.spent for one in pool) == 10, "what was counted once stays counted, and is never drawn again"


async def test_what_is_taken_back_leaves_the_urn_unless_it_was_drawn_and_waits_again_once_it_is_given_again(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    asked = await ask(kit, pairs)
    await say(kit, asked, Load.LESS, Safety.YES)
    somebody = pairs[0].junior.user_id
    await pulse.take_back(kit, Actor(TEAM, somebody), asked[somebody])
    await plan(kit, world)
    await sweep(kit, clock)
    sizes = {kind: [one.n for one in await releases(kit, world, kind)] for kind in PULSES}
    assert sizes == {kind: [10] if kind.endswith("_senior") else [] for kind in PULSES}, "nineteen juniors wait on"
    await say(kit, {somebody: asked[somebody]}, Load.MORE, Safety.NO)
    await sweep(kit, clock)
    (made,) = await releases(kit, world, FigureKind.SAFETY_JUNIOR)
    assert made.n == 10
    files = [await marks(kit)]
    for user, one in asked.items():  # whoever was drawn and whoever waits: both see the same
        assert (await pulse.take_back(kit, Actor(TEAM, user), one)).pulse.safety is None
    files.append(await marks(kit))
    await say(kit, asked, Load.LESS, Safety.YES)
    files.append(await marks(kit))
    for before, after in pairwise(files):
        assert not before.items() & after.items(), "two copies of the file do not tell who was drawn"
    async with kit.store.read(TEAM) as tx:
        pool = await reports.pool(tx, world.cohort.id, FigureKind.SAFETY_JUNIOR)
        assert await reports.releases(tx, world.cohort.id, FigureKind.SAFETY_JUNIOR) == [made]
    assert sum(not one.spent for one in pool) == 10, "the drawn are not counted anew"


async def test_a_theme_shows_when_three_of_the_drawn_named_it_and_never_how_many(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.read(TEAM) as tx:
        often, seldom, never = (await vocabulary(kit, tx, world.cohort))[:3]
    for number, two in enumerate(await add_pairs(kit, world.cohort, 20)):
        await check_in(kit, two, (often, seldom) if number < 2 else (often,))
    await plan(kit, world)
    await sweep(kit, clock)
    (made,) = await releases(kit, world, FigureKind.THEMES)
    found = cells(made)
    assert (found[often], found[seldom], found[never]) == ((3, 10), (0, 2), (0, 2))


async def test_a_small_cohort_gives_the_same_reason_for_every_kind_and_closes_all_but_the_themes(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 8)  # with Ana and Bo nine
    async with kit.store.read(TEAM) as tx:
        often = (await vocabulary(kit, tx, world.cohort))[0]
    for two in pairs:
        await check_in(kit, two, (often,))
    await say(kit, await ask(kit, pairs[:4]), Load.LESS, Safety.YES)
    await plan(kit, world)
    await sweep(kit, clock)
    running = await last_digest(kit, world)
    kinds = (FigureKind.RECIPROCITY, FigureKind.SAY_DO, FigureKind.THEMES, *PULSES)
    sections = {kind: running.section(kind) for kind in kinds}
    assert {one.withheld for one in sections.values() if one} == {Withheld.SMALL}, "eight, four or nobody answered"
    await _end(kit, pairs)
    await cohorts.close(kit, Actor(TEAM, CHI), world.cohort.id)
    await sweep(kit, clock)
    last = await last_digest(kit, world)
    closed = last.section(FigureKind.RECIPROCITY)
    assert closed is not None and closed.published is not None and closed.published.n == 8
    for kind in (FigureKind.THEMES, FigureKind.SAY_DO, *PULSES):
        section = last.section(kind)
        assert section is not None and section.published is None and section.withheld is Withheld.ENDED


async def _end(kit: Kit, pairs: Sequence[Two]) -> None:
    async with kit.store.write(TEAM) as tx:
        for two in pairs:
            await match.move(tx, two.pair.id, PairState.ACTIVE, PairState.ENDED, ended_at=kit.clock())
