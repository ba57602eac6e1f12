"""What the message about what came of a cohort looks like, and that withheld words depend on membership alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.disclosure import Withheld
from bot.domain.report.figures import Figure, Published, Section
from bot.domain.report.outcomes import OutcomeFacts, OutcomeFigures, kinds_of
from bot.views import report as views
from bot.views.parts import Message
from bot.views.report import care
from bot.views.report.outcomes import compared
from playground.blocks import check_blocks
from prompts import Library, Words
from storage.records.report import FigureKind, Occasion
from tests.golden import same_as_golden
from tests.views.test_report import COHORT, EMPTY

DAY = date(2026, 7, 20)
AT = datetime(2026, 7, 20, 8, 0, tzinfo=UTC)
JUNIORS = {
    "benefit": (6, 6), "network": (9, 11), "spoken_for": (4, 4), "challenge": (5, 5), "expert": (8, 8), "worth": (7, 7),
    "again": (9, 11),
}  # fmt: skip
SENIORS = {
    "benefit": (10, 12), "confirm": (7, 7), "spoke": (5, 5), "introduced": (0, 2), "credited": (3, 3),
    "again": (10, 12),
}  # fmt: skip


def said(n: int, *figures: Figure) -> Section:
    return Section(Published(n, 1, DAY, closing=True, figures=figures), None, 5, 10)


def counted(occasion: Occasion, senior: Section, junior: Section) -> OutcomeFigures:
    sections = {kind: senior if kind.endswith("_senior") else junior for kind in kinds_of(occasion)}
    return OutcomeFigures(occasion, sections, "2026-W30", AT)


END = counted(
    Occasion.END,
    said(12, *(Figure(f"end_senior_{name}", *cell) for name, cell in SENIORS.items())),
    said(11, *(Figure(f"end_junior_{name}", *cell) for name, cell in JUNIORS.items())),
)
FEW = Section(None, Withheld.ENDED, 5, 10)


def check(name: str, drawn: Message) -> None:
    payload = drawn.payload()
    assert check_blocks(payload["blocks"]) == []
    same_as_golden(f"report/{name}", payload)


def drawn(words: Words, figures: OutcomeFigures) -> Message:
    return views.outcomes(words, OutcomeFacts(COHORT, figures, "Europe/Berlin"))


def test_seniors_and_juniors_stand_side_by_side(words: Words, library: Library) -> None:
    check("outcomes_end", drawn(words, END))
    check("outcomes_end_fr", drawn(library.words("fr"), END))
    later = counted(
        Occasion.LATER_90,
        said(7, Figure("later_still_there", 4, 4)),
        said(9, Figure("later_contact", 7, 9), Figure("later_done_for_you", 0, 2)),
    )
    check("outcomes_90", drawn(words, later))
    roles = [said(n, Figure("later_new_role", *cell)) for n, cell in ((9, (7, 9)), (8, (0, 2)))]
    parity = counted(Occasion.LATER_180, *roles)
    check("outcomes_180", drawn(words, parity))
    check("outcomes_none", drawn(words, counted(Occasion.END, FEW, FEW)))


@pytest.mark.parametrize(
    ("senior", "junior", "verdict"),
    [
        ((7, 9), (0, 2), "seniors"),
        ((0, 2), (5, 5), "juniors"),
        ((4, 4), (3, 3), "seniors"),
        ((7, 9), (7, 9), "even"),
        ((0, 2), (2, 2), "even"),
        (None, (3, 3), "unknown"),
    ],
)
def test_one_side_is_said_to_be_ahead_only_where_the_cells_leave_no_doubt(
    words: Words, senior: tuple[int, int] | None, junior: tuple[int, int], verdict: str
) -> None:
    sections = [said(9, Figure("later_new_role", *both)) if both else FEW for both in (senior, junior)]
    found = compared(words, counted(Occasion.LATER_180, *sections))
    assert found == words.say(f"outcome.compared.later_180.{verdict}")


@pytest.mark.parametrize("reason", [Withheld.ENDED, Withheld.SENIORS])
def test_why_nothing_is_said_is_the_same_for_everybody_and_every_occasion(words: Words, reason: Withheld) -> None:
    """No count, no side, no kind: a reason that differed would tell something."""
    section = Section(None, reason, 5, 10)
    texts = {
        block["fields"][side]["text"].split("\n")[1]
        for occasion in Occasion
        for block in drawn(words, counted(occasion, section, section)).payload()["blocks"] if "fields" in block
        for side in (0, 1)
    }  # fmt: skip
    assert len(texts) == 1


def test_everything_that_is_counted_once_has_a_plain_label(words: Words, library: Library) -> None:
    packs = ("end_junior", "end_senior", "later")
    items = [item for pack in packs for item in library.content.review(pack).items]
    countable = [one.id for one in items if one.counts_from or any(option.counts for option in one.options)]
    for lang in ("en", "fr"):
        assert all(len(library.words(lang).say(f"outcome.item.{item}")) <= 75 for item in countable)


@pytest.mark.parametrize("reason", list(Withheld))
def test_why_a_side_says_nothing_of_load_and_safety_follows_from_the_reason_alone(
    words: Words, library: Library, reason: Withheld
) -> None:
    """Whatever the other side's figures are, and in both languages."""
    for lang in ("en", "fr"):
        told = library.words(lang)
        texts = set()
        for low, high in ((0, 2), (9, 9)):
            published = said(12, Figure("gives_more", low, high))
            more = {
                FigureKind.BENEFIT_SENIOR: published, FigureKind.BENEFIT_JUNIOR: Section(None, reason, 5, 10),
                FigureKind.SAFETY_JUNIOR: Section(None, reason, 5, 10), FigureKind.SAFETY_SENIOR: published,
            }  # fmt: skip
            lines = care.lines(told, replace(EMPTY, more=more)).split("\n")
            texts |= {line.split(" · ")[0].rpartition("(")[2] for line in lines[1:3]}
        assert len(texts) == 1
