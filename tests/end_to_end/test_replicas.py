"""Several bots on one PostgreSQL database: three of one workspace do what one does, those of two never meet."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.messages import Kind
from bot.schedule.sweeps import run_due
from playground.clock import Clock
from prompts import Library
from storage import tables as t
from storage.records.delivery import LetterState
from storage.vault import MasterKey
from tests.databases import on_server
from tests.end_to_end.conftest import START
from tests.end_to_end.replicas import Street, street
from tests.held import hold
from tests.world import ANA, TEAM, seed

pytestmark = pytest.mark.postgresql
OTHER = "T07PG00002"
LATER = START + timedelta(days=2)
ENDED = {LetterState.SENT, LetterState.SKIPPED}


@pytest.fixture
async def three(library: Library) -> AsyncIterator[Street]:
    """Three bots that find an empty database at the same moment."""
    with on_server(bare=True) as database:
        async with street(database, library, Clock(START), houses=3) as opened:
            yield opened


async def letters(of: Street, team: str = TEAM) -> dict[str, tuple[str, str, str]]:
    """Kind, receiver and state of every letter, by its mark."""
    async with of.houses[-1].kit.store.read("") as tx:
        rows = await tx.conn.execute(select(t.outbox).where(t.outbox.c.team_id == team))
        return {row.nonce: (row.kind, row.to, row.state) for row in rows}


async def all_is_done_once(of: Street) -> None:
    queued = await letters(of)
    assert {state for _, _, state in queued.values()} <= ENDED
    assert [kind for kind, to, _ in queued.values() if (kind, to) == (Kind.CHECKIN, ANA)] == [Kind.CHECKIN]
    assert set(of.arrived().values()) == {1}
    posted = {mark for mark, (kind, _, state) in queued.items() if state == LetterState.SENT and kind != Kind.HOME}
    assert set(of.arrived()) == posted


async def test_what_is_due_is_asked_once_and_every_letter_is_sent_once(three: Street) -> None:
    world = await seed(three.houses[0].kit)
    await hold(three.houses[1].kit, world, ended=three.clock.now())
    await three.until(LATER)
    await all_is_done_once(three)


async def test_requests_are_spread_over_the_sockets(three: Street) -> None:
    answered: Counter[int] = Counter()
    for n, house in enumerate(three.houses):
        answer = house.guard.answer

        async def counted(*parts: object, n: int = n, answer: object = answer) -> None:
            answered[n] += 1
            await answer(*parts)  # type: ignore[operator]

        house.guard.answer = counted  # type: ignore[method-assign]
    for _ in range(9):
        assert (await three.person("ana").command("/revmentor help")).ok
    assert answered == {0: 3, 1: 3, 2: 3}


@pytest.mark.parametrize("point", ["attempt_recorded", "sent"])
async def test_what_a_replica_had_in_hand_when_it_died_is_done_by_the_others(three: Street, point: str) -> None:
    world = await seed(three.houses[0].kit)
    await hold(three.houses[0].kit, world, ended=three.clock.now())
    dying, died = three.houses[0], False

    def dies(name: str) -> None:
        nonlocal died
        died = died or name == point
        if died:
            raise asyncio.CancelledError  # where a task ends here, nothing more is written or sent by it

    dying.courier.desk.checkpoint = dies
    while not died:
        three.clock.set(three.clock.now() + timedelta(hours=1))
        assert three.clock.now() < LATER
        await run_due(three.houses[1].kit)
        await dying.courier.send_due()
    three.houses.remove(dying)
    in_hand = [state for _, _, state in (await letters(three)).values() if state == LetterState.SENDING]
    assert in_hand
    await three.until(LATER)
    three.houses.insert(0, dying)
    await all_is_done_once(three)


async def test_bots_of_two_workspaces_with_the_same_people_share_a_database_and_nothing_else(library: Library) -> None:
    clock = Clock(START)
    with on_server() as database:
        here = street(database, library, clock, houses=1)
        there = street(database, library, clock, houses=1, team=OTHER, master=MasterKey.new("theirs"))
        async with here as one, there as other:
            for each, team in ((one, TEAM), (other, OTHER)):
                await hold(kit := each.houses[0].kit, await seed(kit, team=team), ended=clock.now())
            for _ in range(27):
                clock.set(clock.now() + timedelta(hours=1))
                await other.work()
            assert one.arrived() == {}
            assert set(other.arrived()) <= set(await letters(other, OTHER)) and set(other.arrived().values()) == {1}
            await one.until(LATER)
            assert set(one.arrived()) <= set(await letters(one, TEAM)) and set(one.arrived().values()) == {1}
            for each, team in ((one, TEAM), (other, OTHER)):
                asked = [1 for kind, to, _ in (await letters(each, team)).values() if (kind, to) == (Kind.CHECKIN, ANA)]
                assert asked == [1]
                assert sum("checkin." in str(message) for message in each.person("ana").messages()) == 1
