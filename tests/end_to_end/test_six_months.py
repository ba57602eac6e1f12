"""One pair over six months: put off, promised with a day, slipping, done; and what each of the two sees of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from prompts import Library
from tests.end_to_end.test_story import says_in_order
from tests.six_months import STAGES, six_months
from tests.thorough import story

pytestmark = [pytest.mark.asyncio(loop_scope="module"), story]

LOOKED_AT = ("slipping", "done", "ended")
"""At which stages the Homes are opened; from the first look on every change draws them anew, which takes time."""

PROMISE = "put Ana's name forward and say why"
WRITTEN = {
    "ana": ("Ready is a word that moves whenever I come near it", "Less later, more when"),
    "bo": ("Doors can wait until Ana is more ready", "I name a day, or I say no"),
}
"""What the two typed for their own eyes."""
SHOWN = {
    "ana": (
        "They told me what they learned", "Offered, no date", "Too early to say", "Yes, I know of it",
        "three times or more. Want wording", "Twice in a row you were", "Noted: *Yes*", "Nobody is told",
        "What you have said so far", "Your contribution", "Did you notice it?",
    ),
    "bo": ("Where could you credit", "Your own record"),
}  # fmt: skip
"""What was shown to one of them alone: answers, offers, and questions that only one side is asked."""


@dataclass
class Told:
    """The transcript; both Homes at some stages; everything that came before somebody's eyes."""

    lines: str
    homes: dict[str, dict[str, str]]
    seen: dict[str, str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(tmp_path_factory: pytest.TempPathFactory, library: Library) -> AsyncIterator[Told]:
    homes = {}
    async with six_months(tmp_path_factory.mktemp("six_months"), library) as one:
        for stage in STAGES:
            await one.until(stage)
            if stage in LOOKED_AT:
                homes[stage] = await one.homes()
        seen = {name: "\n".join(found) for name, found in one.seen.items()}
    yield Told("\n".join(one.lines), homes, seen)


async def test_first_he_defers_and_she_is_offered_words_after_the_third_not_yet(told: Told) -> None:
    says_in_order(
        told.lines,
        "Ana would like to meet the data platform team.",
        "Bo presses [Not now: say why]",
        "Let us do that when you're more ready.",
        "revmentor → Ana: There is news about an introduction.",
        "4. Has Bo introduced you to someone useful to you?: Not yet",
        "4. Has Bo introduced you to someone useful to you?: Not yet",
        "Ana presses [Show me]",
        "What does “ready” look like to you, in two or three points?",
        "Ana presses [Use this]",
        "I could not say what ready means.",
    )


async def test_then_he_promises_with_a_day_slips_does_it_and_she_says_in_private_that_she_noticed(told: Told) -> None:
    says_in_order(
        told.lines,
        "> When …: the data forum picks its speakers",
        "in their pair space: A new commitment in your pair.",
        "revmentor → Bo: A commitment of yours is coming up.",
        "Bo presses [Move date]",
        "in their pair space: A commitment in your pair has changed.",
        "Bo presses [Move date]",
        "it is slipping",
        "Bo presses [Done]",
        "Done, says Bo",
        "revmentor → Ana: A quick private question, one tap.",
        "Ana presses [Yes]",
    )
    assert all(PROMISE in home and "_slipping_" in home for home in told.homes["slipping"].values())
    assert all(PROMISE in home and "slipping" not in home for home in told.homes["done"].values())
    assert "*1 of 1* promise done" in told.homes["done"]["bo"] and "promise done" not in told.homes["done"]["ana"]


async def test_the_door_opens_asked_anew_agreed_made_and_talked(told: Told) -> None:
    says_in_order(
        told.lines,
        "Ana presses [Ask anew]",
        "Bo presses [Yes, by …]",
        "Yes, says Bo: an introduction to the data platform team",
        "Bo presses [I have made it]",
        "Bo has introduced you to the data platform team.",
        "Ana presses [We talked]",
    )


async def test_on_the_way_both_are_asked_by_the_calendar_and_halfway_the_two_talk_about_it(told: Told) -> None:
    says_in_order(
        told.lines,
        "Bo presses [Not this month]",
        "Ana presses [Mainly me]",
        "Ana presses [It takes more than it gives]",
        "in the window “Get support”:",
        "revmentor → Ana: A quick private look back, about a minute.",
        "in their pair space: Halfway: how are you doing?",
        "Bo presses [Put it on our next agenda]",
        "Bo presses [Did it]",
    )


async def test_it_ends_on_purpose_and_is_looked_back_on_months_later(told: Told) -> None:
    says_in_order(
        told.lines,
        "in their pair space: Your last stretch together.",
        "Ana presses [Junior presented]",
        "revmentor → Ana: Thank you.",
        "Ana presses [Words to be quoted]",
        "Ana presses [Stay in touch informally]",
        "revmentor → Bo: You both would like to stay in touch.",
        "Ana types /revmentor statement",
        "Chi presses [Ask for volunteers]",
        "Bo presses [I'd like to]",
        "Chi presses [Make their channel]",
        "A junior, Pilot",
        "revmentor → Ana: Three private questions, a minute.",
    )
    for home in told.homes["ended"].values():
        assert "Completed: you and" in home and "You both would like to stay in touch" in home


async def test_neither_ever_sees_what_the_other_kept_for_themselves(told: Told) -> None:
    written = " ".join(told.lines.split())
    for name, other in (("ana", "bo"), ("bo", "ana")):
        assert [words for words in WRITTEN[name] + SHOWN[name] if words in told.seen[other]] == []
        assert [words for words in WRITTEN[name] if words in told.seen["chi"]] == []
        assert [words for words in WRITTEN[name] if words not in written] == [], "it was written"
        assert [words for words in SHOWN[name] if words not in told.seen[name]] == [], "it was shown"
    assert PROMISE in told.seen["ana"] and PROMISE in told.seen["bo"] and PROMISE not in told.seen["chi"]


async def test_nobody_is_told_that_something_went_wrong(told: Told) -> None:
    for seen in (told.lines, *told.seen.values()):
        assert "Something went wrong" not in seen and "still working" not in seen
