"""What every test may ask for: a fresh database, a clock to move, a kit, and a Slack to talk to."""

import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import log
from bot.services.kit import Kit
from playground import cast
from playground.clock import Clock
from playground.faults import Faults
from playground.server import Playground
from prompts import Library, load
from storage.store import Store
from storage.vault import MasterKey
from tests.clockwork import MovableClock
from tests.databases import (
    backend,
    database,
    empty_database,
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_configure_node,
    pytest_generate_tests,
    pytest_unconfigure,
)
from tests.world import World, seed

__all__ = [
    "backend", "database", "empty_database", "pytest_addoption", "pytest_collection_modifyitems",
    "pytest_configure", "pytest_configure_node", "pytest_generate_tests", "pytest_unconfigure",
]  # fmt: skip
ROOT = Path(__file__).parents[1]
pytest_plugins = ["tests.leaks.plugin", "tests.thorough", "tests.quick"]


@pytest.fixture(autouse=True)
def _logging() -> None:
    """To the stream that is open now: one that an earlier test captured is closed."""
    log.configure("INFO")


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    opened = Store(database, [MasterKey.new("test")])
    yield opened
    await opened.close()


@pytest.fixture
def kit(store: Store, clock: MovableClock, library: Library) -> Kit:
    return Kit(store, clock, library, dice=random.Random(7))


@pytest.fixture
async def world(kit: Kit) -> World:
    """Chi's programme with Ana and Bo as a pair."""
    return await seed(kit)


@pytest.fixture(scope="session")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
async def slack(clock: MovableClock, manifest: dict[str, Any]) -> AsyncIterator[Playground]:
    """The playground with its whole cast; its time is that of `clock`."""
    playground = Playground(cast.load(), _Follows(clock), manifest, faults=Faults(1))
    await playground.start()
    yield playground
    await playground.stop()


class _Follows(Clock):
    """A playground's clock that shows whatever the test's clock shows."""

    def __init__(self, clock: MovableClock) -> None:
        super().__init__(clock.now)
        self._clock = clock

    def now(self) -> Any:
        return self._clock.now
