"""What an organisation switches off, changes or adds lies over the pack, and can never break it."""

import pytest

from prompts import Change, Library, overlay, tame
from prompts.content import Content

QUESTION = {"set": "warmup", "text": "What made you smile this week?"}
AGENDA = {
    "title": "Ours", "session": 2, "purposes": ["free"], "lines": [{"minutes": 5, "text": "Arrive"}] * 3,
    "junior_prepares": "A story.", "senior_prepares": "A question.",
}  # fmt: skip
LESSON = {"track": "junior", "title": "Ours", "text": "An idea.", "action": "Do it.", "before_session": 2}


def laid(library: Library, *changes: Change) -> Content:
    return overlay(library.content, changes)


def test_what_is_off_is_offered_no_more_and_still_found_by_its_id(library: Library) -> None:
    content = laid(
        library, Change("icebreaker", "warmup_01", None, off=True), Change("lesson", "j2", None, off=True),
        Change("principle", "no_spokesperson", None, off=True),
    )  # fmt: skip
    assert content.icebreaker("warmup_01").retired
    assert [one.id for one in content.track("junior")] == ["j1", "j3", "j4", "j5", "j6"]
    assert content.lesson("j2").title
    assert "no_spokesperson" not in [one.id for one in content.principles()]


def test_own_texts_stand_beside_the_shipped_ones(library: Library) -> None:
    content = laid(library, Change("icebreaker", "own_1", QUESTION), Change("lesson", "own_2", LESSON))
    question = content.icebreaker("own_1")
    assert content.icebreaker_set("warmup").questions[0] == question, "it is asked first"
    assert (question.depth, question.senior_first) == (1, True), "it takes from its set what it does not say"
    assert [one.id for one in content.track("junior")][:3] == ["j1", "own_2", "j2"]


def test_an_own_agenda_comes_before_the_shipped_one_of_its_session_and_purpose(library: Library) -> None:
    content = laid(library, Change("agenda", "own_3", AGENDA))
    assert content.agenda("free", 2).title == "Ours"
    assert content.agenda("culture", 2).title != "Ours"
    off = laid(library, Change("agenda", "own_3", AGENDA, off=True))
    assert off.agenda("free", 2) == library.content.agenda("free", 2)
    assert off.agenda_by_id("own_3").title == "Ours"


def test_a_session_never_goes_without_an_agenda(library: Library) -> None:
    every = [Change("agenda", one.id, None, off=True) for one in library.content.agendas.templates]
    assert laid(library, *every).agenda("free", 1).title
    assert laid(library, *every).extras() == ()


def test_a_changed_text_keeps_its_id_and_its_set(library: Library) -> None:
    content = laid(library, Change("icebreaker", "paths_01", {**QUESTION, "text": "Ours?"}))
    assert content.icebreaker_set("paths").questions[0].text == "Ours?"
    assert len(content.icebreaker_set("warmup").questions) == 10


@pytest.mark.parametrize(
    "broken",
    [
        Change("icebreaker", "own_1", {**QUESTION, "set": "gone"}), Change("icebreaker", "own_1", {"text": "x" * 201}),
        Change("lesson", "j1", {"title": "half"}), Change("poem", "own_1", {"text": "?"}),
        Change("lesson", "gone", None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_any_more_leaves_everything_as_it_is(library: Library, broken: Change) -> None:
    assert laid(library, broken) == library.content


def test_a_text_of_coordinators_can_call_nobody_and_keeps_its_own_bold() -> None:
    assert tame("Ask <!channel> & *tell* <@U1|x> @here") == "Ask ‹!channel› & *tell* ‹@U1|x› @\u2060here"
    assert tame(tame("<x> @here")) == tame("<x> @here")
