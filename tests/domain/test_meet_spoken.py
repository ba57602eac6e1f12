"""Dates and times as people type them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meet import TimeWords, Unclear, understand
from bot.domain.when import NoSuchTime, NotATime
from bot.services.meet.spoken import both, time_words
from prompts import Library

BERLIN = "Europe/Berlin"
ZONES = (BERLIN, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
SATURDAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
"""13:00 in Berlin."""


@pytest.fixture(scope="module")
def known(library: Library) -> TimeWords:
    return time_words(library.words("en"))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("today 15:00", "2026-11-21 15:00"), ("tomorrow 9:30", "2026-11-22 09:30"), ("Tue 14:30", "2026-11-24 14:30"),
        ("next Tuesday 14:30", "2026-11-24 14:30"), ("14:30", "2026-11-21 14:30"), ("12:59", "2026-11-22 12:59"),
        ("24 Nov 10:00", "2026-11-24 10:00"), ("Nov 24th, 10 am", "2026-11-24 10:00"), ("9.30pm", "2026-11-21 21:30"),
        ("12 am", "2026-11-22 00:00"), ("sat 12:00", "2026-11-28 12:00"), ("on Sat at 14", "2026-11-21 14:00"),
        ("next sat 14:00", "2026-11-28 14:00"), ("1 Mar 8am", "2027-03-01 08:00"), ("29 Feb 10:00", "2028-02-29 10:00"),
        ("24 Nov 2027 10:00", "2027-11-24 10:00"), ("10:00 2026-11-24", "2026-11-24 10:00"),
        ("TUESDAY 2PM", "2026-11-24 14:00"),
    ],
)  # fmt: skip
def test_what_is_typed_is_the_first_such_moment_ahead(known: TimeWords, text: str, when: str) -> None:
    found = understand(text, known, SATURDAY, BERLIN, ahead=True)
    assert f"{found.astimezone(ZoneInfo(BERLIN)):%Y-%m-%d %H:%M}" == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("mar. 14:30", "2026-11-24 14:30"), ("mar 14h30", "2026-11-24 14:30"), ("demain 10h", "2026-11-22 10:00"),
        ("aujourd'hui à 15 h", "2026-11-21 15:00"), ("Aujourd\u2019hui 15h05", "2026-11-21 15:05"),
        ("mardi prochain à 9 heures", "2026-11-24 09:00"), ("le 24 nov. 10h", "2026-11-24 10:00"),
        ("1er décembre 8h du matin", "2026-12-01 08:00"), ("24 nov 2027 à 14h30", "2027-11-24 14:30"),
        ("dimanche 8h du soir", "2026-11-22 20:00"), ("Tue 14:30", "2026-11-24 14:30"),
        ("tomorrow 2pm", "2026-11-22 14:00"), ("5 mars 9h", "2027-03-05 09:00"), ("29 février 10h", "2028-02-29 10:00"),
    ],
)  # fmt: skip
def test_french_is_understood_and_english_beside_it(library: Library, text: str, when: str) -> None:
    known = both(time_words(library.words("fr")), time_words(library.words("en")))
    found = understand(text, known, SATURDAY, BERLIN, ahead=True)
    assert f"{found.astimezone(ZoneInfo(BERLIN)):%Y-%m-%d %H:%M}" == when


@pytest.mark.parametrize("text", ["demain h", "mar. jeu. 10h", "24 10h", "demain 25h", "demain 10h75", "10h 11h"])
def test_french_that_is_no_time_is_none(library: Library, text: str) -> None:
    with pytest.raises(NotATime):
        understand(text, time_words(library.words("fr")), SATURDAY, BERLIN, ahead=True)


@pytest.mark.parametrize(
    "text",
    [
        "", "noon", "25:00", "13 pm", "30 Feb 10:00", "tue wed 10:00", "10:00 11:00", "24 10:00", "next 10:00", "am",
        "24.11. 10:00", "\u00b2\u00b3 Nov 10:00", "24 Nov 99999 10:00", "2026-13-40 10:00", "today tomorrow 9:00",
    ],
)  # fmt: skip
def test_what_is_nothing_of_the_kind_is_no_time(known: TimeWords, text: str) -> None:
    with pytest.raises(NotATime):
        understand(text, known, SATURDAY, BERLIN, ahead=True)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("12:59", "2026-11-21 12:59"), ("13:01", "2026-11-20 13:01"), ("Tue 14:30", "2026-11-17 14:30"),
        ("yesterday 9:30", "2026-11-20 09:30"), ("24 Nov 10:00", "2025-11-24 10:00"), ("sat 10am", "2026-11-21 10:00"),
        ("last sat 10am", "2026-11-14 10:00"), ("2 Nov 10:00", "2026-11-02 10:00"),
    ],
)  # fmt: skip
def test_what_was_is_the_last_such_moment(known: TimeWords, text: str, when: str) -> None:
    found = understand(text, known, SATURDAY, BERLIN, ahead=False)
    assert f"{found.astimezone(ZoneInfo(BERLIN)):%Y-%m-%d %H:%M}" == when


@pytest.mark.parametrize(("text", "weekday"), [("next tue", False), ("2026-11-24", False), ("Mon 24 Nov 9:00", True)])
def test_what_is_half_clear_says_which_half(known: TimeWords, text: str, weekday: bool) -> None:
    with pytest.raises(Unclear) as half:
        understand(text, known, SATURDAY, BERLIN, ahead=True)
    assert (half.value.day, half.value.weekday) == (date(2026, 11, 24), weekday)


def test_a_time_that_the_clocks_skip_is_none_and_of_two_the_first_is_meant(known: TimeWords) -> None:
    with pytest.raises(NoSuchTime):
        understand("Sunday 2:30", known, datetime(2026, 3, 27, 12, tzinfo=UTC), BERLIN, ahead=True)
    twice = understand("Sun 2:30 am", known, datetime(2026, 10, 23, 12, tzinfo=UTC), BERLIN, ahead=True)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(minutes=st.integers(1, 300 * 24 * 60), zone=st.sampled_from(ZONES), locale=st.sampled_from(("en-GB", "en-US")))
def test_what_we_write_is_understood(library: Library, minutes: int, zone: str, locale: str) -> None:
    """A moment as messages show it, typed again, is that moment; of an hour that comes twice, the first."""
    words = library.words(locale)
    moment = SATURDAY + timedelta(minutes=minutes)
    found = understand(words.day_time(moment, zone), time_words(words), SATURDAY, zone, ahead=True)
    second = moment.astimezone(ZoneInfo(zone)).fold
    assert found == moment or (second and found < moment)


@given(text=st.text(st.sampled_from("0123456789:.- apmnovtue,"), max_size=20))
def test_whatever_is_typed_is_a_time_or_none(library: Library, text: str) -> None:
    try:
        found = understand(text, time_words(library.words("en")), SATURDAY, BERLIN, ahead=True)
    except (NotATime, NoSuchTime):
        return
    assert found.tzinfo is not None
