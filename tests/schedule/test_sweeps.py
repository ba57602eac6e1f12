"""Everything due is done once, in order; what is late or broken is recorded and holds nobody up."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.schedule.jobs import Jobs
from bot.schedule.sweeps import MOST_ATTEMPTS, run_due
from bot.services.kit import Kit
from bot.services.post import plan, post
from storage import due, outbox
from storage.records.delivery import Due, DueState, LetterState
from storage.store import Tx
from tests.clockwork import MovableClock
from tests.world import TEAM


class Diary:
    """A use case that writes down for which subject it ran, and sends a letter about it."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def note(self, kit: Kit, tx: Tx, item: Due) -> str | None:
        self.done.append(item.subject)
        await post(tx, Kind.CHECKIN, "U1", f"{item.subject}:{len(self.done)}", kit.clock())
        return None


async def planned(kit: Kit, subject: str, at: datetime, job: Job = Job.CHECKIN, **options: datetime) -> None:
    async with kit.store.write(TEAM) as tx:
        assert await plan(tx, job, subject, at, **options)


async def item(kit: Kit, subject: str, job: Job = Job.CHECKIN) -> Due:
    async with kit.store.read(TEAM) as tx:
        (found,) = await due.about(tx, job, subject)
    return found


async def test_what_is_due_by_now_is_done_earliest_first(kit: Kit, clock: MovableClock) -> None:
    diary = Diary()
    for subject, minutes in (("late", -1), ("early", -9), ("future", 1)):
        await planned(kit, subject, clock() + timedelta(minutes=minutes))
    assert await run_due(kit, jobs={Job.CHECKIN: diary.note}) == 2
    assert diary.done == ["early", "late"]
    assert await run_due(kit, jobs={Job.CHECKIN: diary.note}) == 0


async def test_a_weeks_downtime_asks_each_person_once(kit: Kit, clock: MovableClock) -> None:
    diary = Diary()
    await planned(kit, "s1", clock())
    clock.move(days=7)
    for _ in range(3):
        await run_due(kit, jobs={Job.CHECKIN: diary.note})
    assert diary.done == ["s1"]


async def test_two_sweeps_beside_each_other_do_each_item_once(kit: Kit, clock: MovableClock) -> None:
    diary = Diary()
    for n in range(30):
        await planned(kit, f"s{n:02}", clock())
    dealt = await asyncio.gather(*(run_due(kit, jobs={Job.CHECKIN: diary.note}) for _ in range(3)))
    assert sum(dealt) == 30
    assert sorted(diary.done) == [f"s{n:02}" for n in range(30)]


async def test_what_is_past_its_limit_is_recorded_and_not_done(kit: Kit, clock: MovableClock) -> None:
    diary = Diary()
    await planned(kit, "s1", clock(), stale_at=clock() + timedelta(hours=2))
    clock.move(hours=2)
    await run_due(kit, jobs={Job.CHECKIN: diary.note})
    after = await item(kit, "s1")
    assert (after.state, after.reason, diary.done) == (DueState.SKIPPED, "too late", [])


async def test_a_decision_against_the_work_is_kept_with_its_reason(kit: Kit, clock: MovableClock) -> None:
    async def decline(_kit: Kit, _tx: Tx, _item: Due) -> str:
        return "the pair has ended"

    await planned(kit, "s1", clock())
    await run_due(kit, jobs={Job.CHECKIN: decline})
    after = await item(kit, "s1")
    assert (after.state, after.reason) == (DueState.SKIPPED, "the pair has ended")


async def test_work_that_raises_is_undone_put_off_and_finally_set_aside_while_the_rest_goes_on(
    kit: Kit, clock: MovableClock
) -> None:
    diary = Diary()

    async def fail(kit: Kit, tx: Tx, item: Due) -> str | None:
        await diary.note(kit, tx, item)
        raise LookupError("what somebody typed")

    jobs: Jobs = {Job.AGENDA: fail, Job.CHECKIN: diary.note}
    await planned(kit, "broken", clock(), Job.AGENDA, stale_at=clock() + timedelta(days=9))
    await planned(kit, "fine", clock() + timedelta(seconds=1))
    clock.move(seconds=1)
    await run_due(kit, jobs=jobs)
    assert diary.done == ["broken", "fine"]
    async with kit.store.read(TEAM) as tx:
        assert await outbox.counts(tx) == {LetterState.WAITING: 1}, "the broken one's letter must be rolled back"
    for _ in range(MOST_ATTEMPTS):
        clock.move(hours=1)
        await run_due(kit, jobs=jobs)
    after = await item(kit, "broken", Job.AGENDA)
    assert (after.state, after.reason) == (DueState.DEAD, f"raised LookupError {MOST_ATTEMPTS} times")
    assert diary.done.count("broken") == MOST_ATTEMPTS


async def test_work_that_was_cancelled_is_not_done(kit: Kit, clock: MovableClock) -> None:
    diary = Diary()
    await planned(kit, "s1", clock())
    async with kit.store.write(TEAM) as tx:
        await due.cancel(tx, Job.CHECKIN, "s1", "undone")
    assert await run_due(kit, jobs={Job.CHECKIN: diary.note}) == 0
    assert diary.done == []


async def test_work_that_nobody_does_is_recorded(kit: Kit, clock: MovableClock) -> None:
    await planned(kit, "s1", clock())
    await run_due(kit, jobs={})
    assert (await item(kit, "s1")).reason == "nobody does this kind of work"


class Killed(BaseException):
    """Stands for a process that ends in the middle."""


@pytest.mark.parametrize("point", ["due_claimed", "due_done"])
async def test_a_sweep_that_dies_before_its_commit_has_done_nothing(kit: Kit, clock: MovableClock, point: str) -> None:
    def die(name: str) -> None:
        if name == point:
            raise Killed

    diary = Diary()
    await planned(kit, "s1", clock())
    with pytest.raises(Killed):
        await run_due(kit, jobs={Job.CHECKIN: diary.note}, checkpoint=die)
    async with kit.store.read(TEAM) as tx:
        assert await outbox.counts(tx) == {}
    await run_due(kit, jobs={Job.CHECKIN: diary.note})
    async with kit.store.read(TEAM) as tx:
        assert await outbox.counts(tx) == {LetterState.WAITING: 1}


async def test_what_was_done_beside_work_that_raises_is_done_once_all_the_same(kit: Kit, clock: MovableClock) -> None:
    diary = Diary()

    async def fail(_kit: Kit, _tx: Tx, _item: Due) -> str | None:
        raise LookupError

    for n, job in enumerate((Job.CHECKIN, Job.CHECKIN, Job.AGENDA, Job.CHECKIN)):
        await planned(kit, f"s{n}", clock() - timedelta(minutes=9 - n), job, stale_at=clock() + timedelta(days=1))
    assert await run_due(kit, jobs={Job.AGENDA: fail, Job.CHECKIN: diary.note}) == 4
    async with kit.store.read(TEAM) as tx:
        assert await outbox.counts(tx) == {LetterState.WAITING: 3}
    assert [(await item(kit, s)).state for s in ("s0", "s1", "s3")] == [DueState.DONE] * 3
    broken = await item(kit, "s2", Job.AGENDA)
    assert (broken.state, broken.attempts) == (DueState.PENDING, 1)
    assert await run_due(kit, jobs={Job.AGENDA: fail, Job.CHECKIN: diary.note}) == 0


async def test_trouble_right_after_the_commit_does_nothing_twice(kit: Kit, clock: MovableClock) -> None:
    diary = Diary()

    def checkpoint(name: str) -> None:
        if name == "due_committed":
            raise OSError("what the disk said")

    for n in range(2):
        await planned(kit, f"s{n}", clock())
    await run_due(kit, jobs={Job.CHECKIN: diary.note}, checkpoint=checkpoint)
    async with kit.store.read(TEAM) as tx:
        assert await outbox.counts(tx) == {LetterState.WAITING: 2}
    assert [(await item(kit, s)).state for s in ("s0", "s1")] == [DueState.DONE] * 2
