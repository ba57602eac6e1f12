"""The weeks of a report, as its tests let them pass."""

from datetime import datetime

from bot.domain.jobs import Job
from bot.schedule.sweeps import run_due
from bot.services import report
from bot.services.kit import Kit
from bot.services.report import plans
from storage import due
from storage import report as reports
from storage.records.delivery import DueState
from storage.records.report import FigureKind, Release
from tests.clockwork import MovableClock
from tests.world import TEAM, World

KIND = FigureKind.RECIPROCITY


async def plan(kit: Kit, world: World) -> datetime:
    async with kit.store.write(TEAM) as tx:
        await report.plan_weekly(kit, tx, world.programme, kit.clock())
        found = await plans.next_digest_at(tx)
    assert found is not None
    return found


async def sweep(kit: Kit, clock: MovableClock) -> None:
    """Move to the next digest and let it happen."""
    async with kit.store.read(TEAM) as tx:
        at = await plans.next_digest_at(tx)
    assert at is not None
    clock.set(at)
    await run_due(kit)


async def releases(kit: Kit, world: World, kind: FigureKind = KIND) -> list[Release]:
    async with kit.store.read(TEAM) as tx:
        return await reports.releases(tx, world.cohort.id, kind)


async def pending(kit: Kit, job: Job) -> list[datetime]:
    async with kit.store.read(TEAM) as tx:
        return [i.due_at for i in await due.about(tx, job, TEAM) if i.state is DueState.PENDING]
