"""What people may choose, and where what is planned goes when their clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.asking import ask_times
from bot.domain.prefs import EVENINGS, MORNINGS, checked, placed_anew, zone_of
from bot.domain.refusals import Refusal
from bot.domain.when import Calendar, is_quiet, out_of_quiet
from storage.records.prefs import USUAL, Prefs

ZONES = st.sampled_from(sorted(available_timezones()))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HABITS = st.builds(
    Prefs,
    quiet_until=st.sampled_from(MORNINGS),
    quiet_from=st.sampled_from(EVENINGS),
    checkin_day=st.none() | st.integers(0, 4),
)
MINUTES = st.integers(0, 400 * 24 * 60).map(lambda n: NOW + timedelta(minutes=n))


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("", ""), ("Asia/Tokyo", "Asia/Tokyo"), ("tokyo", "Asia/Tokyo"), ("new york", "America/New_York"), ("UTC", "UTC")],
)
def test_a_city_or_a_zone_is_understood(typed: str, zone: str) -> None:
    assert zone_of(typed) == zone


@pytest.mark.parametrize("typed", ["Atlantis", "../../etc/passwd", "localtime", "x" * 64, "🙂"])
def test_a_place_that_is_none_is_said_under_its_field(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        zone_of(typed)
    assert refused.value.field == "prefs.zone"


@given(MINUTES, ZONES, HABITS)
def test_chosen_hours_are_kept_by_whatever_moves_out_of_quiet(at: datetime, zone: str, prefs: Prefs) -> None:
    moved = out_of_quiet(at, zone, prefs=prefs)
    assert moved >= at
    assert not is_quiet(moved, zone, prefs=prefs)


@given(MINUTES, ZONES, ZONES, HABITS, HABITS)
def test_check_ins_keep_the_hours_of_both(ended: datetime, one: str, other: str, mine: Prefs, theirs: Prefs) -> None:
    junior, senior = Calendar(one, prefs=mine), Calendar(other, prefs=theirs)
    asked = ask_times(ended, ended, junior, senior, after_hours=None, jitter=timedelta(0))
    for at, who in zip(asked, (junior, senior), strict=True):
        assert not is_quiet(at, who.zone, who.off, who.prefs)
        assert at >= ended + timedelta(hours=12)


@pytest.mark.parametrize(("mine", "theirs", "day"), [(3, None, 3), (None, 1, 1), (3, 1, 3), (None, None, 1)])
def test_the_chosen_day_counts_the_juniors_first(mine: int | None, theirs: int | None, day: int) -> None:
    junior = Calendar("Europe/Berlin", prefs=Prefs(checkin_day=mine))
    senior = Calendar("Europe/Berlin", prefs=Prefs(checkin_day=theirs))
    asked, same = ask_times(NOW, NOW, junior, senior, after_hours=None, jitter=timedelta(0))
    assert asked == same
    assert asked.astimezone(ZoneInfo("Europe/Berlin")).weekday() == day


@pytest.mark.parametrize(("mine", "theirs", "hour"), [(15, None, 15), (None, 13, 13), (11, 16, 16), (None, None, 10)])
def test_of_two_chosen_hours_the_later_counts(mine: int | None, theirs: int | None, hour: int) -> None:
    junior = Calendar("Europe/Berlin", prefs=Prefs(checkin_hour=mine))
    senior = Calendar("Europe/Berlin", prefs=Prefs(checkin_hour=theirs))
    for after_hours in (None, 2):
        asked, same = ask_times(NOW, NOW, junior, senior, after_hours=after_hours, jitter=timedelta(0))
        if after_hours is None or (mine, theirs) != (None, None):
            assert asked == same
            assert asked.astimezone(ZoneInfo("Europe/Berlin")).hour == hour


@given(MINUTES, ZONES, ZONES, HABITS)
def test_what_moves_to_another_clock_is_never_quiet_there_nor_past(
    at: datetime, old: str, new: str, prefs: Prefs
) -> None:
    now = NOW + timedelta(days=30)
    moved = placed_anew(at, Calendar(old), Calendar(new, prefs=prefs), now)
    assert moved >= now
    assert not is_quiet(moved, new, prefs=prefs)


def test_ten_in_the_morning_stays_ten_in_the_morning() -> None:
    berlin, tokyo = Calendar("Europe/Berlin"), Calendar("Asia/Tokyo")
    at = datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert placed_anew(at, berlin, tokyo, NOW) == datetime(2026, 3, 5, 1, tzinfo=UTC)


def test_every_wrong_choice_is_said_under_its_field() -> None:
    wrong = Prefs(language="xx", quiet_until=3, quiet_from=23, checkin_hour=2, checkin_day=6)
    fields = {problem.field for problem in checked(wrong, "ZZ", languages=("en",), regions={"DE", "DE-BY"})}
    assert fields == {
        "prefs.language",
        "prefs.quiet_until",
        "prefs.quiet_from",
        "prefs.hour",
        "prefs.day",
        "prefs.region",
    }
    assert checked(USUAL, "DE-BY", languages=("en",), regions={"DE", "DE-BY"}) == []
