"""What lessons look like, whole: sent, opened, listed, on a Home; and that each fits what Slack takes."""

import json

import pytest

from bot.domain.learn import LessonFacts, LessonList, Offer, Shelf, Track
from bot.views import learn
from bot.views.bundle import together
from bot.views.parts import HomeView
from prompts import Words
from tests.golden import same_as_golden

SIX = tuple(f"j{n}" for n in range(1, 7))
SHELF = Shelf(Track.JUNIOR, SIX, frozenset({"j1"}))
DESK = Shelf(Track.COORDINATOR, ("c1", "c2", "c3", "c4", "c5"), frozenset({"c1"}))
TRACKS = {Track.JUNIOR: "j2", Track.SENIOR: "s1", Track.COORDINATOR: "c3"}


def test_a_lesson_that_is_sent_has_one_action_and_says_who_is_told(words: Words) -> None:
    same_as_golden("learn/letter", learn.letter(words, LessonFacts("j2", SHELF)).payload())
    same_as_golden("learn/letter_missed", learn.letter(words, LessonFacts("j2", SHELF, "j1")).payload())


def test_the_lesson_after_a_press(words: Words) -> None:
    done = LessonFacts("j2", Shelf(Track.JUNIOR, SIX, frozenset({"j1", "j2"})))
    same_as_golden("learn/done", learn.done(words, done).payload())
    same_as_golden("learn/later", learn.later(words, LessonFacts("j2", SHELF)).payload())


def test_one_lesson_opened(words: Words) -> None:
    same_as_golden("learn/lesson", learn.lesson(words, LessonFacts("j2", SHELF)).payload())
    assert "submit" not in learn.lesson(words, LessonFacts("j1", SHELF)).payload(), "it is read already"


def test_all_lessons_track_by_track(words: Words) -> None:
    same_as_golden("learn/list", learn.lessons(words, LessonList((SHELF, DESK))).payload())
    news = learn.lessons(words, LessonList((SHELF,), news="j1")).payload()
    assert "learn.undo" in json.dumps(news)


def test_the_line_on_a_home(words: Words) -> None:
    read = Shelf(Track.SENIOR, ("s1", "s2"), frozenset({"s1", "s2"}))
    blocks = [*learn.home_line(words, SHELF), *learn.home_line(words, read), *learn.home_line(words, None)]
    blocks += [*learn.offer(words, Offer(DESK, "c3")), *learn.offer(words, Offer(DESK, None))]
    blocks += learn.before_setup(words, Offer(DESK, "c1"))
    same_as_golden("learn/home", HomeView(blocks).payload())


def test_a_coordinator_who_has_read_everything_is_offered_nothing(words: Words) -> None:
    assert learn.offer(words, Offer(Shelf(Track.COORDINATOR, ("c1",), frozenset({"c1"})), None)) == []


@pytest.mark.parametrize("lesson", [*SIX, *(f"s{n}" for n in range(1, 7)), *(f"c{n}" for n in range(1, 6))])
def test_every_lesson_fits_and_four_fit_in_one_message(words: Words, lesson: str) -> None:
    message = learn.letter(words, LessonFacts(lesson, SHELF))
    for block in message.payload()["blocks"]:
        assert len(block.get("text", {}).get("text", "")) <= 3000
    assert len(together(words, [message] * 4).payload()["blocks"]) <= 50
    assert not learn.letter(words, LessonFacts(lesson, SHELF)).text.startswith(words.content.lesson(lesson).title)
