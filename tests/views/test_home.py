"""What App Home and Today look like for everybody, and that they stay within Slack's limits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.close import Past
from bot.domain.disclosure import Withheld
from bot.domain.home import Closed, CoordinatorCard, HomeFacts, PairCard, Place, Scorecard, Strip
from bot.domain.learn import Shelf, Track
from bot.domain.leave import Asked
from bot.domain.meet import AskFacts
from bot.domain.prepare import ContractCard
from bot.domain.programme.today import Decision, Item
from bot.domain.report.facts import DigestFacts
from bot.domain.report.figures import Figure, Published, Section
from bot.domain.theme import ThemeState
from bot.views import home as views
from playground.blocks import check_blocks, check_view
from prompts import Words
from storage.records.checkin import Answer, AnswerSheet, Question
from storage.records.close import WrapUp
from storage.records.commit import CommitmentState
from storage.records.enrol import Side
from storage.records.prefs import Prefs
from storage.records.report import FigureKind
from tests.golden import same_as_golden
from tests.views.test_enrol import ANA, CHECKIN, NOW, PAIR, PEOPLE, PROMISE, SESSION
from tests.views.test_leave import LEAVING
from tests.views.test_report import CLOSED, COHORT, EMPTY, FULL, PROGRAMME

LATE = replace(PROMISE, id="late", due_on=NOW.date() - timedelta(days=3), text="*all* <!channel>")
SLIPPING = replace(PROMISE, id="slipping", due_on=NOW.date() + timedelta(days=9), moved=2)
DONE = replace(PROMISE, id="done", state=CommitmentState.DONE, done_at=NOW, text=None)
FIRST = AnswerSheet(tuple(Answer(q, "not_yet", example="planted-example") for q in Question))
SECOND = AnswerSheet((*FIRST.answers[:1], Answer(Question.HELP, "done"), *FIRST.answers[2:]))

JUNIOR = PairCard(
    PEOPLE, Side.JUNIOR, SESSION, ("The rota", "<!here> *what* to stop", None), CHECKIN,
    (LATE, PROMISE, SLIPPING, DONE), ("That `rota` hurts",), (FIRST, FIRST, SECOND),
)  # fmt: skip
SENIOR = PairCard(PEOPLE, Side.SENIOR, None, (), replace(CHECKIN, side=Side.SENIOR), (PROMISE,))
OFFERED = replace(JUNIOR, offer_to_ask=Question.INTRODUCE)
NEW = PairCard(PEOPLE, Side.JUNIOR, replace(SESSION, place=""), (), None, ())
NOBODY = HomeFacts(
    me=None, enrolled=False, side=None, pairs=(), places=(), open_cohorts=(), scorecard=None, coordinator=None,
    safe_contact=False, set_up=True, today=NOW.date(), now=NOW, zone="Europe/Berlin",
)  # fmt: skip
ANAS = replace(NOBODY, me=ANA, enrolled=True, side=Side.JUNIOR, pairs=(JUNIOR,))
BOS = replace(ANAS, side=Side.SENIOR, pairs=(SENIOR,), scorecard=Scorecard(4, 1, 2, 3))
BOTH = replace(BOS, side=Side.JUNIOR, pairs=(JUNIOR, SENIOR))
GIVES = Published(12, 1, date(2026, 4, 20), False, (Figure("gives_more", 0, 2),))
ALL = replace(
    FULL,
    more={
        FigureKind.BENEFIT_JUNIOR: Section(GIVES, Withheld.WAITING, 5, 10),
        FigureKind.BENEFIT_SENIOR: Section(replace(GIVES, figures=(Figure("gives_more", 7, 7),)), None, 5, 10),
        FigureKind.SAFETY_JUNIOR: Section(None, Withheld.FEW, 5, 10),
        FigureKind.SAFETY_SENIOR: Section(None, Withheld.SENIORS, 5, 10),
        FigureKind.THEMES: Section(
            Published(10, 1, date(2026, 4, 20), False, (Figure("tools", 3, 10), Figure("access", 0, 2))), None, 5, 10
        ),
    },
    themes=(("tools", ThemeState.OPEN), ("access", ThemeState.TAKEN)),
)
"""A cohort that has some of every kind."""
DESK = CoordinatorCard(
    PROGRAMME, (Item(Decision.FAILED, 2), Item(Decision.PAIR, 3, "c1", "Spring")),
    (Strip(DigestFacts(COHORT, ALL, so_far=True), 9), Strip(DigestFacts(COHORT, EMPTY, so_far=True), None)),
)  # fmt: skip
OVER = date(2026, 7, 6)
ENDED = replace(
    DESK, items=(), strips=(),
    closed=(
        Closed(COHORT, DigestFacts(COHORT, CLOSED), OVER), Closed(COHORT, DigestFacts(COHORT, FULL), OVER),
        Closed(COHORT, DigestFacts(COHORT, EMPTY), OVER), Closed(COHORT, None, OVER),
    ),
)  # fmt: skip
CHIS = replace(NOBODY, me=ANA, coordinator=DESK)
WAITING = replace(ANAS, pairs=(), side=None, places=(Place(COHORT, date(2026, 3, 16)), Place(COHORT, None)))

EVERYBODY = {
    "not_set_up": replace(NOBODY, set_up=False),
    "nothing_open": NOBODY,
    "open": replace(NOBODY, open_cohorts=(COHORT,)),
    "waiting": WAITING,
    "junior": ANAS,
    "junior_suggested": replace(ANAS, pairs=(replace(NEW, agenda=("Arrive", "The rota"), suggested=True),)),
    "junior_offered": replace(ANAS, pairs=(replace(OFFERED, trend=(FIRST,) * 3, waiting=None),)),
    "junior_heard": replace(ANAS, me=replace(ANA, prefs=Prefs(plain=True))),
    "junior_before": replace(WAITING, answered=True),
    "left": replace(NOBODY, me=ANA, answered=True),
    "junior_new": replace(ANAS, pairs=(NEW,)),
    "junior_over": replace(
        ANAS, pairs=(replace(NEW, next_session=None, ask=AskFacts(SESSION, PEOPLE, Side.JUNIOR), turn=Side.JUNIOR),)
    ),
    "senior": BOS,
    "senior_new": replace(BOS, pairs=(replace(SENIOR, promises=()),), scorecard=Scorecard(1, 0, 0, 0)),
    "suggested": replace(WAITING, asked=((PEOPLE, Side.JUNIOR), (PEOPLE, Side.SENIOR))),
    "senior_asked": replace(BOS, pairs=(replace(SENIOR, proposals=2),)),
    "both": BOTH,
    "coordinator": CHIS,
    "coordinator_idle": replace(CHIS, coordinator=replace(DESK, items=(), strips=())),
    "coordinator_closed": replace(CHIS, coordinator=ENDED),
    "coordinator_and_junior": replace(ANAS, coordinator=DESK),
    "leaving": replace(ANAS, pairs=(NEW,), leaving=(Asked(LEAVING, PEOPLE.senior), Asked(LEAVING, None))),
    "paused": replace(ANAS, pairs=(replace(NEW, next_session=None),), paused_until=date(2026, 4, 1)),
    "safe_contact": replace(NOBODY, safe_contact=True),
}


def test_a_check_in_that_waits_comes_before_the_next_date(words: Words) -> None:
    mine = replace(SENIOR, turn=Side.SENIOR)
    for card, first in ((mine, "checkin.answer"), (replace(mine, waiting=None), "meet.offer")):
        drawn = views.home(words, replace(BOS, pairs=(card,))).payload()["blocks"]
        pressed = [one for block in drawn for one in [*block.get("elements", []), block.get("accessory", {})]]
        assert [one["action_id"] for one in pressed if one.get("style") == "primary"] == [first]


@pytest.mark.parametrize("name", EVERYBODY)
def test_home_and_today(words: Words, name: str) -> None:
    home = views.home(words, EVERYBODY[name]).payload()
    assert check_view(home, ("home",)) == []
    same_as_golden(f"home/{name}", home)
    today = views.today(words, EVERYBODY[name]).payload()
    assert check_blocks(today["blocks"]) == []
    same_as_golden(f"home/today_{name}", today)


def test_the_senior_sees_nothing_of_what_the_junior_answered(words: Words) -> None:
    """Not even when the same card carried it: only the junior's side is drawn with it."""
    leaky = replace(SENIOR, trend=JUNIOR.trend, shared=JUNIOR.shared, offer_to_ask=Question.HELP)
    drawn = str(views.home(words, replace(BOS, pairs=(leaky,))).payload())
    assert "Not yet" not in drawn
    assert "What you have said" not in drawn
    assert "ask." not in drawn


def test_what_is_offered_to_a_junior_is_on_her_home_and_not_in_today_which_others_may_look_at(words: Words) -> None:
    facts = replace(ANAS, pairs=(OFFERED,))
    assert "Want wording for asking?" in str(views.home(words, facts).payload())
    assert "Want wording" not in str(views.today(words, facts).payload())


def test_nobody_is_urged_to_begin_an_agreement_in_the_last_stretch(words: Words) -> None:
    late = replace(NEW, contract=ContractCard(None, None, late=True))
    for card, urged in ((late, True), (replace(late, wrap_up=WrapUp("p1", NOW)), False)):
        shown = str(views.home(words, replace(ANAS, pairs=(card,))).payload())
        assert ("have not agreed on how you work" in shown) is urged


def test_who_waits_in_a_cohort_that_is_over_is_not_told_to_wait_on(words: Words) -> None:
    over = replace(COHORT, ends_on=NOW.date() - timedelta(days=1))
    for cohort, said in ((over, "are over, and no partner was found"), (COHORT, "as soon as there is a partner")):
        shown = replace(WAITING, places=(Place(cohort, None),))
        assert said in str(views.home(words, shown).payload())


def test_whose_pair_is_over_finds_their_data_and_preferences_and_a_stranger_does_not(words: Words) -> None:
    over = replace(NOBODY, past=(Past(PEOPLE, Side.JUNIOR, 6, True, True, False),))
    foot = [one["action_id"] for one in views.home(words, over).payload()["blocks"][-1]["elements"]]
    assert foot == ["support.doors", "privacy.show", "prefs.open", "help.show:most"]
    stranger = views.home(words, replace(over, past=())).payload()["blocks"][-1]["elements"]
    assert [one["action_id"] for one in stranger] == ["support.doors", "help.show:most"]


def test_examples_stand_in_no_home(words: Words) -> None:
    assert "planted-example" not in str(views.home(words, ANAS).payload())


def test_the_lock_screen_learns_nothing_from_today(words: Words) -> None:
    assert views.today(words, ANAS).text == "Here is what comes next."


def test_a_home_never_has_more_than_a_hundred_blocks_and_keeps_its_foot(words: Words) -> None:
    desk = replace(DESK, items=DESK.items * 40, strips=DESK.strips * 40, closed=ENDED.closed * 9)
    crowded = replace(BOTH, coordinator=desk, pairs=(JUNIOR,) * 30, places=WAITING.places * 30)
    home = views.home(words, crowded).payload()
    assert check_view(home, ("home",)) == []
    assert home["blocks"][-1]["type"] == "actions"


def test_one_pair_is_told_from_the_next(words: Words) -> None:
    other = replace(JUNIOR, people=replace(PEOPLE, pair=replace(PAIR, id="other")))
    drawn = views.home(words, replace(ANAS, pairs=(JUNIOR, other))).payload()["blocks"]
    dividers = [at for at, block in enumerate(drawn) if block["type"] == "divider"]
    assert len(dividers) == 2 and dividers[1] == len(drawn) - 2


def test_the_next_lesson_stands_below_the_next_session_on_the_side_that_is_shown(words: Words) -> None:
    shelves = (
        Shelf(Track.SENIOR, ("s1", "s2"), frozenset({"s1"})), Shelf(Track.JUNIOR, ("j1", "j2"), frozenset()),
        Shelf(Track.COORDINATOR, ("c1",), frozenset()),
    )  # fmt: skip
    both = str(views.home(words, replace(BOTH, lessons=shelves)).payload())
    first, session, promises = (both.index(text) for text in ("0 of 2 read", "Next session", "promised"))
    assert session < first < promises
    assert "1 of 2 read" not in both, "that is the other side's"
    assert "0 of 2 read" in str(views.home(words, replace(WAITING, lessons=shelves[1:])).payload()), (
        "one may read ahead"
    )
