"""What wording an ask looks like: the builder in every question and tone, the junior's own words, where they went."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.ask import BLANK, BLANK_LENGTH, TONES, AskFacts, Draft
from bot.domain.prepare import LINE_LENGTH, ParkFacts
from bot.views import ask as views
from playground.blocks import check_view
from prompts import Library, Words
from storage.records.checkin import Question
from tests.golden import same_as_golden
from tests.views.test_checkin import PEOPLE, SESSION

ASK = AskFacts(PEOPLE, (PEOPLE,))
TWO = AskFacts(PEOPLE, (PEOPLE, replace(PEOPLE, pair=replace(PEOPLE.pair, id="p2"))))
DATED = Draft(Question.HELP, "direct", "the >rota & *more*", "", date(2026, 3, 20))
LONGEST = Draft(topic="t" * BLANK_LENGTH, person="p" * BLANK_LENGTH, day=date(2026, 9, 30))

MODALS = {
    "build": lambda w: views.build(w, ASK, Draft()),
    "build_dated": lambda w: views.build(w, ASK, DATED),
    "build_introduce": lambda w: views.build(w, TWO, Draft(Question.INTRODUCE, person="Max", own="Mine", topic="kept")),
    "own": lambda w: views.own(w, ASK, Draft().starting("Could you ```read``` my <talk>?")),
    "own_again": lambda w: views.own(w, ASK, Draft().starting("One <!channel>").starting("Two")),
    "own_scratch": lambda w: views.own(w, ASK, Draft()),
}
MESSAGES = {
    "added": lambda w: views.added(w, ParkFacts("p1", "l1", "A talk", SESSION)),
    "parked": lambda w: views.added(w, ParkFacts("p1", "l1", "A talk", None)),
    "waits": lambda w: views.added(w, ParkFacts("p1", "l1", "A talk", None, waits=True)),
}


@pytest.mark.parametrize("name", MODALS)
def test_each_modal_looks_as_it_did(words: Words, name: str) -> None:
    payload = MODALS[name](words).payload()
    assert check_view(payload, ("modal",)) == []
    same_as_golden(f"ask/{name}", payload)


@pytest.mark.parametrize("name", MESSAGES)
def test_each_message_looks_as_it_did(words: Words, name: str) -> None:
    same_as_golden(f"ask/{name}", MESSAGES[name](words).payload())


def test_a_wording_has_fields_for_its_own_blanks_and_the_others_are_kept_out_of_sight(words: Words) -> None:
    for question in Question:
        for tone in TONES:
            draft = replace(LONGEST, question=question, tone=tone)
            payload = views.build(words, ASK, draft).payload()
            shown = {name for name in ("topic", "person", "date") if _field(payload, f"ask.{name}")}
            text = words.content.ask(question.value, tone).text
            assert shown == {name for name in ("topic", "person", "date") if f"{{{name}}}" in text}
            assert "t" * BLANK_LENGTH in payload["private_metadata"] and "2026-09-30" in payload["private_metadata"]
            assert check_view(payload, ("modal",)) == []


def test_the_text_to_copy_is_what_was_typed_letter_by_letter(words: Words) -> None:
    payload = views.build(words, ASK, DATED).payload()
    (box,) = [block for block in payload["blocks"] if block["type"] == "rich_text"]
    text = box["elements"][0]["elements"][0]["text"]
    assert text.startswith("In return I'd like help with the >rota & *more* by Fri 20 Mar")
    assert BLANK in views.wording(words, Draft())


def test_the_longest_that_can_be_typed_fits_into_a_line_and_into_a_modal_in_every_language(library: Library) -> None:
    for language in library.languages:
        words = library.words(language)
        for question in Question:
            for tone in TONES:
                draft = replace(LONGEST, question=question, tone=tone)
                assert len(views.wording(words, draft)) <= LINE_LENGTH
        emoji = Draft(Question.INTRODUCE, "warm", "🦦" * 120, "🦦" * 120, date(2026, 9, 30), "🦦" * 300, "🦦" * 300)
        assert check_view(views.build(words, ASK, emoji).payload(), ("modal",)) == []


def test_a_junior_of_one_pair_is_not_asked_which(words: Words) -> None:
    assert _field(views.build(words, ASK, Draft()).payload(), "ask.pair") is None
    assert _field(views.build(words, TWO, Draft()).payload(), "ask.pair") is not None


def test_a_follow_up_that_is_gone_gives_the_first(words: Words) -> None:
    assert views.follow_up(words, "who_else") == "Who else could?"
    assert views.follow_up(words, "gone") == "What would make it a yes, and when could we look again?"


def _field(payload: dict[str, Any], name: str) -> dict[str, Any] | None:
    return next((block for block in payload["blocks"] if block.get("block_id") == name), None)
