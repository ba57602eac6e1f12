"""Questions now and then, as each side sees them; and what a pair reads halfway."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.match import PairPeople
from bot.domain.prepare import ReviewFacts
from bot.domain.review import ReviewSheet, pack_of
from bot.views import prepare as prepare_views
from bot.views import review as views
from bot.views.parts import Message, Modal
from prompts import Words
from storage.records.enrol import GONE, Person, Side
from storage.records.match import Pair, PairState
from storage.records.review import Given, Review, ReviewKind, ReviewState
from tests.golden import same_as_golden

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
ANA = Person("ana", "T1", None, "U07ANA0000", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = Person("bo", "T1", None, "U07BO00000", "Bo Lindgren", "Europe/Berlin", "en-US", "DE", False)
PAIR = Pair("p1", "T1", "k1", "ana", "bo", PairState.ACTIVE, None, "", "", NOW, NOW, None)
PEOPLE = PairPeople(PAIR, ANA, BO)


def sheet(
    kind: ReviewKind = ReviewKind.MIDPOINT, side: Side = Side.JUNIOR, state: ReviewState = ReviewState.SENT,
    **answers: str,
) -> ReviewSheet:  # fmt: skip
    person = PEOPLE.on(side).id
    one = Review("r1", "T1", "p1", person, side, kind, state, NOW, NOW + timedelta(days=14), None)
    return ReviewSheet(one, PEOPLE, "Europe/Berlin", 5, Given(1, answers) if answers else None)


SHOWN: dict[str, Callable[[Words], Message | Modal]] = {
    **{
        f"asked_{kind}": lambda w, kind=kind: views.asked(w, sheet(kind))  # type: ignore[misc]
        for kind in ReviewKind
    },
    "asked_answered": lambda w: views.asked(w, sheet(state=ReviewState.ANSWERED)),
    "asked_skipped": lambda w: views.asked(w, sheet(state=ReviewState.SKIPPED)),
    "reminder": lambda w: views.reminder(w, sheet()),
    "midpoint_junior": lambda w: views.form(w, sheet(midpoint_say="4", midpoint_one_thing="Meet <!channel> *outside*")),
    "midpoint_senior": lambda w: views.form(w, sheet(side=Side.SENIOR)),
    "end_junior": lambda w: views.form(w, sheet(ReviewKind.END)),
    "end_senior": lambda w: views.form(w, sheet(ReviewKind.END, Side.SENIOR)),
    "later_junior": lambda w: views.form(w, sheet(ReviewKind.LATER_90)),
    "later_senior": lambda w: views.form(w, sheet(ReviewKind.LATER_180, Side.SENIOR, later_contact="regularly")),
    "thanks": lambda w: views.thanks(w, sheet(state=ReviewState.ANSWERED)),
    "together": lambda w: prepare_views.review(w, ReviewFacts(PEOPLE, None, together=True)),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_it_looks_as_before(name: str, words: Words) -> None:
    same_as_golden(f"review/{name}", SHOWN[name](words).payload())


@pytest.mark.parametrize("kind", ReviewKind)
@pytest.mark.parametrize("side", Side)
def test_every_question_of_a_side_is_there_optional_and_said_to_be_seen_by_whom(
    words: Words, kind: ReviewKind, side: Side
) -> None:
    drawn = views.form(words, sheet(kind, side)).payload()
    inputs = [block for block in drawn["blocks"] if block["type"] == "input"]
    expected = words.content.review(pack_of(kind, side)).for_side(side.value)
    assert len(inputs) == len(expected) and all(block["optional"] for block in inputs)
    assert "Only you see your answers" in str(drawn)
    assert ("totals of 5" in str(drawn)) is (kind is not ReviewKind.MIDPOINT), "what is said halfway is counted nowhere"


def test_no_push_names_anybody_and_somebody_who_is_gone_is_not_named_anywhere(words: Words) -> None:
    gone = replace(PEOPLE, senior=replace(BO, user_id=f"{GONE}1", name=""))
    for kind in ReviewKind:
        facts = sheet(kind)
        assert "U07" not in views.asked(words, facts).text
        erased = replace(facts, people=gone)
        drawn = str([views.asked(words, erased).payload(), views.form(words, erased).payload()])
        assert "U07BO" not in drawn and GONE not in drawn and "Bo Lindgren" not in drawn
