"""Writes that wait together are committed together, and one that fails spoils no other."""

import asyncio

import pytest

from bot.delivery.scribe import Scribe
from storage import pace
from storage.store import Store, Tx
from tests.clockwork import MONDAY


async def test_writes_that_wait_together_share_a_commit(store: Store) -> None:
    seen: list[int] = []

    async def write(tx: Tx) -> int:
        seen.append(id(tx))
        await pace.hold(tx, f"scope-{len(seen)}", MONDAY)
        return len(seen)

    scribe = Scribe(store)
    results = await asyncio.gather(*(scribe.write("T1", write) for _ in range(20)))
    assert results == list(range(1, 21)) and len(set(seen)) == 1


async def test_a_write_that_raises_is_told_so_and_the_others_are_committed(store: Store) -> None:
    async def good(tx: Tx) -> None:
        await pace.hold(tx, "good", MONDAY)

    async def bad(tx: Tx) -> None:
        await pace.hold(tx, "bad", MONDAY)
        raise LookupError

    scribe = Scribe(store)
    done = await asyncio.gather(scribe.write("T1", good), scribe.write("T1", bad), return_exceptions=True)
    assert done[0] is None and isinstance(done[1], LookupError)
    async with store.read("T1") as tx:
        assert list(await pace.held(tx, MONDAY.replace(year=2000), ["good", "bad"])) == ["good"]


async def test_workspaces_are_written_apart(store: Store) -> None:
    async def write(tx: Tx) -> str:
        return tx.team

    scribe = Scribe(store)
    assert await asyncio.gather(scribe.write("T1", write), scribe.write("T2", write)) == ["T1", "T2"]


async def test_nobody_is_told_before_the_commit(store: Store) -> None:
    scribe = Scribe(store)
    await scribe.write("T1", lambda tx: pace.hold(tx, "kept", MONDAY))
    async with store.read("T1") as tx:
        assert await pace.held(tx, MONDAY.replace(year=2000), ["kept"])


async def test_a_failing_write_alone_raises_to_its_caller(store: Store) -> None:
    async def bad(tx: Tx) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await Scribe(store).write("T1", bad)
