"""An event is stored once, whatever Slack repeats."""

from datetime import timedelta

from storage import inbox
from storage.store import Store
from tests.clockwork import MONDAY


async def test_an_event_that_comes_again_is_known(store: Store) -> None:
    async with store.write("T1") as tx:
        assert await inbox.add(tx, "Ev1", "app_home_opened", MONDAY)
        assert not await inbox.add(tx, "Ev1", "app_home_opened", MONDAY)
    async with store.write("T2") as tx:
        assert await inbox.add(tx, "Ev1", "app_home_opened", MONDAY)


async def test_an_event_is_handled_once(store: Store) -> None:
    async with store.write("T1") as tx:
        await inbox.add(tx, "Ev1", "user_change", MONDAY)
        assert await inbox.handled(tx, "Ev1", MONDAY)
        assert not await inbox.handled(tx, "Ev1", MONDAY)
        assert not await inbox.handled(tx, "Ev2", MONDAY)


async def test_old_events_are_forgotten(store: Store) -> None:
    async with store.write("T1") as tx:
        await inbox.add(tx, "Ev1", "user_change", MONDAY)
        await inbox.add(tx, "Ev2", "user_change", MONDAY + timedelta(hours=2))
        assert await inbox.forget(tx, MONDAY + timedelta(hours=1)) == 1
        assert not await inbox.add(tx, "Ev2", "user_change", MONDAY)
