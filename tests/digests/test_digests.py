"""Eight weeks of digests, as `make digests` prints half a year of them."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest_asyncio

from bot.domain.when import local_day
from prompts import Library, Words
from storage.records.report import FigureKind
from tests.digests.__main__ import on_own_database
from tests.digests.playing import Week
from tests.digests.telling import accuracy, calendar, letter, reason
from tests.digests.truth import means
from tests.thorough import story

pytestmark = story

FIRST = date(2026, 3, 2)
FEW, NONE, LATER = "fewer than 5 juniors have answered", "There are no figures yet", "No new figures this week"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def weeks(library: Library) -> list[Week]:
    """A programme of twelve pairs, most of whom answer."""
    return await on_own_database(12, 8, 1, library)


def _by_kind(weeks: list[Week]) -> Iterator[tuple[FigureKind, Week, date]]:
    """Every kind in every week, with the day of the release before it, or of the cohort's beginning."""
    last = dict.fromkeys(weeks[0].sections, FIRST)
    for week in weeks:
        for kind in week.sections:
            yield kind, week, last[kind]
            if kind in week.new:
                last[kind] = local_day(week.at, "Europe/Berlin")


async def test_figures_come_in_the_weeks_that_the_rule_says_and_count_half_of_who_waits(weeks: list[Week]) -> None:
    for kind, week, last in _by_kind(weeks):
        waited = week.waited[kind]
        patient = local_day(week.at, "Europe/Berlin") - last >= timedelta(weeks=4)
        assert (kind in week.new) == (waited >= 20 or (waited >= 10 and patient)), f"{kind}, {week.at}"
        if kind in week.new:
            published = week.sections[kind].published
            assert published is not None and published.steps[-1].n == waited // 2
    assert any(FigureKind.RECIPROCITY in week.new for week in weeks[3:6]), "the four questions, after a month"


async def test_a_week_without_new_figures_says_in_words_why(weeks: list[Week], library: Library) -> None:
    words = library.words("en")
    for kind, week, _ in _by_kind(weeks[:-1]):
        section = week.sections[kind]
        few = week.waited[kind] < 5 and section.published is None
        said = reason(words, section)
        assert said == "" if kind in week.new else (FEW if few else LATER if section.published else NONE) in said
    assert all(reason(words, section) for kind, section in weeks[-1].sections.items() if kind not in weeks[-1].new)
    for week in weeks:
        told = letter(words, week)
        assert reason(words, week.sections[FigureKind.RECIPROCITY]) in told
        assert ("*One thing this week*" in told) == (week is not weeks[-1])


async def test_what_was_counted_is_what_is_said_and_not_too_far_from_what_everybody_answered(weeks: list[Week]) -> None:
    found = means(week.gaps for week in weeks)
    assert found
    assert all(mean.holds == 1 for mean in found.values())
    assert sum(mean.error for mean in found.values()) / len(found) < 0.3


async def test_both_tables_have_a_row_for_each_week_and_each_figure(weeks: list[Week], words: Words) -> None:
    table = calendar(words, weeks)
    assert [line.split("|")[1].strip() for line in table.splitlines()[2:10]] == [str(n) for n in range(1, 9)]
    assert "new: " in table and FEW.replace("juniors", "people") in table
    rows = accuracy(week.gaps for week in weeks).splitlines()[2:]
    assert len(rows) == len({name for week in weeks for name in week.gaps})


@pytest_asyncio.fixture
async def words(library: Library) -> Words:
    return library.words("en")
