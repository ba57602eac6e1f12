"""A thousand requests that nobody should send: each is answered, none breaks anything or reaches another's."""

import io
import json
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot import log
from handlers import routes
from prompts import Library
from storage import enrol
from storage.records.enrol import Enrolment
from tests.end_to_end.conftest import Town, open_town
from tests.end_to_end.strangers import Square, _person, square
from tests.hostile.court import Court
from tests.hostile.requests import Maker, modals
from tests.world import TEAM

COUNT = 1040


@pytest_asyncio.fixture
async def court(tmp_path_factory: pytest.TempPathFactory, library: Library) -> AsyncIterator[Court]:
    async with open_town(tmp_path_factory.mktemp("hostile"), library) as town:
        found = await settled(town)
        lines = io.StringIO()
        log.configure("DEBUG", lines)
        opened = Court(found, lines)
        yield opened
        opened.close()
        found.close()
        log.configure("INFO")


async def settled(town: Town) -> Square:
    """Ana and Bo with their secrets, strangers, somebody who has left, and a guest."""
    found = await square(town)
    town.person("eli").user.is_restricted = True
    async with town.house.kit.store.write(TEAM) as tx:
        gone = await _person(tx, town, "sam", found.ids["cohort"])
        await enrol.set_state(tx, gone, found.ids["cohort"], Enrolment.LEFT)
        ana = await enrol.find(tx, town.person("ana").id)
        bo = await enrol.find(tx, town.person("bo").id)
    assert ana and bo
    found.ids |= {"ana": ana.id, "bo": bo.id}
    return found


def test_every_modal_is_drawn_somewhere_so_that_it_can_be_filled_in() -> None:
    assert set(modals()) == set(routes().submissions)


async def test_a_thousand_hostile_requests_are_answered_and_reach_nothing(court: Court) -> None:
    await court.hear(Maker(court.square, seed=1).requests(COUNT))
    sys.stdout.write(f"{json.dumps(court.tally())}\n")
    assert court.problems == [], "\n".join(court.problems)
    assert court.asked.total() >= 1000 and len(court.asked) == 3
