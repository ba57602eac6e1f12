"""What introductions look like, whole; and what each side is shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.commit import Moment
from bot.domain.intro import (
    LINE_LENGTH,
    WHOM_LENGTH,
    WHY_LENGTH,
    Asking,
    Did,
    Draft,
    IntroDone,
    IntroFacts,
    IntroForm,
    IntroList,
    IntroReminder,
)
from bot.domain.match import PairPeople
from bot.views import intro as views
from bot.views.parts import Message, Modal
from prompts import Words
from storage.records.enrol import Person, Side
from storage.records.intro import IntroAnswer, Introduction, IntroState, Outcome
from storage.records.match import Pair, PairState
from tests.golden import same_as_golden

NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)
TODAY = NOW.date()
ANA = Person("ana", "T1", None, "U07ANA0000", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BO = Person("bo", "T1", None, "U07BO00000", "Bo Lindgren", "Europe/Berlin", "en-US", "DE", False)
PAIR = Pair("p1", "T1", "k1", "ana", "bo", PairState.ACTIVE, None, "", "", NOW, NOW, None)
PEOPLE = PairPeople(PAIR, ANA, BO)
ASKED = Introduction(
    "i1", "T1", "p1", "ana", "", "the data team <!channel>", "To *see* how they plan", "Ana runs our rota",
    IntroState.ASKED, None, None, False, NOW, NOW, "ana",
)  # fmt: skip
TOLD = IntroAnswer("i1", "bo", "U07MAX0000", "", "He plans the rota <!here>", "They move in *April*")
AGREED = replace(
    ASKED, id="i2", to_user="U07MAX0000", whom="", state=IntroState.AGREED, due_on=date(2026, 3, 20),
    state_before=IntroState.ASKED,
)  # fmt: skip
LATE = replace(AGREED, id="i3", due_on=TODAY - timedelta(3))
REDIRECTED = replace(ASKED, id="i4", state=IntroState.REDIRECTED, answer=TOLD, state_before=IntroState.ASKED)
DECLINED = replace(REDIRECTED, id="i5", state=IntroState.DECLINED)
MADE = replace(AGREED, id="i6", state=IntroState.MADE, made_at=NOW, state_before=IntroState.AGREED)
RESTED = replace(AGREED, id="i7", state=IntroState.RESTED, state_before=IntroState.AGREED)
LAPSED = replace(ASKED, id="i8", state=IntroState.LAPSED, changed_by=None)
OFFERED = replace(AGREED, id="i9", author_id="bo", why="She built what you need", line="", state_before=None)
ERASED = replace(ASKED, id="i10", whom=None, why=None, line=None)
ALL = (LATE, AGREED, ASKED, REDIRECTED, ERASED, MADE, DECLINED, RESTED, LAPSED)
Drawn = Callable[[Words], Message | Modal]


def facts(it: Introduction) -> IntroFacts:
    return IntroFacts(it, PEOPLE, TODAY)


def listed(side: Side, shown: tuple[Introduction, ...] = ALL, **outcomes: Outcome) -> IntroList:
    return IntroList(((PEOPLE, side, shown),), TODAY, "Europe/Berlin", outcomes)


MESSAGES: dict[str, Drawn] = {
    "asked": lambda w: views.asked(w, facts(ASKED)),
    "asked_again": lambda w: views.asked(w, facts(replace(ASKED, instead=True, answer=TOLD))),
    "waiting": lambda w: views.waiting(w, facts(ASKED)),
    "told_agreed": lambda w: views.told(w, facts(AGREED)),
    "told_moved": lambda w: views.told(w, facts(replace(AGREED, state_before=IntroState.AGREED))),
    "told_offered": lambda w: views.told(w, facts(OFFERED)),
    "told_better": lambda w: views.told(w, facts(REDIRECTED)),
    "told_declined": lambda w: views.told(w, facts(DECLINED)),
    "told_declined_gone": lambda w: views.told(w, facts(replace(DECLINED, answer=None))),
    "told_made": lambda w: views.told(w, facts(MADE)),
    "told_lapsed": lambda w: views.told(w, facts(LAPSED)),
    "let_go_withdrawn": lambda w: views.let_go(w, facts(replace(ASKED, state=IntroState.WITHDRAWN))),
    "let_go_rested": lambda w: views.let_go(w, facts(RESTED)),
    **{f"due_{at}": lambda w, at=at: views.due(w, IntroReminder(AGREED, PEOPLE, at)) for at in Moment},  # type: ignore[misc]
    "talked": lambda w: views.talked(w, Asking(MADE, PEOPLE)),
    **{f"said_{one}": lambda w, one=one: views.said(w, Asking(MADE, PEOPLE, one)) for one in Outcome},  # type: ignore[misc]
    "list_senior": lambda w: views.listed(w, listed(Side.SENIOR, i6=Outcome.NOT)),
    "list_junior": lambda w: views.listed(w, listed(Side.JUNIOR, i6=Outcome.TALKED)),
    "list_senior_empty": lambda w: views.listed(w, listed(Side.SENIOR, ())),
    "list_junior_empty": lambda w: views.listed(w, listed(Side.JUNIOR, ())),
    "after_asked": lambda w: views.done(w, IntroDone(ASKED, PEOPLE, Did.ASKED)),
    "after_better": lambda w: views.done(w, IntroDone(REDIRECTED, PEOPLE, Did.BETTER)),
    "after_made": lambda w: views.done(w, IntroDone(MADE, PEOPLE, Did.MADE)),
    "after_withdrawn": lambda w: views.done(
        w, IntroDone(replace(ASKED, state=IntroState.WITHDRAWN, unheard=True), PEOPLE, Did.WITHDRAWN)
    ),
    "after_restored": lambda w: views.done(w, IntroDone(ASKED, PEOPLE, Did.RESTORED)),
    "after_forgotten": lambda w: views.done(w, None),
}
FILLED = Draft("U07MAX0000", "", "To *see* how they plan", "Ana runs our rota")
TWO = (PEOPLE, replace(PEOPLE, pair=replace(PAIR, id="p2")))
MODALS: dict[str, Drawn] = {
    "ask": lambda w: views.form(w, IntroForm((PEOPLE,), Side.JUNIOR, TODAY)),
    "ask_preview": lambda w: views.form(w, IntroForm(TWO, Side.JUNIOR, TODAY, FILLED, preview=True)),
    "offer": lambda w: views.form(w, IntroForm((PEOPLE,), Side.SENIOR, TODAY)),
    "agree": lambda w: views.agree(w, facts(ASKED)),
    "move": lambda w: views.agree(w, facts(AGREED)),
    "better": lambda w: views.better(w, facts(ASKED)),
    "decline": lambda w: views.decline(w, facts(ASKED)),
}


@pytest.mark.parametrize("name", [*MESSAGES, *MODALS])
def test_each_looks_as_it_did(words: Words, name: str) -> None:
    same_as_golden(f"intro/{name}", {**MESSAGES, **MODALS}[name](words).payload())


# What stands in place of a pressed button notifies nobody.
@pytest.mark.parametrize("name", [name for name in MESSAGES if not name.startswith("after")])
def test_a_lock_screen_names_nobody_and_nothing(words: Words, name: str) -> None:
    text = MESSAGES[name](words).payload()["text"]
    assert not any(word in text for word in ("Bo", "Ana", "<@", "data", "rota", "Max"))


@pytest.mark.parametrize("name", [*MESSAGES, "ask_preview"])
def test_what_people_wrote_does_not_notify_or_format_anything(words: Words, name: str) -> None:
    shown = {**MESSAGES, **MODALS}[name](words).payload()["blocks"]
    said = str([block for block in shown if block["type"] != "input"])
    assert not any(mark in said for mark in ("<!channel>", "<!here>", "*see*", "*April*"))


@pytest.mark.parametrize("name", [*MODALS, "asked", "told_better", "due_before", "talked", "list_junior"])
def test_each_says_who_sees_it(words: Words, name: str) -> None:
    said = str({**MESSAGES, **MODALS}[name](words).payload()).lower()
    assert any(word in said for word in ("only you", "your junior", "nobody else sees"))


def test_what_the_junior_says_came_of_it_is_on_her_side_only(words: Words) -> None:
    hers, his = (views.listed(words, listed(side, i6=Outcome.NOT)).payload() for side in (Side.JUNIOR, Side.SENIOR))
    assert "happen" in str(hers) and "happen" not in str(his)
    assert "intro.ask_again" in str(hers) and "intro.ask_again" not in str(his)


def test_each_side_gets_its_own_buttons(words: Words) -> None:
    hers, his = (pressed(views.listed(words, listed(side))) for side in (Side.JUNIOR, Side.SENIOR))
    assert hers == {"intro.let_go", "intro.take", "intro.again", "intro.ask_again", "intro.new"}
    assert his == {"intro.agree", "intro.better", "intro.decline", "intro.made", "intro.new"}


def pressed(message: Message) -> set[str]:
    found: list[dict[str, Any]] = [
        e for b in message.payload()["blocks"] if b["type"] == "actions" for e in b["elements"]
    ]
    return {element["action_id"] for element in found}


def test_a_list_of_very_many_still_fits_into_a_message(words: Words) -> None:
    many = tuple(replace(ASKED, id=f"i{n}") for n in range(60))
    for pairs in (1, 2, 3, 5):
        all_of = IntroList(((PEOPLE, Side.SENIOR, many),) * pairs, TODAY, "Europe/Berlin")
        assert len(views.listed(words, all_of).payload()["blocks"]) <= 50


def test_words_that_grow_when_they_are_escaped_still_go_out(words: Words) -> None:
    wide = replace(ASKED, whom="&" * WHOM_LENGTH, why="&" * WHY_LENGTH, line="&" * LINE_LENGTH)
    declined = replace(wide, state=IntroState.DECLINED, state_before=IntroState.ASKED)
    told = replace(declined, answer=IntroAnswer("i1", "bo", "", "", "", "&" * WHY_LENGTH))
    form = IntroForm((PEOPLE,), Side.JUNIOR, TODAY, Draft(whom="&" * 10_000, why=wide.why or ""), preview=True)
    drawn = (views.asked(words, facts(wide)), views.told(words, facts(told)), views.form(words, form),
             views.listed(words, listed(Side.JUNIOR, (told,) * 9)))  # fmt: skip
    for one in drawn:
        texts = [block["text"]["text"] for block in one.payload()["blocks"] if block["type"] == "section"]
        assert max(map(len, texts)) <= 3000
