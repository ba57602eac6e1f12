"""Two people who could become a pair."""

import pytest

from bot.services.kit import Kit
from storage.records.enrol import Person, Side
from tests.services.town_hall import (
    JUNO,
    MAX,
    TOP,
    about,
    join,
)
from tests.world import NOOR, World


@pytest.fixture
async def couple(kit: Kit, world: World) -> tuple[Person, Person]:
    """Juno, a junior, and Max, a senior, who wait; their lines are known and separate."""
    juno = await join(kit, world, JUNO, about(Side.JUNIOR, manager=NOOR))
    boss = await join(kit, world, MAX, about(Side.SENIOR, manager=TOP, level=4, department="Finance"))
    return juno, boss
