"""No question embarrasses, sorts people into groups or needs a life of a certain kind to be answered."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from prompts import Library
from tests.prompts.pack import SHIPPED

BANNED = {
    "borrowed metaphors": r"spirit animal|totem|tribe|guru|ninja|pow ?wow|rock ?star",
    "bodies": r"body|bodies|weight|tall|hair|skin|pretty|handsome|look like you (?:do|are)|fit or|pregnan\w*",
    "food rules": r"diet\w*|vegan|vegetarian|halal|kosher|fasting",
    "alcohol": r"alcohol\w*|beer|wine|drunk|drinks?|pub|bar|cocktail\w*",
    "family plans": r"child(?:ren)?|kids?|baby|babies|married|marriage|husband|wife|spouse|wedding|parents?",
    "wealth": r"salary|salaries|rich|wealth\w*|mortgage|afford|own a|expensive|bought a house|holiday home",
    "religion": r"religio\w*|church|mosque|temple|synagogue|pray\w*|god|faith|christmas|easter|ramadan",
    "politics": r"politic\w*|elections?|party|parties|voted|left-wing|right-wing",
    "childhood home": r"childhood|grew up|where are you (?:really )?from|home ?town|as a child|native",
    "health": r"ill|illness|disab\w*|therapy|diagnos\w*|medication",
}
GROUP = r"as an? (?!expert\b)\w+|people like you|your (?:people|community|culture|kind|group)|on behalf of|represent\w*"
TRAVEL = r"travel\w*|abroad|vacation|flown|passport"


def _has(pattern: str, text: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE) is not None


def _questions(library: Library) -> Iterator[tuple[str, str]]:
    """Everything a person is asked about herself, or may ask her partner, by id."""
    content = library.content
    for group in content.icebreakers.sets:
        yield from ((item.id, item.text) for item in group.questions)
    yield from ((ask.id, ask.text) for ask in content.asks.asks)
    yield from ((item.id, item.text) for item in content.asks.follow_ups)
    yield from ((item.id, item.text) for review in content.reviews.reviews for item in review.items)
    yield from ((item.id, item.text) for item in content.questions.questions)


@pytest.mark.parametrize("topic", BANNED)
def test_no_question_touches_what_is_private(library: Library, topic: str) -> None:
    assert [id for id, text in _questions(library) if _has(BANNED[topic], text)] == []


def test_no_question_makes_anybody_speak_for_a_group(library: Library) -> None:
    assert [id for id, text in _questions(library) if _has(GROUP, text)] == []


def test_no_question_needs_travel(library: Library) -> None:
    assert [id for id, text in _questions(library) if _has(TRAVEL, text)] == []


@pytest.mark.parametrize(
    ("pattern", "question"),
    [
        (GROUP, "As a woman, what do you think of the office?"),
        (GROUP, "What do people like you want?"),
        (BANNED["borrowed metaphors"], "What is your spirit animal?"),
        (BANNED["childhood home"], "Where are you really from?"),
        (BANNED["family plans"], "Do you want kids?"),
        (TRAVEL, "Where did you last travel?"),
    ],
)
def test_the_word_lists_catch_what_they_are_meant_to(pattern: str, question: str) -> None:
    assert _has(pattern, question)


def test_every_question_can_be_read_aloud(library: Library) -> None:
    for id, text in _questions(library):
        assert len(text) <= 200, id
        assert "\n" not in text, id
        assert not re.search(r"[/()\[\]]|\bi\.e\.|\be\.g\.", text), f"{id} is written for the eye"


def test_no_two_icebreakers_ask_the_same(library: Library) -> None:
    texts = [item.text.lower() for group in library.content.icebreakers.sets for item in group.questions]
    assert len(set(texts)) == len(texts) == 80


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("en/*.toml")), ids=lambda file: file.stem)
def test_the_pack_speaks_of_juniors_and_seniors_only(file: Path) -> None:
    text = re.sub(r"revmentor|reverse[- ]mentoring", "", file.read_text(encoding="utf-8"), flags=re.I)
    assert not re.search(r"ment(?:or|ee)", text, re.IGNORECASE)


def test_lessons_blame_nobody_and_promise_nothing(library: Library) -> None:
    for lesson in library.content.lessons.lessons:
        assert not _has(r"just|simply|obviously|of course|guarantee\w*|leverage|journey", lesson.text), lesson.id
