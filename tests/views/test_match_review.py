"""What the review of a match, a swap, the fit check and the end of a pair look like."""

from dataclasses import replace

import pytest

from bot.domain.leave import Ended, PartForm, Parting
from bot.domain.match import Check, Terms, Verdict, Weights
from bot.domain.match.fitting import FitAsk, Wish
from bot.domain.match.review import (
    Alone,
    MatchDesk,
    News,
    Place,
    Ready,
    Review,
    Shelf,
    Strength,
    SuggestionCard,
    Swap,
    strength,
)
from bot.views import leave
from bot.views import match as views
from bot.views.parts import Message, Modal
from prompts import Words
from storage.records.enrol import Side
from storage.records.match import Fit, FitAnswer, Help, MatchRun, RunState, Suggestion, SuggestionState, Unmatched
from tests.golden import same_as_golden
from tests.views.test_enrol import ANA, BO, NOW, PAIR, PEOPLE, SPRING
from tests.views.test_match import JUNIOR, SENIOR

COUNTS = {Shelf.OPEN: 12, Shelf.HELD: 3, Shelf.ALONE: 2, Shelf.APPROVED: 1}
MADE = Suggestion(
    "s1", "T1", "r1", "spring", ANA.id, BO.id, 82, "exchange levels", "line_ends few_levels", SuggestionState.OPEN
)  # fmt: skip
CARD = SuggestionCard(MADE, ANA, BO, JUNIOR, SENIOR, "UTOP")
OWN = replace(CARD, suggestion=replace(MADE, id="s2", score=None, because="fresh", warnings=""))
RUN = MatchRun("r1", "T1", "spring", RunState.WORKING, {}, 40, 5000, 4800, "UCHI", NOW)
HERE = Place("spring", Shelf.OPEN, 1)


def check(name: str, drawn: Message | Modal) -> None:
    same_as_golden(f"match/{name}", drawn.payload())


def review(shelf: Shelf, *cards: SuggestionCard, page: int = 0, **more: object) -> Review:
    return Review(SPRING, Place("spring", shelf, page), COUNTS, 40, tuple(cards), **more)  # type: ignore[arg-type]


def test_a_fit_in_words() -> None:
    found = [strength(score) for score in (100, 75, 74, 55, 54, 40, 39, 0, None)]
    S = Strength
    assert found == [S.STRONG, S.STRONG, S.GOOD, S.GOOD, S.FAIR, S.FAIR, S.WEAK, S.WEAK, S.CHOSEN]


def test_a_page_of_every_shelf(words: Words) -> None:
    news = (News("approved", ("UANA", "UBO")), News("refused", ("UANA", "UBO"), check=Check.CONFLICT))
    check("review_open", views.review(words, review(Shelf.OPEN, CARD, OWN, page=1, news=news)))
    check("review_held", views.review(words, review(Shelf.HELD, CARD, OWN)))
    check("review_approved", views.review(words, review(Shelf.APPROVED, CARD)))
    alone = (
        Alone(ANA, Unmatched("r1", ANA.id, Side.JUNIOR, "line")),
        Alone(BO, Unmatched("r1", BO.id, Side.SENIOR, "freed")),
    )
    check("review_alone", views.review(words, review(Shelf.ALONE, alone=alone)))
    check("review_nothing", views.review(words, Review(SPRING, Place("spring"), {}, 40)))


def test_where_a_match_begins_and_what_counts(words: Words) -> None:
    desk = MatchDesk(SPRING, 42, 1, Terms(), True, None)
    check("match_desk", views.match_desk(words, desk))
    own = replace(desk, terms=Terms(Weights(gender=10), 55), usual=False, run=RUN, waiting=12, news=(News("weighed"),))
    check("match_desk_own", views.match_desk(words, own))
    check("match_desk_nobody", views.match_desk(words, replace(desk, seniors=0)))
    check("match_working", views.working(words, own))
    check("match_weights", views.weights(words, desk))
    check("match_choose", views.choose(words, [SPRING, SPRING]))
    check("match_ready", views.ready(words, Ready(SPRING, 42, 3, 1)))


def test_a_swap_before_and_after_somebody_was_picked(words: Words) -> None:
    form = Swap(CARD, HERE, "UANA", "UBO", juniors=("UIVY",))
    check("swap", views.swap(words, form))
    soft = Verdict("spring", (Check.SENIOR_LINE_UNKNOWN,))
    picked = replace(form, senior="UMAX", verdict=soft, other=OWN, exchange=True)
    check("swap_exchange", views.swap(words, picked))
    check("swap_freed", views.swap(words, replace(picked, exchange=False, verdict=Verdict("spring", ()))))
    hard = replace(picked, verdict=Verdict(None, (Check.SENIOR_ABOVE,)))
    check("swap_hard", views.swap(words, hard))


def said(fit: Fit, wanted: Help | None = None) -> FitAsk:
    return FitAsk(PEOPLE, ANA, FitAnswer(PAIR.id, ANA.id, "s1", fit, wanted, NOW))


def test_how_a_pair_fits(words: Words) -> None:
    ask = FitAsk(PEOPLE, ANA)
    check("fit", views.fit_ask(words, ask))
    check("fit_form", views.fit_form(words, ask))
    check("fit_form_said", views.fit_form(words, said(Fit.NOT_GOOD, Help.TALK)))
    for fit in Fit:
        check(f"fit_said_{fit}", views.fit_said(words, said(fit)))
    for wanted in Help:
        check(f"fit_help_{wanted}", views.fit_said(words, said(Fit.NOT_GOOD, wanted)))
    wishes = [Wish(PEOPLE, ANA, Help.SOMEONE_ELSE), Wish(PEOPLE, BO, Help.TALK)]
    check("fit_wish", views.fit_help(words, wishes[0]))
    check("fit_wishes", views.wishes(words, wishes))
    check("fit_wishes_none", views.wishes(words, []))


def test_no_lock_screen_says_who_or_what(words: Words) -> None:
    shown = [views.fit_ask(words, FitAsk(PEOPLE, ANA)), views.fit_help(words, Wish(PEOPLE, ANA, Help.TALK))]
    shown += [views.ready(words, Ready(SPRING, 42, 3, 1)), *(views.fit_said(words, said(fit)) for fit in Fit)]
    assert not any("<@" in message.text or "fit" in message.text for message in shown)


@pytest.mark.parametrize("rematch", [True, False])
def test_ending_a_pair(words: Words, rematch: bool) -> None:
    name = "rematch" if rematch else "unpair"
    same_as_golden(f"leave/{name}", leave.part_form(words, PartForm((PEOPLE,), rematch)).payload())
    two = leave.part_form(words, PartForm((PEOPLE, PEOPLE), rematch))
    same_as_golden(f"leave/{name}_two", two.payload())


def test_a_pair_is_about_to_end_or_does_not(words: Words) -> None:
    same_as_golden("leave/parting", leave.parting(words, Parting(PEOPLE, rematch=True)).payload())
    same_as_golden("leave/parting_undone", leave.parting_undone(words, Parting(PEOPLE, rematch=True)).payload())
    same_as_golden("leave/back_in_pool", leave.back_in_pool(words, ANA).payload())


@pytest.mark.parametrize("looks", [True, False])
def test_the_end_offers_both_to_be_matched_again(words: Words, looks: bool) -> None:
    facts = Ended(PEOPLE, ANA, 3, asks=True, looks=looks)
    same_as_golden(f"leave/ended_looks_{looks}", leave.looked(words, facts).payload())
    same_as_golden(f"leave/answered_looks_{looks}", leave.looked(words, replace(facts, said=True)).payload())
