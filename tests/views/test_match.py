"""What suggestions, starts and the coordinators' lists look like."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.match import (
    Answered,
    Card,
    Check,
    Closed,
    Conflicts,
    Desk,
    Lines,
    PairPeople,
    Proposal,
    Proposed,
    Question,
    Reason,
    Start,
    ToOne,
    Verdict,
    reasons,
)
from bot.views import match as views
from bot.views.parts import Message, Modal
from prompts import Words
from storage.records.enrol import Profile, Side
from storage.records.match import PairState
from storage.records.programme import Purpose
from tests.golden import same_as_golden
from tests.views.test_enrol import ANA, BO, NOW, PAIR, PEOPLE, SPRING

JUNIOR = Profile(
    frozenset({Side.JUNIOR}), 1, "R&D", "Porto", "PT", "line one\nline two", "", ("technology",)
)  # fmt: skip
SENIOR = Profile(frozenset({Side.SENIOR}), 5, "Finance", "Berlin", "DE", "", "x" * 500, ("technology",))
ASKED = replace(PAIR, state=PairState.PROPOSED, active_at=None, why=reasons(JUNIOR, SENIOR))
UNTIL = NOW + timedelta(days=7)
FAR = PairPeople(PAIR, replace(ANA, zone="America/New_York"), BO)


def check(name: str, drawn: Message | Modal) -> None:
    same_as_golden(f"match/{name}", drawn.payload())


def proposal(side: Side) -> Proposal:
    other = Card(BO, SENIOR) if side is Side.JUNIOR else Card(ANA, JUNIOR)
    return Proposal(ASKED, side, other, UNTIL, "Europe/Berlin", 28)


@pytest.mark.parametrize("side", list(Side))
def test_a_suggestion_its_reminder_and_its_answers(words: Words, side: Side) -> None:
    check(f"proposal_{side}", views.proposal(words, proposal(side)))
    check(f"reminder_{side}", views.reminder(words, proposal(side)))
    check(f"answered_yes_{side}", views.answered(words, Answered(PEOPLE, side, True, UNTIL)))
    check(f"answered_no_{side}", views.answered(words, Answered(PEOPLE, side, False, UNTIL)))


def test_how_a_suggestion_ends_and_who_is_told_of_a_question(words: Words) -> None:
    check("closed", views.closed(words, Closed(BO, lapsed=False)))
    check("lapsed", views.closed(words, Closed(BO, lapsed=True)))
    check("question", views.question(words, Question(ANA, BO)))
    check("coordinator_told", views.coordinator_told(words, "UCHI"))


def test_no_lock_screen_says_who_or_what(words: Words) -> None:
    shown = [views.proposal(words, proposal(side)) for side in Side]
    shown += [views.closed(words, Closed(BO, lapsed=False)), views.question(words, Question(ANA, BO))]
    shown += [views.answered(words, Answered(PEOPLE, side, yes, UNTIL)) for side in Side for yes in (True, False)]
    assert not any("<@" in message.text or "junior" in message.text for message in shown)


def test_a_no_reads_the_same_as_silence_to_the_other_side(words: Words) -> None:
    drawn = str(views.closed(words, Closed(BO, lapsed=False)).payload())
    assert "declined" not in drawn
    assert "said no" not in drawn


def test_a_pair_starts(words: Words) -> None:
    check("pair_started", views.pair_started(words, Start(PEOPLE, JUNIOR, SENIOR, SPRING, NOW)))
    far = Start(FAR, JUNIOR, SENIOR, replace(SPRING, purpose=Purpose.FREE), NOW)
    check("pair_started_far", views.pair_started(words, far))
    check("senior_goes_first", views.senior_goes_first(words, ToOne(PEOPLE, Side.SENIOR, lesson="s1")))
    check("junior_welcome", views.junior_welcome(words, ToOne(PEOPLE, Side.JUNIOR, lesson="j1")))
    again = views.junior_welcome(words, ToOne(PEOPLE, Side.JUNIOR)).payload()
    assert "learn." not in str(again), "whoever has had the lesson is not sent it again"
    for side in Side:
        check(f"first_contact_{side}", views.first_contact(words, ToOne(PEOPLE, side)))


def test_the_desk_before_and_after_the_checks(words: Words) -> None:
    check("desk_empty", views.desk(words, Desk()))
    many = tuple(f"U{n:09}" for n in range(32))
    check("desk_waiting", views.desk(words, Desk(juniors=many, seniors=("UBO",))))
    check("desk_clear", views.desk(words, Desk("UANA", "UBO", Verdict("spring", ()))))
    soft = Verdict("spring", (Check.JUNIOR_LINE_UNKNOWN, Check.SENIOR_BUSY, Check.FEW_LEVELS))
    check("desk_soft", views.desk(words, Desk("UANA", "UBO", soft)))
    check("desk_hard", views.desk(words, Desk("UANA", "UBO", Verdict(None, (Check.SENIOR_ABOVE,)))))
    check("proposed", views.proposed(words, Proposed(PEOPLE, Verdict("spring", (Check.LINE_ENDS,)), "UTOP")))


def test_reporting_lines(words: Words) -> None:
    check("lines", views.lines(words, Lines((("UMAX", ""), ("UANA", "UMAX")))))
    check("lines_none", views.lines(words, Lines(())))
    for name, facts in {
        "saved": Lines((("UANA", "UMAX"),), "UANA", touched=(PEOPLE,)),
        "top": Lines((("UANA", ""),), "UANA"),
        "unknown": Lines((), "UANA"),
        "circle": Lines((), "UANA", ("UANA", "UBO", "UANA")),
    }.items():
        check(f"lines_{name}", views.lines_said(words, facts))
    assert fits(views.lines(words, Lines(tuple((f"U{n:09}", "UMAX") for n in range(5000)))).payload())


def test_conflicts_of_interest(words: Words) -> None:
    check("conflicts", views.conflicts(words, Conflicts((("UANA", "UBO"),))))
    check("conflicts_none", views.conflicts(words, Conflicts(())))
    check("conflict_declared", views.conflicts_said(words, Conflicts((), ("UANA", "UBO"), touched=(PEOPLE,))))
    check("conflict_removed", views.conflicts_said(words, Conflicts((), ("UANA", "UBO"), removed=True)))


def test_every_check_reason_and_why_has_its_words(words: Words) -> None:
    assert all(words.has(f"match.checks.{check}") for check in Check)
    assert all(words.has(f"match.reasons.{reason}") for reason in Reason)
    assert all(words.has(f"match.pairs.states.{state}") for state in PairState)
    purposes = [f"purpose_{purpose}" for purpose in Purpose if purpose is not Purpose.FREE]
    assert all(words.has(f"match.why.{code}") for code in [*purposes, "department", "location", "levels", "fresh"])


def fits(payload: dict[str, Any]) -> bool:
    """Slack's limits: 100 blocks, 3,000 characters a section."""
    texts = [block["text"]["text"] for block in payload["blocks"] if block["type"] == "section"]
    return len(payload["blocks"]) <= 100 and max(map(len, texts)) <= 3000
