"""What leaving looks like."""

from datetime import UTC, datetime

from bot.domain.leave import Asked, Crossing, Ended, LeaveForm, LinesFlag, Told
from bot.domain.match import Check, PairPeople
from bot.views import leave as views
from bot.views.parts import Message, Modal
from playground.blocks.check import check_blocks
from prompts import Words
from storage.records.enrol import Person
from storage.records.leave import LeaveReason, LeaveState, Leaving
from storage.records.match import Pair, PairState
from tests.golden import same_as_golden

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANA = Person("p1", "T1", None, "U1", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = Person("p2", "T1", None, "U2", "Bo Lindgren", "Europe/Berlin", "en-US", "DE", False)
GONE = Person("p3", "T1", None, "gone-1", "", "UTC", "", "", True)
PAIR = Pair("r1", "T1", "c1", "p1", "p2", PairState.ENDED, None, "", "U3", NOW, NOW, NOW)
PEOPLE = PairPeople(PAIR, ANA, BO)
LEAVING = Leaving("l1", "T1", "p1", "r1", None, None, LeaveState.ASKED, NOW)


def check(name: str, drawn: Modal | Message) -> None:
    assert check_blocks(drawn.payload()["blocks"]) == []
    same_as_golden(f"leave/{name}", drawn.payload())


def test_the_form(words: Words) -> None:
    check("form", views.form(words, LeaveForm(ANA, (PEOPLE,))))
    check("form_waiting", views.form(words, LeaveForm(ANA, ())))


def test_what_was_asked_for(words: Words) -> None:
    check("asked_pair", views.asked(words, Asked(LEAVING, BO)))
    check("asked_all", views.asked(words, Asked(LEAVING, None)))
    check("stayed", views.stayed(words))


def test_the_end_is_the_same_for_both_but_for_the_name(words: Words) -> None:
    one, other = (views.ended(words, Ended(PEOPLE, who, 3, True)).payload() for who in (ANA, BO))
    assert str(one).replace("<@U2>", "<@U1>") == str(other)
    check("ended", views.ended(words, Ended(PEOPLE, ANA, 0, False)))
    check("ended_asks", views.ended(words, Ended(PEOPLE, ANA, 3, True)))
    check("answered", views.answered(words, Ended(PEOPLE, ANA, 3, True, True)))
    assert views.asked_again(words, Ended(PEOPLE, ANA, 3, True, True)) == views.ended(
        words, Ended(PEOPLE, ANA, 3, True)
    )


def test_a_partner_who_was_deleted_is_not_named(words: Words) -> None:
    check("ended_gone", views.ended(words, Ended(PairPeople(PAIR, ANA, GONE), ANA, 4, False)))


def test_a_pair_that_lines_forbid(words: Words) -> None:
    check("crossing", views.crossing(words, Crossing(PEOPLE, ANA)))
    check("crossing_ends", views.crossing_answered(words, Crossing(PEOPLE, ANA, ends=True)))
    check("crossing_goes_on", views.crossing_answered(words, Crossing(PEOPLE, ANA)))
    for one in (Check.SENIOR_ABOVE, Check.JUNIOR_ABOVE, Check.SAME_MANAGER):
        check(f"lines_flag_{one}", views.lines_flag(words, LinesFlag(PEOPLE, one)))


def test_what_coordinators_read(words: Words) -> None:
    check("told", views.told(words, Told(BO, False, (ANA, BO), LeaveReason.FIT, "not *that*")))
    check("told_gone", views.told(words, Told(None, True, (), None, None)))
