"""The town that hostile requests are sent to, with a court that watches it."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import log
from prompts import Library
from storage import enrol
from storage.records.enrol import Enrolment
from tests.end_to_end.conftest import Town, open_town
from tests.end_to_end.strangers import Square, _person, square
from tests.hostile.court import Court
from tests.world import TEAM


@asynccontextmanager
async def court_in_session(folder: Path, library: Library, *, http: bool = False) -> AsyncIterator[Court]:
    """A court over a town whose database lies in `folder`; it hears every line that is logged."""
    async with open_town(folder, library, http=http) as town:
        found = await settled(town)
        lines = io.StringIO()
        log.configure("DEBUG", lines)
        opened = Court(found, lines)
        try:
            yield opened
        finally:
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
    found.ids |= {"ana": ana.id, "bo": bo.id, "ana_user": ana.user_id, "bo_user": bo.user_id}
    return found
