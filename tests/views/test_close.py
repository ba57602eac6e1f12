"""What the end of a pair looks like."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.close import Contribution, Past, Quoted, QuoteForm, Thanks, Wrapping
from bot.domain.match import PairPeople
from bot.views import close as views
from bot.views.parts import Message, Modal
from playground.blocks.check import check_blocks
from prompts import Words
from storage.records.close import Quote, QuoteState
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.enrol import Person, Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.programme import Cohort, CohortState, Purpose
from storage.records.ripple import Ripple, RippleKind
from tests.golden import same_as_golden

NOW = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)
ANA = Person("p1", "T1", None, "U1", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = Person("p2", "T1", None, "U2", "Bo Lindgren", "Europe/Berlin", "en-US", "DE", False)
PAIR = Pair("r1", "T1", "c1", "p1", "p2", PairState.ACTIVE, None, "", "U3", NOW, NOW, None)
PEOPLE = PairPeople(PAIR, ANA, BO)
COHORT = Cohort(
    "c1", "T1", "Spring", Purpose.TECHNOLOGY, date(2026, 3, 2), date(2026, 6, 19), 6, 14, False, CohortState.OPEN, 5, 2
)  # fmt: skip
SESSION = Session("s1", "T1", "r1", 6, NOW, 60, "", SessionState.PLANNED, "p2", None, None)
OWED = Commitment(
    "m1", "T1", "r1", "p2", None, CommitmentKind.HELP, "I will ask the <!channel> phones first", date(2026, 6, 15), 0,
    CommitmentState.OPEN, NOW, None, NOW,
)  # fmt: skip
QUOTE = Quote("q1", "T1", "r1", "p1", Side.JUNIOR, "It went\nboth <ways>.", False, QuoteState.DRAFT, NOW)
FACTS = Contribution(
    PEOPLE, COHORT, 6, 360, date(2026, 3, 5), date(2026, 6, 8), Purpose.TECHNOLOGY, ("ai_tools", "data")
)  # fmt: skip


def check(name: str, drawn: Modal | Message) -> None:
    assert check_blocks(drawn.payload()["blocks"]) == []
    same_as_golden(f"close/{name}", drawn.payload())


def test_the_last_stretch(words: Words) -> None:
    check("wrapping", views.wrapping(words, Wrapping(PEOPLE, SESSION, (OWED,), COHORT.ends_on)))
    check("wrapping_none", views.wrapping(words, Wrapping(PEOPLE, None, (), COHORT.ends_on)))


def test_the_thank_you_and_staying_in_touch(words: Words) -> None:
    for side in Side:
        check(f"thanks_{side}", views.thanks(words, Thanks(PEOPLE, side, 6)))
    check("stay_waits", views.stayed(words, Thanks(PEOPLE, Side.SENIOR, 6, stays=True)))
    check("stay_both", views.stayed(words, Thanks(PEOPLE, Side.JUNIOR, 6, stays=True, both=True)))
    check("both_stay", views.both_stay(words, Thanks(PEOPLE, Side.JUNIOR, 6, stays=True, both=True)))


def test_the_statement_names_nobody_and_holds_no_answer(words: Words) -> None:
    check("statement", views.statement(words, FACTS))
    check("statement_again", views.statement(words, FACTS, again=True))
    drawn = str(views.statement(words, FACTS).payload())
    assert not any(name in drawn for name in ("Ana", "Bo", "U1", "U2"))
    own = replace(FACTS, text="Mine alone.")
    assert "Mine alone." in str(views.statement(words, own).payload())


def test_words_to_be_quoted_look_the_same_before_and_after_they_are_approved(words: Words) -> None:
    form = QuoteForm(PEOPLE, Side.JUNIOR, COHORT, None)
    check("quote_form", views.quote_form(words, form))
    for named in (False, True):
        written = replace(form, quote=replace(QUOTE, named=named), named=named)
        sure = views.quote_sure(words, written)
        listed = views.quotes(words, (Quoted(replace(QUOTE, named=named), "Ana Silva" if named else None, COHORT),))
        assert sure.blocks[1].to_dict() == listed.blocks[1].to_dict()
        check(f"quote_sure_{named}", sure)
    approved = replace(form, quote=replace(QUOTE, state=QuoteState.APPROVED))
    check("quote_form_approved", views.quote_form(words, approved))
    check("quote_approved", views.quote_done(words, approved))
    check("quote_withdrawn", views.quote_done(words, replace(form, quote=replace(QUOTE, state=QuoteState.WITHDRAWN))))
    check("quotes", views.quotes(words, (Quoted(QUOTE, None, COHORT), Quoted(QUOTE, "Ana Silva", COHORT))))
    check("quotes_none", views.quotes(words, ()))


def test_what_is_behind_somebody(words: Words) -> None:
    ripple = Ripple("x1", "T1", "r1", "p1", RippleKind.VISIT, None, NOW)
    pasts = (
        Past(PEOPLE, Side.JUNIOR, 6, True, True, True, (ripple,), True),
        Past(PEOPLE, Side.SENIOR, 1, False, False, False),
    )
    blocks = views.past(words, pasts)
    same_as_golden("close/past", {"blocks": [block.to_dict() for block in blocks]})
    assert "Stay in touch" not in str([block.to_dict() for block in blocks[2:]])
