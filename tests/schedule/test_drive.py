"""Moving time does everything that is due on the way, in order, at its own moment."""

from datetime import datetime, timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.schedule import drive, jobs
from bot.services.kit import Kit
from bot.services.post import plan, post
from storage import pace
from storage.records.delivery import Due
from storage.store import Tx
from tests.clockwork import MONDAY, MovableClock
from tests.delivery.conftest import office
from tests.delivery.post_office import Office
from tests.world import ANA, TEAM

__all__ = ["office"]


@pytest.fixture(autouse=True)
def chain(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, datetime]]:
    """Work that sends a letter and plans its own successor a day later, three times; tells when it ran."""
    ran: list[tuple[str, datetime]] = []

    async def step(kit: Kit, tx: Tx, item: Due) -> str | None:
        ran.append((item.occurrence, kit.clock()))
        await post(tx, Kind.CHECKIN, ANA, f"{item.subject}:{item.occurrence}", kit.clock(), subject=item.occurrence)
        if len(ran) < 3:
            await plan(tx, Job.CHECKIN, item.subject, kit.clock() + timedelta(days=1), occurrence=str(len(ran)))
        return None

    monkeypatch.setitem(jobs.JOBS, Job.CHECKIN, step)
    return ran


async def test_each_thing_happens_at_its_own_moment_and_then_it_is_the_time_asked_for(
    office: Office, clock: MovableClock, chain: list[tuple[str, datetime]]
) -> None:
    async with office.kit.store.write(TEAM) as tx:
        await plan(tx, Job.CHECKIN, "s1", MONDAY + timedelta(hours=1), occurrence="0")
    await drive.run_until(office.kit, clock.set, MONDAY + timedelta(days=9), office.courier.send_due)
    first = MONDAY + timedelta(hours=1)
    assert chain == [("0", first), ("1", first + timedelta(days=1)), ("2", first + timedelta(days=2))]
    assert office.texts() == ["about 0", "about 1", "about 2"]
    assert clock() == MONDAY + timedelta(days=9)


async def test_what_is_due_after_the_time_asked_for_is_left(
    office: Office, clock: MovableClock, chain: list[tuple[str, datetime]]
) -> None:
    async with office.kit.store.write(TEAM) as tx:
        await plan(tx, Job.CHECKIN, "s1", MONDAY + timedelta(hours=1), occurrence="0")
    await drive.run_until(office.kit, clock.set, MONDAY + timedelta(minutes=59), office.courier.send_due)
    assert chain == [] and await drive.next_moment(office.kit) == MONDAY + timedelta(hours=1)


async def test_what_pacing_holds_back_goes_out_second_by_second(office: Office, clock: MovableClock) -> None:
    for n in range(5):
        await office.queue(Kind.CHECKIN, ANA, f"s{n}")
    await drive.run_until(office.kit, clock.set, MONDAY + timedelta(minutes=1), office.courier.send_due)
    assert len(office.texts()) == 5 and clock() == MONDAY + timedelta(minutes=1)


async def test_a_lost_answer_is_cleared_up_on_the_way(office: Office, clock: MovableClock) -> None:
    office.fail("chat.postMessage", "500_after")
    await office.queue(Kind.CHECKIN, ANA)
    await drive.run_until(office.kit, clock.set, MONDAY + timedelta(minutes=5), office.courier.send_due)
    assert len(office.texts()) == 1 and (await office.only()).ts is not None


async def test_a_letter_that_is_held_for_good_does_not_hold_up_time(office: Office, clock: MovableClock) -> None:
    async with office.kit.store.write(TEAM) as tx:
        await pace.hold(tx, pace.WORKSPACE, MONDAY + timedelta(days=999))
    await office.queue(Kind.CHECKIN, ANA)
    steps: list[datetime] = []

    def set_now(now: datetime) -> None:
        steps.append(now)
        clock.set(now)

    await drive.run_until(office.kit, set_now, MONDAY + timedelta(days=100), office.courier.send_due)
    assert clock() == MONDAY + timedelta(days=100) and len(steps) < 50
