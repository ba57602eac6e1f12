"""Work is planned once, claimed once, and cancelled or set aside with its reason."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.jobs import Job
from storage import due
from storage.ids import new_id
from storage.records.delivery import Due, DueState
from storage.store import Store
from tests.clockwork import MONDAY

pytestmark = pytest.mark.both
TEAM = "T1"


def item(**changes: object) -> Due:
    row = Due(
        id=new_id(), team_id=TEAM, kind=Job.CHECKIN, subject="s1", recipient="U1", occurrence="", due_at=MONDAY,
        stale_at=None, state=DueState.PENDING, attempts=0, reason=None,
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


async def test_the_same_work_is_planned_once(store: Store) -> None:
    async with store.write(TEAM) as tx:
        assert await due.add(tx, item())
        assert not await due.add(tx, item(due_at=MONDAY + timedelta(days=1)))
        assert await due.add(tx, item(occurrence="2"))
        assert await due.add(tx, item(recipient="U2"))


async def test_of_many_sweeps_one_claims(store: Store) -> None:
    work = item()
    async with store.write(TEAM) as tx:
        await due.add(tx, work)

    async def claim() -> bool:
        async with store.write(TEAM) as tx:
            return await due.claim(tx, work, MONDAY)

    assert sum(await asyncio.gather(*(claim() for _ in range(10)))) == 1


async def test_work_that_was_moved_to_later_is_not_claimed(store: Store) -> None:
    work = item()
    async with store.write(TEAM) as tx:
        await due.add(tx, work)
        assert await due.move(tx, work, MONDAY + timedelta(hours=1), None)
        assert not await due.claim(tx, work, MONDAY)


async def test_cancelling_takes_one_occurrence_or_all_and_leaves_other_subjects(store: Store) -> None:
    async with store.write(TEAM) as tx:
        for occurrence in "123":
            await due.add(tx, item(occurrence=occurrence))
        await due.add(tx, item(subject="s2"))
        assert await due.cancel(tx, Job.CHECKIN, "s1", "moved", occurrence="1") == 1
        assert await due.cancel(tx, Job.CHECKIN, "s1", "moved") == 2
        assert await due.cancel(tx, Job.CHECKIN, "s1", "moved") == 0
        assert {w.state for w in await due.about(tx, Job.CHECKIN, "s1")} == {DueState.CANCELLED}
        assert [w.subject for w in await due.ready(tx, MONDAY, 10)] == ["s2"]


async def test_ready_lists_what_is_due_by_now_in_every_workspace_earliest_first(store: Store) -> None:
    for team, hours in (("T1", 0), ("T2", -2), ("T1", 2)):
        async with store.write(team) as tx:
            await due.add(tx, item(team_id=team, occurrence=str(hours), due_at=MONDAY + timedelta(hours=hours)))
    async with store.read("") as tx:
        assert [(w.team_id, w.occurrence) for w in await due.ready(tx, MONDAY, 10)] == [("T2", "-2"), ("T1", "0")]
        assert await due.next_at(tx) == MONDAY - timedelta(hours=2)


async def test_work_of_another_workspace_cannot_be_touched(store: Store) -> None:
    work = item(team_id="T2")
    async with store.write("T2") as tx:
        await due.add(tx, work)
    async with store.write("T1") as tx:
        assert not await due.claim(tx, work, MONDAY)
        assert await due.get(tx, work.id) is None
        assert await due.cancel(tx, Job.CHECKIN, "s1", "no") == 0
