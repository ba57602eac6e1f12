"""The coordinators' list of pairs and a pair's card."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.match import PairPeople
from bot.domain.report.activity import Checked, Concern, History, Light
from bot.domain.report.pairs import DOING, Doing, Event, PairCard, PairFilter, PairPage, PairRow, Past, Stands
from bot.views.parts import Modal
from bot.views.report import pairs as views
from playground.blocks import check_view
from prompts import Words
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.records.report import Course
from tests.golden import same_as_golden
from tests.views.test_enrol import ANA, BO, NOW, PAIR, PEOPLE, SPRING
from tests.views.test_match import ASKED

ZONE = "Europe/Berlin"


def check(name: str, drawn: Modal) -> None:
    assert check_view(drawn.payload(), ("modal",)) == []
    same_as_golden(f"report/{name}", drawn.payload())


def course(stands: Stands, concern: str = "", state: PairState = PairState.ACTIVE) -> Course:
    return Course(
        "p1", SPRING.id, "j", "s", state, NOW - timedelta(days=40), 28, 6, 2, NOW - timedelta(days=20), None, 2, 1,
        stands.value, concern,
    )  # fmt: skip


RISK = course(Stands.AT_RISK, "twice")
ROWS = (
    PairRow(PEOPLE, SPRING, RISK),
    PairRow(PairPeople(ASKED, ANA, BO), SPRING, course(Stands.ASKED, state=PairState.PROPOSED)),
    PairRow(PEOPLE, SPRING, course(Stands.ON_TRACK)),
)
COUNTS = {Stands.AT_RISK: 1, Stands.ASKED: 1, Stands.ON_TRACK: 1, Stands.OVER: 4}


def test_the_list_of_pairs(words: Words) -> None:
    check("pairs", views.pairs(words, PairPage(PairFilter(), (SPRING,), ROWS, 3, 1, COUNTS, ZONE)))
    check("pairs_none", views.pairs(words, PairPage(PairFilter(), (SPRING,), (), 0, 1, {}, ZONE)))
    second = PairPage(PairFilter(SPRING.id, Stands.AT_RISK, 1), (SPRING, SPRING), ROWS[:1], 17, 3, COUNTS, ZONE)
    check("pairs_page", views.pairs(words, second, PEOPLE))


def test_a_pair_that_wraps_up_says_so_and_lacks_no_date(words: Words) -> None:
    done = replace(course(Stands.ON_TRACK), held=6, wraps=True)
    shown = PairPage(PairFilter(), (SPRING,), (PairRow(PEOPLE, SPRING, done),), 1, 1, COUNTS, ZONE)
    drawn = str(views.pairs(words, shown).payload())
    assert "6 of 6 sessions held · wrapping up · Spring" in drawn
    assert "nothing booked" not in drawn
    card = PairCard(PEOPLE, SPRING, done, Checked(History(PAIR, ()), Light.ON_TRACK, ()), (), ZONE)
    assert "That goes by itself" in str(views.pair(words, card).payload())


def test_a_pairs_card(words: Words) -> None:
    checked = Checked(History(PAIR, ()), Light.AT_RISK, (Concern.TWICE, Concern.NOT_REBOOKED))
    past = tuple(
        Event(NOW - timedelta(days=n), what, Side.SENIOR if what is Past.NUDGED else None)
        for n, what in enumerate(Past)
    )
    full = PairCard(
        PEOPLE, SPRING, RISK, checked, past, ZONE, agreed=NOW, turn=Side.SENIOR, away=(Side.SENIOR,), apart=True,
        wish=True, can_nudge=True,
    )  # fmt: skip
    check("pair", views.pair(words, full))
    asked = PairCard(PairPeople(ASKED, ANA, BO), SPRING, ROWS[1].course, None, past[:1], ZONE)
    check("pair_asked", views.pair(words, asked))
    ending = PairCard(PEOPLE, SPRING, ROWS[2].course, Checked(History(PAIR, ()), Light.ON_TRACK, ()), (), ZONE, None,
                      Side.JUNIOR, ending=True)  # fmt: skip
    check("pair_ending", views.pair(words, ending))
    check("pair_which", views.which(words, [full, ending]))


def test_every_light_reason_and_event_has_its_words(words: Words) -> None:
    assert set(DOING) == set(Concern)
    assert all(words.has(f"pairs.stands.{one}") for one in Stands)
    assert all(words.has(f"pairs.doing.{one}") for one in Doing)
    assert all(words.has(f"pairs.past.{one}") for one in Past)
    assert all(words.has(f"report.why.{one}") for one in Concern)
