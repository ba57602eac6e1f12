"""What keeps two people apart: working hours across clock changes, languages, purpose, former pairs, free places."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.match import Check, Common, Member, avoided, forbidden, judge, room, scarce
from bot.domain.match.hours import Shift, between, offsets, shared
from storage.records.enrol import Confided, Profile, Side
from storage.records.programme import Purpose
from tests.domain.test_match import ANA as ANA_BY_HAND
from tests.domain.test_match import BO as BO_BY_HAND
from tests.domain.test_match import KNOWN

SPRING = (date(2026, 3, 2), date(2026, 8, 28))
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "UTC")
HOURS = st.integers(0, 47).map(lambda half: half * 30)


def member(user: str, *sides: Side, told: Confided | None = None, **said: object) -> Member:
    values: dict[str, object] = {"capacity_junior": 2, "capacity_senior": 2, **said}
    profile = replace(Profile(frozenset(sides or Side), 1, "", "", "", "", "", ()), **values)  # type: ignore[arg-type]
    return Member(f"id-{user}", user, profile, "Europe/Berlin", told or Confided())


ANA, BO = member("ANA"), member("BO")
COMMON = Common({"ANA": "MAX", "BO": "EVA"}, (), (), Purpose.CULTURE, "en", offsets(ZONES, *SPRING))


def minutes_together(one: Shift, other: Shift, day: date) -> int:
    """The slow way: every half hour of a day, is it inside both working days?"""

    def works(shift: Shift, moment: datetime) -> bool:
        local = moment.astimezone(ZoneInfo(shift.zone))
        now = local.hour * 60 + local.minute
        if shift.works_from < shift.works_to:
            return shift.works_from <= now < shift.works_to
        return shift.works_to < shift.works_from and (now >= shift.works_from or now < shift.works_to)

    start = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    moments = [start + timedelta(minutes=30 * n) for n in range(48)]
    return 30 * sum(works(one, moment) and works(other, moment) for moment in moments)


@given(*[st.builds(Shift, st.sampled_from(ZONES), HOURS, HOURS)] * 2)
def test_hours_in_common_are_counted_on_the_worst_day_of_the_cohort(one: Shift, other: Shift) -> None:
    # Days far from any clock change: on the day itself, clocks show an hour twice or not at all.
    days = [date(2026, 3, 4), date(2026, 3, 18), date(2026, 4, 2), date(2026, 5, 1), date(2026, 8, 20)]
    found = shared(one, other, offsets({one.zone, other.zone}, *SPRING))
    assert found == min(minutes_together(one, other, day) for day in days)


def test_berlin_and_new_york_have_three_hours_whatever_the_weeks_between_their_clock_changes() -> None:
    clocks = offsets(ZONES, *SPRING)
    assert shared(Shift("Europe/Berlin", 540, 1080), Shift("America/New_York", 540, 1080), clocks) == 180
    assert between("Europe/Berlin", "America/New_York", clocks) == 360
    assert between("Pacific/Auckland", "America/New_York", clocks) <= 720


@pytest.mark.parametrize(
    ("junior", "senior", "common", "check"),
    [
        (ANA, BO, COMMON, None),
        (ANA, ANA, COMMON, Check.SAME_PERSON),
        (ANA, BO, replace(COMMON, lines={"ANA": "MAX", "MAX": "BO"}), Check.SENIOR_ABOVE),
        (ANA, BO, replace(COMMON, conflicts={frozenset({"ANA", "BO"})}), Check.CONFLICT),
        (ANA, BO, replace(COMMON, former={frozenset({"id-ANA", "id-BO"})}), Check.FORMER),
        (replace(ANA, outside=True), BO, COMMON, None),
        (replace(ANA, outside=True), BO, replace(COMMON, outsiders=False), Check.OUTSIDER),
        (member("ANA", purposes=("technology",)), BO, COMMON, Check.OTHER_PURPOSE),
        (member("ANA", purposes=("technology", "free")), BO, COMMON, None),
        (ANA, member("BO", languages=("de", "pt")), COMMON, Check.NO_LANGUAGE),
        (ANA, member("BO", languages=("de", "pt")), replace(COMMON, language="pt"), None),
        (ANA, replace(BO, zone="Pacific/Auckland"), COMMON, Check.FEW_HOURS),
        (member("ANA", works_from=540, works_to=720), member("BO", works_from=660, works_to=1080), COMMON,
         Check.FEW_HOURS),
    ],
)  # fmt: skip
def test_each_rule_keeps_two_people_apart(junior: Member, senior: Member, common: Common, check: Check | None) -> None:
    assert forbidden(junior, senior, common) is check


def test_a_pair_made_by_hand_is_held_to_the_same_rules() -> None:
    def hard(**changes: object) -> tuple[Check, ...]:
        return judge(ANA_BY_HAND, BO_BY_HAND, replace(KNOWN, **changes)).hard  # type: ignore[arg-type]

    assert hard() == ()
    assert hard(former=True) == (Check.FORMER,)
    away = replace(BO_BY_HAND, zone="Pacific/Auckland")
    clocks = replace(KNOWN, offsets=offsets({"UTC", "Pacific/Auckland"}, *SPRING))
    assert judge(ANA_BY_HAND, away, clocks).hard == (Check.FEW_HOURS,)
    outside = replace(BO_BY_HAND, outside=True)
    assert judge(ANA_BY_HAND, outside, replace(KNOWN, outsiders=False)).hard == (Check.OUTSIDER,)


def test_six_hours_between_the_clocks_are_said_and_stop_nothing() -> None:
    late = replace(BO_BY_HAND.places[0].profile, works_from=960, works_to=1439)
    there = replace(BO_BY_HAND, zone="Asia/Kolkata", places=(replace(BO_BY_HAND.places[0], profile=late),))
    here = replace(ANA_BY_HAND, zone="America/New_York")
    clocks = replace(KNOWN, offsets=offsets({"America/New_York", "Asia/Kolkata"}, *SPRING))
    assert judge(here, there, clocks).checks == (Check.FAR_APART,)


def test_an_avoid_list_works_both_ways_and_is_no_check() -> None:
    shy = member("ANA", told=Confided(avoid=("BO",)))
    assert avoided(shy, BO) and avoided(BO, shy) and not avoided(ANA, BO)
    assert forbidden(shy, BO, COMMON) is None


def test_room_is_what_people_have_time_for_less_what_they_have() -> None:
    assert room(ANA, Side.JUNIOR) == 2
    assert room(replace(ANA, pairs={Side.JUNIOR: 1, Side.SENIOR: 2}), Side.JUNIOR) == 1
    assert room(replace(ANA, pairs={Side.JUNIOR: 3}), Side.JUNIOR) == 0
    assert room(replace(ANA, here=False), Side.JUNIOR) == 0
    assert room(member("ANA", Side.SENIOR), Side.JUNIOR) == 0


def test_whoever_few_are_like_gives_one_hour_in_an_inclusion_cohort_not_everybody_s() -> None:
    carer = member("ANA", told=Confided(tags=("carer",)))
    others = [member(f"U{n}", told=Confided(tags=("parent",))) for n in range(9)]
    assert scarce([carer, *others], Purpose.INCLUSION) == {"id-ANA"}
    assert scarce([carer, *others], Purpose.CULTURE) == frozenset()
    assert scarce([member("ANA", told=carer.told, identity_off=True), *others], Purpose.INCLUSION) == frozenset()
    assert (room(carer, Side.JUNIOR, {"id-ANA"}), room(carer, Side.SENIOR, {"id-ANA"})) == (1, 2)
    assert room(replace(carer, pairs={Side.JUNIOR: 1}), Side.JUNIOR, {"id-ANA"}) == 0
