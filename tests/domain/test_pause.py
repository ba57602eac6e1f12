"""Until when somebody may pause, and how they may say it."""

from datetime import date, timedelta

import pytest

from bot.domain.pause import LONGEST, NOTE_LENGTH, parse_until, problems
from bot.domain.refusals import Refusal

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("", None), ("2 weeks", date(2026, 3, 16)), ("a week", date(2026, 3, 9)), ("10d", date(2026, 3, 12)),
        ("for 3 days", date(2026, 3, 5)), ("1 month", date(2026, 4, 1)), ("until 2026-04-01", date(2026, 4, 1)),
        ("2026-04-01", date(2026, 4, 1)), ("Tomorrow", date(2026, 3, 3)),
        ("2 semaines", date(2026, 3, 16)), ("une semaine", date(2026, 3, 9)), ("10 jours", date(2026, 3, 12)),
        ("un mois", date(2026, 4, 1)), ("jusqu\u2019au 2026-04-01", date(2026, 4, 1)), ("demain", date(2026, 3, 3)),
    ],
)  # fmt: skip
def test_days_and_spans_are_understood(typed: str, until: date | None) -> None:
    assert parse_until(typed, TODAY) == until


@pytest.mark.parametrize("typed", ["soon", "2026-13-01", "9999 weeks", "-3 days", "1e9 days", "\u0661\u0662 weeks!"])
def test_what_is_no_day_is_said(typed: str) -> None:
    with pytest.raises(Refusal):
        parse_until(typed, TODAY)


@pytest.mark.parametrize(
    ("until", "note", "keys"),
    [
        (TODAY, "", ["pause.refused.past"]),
        (TODAY + LONGEST + timedelta(days=1), "", ["pause.refused.too_far"]),
        (None, "", ["common.errors.pick_one"]),
        (TODAY + timedelta(days=1), "x" * (NOTE_LENGTH + 1), ["common.errors.too_long"]),
        (TODAY + LONGEST, "x" * NOTE_LENGTH, []),
    ],
)
def test_a_pause_begins_tomorrow_at_the_earliest_and_lasts_half_a_year_at_most(
    until: date | None, note: str, keys: list[str]
) -> None:
    assert [problem.key for problem in problems(until, note, TODAY)] == keys
