"""The story of 300 people, as the demo plays it in short: from their list to the sixth session."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from demo import stage
from playground.story import load
from playground.transcript import Transcript
from prompts import Library
from storage import match, meet, programme, roster
from storage.records.match import Pair
from storage.records.meet import SessionState
from tests.end_to_end.conftest import Town, open_town
from tests.end_to_end.test_story import says_in_order
from tests.thorough import story
from tests.world import TEAM

pytestmark = [pytest.mark.asyncio(loop_scope="module"), story]

KINDS = (
    "unknown in Slack", "no Slack account", "same person twice", "unknown manager", "own manager", "unknown level",
    "unknown language", "too long", "too many cells", "employee number twice", "name of several people",
    "reporting lines in a circle",
)  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def played(tmp_path_factory: pytest.TempPathFactory, library: Library) -> AsyncIterator[tuple[Town, str]]:
    """The town when the story is over, and its transcript."""
    told = load("three_hundred")
    lines: list[str] = []
    folder = tmp_path_factory.mktemp("three_hundred")
    async with open_town(folder, library, starts=told.starts, seed=told.seed, granted=told.granted) as town:
        await stage(told, town.pg, town.house, Transcript(told, town.pg.workspace, town.clock.now, lines.append))
        yield town, "\n".join(lines)


async def pairs(town: Town) -> list[Pair]:
    async with town.house.kit.store.read(TEAM) as tx:
        (cohort,) = await programme.cohorts(tx)
        return list(await match.of_cohort(tx, cohort.id))


async def test_every_kind_of_mistake_is_named_and_the_corrected_list_doubles_nobody(played: tuple[Town, str]) -> None:
    town, told = played
    assert [kind for kind in KINDS if f"× {kind}" not in told] == []
    says_in_order(
        told,
        "295 people would be saved: 295 new",
        "295 people are on the list",
        "No problems were found",
        "300 people are on the list: 5 new",
        "300 people would be asked to Autumn",
    )
    async with town.house.kit.store.read(TEAM) as tx:
        assert len(await roster.everybody(tx)) == 300


async def test_pairs_are_found_reviewed_partly_declined_and_found_again_never_twice(played: tuple[Town, str]) -> None:
    town, told = played
    assert told.count("Chi presses [Find pairs]") == 3
    assert "Chi presses [Hold]" in told and "Chi presses [Swap]" in told
    found = await pairs(town)
    couples = [(pair.junior_id, pair.senior_id) for pair in found]
    assert len(couples) == len(set(couples)), "nobody is suggested to the same person again"
    started = [pair for pair in found if pair.active_at is not None]
    over = [pair for pair in found if pair.active_at is None and pair.ended_at is not None]
    assert len(started) > 25 and len(over) > 3
    says_in_order(told, "asks for somebody else than", "Chi presses [End the pair]", "Nobody reads who asked")
    turned_down = {person for pair in over for person in (pair.junior_id, pair.senior_id)}
    assert any(person in turned_down for pair in started for person in (pair.junior_id, pair.senior_id))


async def test_pairs_are_followed_for_six_sessions_and_prepared_for_each(played: tuple[Town, str]) -> None:
    town, told = played
    async with town.house.kit.store.read(TEAM) as tx:
        sessions = [await meet.of_pair(tx, pair.id) for pair in await match.all_open(tx)]
    held = [sum(one.state is SessionState.HELD for one in those) for those in sessions]
    assert len(held) > 25 and min(held) >= 4, "who was reminded late, and who was matched again, has some still ahead"
    assert held.count(6) > len(held) / 2
    says_in_order(
        told,
        "revmentor → Ana: You have joined.",
        "Ana, in their pair space: Your pair starts.",
        "Ana, in their pair space: A session is booked.",
        "Ana presses [Answer ahead]",
        "Ana, in their pair space: You have both answered ahead.",
        "Ana opens the Home",
        "Agenda, as suggested",
        "Ana presses [We met]",
        "A lesson of 90 seconds is there.",
        "Ana types /revmentor contract",
        "Ana presses [Agree]",
        "Sessions held",
    )
    assert told.count("Ana presses [We met]") == 6


async def test_in_short_some_do_everything_and_at_length_all_do(played: tuple[Town, str]) -> None:
    _, told = played
    assert "with `STORY=long make demo` all of them do" in told
    assert re.search(r"pairs? without a first session", told), "whoever books late is seen by coordinators"
    assert len(load("three_hundred", long=True).played) == 300


async def test_nobody_is_told_that_something_went_wrong(played: tuple[Town, str]) -> None:
    town, told = played
    assert "went wrong" not in told and "still working" not in told
    said = "\n".join(str(message) for place in town.pg.workspace.conversations.values() for message in place.messages)
    assert "went wrong" not in said
