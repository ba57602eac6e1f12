"""What ripples look like."""

from datetime import UTC, datetime

from bot.domain.match import PairPeople
from bot.domain.ripple import LineForm, Ripples
from bot.views import ripple as views
from bot.views.parts import Message, Modal
from playground.blocks.check import check_blocks
from prompts import Words
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.ripple import Ripple, RippleKind
from tests.golden import same_as_golden

NOW = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)
ANA = Person("p1", "T1", None, "U1", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = Person("p2", "T1", None, "U2", "Bo Lindgren", "Europe/Berlin", "en-US", "DE", False)
PEOPLE = PairPeople(Pair("r1", "T1", "c1", "p1", "p2", PairState.ACTIVE, None, "", "U3", NOW, NOW, None), ANA, BO)
VISIT = Ripple("x1", "T1", "r1", "p2", RippleKind.VISIT, "With <!channel> the whole team", NOW)
FRESH = Ripple("x2", "T1", "r1", "p1", RippleKind.PRESENTED, None, NOW)


def check(name: str, drawn: Modal | Message) -> None:
    assert check_blocks(drawn.payload()["blocks"]) == []
    same_as_golden(f"ripple/{name}", drawn.payload())


def test_the_list_with_a_button_for_each_kind(words: Words) -> None:
    check("none", views.ripples(words, Ripples(PEOPLE, ANA, ())))
    check("logged", views.ripples(words, Ripples(PEOPLE, ANA, (FRESH, VISIT), FRESH, (("r2", "Juno"),))))


def test_a_line_about_one(words: Words) -> None:
    check("line", views.line_form(words, LineForm(VISIT, PEOPLE)))
