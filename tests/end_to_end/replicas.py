"""Several production bots at once on one PostgreSQL database, in one process of the tests."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr

from bot.schedule.drive import run_until
from bot.schedule.sweeps import run_due
from cli.house import House, open_house
from playground import cast
from playground.clock import Clock
from playground.person import Person
from playground.server import Playground
from prompts import Library
from storage.vault import MasterKey
from tests.end_to_end.conftest import FAST, MANIFEST, MASTER, settings_for


@dataclass
class Street:
    """One workspace, and houses that all look after it."""

    pg: Playground
    houses: list[House]
    clock: Clock

    def person(self, name: str) -> Person:
        return Person(self.pg, next(user.id for user in self.pg.workspace.users.values() if user.name == name))

    async def work(self) -> int:
        """Every sweep and every courier, side by side, until nobody finds anything."""
        total = 0
        while True:
            swept = await asyncio.gather(*(run_due(house.kit) for house in self.houses))
            sent = await asyncio.gather(*(house.courier.send_due() for house in self.houses))
            if not (done := sum(swept) + sum(sent)):
                return total
            total += done

    async def until(self, moment: datetime) -> None:
        """Move the clock, doing everything on the way at its own moment."""
        await run_until(self.houses[-1].kit, self.clock.set, moment, self.work)

    def arrived(self) -> Counter[str]:
        """How often each letter is to be seen in Slack, by its mark."""
        places = self.pg.workspace.conversations.values()
        said = (message for place in places for message in place.messages.values() if message.is_bot)
        return Counter(message.metadata["event_payload"]["id"] for message in said if message.metadata)


@asynccontextmanager
async def street(
    database: str, library: Library, clock: Clock, *, houses: int, team: str | None = None, master: MasterKey = MASTER
) -> AsyncIterator[Street]:
    """Bots that all start at the same moment; `team` makes it another workspace of people with the same ids."""
    workspace = cast.load()
    workspace.team_id = team or workspace.team_id
    pg = Playground(workspace, clock, MANIFEST)
    pg.bot_token, pg.app_token = f"xoxb-{workspace.team_id}", f"xapp-{workspace.team_id}"
    await pg.start()
    settings = settings_for(pg, database).model_copy(update={"master_keys": SecretStr(master.text())})
    opened = await asyncio.gather(
        *(open_house(settings, library, clock=clock.now, dice=random.Random(n), pacing=FAST) for n in range(houses))
    )
    try:
        yield Street(pg, list(opened), clock)
    finally:
        await asyncio.gather(*(house.stop() for house in opened))
        await pg.stop()
