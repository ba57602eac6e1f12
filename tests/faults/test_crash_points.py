"""A courier that dies at any named point loses no letter and doubles none; the next one takes over."""

import asyncio
import gc
from collections.abc import Callable

import pytest

from bot.domain.messages import Kind
from storage.records.delivery import LetterState
from tests.delivery.post_office import QUICK, Office
from tests.world import ANA, World

POINTS = ("leased", "drawn", "place_found", "attempt_recorded", "sent", "before_mark", "marked")


class Killed(BaseException):
    """Stands for SIGKILL: nothing below may catch it."""


def die_at(point: str, visit: int = 1) -> Callable[[str], None]:
    left = visit

    def checkpoint(name: str) -> None:
        nonlocal left
        left -= name == point
        if name == point and left == 0:
            raise Killed

    return checkpoint


async def die(office: Office, point: str) -> None:
    """Send with a courier that dies at the point."""
    dying = office.new_courier(checkpoint=die_at(point))
    await dying.send_due()
    gc.collect()  # the dead task's exception is reported now, not in the next test


async def until_quiet(office: Office) -> None:
    """A new process takes over and works through the grace period."""
    await office.courier.take_over()
    for _ in range(8):
        await office.send(seconds=30)


@pytest.mark.parametrize("point", POINTS)
async def test_a_death_at_any_point_leaves_one_message_in_a_dm(office: Office, point: str) -> None:
    await office.queue(Kind.CHECKIN, ANA)
    await die(office, point)
    await until_quiet(office)
    assert len(office.texts()) == 1
    assert (await office.only()).state is LetterState.SENT


@pytest.mark.parametrize("point", ["failed", "looked"])
async def test_a_death_while_clearing_up_a_lost_answer_leaves_one_message(office: Office, point: str) -> None:
    office.fail("chat.postMessage", "500_after")
    await office.queue(Kind.CHECKIN, ANA)
    if point == "looked":
        await office.send()
        office.clock.move(seconds=QUICK.grace.total_seconds())
    await die(office, point)
    await until_quiet(office)
    assert len(office.texts()) == 1 and (await office.only()).state is LetterState.SENT


@pytest.mark.parametrize("point", POINTS)
async def test_a_death_at_any_point_loses_nothing_in_a_pair_space(office: Office, world: World, point: str) -> None:
    await office.queue(Kind.PAIR_STARTED, world.pair.id)
    await die(office, point)
    await until_quiet(office)
    assert 1 <= len(office.texts()) <= 2, "at least once there, and at most once more"


async def test_where_others_may_be_alive_a_dead_couriers_letter_waits_for_its_lease_to_end(office: Office) -> None:
    await office.queue(Kind.CHECKIN, ANA)
    await die(office, "attempt_recorded")
    assert await office.send(seconds=QUICK.lease.total_seconds() - 1) == 0
    for _ in range(8):
        await office.send(seconds=30)
    assert len(office.texts()) == 1 and (await office.only()).attempts == 2


async def test_a_dropped_connection_is_not_repeated_behind_our_back(office: Office) -> None:
    office.fail("chat.postMessage", "drop_after")
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    assert office.calls()["chat.postMessage"] == 1


async def test_a_courier_that_overslept_between_record_and_send_does_not_send(office: Office) -> None:
    def oversleep(name: str) -> None:
        if name == "attempt_recorded":
            office.clock.move(hours=2)

    office.courier = office.new_courier(checkpoint=oversleep)
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    assert office.texts() == [] and (await office.only()).reason == "overslept"
    office.courier = office.new_courier()
    await office.send(minutes=1)
    assert len(office.texts()) == 1


async def test_stopping_lets_go_of_a_send_that_hangs_and_the_next_start_clears_it_up(office: Office) -> None:
    office.fail("chat.postMessage", "slow", retry_after=60)
    await office.queue(Kind.CHECKIN, ANA)
    working = asyncio.create_task(office.courier.run())
    async with asyncio.timeout(30):
        while not office.texts():
            await asyncio.sleep(0)
    await office.courier.stop(seconds=0.01)
    await asyncio.wait({working})
    assert (await office.only()).state is LetterState.SENDING
    office.courier = office.new_courier()
    await until_quiet(office)
    assert len(office.texts()) == 1 and (await office.only()).state is LetterState.SENT
