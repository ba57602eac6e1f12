"""A whole town for tests: the playground, the production bot over real HTTP and Socket Mode, and a clock to move.

async def test_a_junior_joins(town: Town) -> None:
    ana = town.person("ana")
    await ana.command("/revmentor join")
    await ana.submit({"consent": ["yes"]})
    await town.settle()                      # everything due now is done and sent
    await town.until(datetime(2026, 3, 2, 10, tzinfo=UTC))
    assert "You are in" in town.said(ana)
"""

import random
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from bot.domain.delivery import Pacing
from bot.schedule.drive import run_until, settle
from bot.settings import Settings
from cli.house import House, open_house
from playground import cast
from playground.clock import Clock
from playground.person import Person
from playground.server import Playground
from prompts import Library, load
from storage.vault import MasterKey
from tests.databases import for_a_town

MASTER = MasterKey.new("test")
FAST = Pacing(per_minute=100_000, homes_per_minute=100_000, gap=timedelta(0), opening=timedelta(0))
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BUSY = 30.0
"""Seconds that Slack waits here, for a machine that is slow: its own three are held in tests/handlers and measured."""
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday
MANIFEST = yaml.safe_load((Path(__file__).parents[2] / "manifest.yaml").read_text(encoding="utf-8"))


@dataclass
class Town:
    """The playground, the bot in it, and one clock for both."""

    pg: Playground
    house: House
    clock: Clock

    def person(self, name: str) -> Person:
        """A member of the cast by first name, such as "ana"."""
        users = self.pg.workspace.users.values()
        return Person(self.pg, next(user.id for user in users if user.name == name))

    def said(self, person: Person, conversation: str | None = None) -> str:
        """All texts and block texts that a person sees in a conversation (the app's DM by default)."""
        return "\n".join(str(message) for message in person.messages(conversation))

    async def settle(self) -> None:
        """Do and send everything that is due now."""
        await settle(self.house.kit, self.house.courier.send_due)

    async def until(self, moment: datetime) -> None:
        """Move the clock, doing everything on the way at its own moment."""
        await run_until(self.house.kit, self.clock.set, moment, self.house.courier.send_due)

    async def forward(self, **delta: float) -> None:
        """Move the clock by `timedelta(**delta)`."""
        await self.until(self.clock.now() + timedelta(**delta))


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture
async def town(tmp_path: Path, library: Library) -> AsyncIterator[Town]:
    async with open_town(tmp_path, library) as one:
        yield one


@asynccontextmanager
async def open_town(
    folder: Path,
    library: Library,
    *,
    starts: datetime = START,
    seed: int = 7,
    http: bool = False,
    granted: Collection[str] = (),
) -> AsyncIterator[Town]:
    """A town whose database lies in `folder`, over Socket Mode or `http`; for fixtures that outlive a test.

    Whatever was opened is closed again, also where the house cannot be opened or does not close.
    """
    clock = Clock(starts)
    pg = Playground(cast.load(), clock, MANIFEST, granted=granted)
    pg.ack_seconds = pg.triggers.lifetime = BUSY
    async with AsyncExitStack() as opened:
        database = opened.enter_context(for_a_town(folder / "town.db"))
        opened.push_async_callback(pg.stop)
        await pg.start()
        settings = settings_for(pg, database, http=http)
        house = await open_house(settings, library, clock=clock.now, dice=random.Random(seed), pacing=FAST)
        opened.push_async_callback(house.stop)
        if http:
            pg.use_http(f"http://127.0.0.1:{house.doors.port}/slack/events", SIGNING_SECRET)
        house.guard.patience = BUSY
        yield Town(pg, house, clock)


def settings_for(pg: Playground, database: str, *, http: bool = False) -> Settings:
    """What an administrator of this playground's workspace would set."""
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr(pg.bot_token),
        slack_app_token=None if http else SecretStr(pg.app_token),
        slack_signing_secret=SecretStr(SIGNING_SECRET) if http else None,
        http_port=0 if http else None,
        slack_api_url=pg.api_url,
        master_keys=SecretStr(MASTER.text()),
        database_url=database,
    )
