"""The beginning of the sixteen-week story, as the demo plays it: what its transcript tells."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from demo import stage
from playground.story import Scene, load
from playground.transcript import Transcript
from prompts import Library
from tests.end_to_end.conftest import open_town

pytestmark = pytest.mark.asyncio(loop_scope="module")

WEEKS = 4
WHO = frozenset({"chi", "dee", "noor", "eli", "rolf", "ana", "bo", "juno", "otto", "ivy", "max"})
"""Three pairs are enough for the beginning; the others don't join."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory, library: Library) -> AsyncIterator[str]:
    """The transcript of the first weeks."""
    whole = load("sixteen_weeks")
    ends = whole.starts + timedelta(weeks=WEEKS)
    scenes = tuple(scene for scene in whole.scenes if scene.at < ends and about(scene) <= WHO)
    story = replace(whole, ends=ends, scenes=scenes)
    lines: list[str] = []
    folder = tmp_path_factory.mktemp("story")
    async with open_town(folder, library, starts=story.starts, seed=story.seed) as town:
        transcript = Transcript(story, town.pg.workspace, town.clock.now, lines.append)
        await stage(story, town.pg, town.house, transcript)
    yield "\n".join(lines)


def about(scene: Scene) -> set[str]:
    """Who acts, and whom they name."""
    return {scene.who, *re.findall(r"@(\w+)", str(scene.steps))}


def says_in_order(told: str, *lines: str) -> None:
    """That each line comes after those before it."""
    at = 0
    for line in lines:
        found = told.find(line, at)
        assert found >= 0, f"{line!r} does not come, or not where it should"
        at = found


async def test_a_pair_is_made_from_joining_to_its_own_conversation(told: str) -> None:
    says_in_order(
        told,
        "Chi fills in and sends the modal",
        "under the field: The two safe contacts must be different people",
        "Ana types /revmentor join",
        "revmentor → Ana: You have joined.",
        "The senior is above the junior in the reporting line",
        "Chi types /revmentor admin pair @ana @bo",
        "revmentor → Ana: A suggestion is waiting for you.",
        "Ana presses [Looks good]",
        "revmentor → Bo: A suggestion is waiting for you.",
        "Bo presses [Accept]",
        "revmentor → Ana and Bo, in their pair space: Your pair starts.",
    )


async def test_a_session_is_booked_prepared_held_and_followed_by_questions_and_a_promise(told: str) -> None:
    says_in_order(
        told,
        "Bo presses [Suggest times]",
        "in their pair space: Two times are suggested for your next session.",
        "Ana presses [Tue 10 Mar, 15:00]",
        "in their pair space: A session is booked.",
        "Ana presses [Calendar file]",
        "revmentor → Ana: Your calendar file.",
        "in their pair space: Questions to open with.",
        "in their pair space: The agenda for your next session.",
        "in their pair space: Your session is coming up.",
        "revmentor → Ana: A quick question about your session.",
        "Ana presses [We met]",
        "revmentor → Ana: Quick private check-in, about a minute.",
        "revmentor → Bo: Two quiet minutes about your last session.",
        "Ana presses [Answer]",
        "Bo presses [Write it down]",
        "in their pair space: A new commitment in your pair.",
        "revmentor → Bo: A commitment of yours is coming up.",
        "in their pair space: A commitment in your pair has changed.",
    )


async def test_the_digest_comes_on_mondays_with_its_figures_withheld_while_too_few_answer(told: str) -> None:
    digests = re.findall(r"^Mon \d\d Mar 09:.. +revmentor → #programme-team: The weekly digest", told, re.MULTILINE)
    assert len(digests) == WEEKS
    small = re.findall(r"Too few people to report safely until the end\.\s+You can\s+see\s+activity", told)
    assert len(small) == WEEKS
    assert "No figures have been released yet." in told
    assert "They did something differently" not in told


async def test_on_the_way_people_choose_ask_for_help_and_pause(told: str) -> None:
    says_in_order(
        told,
        "Ana types /revmentor icebreaker skip 2",
        "Bo types /revmentor prefs",
        "Ana types /revmentor ask 2",
        "revmentor → Chi: Somebody asks for your help with the programme.",
        "Could somebody book us a room for next month?",
        "Ana types /revmentor pause 10 days",
        "revmentor → Bo: Your pair is paused.",
        "Ana types /revmentor resume",
        "revmentor → Bo: A pause is over.",
    )
    assert told.count("revmentor → Bo: Your pair is paused.") == 1


async def test_nobody_is_told_that_something_went_wrong(told: str) -> None:
    assert "went wrong" not in told and "still working" not in told
