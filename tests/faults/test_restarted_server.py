"""A PostgreSQL server that is restarted, and connections that are cut, while letters go out."""

import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import pytest
from sqlalchemy.exc import DBAPIError

from bot.domain.messages import Kind
from bot.services.kit import Kit
from playground.server import Playground
from prompts import Library
from storage.migrate import migrate
from storage.records.delivery import LetterState
from storage.store import Store
from storage.vault import MasterKey
from tests import postgres
from tests.clockwork import MovableClock
from tests.databases import NO_BINARIES, ask, async_address
from tests.delivery.post_office import QUICK, Office
from tests.thorough import thorough

pytestmark = pytest.mark.postgresql
LETTERS = 24
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'revmentor'"


@pytest.fixture
async def outpost(
    clock: MovableClock, slack: Playground, library: Library
) -> AsyncIterator[tuple[Office, postgres.Server]]:
    """A post office with a server of its own, and letters to be sent."""
    if postgres.binaries() is None:
        pytest.skip(NO_BINARIES)
    with postgres.started() as server:
        store = Store(async_address(server.url(), "postgres"), [MasterKey.new("test")])
        await migrate(store)
        office = Office(Kit(store, clock, library, dice=random.Random(7)), clock, slack)
        people = [user.id for user in slack.workspace.users.values() if not user.is_bot]
        for n in range(LETTERS):
            await office.queue(Kind.CHECKIN, people[n % len(people)], f"s{n}")
        yield office, server
        await office.clients.close()
        await store.close()


async def send_all(office: Office, checkpoint: Callable[[str], None]) -> None:
    """Work on like `Courier.run`, whatever happens."""
    courier = office.new_courier(checkpoint=checkpoint, pacing=QUICK)
    for _ in range(30):
        with suppress(DBAPIError):
            await courier.send_due()
        office.clock.move(seconds=45)
    assert await office.states() == {LetterState.SENT: LETTERS}
    assert Counter(office.texts()) == dict.fromkeys((f"about s{n}" for n in range(LETTERS)), 1)


@pytest.mark.parametrize("point", ["attempt_recorded", "sent"])
@thorough
async def test_a_restart_in_the_middle_loses_and_doubles_nothing(
    outpost: tuple[Office, postgres.Server], point: str
) -> None:
    office, server = outpost
    visits: Counter[str] = Counter()

    def restart(name: str) -> None:
        visits[name] += 1
        if name == point and visits[name] == 5:
            server.restart()

    await send_all(office, restart)
    assert visits[point] >= LETTERS


@thorough
async def test_connections_that_are_cut_all_the_time_lose_and_double_nothing(
    outpost: tuple[Office, postgres.Server],
) -> None:
    office, server = outpost
    visits: Counter[str] = Counter()

    def cut(name: str) -> None:
        visits["all"] += 1
        if visits["all"] % 17 == 0:
            ask(server.url(), CUT)

    await send_all(office, cut)
    assert visits["all"] > 5 * 17
