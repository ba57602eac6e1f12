"""Load and safety, credit and who was learning, as Ana and Bo live them in Slack."""

from datetime import UTC, datetime

import pytest

from tests.clockwork import MONDAY
from tests.end_to_end.conftest import Town
from tests.end_to_end.test_commit import general
from tests.world import World, seed


@pytest.fixture
async def world(town: Town) -> World:
    return await seed(town.house.kit)


async def test_two_taps_open_the_doors_for_who_needs_them_and_the_other_side_sees_the_same_as_ever(
    town: Town, world: World
) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    for person in (ana, bo):
        await person.open_home()
    await town.until(MONDAY.replace(month=4, day=1, hour=12))
    assert "How is it going" in town.said(ana) and "How is it going" in town.said(bo)
    before = (town.said(bo), str(bo.home))
    await ana.press("It takes more than it gives")
    assert "✓ It takes more than it gives" in town.said(ana)
    await ana.press("No")
    assert "Nobody is told" in str(ana.modal), "the four doors, at once"
    await ana.dismiss()
    assert "Thank you. That is kept." in town.said(ana)
    await town.forward(minutes=5)
    assert (town.said(bo), str(bo.home)) == before
    await bo.open_home()
    await town.settle()
    await bo.press("Answer", in_=bo.home)
    assert not (await bo.submit({"pulse.load": "About the same"})).ok, "both are asked for"
    assert (await bo.submit({"pulse.load": "About the same", "pulse.safety": "Yes"})).ok
    await town.settle()
    assert "Two taps about" not in str(bo.home)


async def test_a_plan_becomes_a_promise_of_credit_and_counts_on_the_seniors_own_scorecard(
    town: Town, world: World
) -> None:
    bo = town.person("bo")
    await bo.open_home()
    await town.until(MONDAY.replace(month=4, day=7, hour=13))
    await bo.press("Plan it")
    assert "say by name what my junior showed me" in str(bo.modal) and "Credit" in str(bo.modal)
    assert (await bo.submit({"commit.due_on": "2026-04-20"})).ok
    await bo.dismiss()
    await bo.command("/revmentor commitments")
    assert "say by name" in general(town, bo)
    await town.settle()
    assert "0 of 1" in str(bo.home).replace("*", "")
    await bo.press("Details", in_=bo.home)
    assert "What these hours are worth" in str(bo.modal)


async def test_the_second_me_in_a_row_offers_a_lesson_and_a_line_and_the_senior_hears_only_of_the_line(
    town: Town, world: World
) -> None:
    ana, bo = town.person("ana"), town.person("bo")
    await ana.command("/revmentor met")
    assert (await ana.submit({"When did it begin?": "2026-03-02 08:00", "checkin.learner": "Mainly me"})).ok
    await ana.dismiss()
    await bo.command("/revmentor schedule")
    assert (await bo.submit({"When?": "2026-03-10 14:00"})).ok
    await town.until(datetime(2026, 3, 10, 17, 30, tzinfo=UTC))
    before = town.said(bo)
    await ana.press("We met")
    assert "Twice in a row" not in town.said(ana)
    await ana.press("Mainly me")
    assert "Noted: you met" in town.said(ana) and "Twice in a row you were the one" in town.said(ana)
    assert town.said(bo) == before
    await ana.press("A line for the next agenda")
    assert (await ana.submit()).ok
    await bo.command("/revmentor schedule")
    assert (await bo.submit({"When?": "2026-03-24 14:00"})).ok
    await bo.command("/revmentor agenda")
    assert "who leads this hour" in str(bo.modal), "she put it there"
