"""The question about credit comes on the first Tuesday of each month; what counts is one's own word, once."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credit import ask_at, counted, days_between, first_tuesday, month_of, next_round
from bot.domain.when import Calendar, is_quiet
from storage.records.credit import Credit, Credited

MOMENTS = st.integers(0, 60_000).map(lambda hours: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
NOW = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)


def said(month: str, answer: Credited | None) -> Credit:
    return Credit(month, "t", "bo", month, NOW, NOW, answer)


@given(DAYS, st.integers(0, 400))
def test_there_is_one_day_in_every_month_and_it_is_its_first_tuesday(since: date, length: int) -> None:
    until = since + timedelta(days=length)
    found = days_between(since, until)
    assert all(day.weekday() == 1 and day.day <= 7 and since <= day <= until for day in found)
    assert len({month_of(day) for day in found}) == len(found)
    assert len(found) >= (length - 6) // 31


@given(MOMENTS)
def test_the_round_comes_on_the_monday_before(now: datetime) -> None:
    at = next_round(now)
    tuesday = at.date() + timedelta(days=1)
    assert now < at
    assert tuesday == first_tuesday(tuesday.year, tuesday.month)
    assert next_round(at) - at <= timedelta(days=35)


@given(DAYS, st.sampled_from(sorted(available_timezones() - {"localtime"})), st.integers(-90, 90))
def test_every_senior_is_asked_around_eleven_of_their_own_day(day: date, zone: str, minutes: int) -> None:
    tuesday = first_tuesday(day.year, day.month)
    at = ask_at(tuesday, Calendar(zone), timedelta(minutes=minutes))
    local = at.astimezone(ZoneInfo(zone))
    assert not is_quiet(at, zone)
    assert local.date() >= tuesday
    assert 9 <= local.hour <= 12


def test_did_it_counts_once_a_month_and_a_kept_promise_of_the_same_month_is_the_same_deed() -> None:
    months = [
        said("2026-03", Credited.DID), said("2026-04", Credited.PLAN), said("2026-05", Credited.NOT_THIS_MONTH),
        said("2026-06", None),
    ]  # fmt: skip
    assert counted(months, []) == 1
    assert counted(months, [date(2026, 3, 20), date(2026, 4, 20), date(2026, 4, 28)]) == 3
    assert counted([], []) == 0
