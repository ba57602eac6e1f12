"""Guests and people of another company are paired where their cohort takes them, and nowhere else."""

import pytest

from bot.domain.match import Check, Why
from bot.services.kit import Kit
from bot.services.match.pairing import survey
from bot.services.match.pool import load
from storage import enrol, programme
from storage.records.enrol import Side
from tests.services.town_hall import COORDINATOR, JUNO, MAX, about, join
from tests.world import TEAM, World


@pytest.mark.parametrize(
    ("person", "cohort", "taken"),
    [
        ({"guest": True}, {}, True),
        ({"guest": True}, {"guests": False}, False),
        ({"home_team": "T07OTHER01"}, {}, False),
        ({"home_team": "T07OTHER01"}, {"strangers": True}, True),
    ],
)
async def test_the_cohort_says_whom_it_takes(
    kit: Kit, world: World, person: dict[str, object], cohort: dict[str, object], taken: bool
) -> None:
    juno = await join(kit, world, JUNO, about())
    await join(kit, world, MAX, about(Side.SENIOR, manager="U07OTTO000", level=4))
    async with kit.store.write(TEAM) as tx:
        await enrol.set_person(tx, juno.id, **person)
        await programme.set_cohort(tx, world.cohort.id, **{"guests": True, **cohort})
    async with kit.store.read(TEAM) as tx:
        pool = await load(tx, world.cohort.id)
    assert (pool.away.get(juno.id) is None) is taken
    assert taken or pool.away[juno.id] is Why.OUTSIDER
    desk = await survey(kit, COORDINATOR, JUNO, MAX)
    assert desk.verdict is not None
    assert desk.verdict.hard == (() if taken else (Check.OUTSIDER,))
