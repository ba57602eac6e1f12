"""What a transaction has read is read once, until something is written to its table."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from storage import enrol, match, programme
from storage.records.match import PairState
from storage.store import Store
from tests.clockwork import MONDAY
from tests.world import ANA, TEAM, World


@pytest.fixture
def asked(store: Store) -> Iterator[list[str]]:
    """The statements that have been sent to the database."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "advisory" not in statement:  # PostgreSQL's way of taking turns
            seen.append(statement)

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(store.engine.sync_engine, "before_cursor_execute", note)


async def test_the_same_question_is_asked_once(store: Store, world: World, asked: list[str]) -> None:
    async with store.write(TEAM) as tx:
        assert await enrol.find(tx, ANA) == await enrol.find(tx, ANA)
        assert await enrol.find(tx, "U404") is None and await enrol.find(tx, "U404") is None
    assert len(asked) == 2


async def test_another_transaction_asks_anew(store: Store, world: World, asked: list[str]) -> None:
    for _ in range(2):
        async with store.write(TEAM) as tx:
            await enrol.find(tx, ANA)
    assert len(asked) == 2


async def test_what_is_written_is_read_back(store: Store, world: World) -> None:
    async with store.write(TEAM) as tx:
        before = await enrol.find(tx, ANA)
        assert before is not None
        await enrol.set_person(tx, before.id, name="Ana Maria")
        after = await enrol.get(tx, before.id)
        assert after is not None and after.name == "Ana Maria"
        pair = await match.get(tx, world.pair.id)
        assert pair is not None
        assert await match.move(tx, pair.id, pair.state, PairState.PAUSED)
        moved = await match.get(tx, world.pair.id)
        assert moved is not None and moved.state is PairState.PAUSED
        assert await programme.add_coordinator(tx, "U77", ANA, MONDAY) and await programme.is_coordinator(tx, "U77")
        assert await programme.remove_coordinator(tx, "U77") and not await programme.is_coordinator(tx, "U77")


async def test_a_write_elsewhere_is_no_reason_to_ask_again(store: Store, world: World, asked: list[str]) -> None:
    async with store.write(TEAM) as tx:
        await enrol.find(tx, ANA)
        await programme.note(tx, ANA, "try", "s", MONDAY)
        await enrol.find(tx, ANA)
    assert len(asked) == 2


async def test_after_waiting_for_a_lock_everything_is_read_anew(store: Store, world: World, asked: list[str]) -> None:
    async with store.write(TEAM) as tx:
        await enrol.find(tx, ANA)
        await programme.hold(tx)
        await enrol.find(tx, ANA)
    assert len(asked) == 3
