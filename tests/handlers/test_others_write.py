"""On PostgreSQL a request whose transaction was called off because of somebody else's is worked on once more."""

import psycopg
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from bot.services.kit import Actor, Kit
from bot.views.common import sentence
from handlers.guard import though_others_write
from handlers.replies import Reply, Say
from handlers.turn import Surface, Turn
from storage import tables as t
from tests.thorough import thorough
from tests.world import ANA, TEAM, World

pytestmark = pytest.mark.postgresql
DONE = Say(sentence("Done."))


class Busy:
    """A handler that finds its row locked by somebody, so many times."""

    def __init__(self, database: str, world: World, times: int) -> None:
        self.database, self.ana, self.left, self.tries = database.replace("+psycopg", ""), world.ana.id, times, 0

    async def __call__(self, turn: Turn) -> Reply:
        self.tries += 1
        with psycopg.connect(self.database) as other:
            if self.left:
                self.left -= 1
                other.execute("UPDATE person SET zone = zone WHERE id = %s", [self.ana])
            async with turn.kit.store.write(TEAM) as tx:
                await tx.conn.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")
                await tx.conn.execute(update(t.person).values(name="Ana S.").where(t.person.c.id == self.ana))
        return DONE


@pytest.fixture
def turn(kit: Kit) -> Turn:
    return Turn(
        kit=kit, actor=Actor(TEAM, ANA), words=kit.words("en"), client=AsyncWebClient(), surface=Surface.COMMAND
    )


@thorough
async def test_what_was_called_off_is_done_at_the_second_try(database: str, world: World, turn: Turn) -> None:
    busy = Busy(database, world, times=1)
    assert await though_others_write(busy, turn) == DONE
    assert busy.tries == 2


@thorough
async def test_there_is_no_third_try(database: str, world: World, turn: Turn) -> None:
    busy = Busy(database, world, times=3)
    with pytest.raises(DBAPIError):
        await though_others_write(busy, turn)
    assert busy.tries == 2
