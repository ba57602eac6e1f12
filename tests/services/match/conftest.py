"""Two people who could become a pair."""

import pytest

from bot.services.kit import Kit
from storage.records.enrol import Person, Side
from tests.services.town_hall import (
    IVY,
    JUNO,
    MAX,
    OTTO,
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


@pytest.fixture
async def crowd(kit: Kit, world: World) -> dict[str, Person]:
    """Juno and Ivy, juniors, and Max and Otto, seniors, who wait."""
    return {
        JUNO: await join(kit, world, JUNO, about(Side.JUNIOR, manager=NOOR, share="AI tools", department="Legal")),
        IVY: await join(kit, world, IVY, about(Side.JUNIOR, manager=NOOR, share="", department="Legal")),
        MAX: await join(kit, world, MAX, about(Side.SENIOR, manager=TOP, level=4, learn="AI tools", department="IT")),
        OTTO: await join(kit, world, OTTO, about(Side.SENIOR, manager=TOP, level=4, department="IT")),
    }
