"""No question embarrasses, sorts people into groups or needs a life of a certain kind to be answered."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from prompts import Content, Library
from prompts.sensitivity import BARRED, FRENCH, WORDS, Topic, touched
from tests.prompts.pack import SHIPPED


def questions(content: Content) -> Iterator[tuple[str, str]]:
    """Everything a person is asked about herself, or may ask her partner, by id."""
    for group in content.icebreakers.sets:
        yield from ((item.id, item.text) for item in group.questions)
    yield from ((ask.id, ask.text) for ask in content.asks.asks)
    yield from ((item.id, item.text) for item in content.asks.follow_ups)
    yield from ((item.id, item.text) for review in content.reviews.reviews for item in review.items)
    yield from ((item.id, item.text) for item in content.questions.questions)


def statements(content: Content) -> Iterator[tuple[str, str]]:
    """Everything else that coordinators may write themselves."""
    yield from ((lesson.id, f"{lesson.text} {lesson.action}") for lesson in content.lessons.lessons)
    yield from ((principle.id, principle.text) for principle in content.contract.principles)
    yield from ((nudge.id, nudge.text) for nudge in content.nudges.nudges)
    for agenda in content.agendas.templates:
        lines = " ".join(line.text for line in agenda.lines)
        yield agenda.id, f"{lines} {agenda.junior_prepares} {agenda.senior_prepares}"


@pytest.mark.parametrize("topic", Topic)
def test_no_question_touches_what_is_private_or_sorts_people(library: Library, topic: Topic) -> None:
    assert [id for id, text in questions(library.content) if topic in touched(text, question=True)] == []


def test_nothing_that_is_sent_or_chosen_holds_what_is_barred(library: Library) -> None:
    assert [id for id, text in statements(library.content) if touched(text, question=False)] == []


@pytest.mark.parametrize(
    ("topic", "question"),
    [
        (Topic.GROUP, "As a woman, what do you think of the office?"),
        (Topic.GROUP, "What is lunch like? As a young employee what would you change?"),
        (Topic.GROUP, "What do people like you want?"),
        (Topic.GROUP, "What does your generation think of meetings?"),
        (Topic.METAPHOR, "What is your spirit animal?"),
        (Topic.ORIGIN, "Where are you really from?"),
        (Topic.FAMILY, "Do you want kids?"),
        (Topic.TRAVEL, "Where did you last travel?"),
        (Topic.ALCOHOL, "Which drink do you order after work?"),
        (Topic.RELIGION, "How do you spend Christmas?"),
        (Topic.WEALTH, "What would you do if you were rich?"),
        (Topic.RANKS, "What should a mentor never do?"),
        (Topic.FOR_THE_EYE, "What helps you (or your team) to start?"),
        (Topic.GROUP, "En tant que femme, que penses-tu du bureau ?"),
        (Topic.GROUP, "Que veulent les gens comme toi ?"),
        (Topic.METAPHOR, "Quel est ton animal totem ?"),
        (Topic.ORIGIN, "D’où viens-tu vraiment ?"),
        (Topic.FAMILY, "As-tu des enfants ?"),
        (Topic.TRAVEL, "Où as-tu voyagé la dernière fois ?"),
        (Topic.ALCOHOL, "On va boire un verre après le travail ?"),
        (Topic.RELIGION, "Que fais-tu à Noël ?"),
        (Topic.RANKS, "Que ne devrait jamais faire un mentor ?"),
    ],
)
def test_the_word_lists_catch_what_they_are_meant_to(topic: Topic, question: str) -> None:
    assert topic in touched(question, question=True)


@pytest.mark.parametrize(
    "question",
    [
        "As a rule, what do you leave for last?",
        "What would you have done as an expert?",
        "What gives you weightless days?",
        "Qu’est-ce que le mentorat inversé a changé pour toi ?",
        "Comme d’habitude, que gardes-tu pour la fin ?",
    ],
)
def test_they_leave_harmless_questions_alone(question: str) -> None:
    assert touched(question, question=True) == ()


def test_what_is_barred_counts_everywhere_and_the_rest_in_questions_only() -> None:
    assert touched("Nobody has to say how they spend Christmas.", question=False) == ()
    assert touched("As a woman, you will know.", question=False) == (Topic.GROUP,)
    assert touched("As a woman, do you drink?", question=True)[0] in BARRED, "the worst first"
    assert set(WORDS) | {Topic.GROUP, Topic.FOR_THE_EYE} == set(Topic)
    assert set(FRENCH) == set(WORDS)


def test_every_question_can_be_read_aloud(library: Library) -> None:
    for id, text in questions(library.content):
        assert len(text) <= 200, id
        assert "\n" not in text, id


def test_no_two_icebreakers_ask_the_same(library: Library) -> None:
    texts = [item.text.lower() for group in library.content.icebreakers.sets for item in group.questions]
    assert len(set(texts)) == len(texts) == 80


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*/*.toml")), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_the_pack_speaks_of_juniors_and_seniors_only(file: Path) -> None:
    text = re.sub(r"revmentor|reverse[- ]mentoring|mentorat inversé", "", file.read_text(encoding="utf-8"), flags=re.I)
    assert not re.search(r"ment(?:or|ee)", text, re.IGNORECASE)


def test_lessons_blame_nobody_and_promise_nothing(library: Library) -> None:
    salesy = r"\b(?:just|simply|obviously|of course|guarantee\w*|leverage|journey)\b"
    for lesson in library.content.lessons.lessons:
        assert not re.search(salesy, lesson.text, re.IGNORECASE), lesson.id
