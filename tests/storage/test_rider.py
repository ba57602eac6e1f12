"""What rides with a request's facts is stored with them, in the first transaction that commits, and once."""

import asyncio
from datetime import timedelta

import pytest

from storage import inbox, replay
from storage.rider import Rider
from storage.store import Store, Tx
from tests.clockwork import MONDAY


async def take(tx: Tx) -> None:
    await replay.take(tx, "a" * 64, MONDAY)


async def is_taken(store: Store) -> bool:
    async with store.read("T1") as tx:
        return await replay.taken(tx, "a" * 64)


async def fact(store: Store, name: str, *, fails: bool = False) -> None:
    async with store.write("T1") as tx:
        await inbox.add(tx, name, "fact", MONDAY)
        if fails:
            raise ValueError


async def test_it_is_stored_with_the_first_facts_and_not_again_with_the_next(store: Store) -> None:
    rider = Rider(take)
    with rider.aboard():
        await fact(store, "one")
        assert rider.stored and await is_taken(store)
        await fact(store, "two")  # taking it a second time would raise
    await fact(store, "nobody's")


async def test_where_a_transaction_rolls_back_it_rides_in_the_next(store: Store) -> None:
    rider = Rider(take)
    with rider.aboard():
        with pytest.raises(ValueError):
            await fact(store, "one", fails=True)
        assert not rider.stored and not rider.riding and not await is_taken(store)
        await fact(store, "one")
    assert rider.stored and await is_taken(store)


async def test_it_goes_with_the_tasks_that_a_request_starts_and_with_nobody_elses(store: Store) -> None:
    rider = Rider(take)
    begin = asyncio.Event()

    async def later() -> None:
        await begin.wait()
        await fact(store, "own")

    with rider.aboard():
        own = asyncio.create_task(later())
    await fact(store, "another's")
    assert not await is_taken(store)
    begin.set()
    await own
    assert rider.stored and await is_taken(store)


async def test_the_facts_of_a_request_that_was_taken_before_are_not_stored(store: Store) -> None:
    for name in ("first", "copy"):
        with Rider(take).aboard():
            try:
                await fact(store, name)
            except replay.Replayed:
                assert name == "copy"
    async with store.write("T1") as tx:
        assert await inbox.add(tx, "copy", "fact", MONDAY), "the copy left nothing"
        assert not await inbox.add(tx, "first", "fact", MONDAY)


async def test_workspaces_do_not_share_signatures_and_old_ones_are_forgotten_in_all(store: Store) -> None:
    for team in ("T1", "T2"):
        async with store.write(team) as tx:
            await take(tx)
    async with store.write("") as tx:
        assert await replay.forget(tx, MONDAY) == 0
        assert await replay.forget(tx, MONDAY + timedelta(seconds=1)) == 2
