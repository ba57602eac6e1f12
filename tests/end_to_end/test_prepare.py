"""Preparing, played through: agenda, parking lot, icebreakers."""

from datetime import UTC, datetime

import pytest

from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.end_to_end.test_meet import book, shown, space
from tests.services.prepare.steps import open_topics
from tests.world import seed

SUNDAY = datetime(2026, 3, 8, 17, tzinfo=UTC)


@pytest.fixture
async def pair(town: Town) -> tuple[Person, Person]:
    """Ana and Bo, paired, with a session next Tuesday that both want topics in."""
    await open_topics(town.house.kit, await seed(town.house.kit))
    ana, bo = town.person("ana"), town.person("bo")
    await book(town, bo)
    return ana, bo


async def test_an_agenda_is_edited_with_a_parked_topic_and_posted(town: Town, pair: tuple[Person, Person]) -> None:
    ana, bo = pair
    await ana.command("/revmentor park what fits into the suggestion")
    await ana.command("/revmentor park the *rota* <!here> & @bo")
    await town.until(SUNDAY)
    await bo.press("Edit")
    answer = await bo.submit({"Line 1": "x" * 300, "Line 6": "", "prepare.parked": ["the *rota*"]})
    assert answer.closed, answer
    await town.settle()
    said = town.said(ana, space(ana))
    assert "The agenda is agreed." in said and "&lt;!here&gt; &amp; @bo" in said and "<!here>" not in said


async def test_a_suggested_agenda_is_on_both_homes_once_it_is_sent(town: Town, pair: tuple[Person, Person]) -> None:
    for moment, there in ((town.clock.now(), False), (SUNDAY, True)):
        await town.until(moment)
        for person in pair:
            await person.open_home()
            await town.settle()
            assert ("as suggested" in str(person.home)) is there
            assert ("The agenda comes two days before" in str(person.home)) is not there
    await pair[0].press("Use this")
    await town.settle()
    assert "The agenda is agreed." in town.said(pair[1], space(pair[1]))


async def test_seven_lines_are_one_too_many_and_none_is_too_few(town: Town, pair: tuple[Person, Person]) -> None:
    ana, _ = pair
    await ana.command("/revmentor park what fits into the suggestion")
    await ana.command("/revmentor park one more")
    await ana.command("/revmentor agenda")
    full = {f"Line {n}": f"line {n}" for n in range(1, 7)}
    answer = await ana.submit({**full, "prepare.parked": ["one more"]})
    assert "7 lines" in answer.errors["prepare.parked"]
    answer = await ana.submit({**{f"Line {n}": " " for n in range(1, 7)}, "prepare.parked": []})
    assert "at least one line" in answer.errors["prepare.line1"]


async def test_a_topic_is_parked_from_the_modal_taken_back_and_refused_when_empty(
    town: Town, pair: tuple[Person, Person]
) -> None:
    ana, _ = pair
    await ana.command("/revmentor park")
    answer = await ana.submit({"prepare.topic": "   "})
    assert "only spaces" in answer.errors["prepare.topic"]
    await ana.submit({"prepare.topic": "hiring"})
    assert "Parked: hiring" in shown(ana)
    await ana.press("Undo")
    assert "Taken back" in shown(ana)


async def test_something_is_added_to_the_agenda_from_the_booking(town: Town, pair: tuple[Person, Person]) -> None:
    ana, bo = pair
    await ana.press("Add to agenda")
    await ana.submit({"prepare.topic": "hiring"})
    assert "On the agenda" in shown(ana)
    await town.until(SUNDAY)
    assert "hiring" in town.said(bo, space(bo))


async def test_icebreakers_are_swapped_extended_and_posted_by_hand(town: Town, pair: tuple[Person, Person]) -> None:
    ana, bo = pair
    await town.until(SUNDAY)
    assert "singing along" in town.said(ana, space(ana))
    await ana.press("Swap")
    assert "singing along" not in town.said(bo, space(bo))
    await bo.press("More")
    assert town.said(ana, space(ana)).count("prepare.swap") == 10
    await bo.command("/revmentor icebreaker never 1")
    assert "Neither of you is shown this again" in shown(bo)
    await bo.press("Undo")
    await bo.press("prepare.set", value="How I work")
    assert "How do you like to get bad news" in shown(bo)
    await bo.submit()
    await town.settle()
    assert "How do you like to get bad news" in town.said(ana, space(ana))


async def test_unknown_sets_and_purposes_are_answered_in_words(town: Town, pair: tuple[Person, Person]) -> None:
    ana, _ = pair
    await ana.command("/revmentor icebreaker horoscopes")
    assert "don't know that set" in shown(ana)
    await ana.dismiss()
    await ana.command("/revmentor agenda sports")
    assert "technology" in shown(ana)
    await ana.dismiss()
    await ana.command("/revmentor agenda culture")
    assert "Line 1" in shown(ana)
