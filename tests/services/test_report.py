"""The weekly sweep on a real database: what is drawn, stored, queued, and what nobody can find out."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.jobs import Job
from bot.domain.when import iso_week
from bot.schedule.sweeps import run_due
from bot.services import report
from bot.services.kit import Actor, Kit
from bot.services.report import desk, weekly
from storage import outbox, programme
from storage import report as reports
from storage import tables as t
from storage.records.delivery import LetterState
from storage.records.programme import CohortState
from storage.records.report import FigureKind
from tests.clockwork import MovableClock
from tests.services.many import NO, YES, add_pairs, answer, everybody_answers, hold
from tests.services.weeks import KIND, pending, plan, releases, sweep
from tests.world import CHANNEL, CHI, TEAM, World

CHIS = Actor(TEAM, CHI)


async def test_the_digest_is_planned_for_monday_morning_of_the_coordinators(kit: Kit, world: World) -> None:
    assert await plan(kit, world) == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    assert await pending(kit, Job.FLAGS) == [datetime(2026, 3, 3, 8, 30, tzinfo=UTC)]


async def test_planning_again_moves_the_same_item_and_never_makes_a_second(kit: Kit, world: World) -> None:
    await plan(kit, world)
    await desk.reschedule(kit, CHIS, 3, 15, "America/New_York", False)
    assert await pending(kit, Job.DIGEST) == [datetime(2026, 3, 12, 19, 0, tzinfo=UTC)], "not in this week any more"
    assert len(await pending(kit, Job.FLAGS)) == 1


async def test_a_change_of_day_cannot_make_a_second_sweep_in_one_week(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await plan(kit, world)
    await sweep(kit, clock)
    swept = iso_week(clock(), "Europe/Berlin")
    for weekday in (2, 4, 0, 1):
        await desk.reschedule(kit, CHIS, weekday, 9, "Europe/Berlin", False)
        assert iso_week((await pending(kit, Job.DIGEST))[0], "Europe/Berlin") > swept


async def test_a_digest_that_is_due_already_is_not_moved_away_by_the_flags(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    at = await plan(kit, world)
    clock.set(at + timedelta(hours=1))
    async with kit.store.write(TEAM) as tx:
        await report.plan_weekly(kit, tx, world.programme, clock())
    assert at in await pending(kit, Job.DIGEST)


async def test_a_week_that_was_slept_through_is_skipped_and_the_next_one_planned(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    at = await plan(kit, world)
    clock.set(at + timedelta(days=4))
    await run_due(kit)
    async with kit.store.read(TEAM) as tx:
        assert await reports.digests(tx, world.cohort.id) == []
    assert await pending(kit, Job.DIGEST) == [at + timedelta(days=7)]


async def test_every_week_has_one_digest_whatever_is_in_it(kit: Kit, world: World, clock: MovableClock) -> None:
    await plan(kit, world)
    for _ in range(4):
        await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        stored = await reports.digests(tx, world.cohort.id)
        assert [d.week for d in stored] == ["2026-W10", "2026-W11", "2026-W12", "2026-W13"]
        assert (await outbox.counts(tx))[LetterState.WAITING] >= 4


async def test_a_paused_digest_draws_all_the_same_and_says_nothing(kit: Kit, world: World, clock: MovableClock) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    await desk.reschedule(kit, CHIS, 0, 9, "Europe/Berlin", True)
    await sweep(kit, clock)
    assert len(await releases(kit, world)) == 1
    async with kit.store.read(TEAM) as tx:
        assert not await outbox.waiting(tx, "report.digest", CHANNEL)


async def test_half_of_twenty_are_published_and_the_rest_stay(kit: Kit, world: World, clock: MovableClock) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    await everybody_answers(kit, pairs[:14], YES)
    await everybody_answers(kit, pairs[14:], NO)
    await plan(kit, world)
    await sweep(kit, clock)
    (made,) = await releases(kit, world)
    assert made.n == 10
    async with kit.store.read(TEAM) as tx:
        pool = await reports.pool(tx, world.cohort.id, KIND)
    assert sum(w.spent for w in pool) == 10


async def test_an_answer_is_counted_once_and_an_edit_after_that_changes_nothing(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    sessions = {two.pair.id: await hold(kit, two, clock()) for two in pairs}
    for two in pairs:
        await answer(kit, two, sessions[two.pair.id], YES)
    await plan(kit, world)
    await sweep(kit, clock)
    for two in pairs:  # everybody changes everything: spent ones stay spent
        await answer(kit, two, sessions[two.pair.id], NO)
    async with kit.store.read(TEAM) as tx:
        assert sum(w.spent for w in await reports.pool(tx, world.cohort.id, KIND)) == 10
    for _ in range(5):
        await sweep(kit, clock)
    first, second = await releases(kit, world)
    assert (first.n, second.n) == (10, 5)
    assert {(c.low, c.high) for c in first.cells} == {(8, 10)}
    assert {(c.low, c.high) for c in second.cells} == {(0, 2)}, "an edit counts while it waits"


async def test_an_older_answer_never_takes_the_place_of_a_newer_one(kit: Kit, world: World) -> None:
    (two,) = await add_pairs(kit, world.cohort, 1)
    first, second = [await answer(kit, two, await hold(kit, two, kit.clock()), YES) for _ in range(2)]
    async with kit.store.write(TEAM) as tx:
        await report.remember(kit, tx, two.pair, KIND, first.id, kit.clock())
        assert await reports.newest(tx, world.cohort.id, KIND, two.junior.id) == second.id


async def test_the_file_shows_nobody_who_was_drawn(kit: Kit, world: World, clock: MovableClock) -> None:
    """Every mark of the urn is sealed afresh at a draw, the drawn ones and the others, all of one length."""
    pairs = await add_pairs(kit, world.cohort, 20)
    await everybody_answers(kit, pairs, YES)
    marks = select(t.urn.c.person_id, t.urn.c.mark)
    async with kit.store.read(TEAM) as tx:
        before = {row.person_id: row.mark for row in await tx.conn.execute(marks)}
    await plan(kit, world)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        after = {row.person_id: row.mark for row in await tx.conn.execute(marks)}
    assert all(before[person] != after[person] for person in before)
    assert len({len(mark) for mark in after.values()}) == 1


async def test_erasing_a_person_takes_her_out_of_the_urn_and_changes_no_published_figure(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    await sweep(kit, clock)
    published = await releases(kit, world)
    async with kit.store.write(TEAM) as tx:
        await tx.conn.execute(t.data_key.delete().where(t.data_key.c.person_id == pairs[0].junior.id))
    async with kit.store.read(TEAM) as tx:
        assert len(await reports.pool(tx, world.cohort.id, KIND)) == 19
    for _ in range(5):
        await sweep(kit, clock)
    assert (await releases(kit, world))[:1] == published


async def test_a_digest_stores_counts_and_ids_and_nothing_that_anybody_wrote(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        (digest,) = await reports.digests(tx, world.cohort.id)
        letters = [dict(row._mapping) for row in await tx.conn.execute(select(t.outbox.c.key, t.outbox.c.params))]
    people = {two.junior.id for two in pairs} | {two.junior.user_id for two in pairs} | {two.pair.id for two in pairs}
    said = digest.figures + json.dumps(letters)
    assert not [one for one in people if one in said]


async def test_a_small_cohort_is_reported_once_after_it_closed(kit: Kit, world: World, clock: MovableClock) -> None:
    pairs = await add_pairs(kit, world.cohort, 8)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    await sweep(kit, clock)
    assert await releases(kit, world) == []
    async with kit.store.write(TEAM) as tx:
        await programme.move_cohort(tx, world.cohort.id, CohortState.OPEN, CohortState.CLOSED)
    for _ in range(3):
        await sweep(kit, clock)
    (made,) = await releases(kit, world)
    assert (made.n, made.closing) == (8, True)
    async with kit.store.read(TEAM) as tx:
        assert len(await reports.digests(tx, world.cohort.id)) == 2, "one while it ran, one at its end, none after"


async def test_the_say_do_gap_has_an_urn_of_its_own(kit: Kit, world: World, clock: MovableClock) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    async with kit.store.write(TEAM) as tx:
        for two in pairs:
            await report.remember(kit, tx, two.pair, FigureKind.SAY_DO, f"commitment-of-{two.pair.id}"[:36], clock())
    await plan(kit, world)
    await sweep(kit, clock)
    assert [r.n for r in await releases(kit, world, FigureKind.SAY_DO)] == [10]
    assert await releases(kit, world) == []


async def test_a_sweep_that_breaks_leaves_nothing_behind_and_is_done_again(
    kit: Kit, world: World, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Release, spent marks, digest and letter are one transaction."""
    await everybody_answers(kit, await add_pairs(kit, world.cohort, 20), YES)
    await plan(kit, world)
    with monkeypatch.context() as broken:
        broken.setattr(weekly, "post", _breaks)
        await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        assert await reports.digests(tx, world.cohort.id) == []
        assert not any(w.spent for w in await reports.pool(tx, world.cohort.id, KIND))
    assert await releases(kit, world) == []
    clock.move(minutes=5)
    await run_due(kit)
    assert len(await releases(kit, world)) == 1


async def _breaks(*_: object, **__: object) -> bool:
    raise RuntimeError("the disk is full")
