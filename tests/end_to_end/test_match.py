"""Chi suggests pairs; Ana and Bo answer; a pair starts. Over real HTTP and Socket Mode."""

import asyncio

import pytest

from playground.errors import NoSuchThing
from playground.person import Person
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import Town

GENERAL = "C07GENERAL"


async def couple(town: Town) -> tuple[Person, Person, Person]:
    """Ana and Bo have joined; Chi coordinates."""
    await open_cohort(town)
    ana = await join(town, "ana", "junior", manager="eli", share="dashboards people read")
    bo = await join(town, "bo", "senior", manager="dee", learn="what AI is good for")
    return ana, bo, town.person("chi")


def pair_space(person: Person) -> str | None:
    return next((str(c["id"]) for c in person.conversations() if c["kind"] == "mpim"), None)


async def test_a_whole_walk_from_the_suggestion_to_the_pair_space(town: Town) -> None:
    ana, bo, chi = await couple(town)
    await chi.command("/revmentor admin pair @ana @bo")
    assert "is asked first about" in town.said(chi, GENERAL)
    await town.settle()
    assert "what AI is good for" in town.said(ana)
    assert "Saying no is invisible to them" in town.said(ana)
    assert "suggestion" not in town.said(bo)
    for person, waits in ((ana, True), (bo, False)):
        await person.open_home()
        await town.settle()
        assert ("A suggestion waits for your answer" in str(person.home)) is waits

    await ana.press("Looks good")
    await town.forward(minutes=9)
    assert "suggestion" not in town.said(bo)
    await town.forward(minutes=1)
    assert "You are the one learning" in town.said(bo)

    await bo.press("Accept")
    await town.forward(minutes=10)
    space = pair_space(ana)
    assert space is not None
    assert "Welcome, you two" in town.said(bo, space)
    assert "dashboards people read" in town.said(ana, space)
    assert "You go first" in town.said(bo)
    assert "You are not here to know everything" in town.said(ana)
    assert pair_space(chi) is None, "coordinators are never in the pair space"

    await chi.command("/revmentor admin pairs")
    assert "under way" in str(chi.modal)
    await chi.dismiss()
    await chi.command("/revmentor admin pairs <@everything> going well")
    assert "I don't list pairs by" in str(chi.modal) and "`at risk`" in str(chi.modal), "unknown words show nothing"
    await chi.dismiss()
    await chi.command("/revmentor admin pairs Being asked")
    assert "I don't list" not in str(chi.modal) and chi.modal is not None


async def test_a_yes_can_be_taken_back_and_the_card_returns(town: Town) -> None:
    ana, bo, chi = await couple(town)
    await chi.command("/revmentor admin pair @ana @bo")
    await town.settle()
    await ana.press("Looks good")
    await ana.press("Undo")
    await town.forward(hours=1)
    assert "suggestion" not in town.said(bo)
    await ana.press("Not this one")
    await town.forward(hours=1)
    await ana.press("Undo")
    assert "can't be undone any more" in town.said(ana)
    assert "match.undo" not in str(ana.messages())


async def test_a_double_press_and_an_old_message_do_nothing_twice(town: Town) -> None:
    ana, bo, chi = await couple(town)
    await chi.command("/revmentor admin pair @ana @bo")
    await town.settle()
    await asyncio.gather(ana.press("match.accept"), ana.press("match.accept"), return_exceptions=True)
    await town.forward(minutes=15)
    assert town.said(bo).count("A junior who would meet you") == 1
    await town.forward(days=2, hours=1)
    reminder = next(m for m in bo.messages() if "still waits" in m["text"])
    await bo.press("match.accept", in_=reminder)
    await town.forward(minutes=15)
    first = next(m for m in bo.messages() if "A junior who would meet you" in str(m))
    await bo.press("match.accept", in_=first)
    assert "has started already" in town.said(bo)
    assert town.said(bo).count("*You go first.*") == 1


async def test_two_coordinators_at_once_ask_once(town: Town) -> None:
    ana, _, chi = await couple(town)
    lines = ["/revmentor admin pair @ana @bo"] * 2
    await asyncio.gather(*(chi.command(line) for line in lines))
    await town.settle()
    assert town.said(ana).count("A senior you might like to meet") == 1
    assert "a pair already" in town.said(chi, GENERAL)


async def test_the_desk_checks_live_and_wants_a_reason_for_a_warning(town: Town) -> None:
    await open_cohort(town)
    ana = await join(town, "ana", "junior")
    await join(town, "bo", "senior", manager="dee")
    chi = town.person("chi")
    await chi.command("/revmentor admin pair")
    await chi.press("match.junior", value="bo")
    await chi.press("match.senior", value="ana")
    assert "did not join as a junior" in str(chi.modal)
    refused = await chi.submit({})
    assert "Were the two swapped?" in refused.errors["match.junior"]
    await chi.press("match.junior", value="ana")
    await chi.press("match.senior", value="bo")
    assert "No manager is known for the junior" in str(chi.modal)
    assert not (await chi.submit({})).ok, "the reason is missing"
    assert (await chi.submit({"reason": "top"})).ok
    await town.settle()
    assert "A senior you might like to meet" in town.said(ana)


async def test_typed_names_with_a_warning_open_the_desk(town: Town) -> None:
    await open_cohort(town)
    await join(town, "ana", "junior")
    await join(town, "bo", "senior")
    chi = town.person("chi")
    await chi.command("/revmentor admin pair @ana @bo")
    assert (await chi.submit({"reason": "asked"})).ok
    assert "is asked first" in str(chi.modal)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("admin pair ana bo", "name two people"),
        ("admin pair @ana", "name two people"),
        ("admin pair @ana @ana", "the same person"),
        ("admin pair @bo @ana", "Were the two swapped?"),
        ("admin pair @ana @max", "not part of an open cohort"),
        ("admin lines @ana", "their manager"),
        ("admin lines @ana @bo @chi", "their manager"),
        ("admin conflict @ana", "name two people"),
        ("admin conflict @ana @ana", "two different people"),
        ("admin conflict @ana @bo remove", "nothing to remove"),
    ],
)
async def test_what_cannot_be_is_answered_with_what_to_do(town: Town, line: str, answer: str) -> None:
    _, _, chi = await couple(town)
    assert (await chi.command(f"/revmentor {line}")).ok
    assert answer in town.said(chi, GENERAL)


async def test_lines_keep_two_apart_and_circles_are_shown(town: Town) -> None:
    _, _, chi = await couple(town)
    await chi.command("/revmentor admin lines @eli @bo")
    await chi.command("/revmentor admin pair @ana @bo")
    assert "above the junior in the reporting line" in town.said(chi, GENERAL)
    await chi.command("/revmentor admin lines @bo @ana")
    assert "would close a circle" in town.said(chi, GENERAL)
    await chi.command("/revmentor admin lines @eli none")
    await chi.command("/revmentor admin pair @ana @bo")
    assert "is asked first" in town.said(chi, GENERAL)


async def test_lines_and_conflicts_are_kept_in_their_windows(town: Town) -> None:
    _, _, chi = await couple(town)
    await chi.command("/revmentor admin lines")
    assert (await chi.submit({"person": "eli", "manager": "ana"})).ok
    assert "would close a circle" in str(chi.modal)
    assert (await chi.submit({"person": "eli", "top": ["yes"]})).ok
    assert "reports to nobody" in str(chi.modal)
    await chi.dismiss()
    await chi.command("/revmentor admin conflict")
    assert (await chi.submit({"first": "ana", "second": "bo"})).ok
    assert "are kept apart" in str(chi.modal)
    await chi.command("/revmentor admin pair @ana @bo")
    assert "conflict of interest" in town.said(chi, GENERAL)


async def test_a_question_reaches_the_coordinator_and_a_withdrawal_is_neutral(town: Town) -> None:
    ana, bo, chi = await couple(town)
    await chi.command("/revmentor admin pair @ana @bo")
    await town.settle()
    await ana.press("Ask coordinator")
    await town.settle()
    assert "would like to talk to you before answering" in town.said(chi)
    await chi.command("/revmentor admin pairs")
    await chi.press("Withdraw")
    await town.settle()
    assert "did not come about" in town.said(ana)
    assert "suggestion" not in town.said(bo)
    await ana.press("match.accept")
    assert "not open any more" in town.said(ana)


async def test_others_can_neither_pair_nor_see_pairs(town: Town) -> None:
    ana, _, _ = await couple(town)
    for line in ("admin pair @ana @bo", "admin lines", "admin conflict @ana @bo"):
        await ana.command(f"/revmentor {line}")
    assert town.said(ana, GENERAL).count("for coordinators of the programme") == 6  # text and block of each
    await ana.command("/revmentor admin pairs")
    assert "for coordinators of the programme" in str(ana.modal)
    with pytest.raises(NoSuchThing):
        await ana.press("Withdraw")
