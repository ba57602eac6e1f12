"""Icebreakers without repeats, and agendas of three to six lines."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.prepare import (
    LINE_LENGTH,
    LINES_MOST,
    Deck,
    Line,
    check_agenda,
    check_line,
    contract_state,
    deck_for,
    fresh,
    midpoint,
    open_decks,
    own_first,
    suggest,
    template_number,
)
from bot.domain.refusals import Refusal
from storage.records.prepare import AgendaLine, IcebreakerUse, LineKind
from tests.end_to_end.cohort import SPRING

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POOL = [f"item_{n}" for n in range(10)]
ALL = frozenset({"free", "technology", "inclusion", "culture"})


@pytest.mark.parametrize(
    ("number", "agreed", "said"), [(1, False, ""), (2, False, "due"), (5, False, "late"), (6, False, ""), (5, True, "")]
)
def test_an_agenda_urges_to_agree_from_the_second_session_on_but_not_in_the_last(
    number: int, agreed: bool, said: str
) -> None:
    assert contract_state(number, 6, agreed) == said


def use(item: str, never: bool = False) -> IcebreakerUse:
    return IcebreakerUse("p", item, never, NOW)


def deck(name: str, unlock: int, until: int | None, *, closing: bool = False, guarded: bool = False) -> Deck:
    return Deck(name, unlock, until, closing, guarded, False, ALL, (f"{name}_1", f"{name}_2"))


DECKS = [
    deck("warmup", 1, 1),
    deck("work", 1, 2),
    deck("deep", 2, None, guarded=True),
    deck("paths", 2, 3),
    deck("end", 3, None, closing=True),
]


def test_nothing_repeats_until_the_pool_is_used() -> None:
    seen: list[str] = []
    for _ in range(2):
        seen += fresh(POOL, [use(item) for item in seen], 5)
    assert sorted(seen) == sorted(POOL)


def test_when_the_pool_is_used_the_oldest_come_first() -> None:
    assert fresh(POOL, [use(item) for item in reversed(POOL)], 2) == ["item_9", "item_8"]


@given(
    st.lists(st.sampled_from(POOL), unique=True),
    st.sets(st.sampled_from(POOL)),
    st.sets(st.sampled_from(POOL), max_size=5),
    st.integers(0, 10),
)
def test_what_is_on_show_or_unwanted_never_comes(seen: list[str], never: set[str], shown: set[str], count: int) -> None:
    found = fresh(POOL, [use(item, item in never) for item in seen], count, shown)
    assert len(found) == len(set(found)) <= count
    assert not set(found) & (shown | (never & set(seen)))
    barred = shown | (never & set(seen))
    assert len(found) == min(count, len(POOL) - len(barred))


@pytest.mark.parametrize(("number", "expected"), [(1, "warmup"), (2, "work"), (3, "paths"), (6, "end")])
def test_each_session_has_the_set_that_is_at_home_there(number: int, expected: str) -> None:
    assert deck_for(DECKS, number, 6, "technology").id == expected


@given(st.integers(1, 12), st.integers(3, 12))
def test_no_set_is_offered_before_its_time(number: int, planned: int) -> None:
    offered = open_decks(DECKS, number, planned, "free")
    assert all(d.unlock <= number for d in offered)
    assert not any(d.guarded for d in offered)
    assert not any(d.closing for d in offered) or number >= planned
    assert deck_for(DECKS, number, planned, "free") in offered


@given(st.integers(1, 20), st.integers(1, 20))
def test_every_session_has_one_of_the_six_templates(number: int, planned: int) -> None:
    assert 1 <= template_number(number, planned) <= 6


def test_the_last_session_closes_whatever_its_number() -> None:
    assert [template_number(n, 4) for n in (1, 2, 3, 4)] == [1, 2, 3, 6]
    assert [template_number(n, 6) for n in range(1, 7)] == [1, 2, 3, 4, 5, 6]


def test_a_longer_programme_is_halfway_in_the_middle_and_takes_turns_around_it() -> None:
    assert [template_number(n, 8) for n in range(1, 9)] == [1, 2, 3, 5, 4, 3, 5, 6]
    assert [template_number(n, 12) for n in range(1, 13)] == [1, 2, 3, 5, 3, 5, 4, 3, 5, 3, 5, 6]


@given(st.integers(3, 6), st.integers(0, 9))
def test_a_suggestion_keeps_the_template_and_says_what_did_not_fit(frame: int, own: int) -> None:
    template = [Line(f"t{n}", 10) for n in range(frame)]
    mine = [Line(f"own{n}", None, f"id{n}") for n in range(own)]
    lines, waiting = suggest(template, mine)
    assert len(lines) <= LINES_MOST
    assert [line for line in lines if line.minutes] == template
    assert [line for line in lines if line.minutes is None] + waiting == mine


def parked(name: str, session_id: str | None, text: str | None = "x") -> AgendaLine:
    return AgendaLine(name, "T", "p", session_id, LineKind.PARKED, "a", 1, text, NOW)


def test_what_was_brought_for_the_session_comes_before_what_was_parked() -> None:
    lines = [parked("old", None), parked("erased", "s", None), parked("brought", "s")]
    assert [line.id for line in own_first(lines, "s")] == ["brought", "old"]


@pytest.mark.parametrize(
    ("text", "key"),
    [("", "common.errors.only_spaces"), (" \n\t ", "common.errors.only_spaces"),
     ("x" * (LINE_LENGTH + 1), "common.errors.too_long")],
)  # fmt: skip
def test_a_line_needs_words_and_not_too_many(text: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_line(text, "topic")
    assert (refused.value.key, refused.value.field) == (key, "topic")


def test_a_line_is_one_line() -> None:
    assert check_line("  the on-call\n rota ") == "the on-call rota"


def test_an_agenda_has_one_to_six_lines() -> None:
    assert check_agenda({"prepare.line1": " a ", "prepare.line2": "", "prepare.line3": "5 min · b"}, 1) == [
        Line("a"), Line("b", 5),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="empty"):
        check_agenda({"prepare.line1": " "}, 0)
    with pytest.raises(Refusal, match="too_many"):
        check_agenda({f"prepare.line{n}": "x" for n in range(1, 7)}, 1)


def test_what_was_agreed_is_looked_at_on_a_working_day_in_the_middle() -> None:
    assert midpoint(SPRING) == date(2026, 6, 1), "the middle is Saturday, 30 May"
    assert midpoint(replace(SPRING, ends_on=date(2026, 8, 26))) == date(2026, 5, 29)
