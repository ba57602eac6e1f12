"""Roles that change while a modal is open, and names that would do harm: what was allowed a moment ago no longer is."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from handlers import routes
from prompts import Library
from storage import enrol, match, programme
from storage.records.enrol import Enrolment
from storage.records.match import PairState
from tests.end_to_end.conftest import open_town
from tests.end_to_end.strangers import PAIRS, Square, square
from tests.end_to_end.test_roles import PRESSED, SENT
from tests.end_to_end.test_roles import TEAM as COORDINATORS
from tests.hostile.texts import TEXTS
from tests.world import ANA, CHI, TEAM

pytestmark = pytest.mark.asyncio(loop_scope="module")

OWN = {
    "privacy.export", "privacy.erase", "support.request", "support.concern", "checkin.wrong", "close.statement",
    "close.quote", "close.quote_sure", "ripple.line",
}  # fmt: skip
"""What stays open to somebody who has left: their own data, help, and their own words about what is behind them."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def flipped(tmp_path_factory: pytest.TempPathFactory, library: Library) -> AsyncIterator[Square]:
    """Ana's and Bo's pair has ended and Ana has left; Chi coordinates no longer. All of them have modals open."""
    async with open_town(tmp_path_factory.mktemp("flipped"), library) as town:
        found = await square(town)
        now = town.clock.now()
        async with town.house.kit.store.write(TEAM) as tx:
            await programme.add_coordinator(tx, town.person("dee").id, CHI, now)
            assert await programme.remove_coordinator(tx, CHI)
            assert await match.move(tx, found.ids["pair"], PairState.ACTIVE, PairState.ENDED)
            ana = await enrol.find(tx, ANA)
            assert ana is not None
            await enrol.set_state(tx, ana.id, found.ids["cohort"], Enrolment.LEFT)
        yield found
        found.close()


async def test_nothing_of_the_coordinators_works_for_somebody_who_was_one(flipped: Square) -> None:
    before = flipped.writes()
    for name in (name for name, allowed in SENT.items() if allowed == COORDINATORS):
        said = await flipped.submits("coordinator", name)
        assert "for coordinators" in said or "needs a workspace admin" in said or "no longer open" in said, (name, said)
    for name in (name for name, subjects in PRESSED.items() if set(subjects.values()) == {COORDINATORS}):
        said = await flipped.presses("coordinator", name, flipped.ids["cohort"])
        assert "went wrong" not in said and "Spring" not in said, (name, said)
    assert flipped.writes() == before


@pytest.mark.parametrize("who", ["junior", "senior"])
async def test_no_modal_of_a_pair_that_has_ended_stores_anything(flipped: Square, who: str) -> None:
    theirs = [name for name, allowed in SENT.items() if who in allowed and len(allowed) <= 2 and name not in OWN]
    assert len(theirs) > 8
    for name in theirs:
        before = flipped.writes()
        said = await flipped.submits(who, name)
        assert flipped.writes() == before and "went wrong" not in said, (name, said)


async def test_no_name_breaks_what_is_drawn_with_it(flipped: Square) -> None:
    town = flipped.town
    ana = town.person("ana")
    for text in TEXTS:
        named = text if text.strip() else "\u200b"  # Slack wants one, and takes one that nobody sees
        assert (await town.pg.change_user(ana.id, real_name=named)).ok
        for who in ("other junior", "senior", "coordinator"):
            for line in ("", "status"):
                assert "went wrong" not in await flipped.types(who, line), text
    async with town.house.kit.store.read(TEAM) as tx:
        found = await enrol.find(tx, ana.id)
    assert found is not None and found.name


async def test_every_command_still_answers_people_whose_role_has_gone(flipped: Square) -> None:
    for name in routes().commands:
        for who in ("junior", "senior", "coordinator"):
            said = await flipped.types(who, name)
            assert said != "None" and "went wrong" not in said, (who, name)
            assert who != "coordinator" or not [secret for secret in PAIRS if secret in said], name
