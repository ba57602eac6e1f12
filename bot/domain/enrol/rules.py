"""When people hear from us, and what the forms of the profile refuse."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from bot.domain.enrol.facts import About
from bot.domain.enrol.vocabulary import (
    AVOID_AT_MOST,
    DAY,
    EXPERIENCES,
    GENDERS,
    GENERATIONS,
    LANGUAGES_AT_MOST,
    PAIRS_AT_MOST,
    SCALE,
    TOPICS,
    TOPICS_AT_MOST,
    VALUES,
)
from bot.domain.match import chain
from bot.domain.programme.cohorts import SHORTEST
from bot.domain.refusals import Refusal
from bot.domain.when import DaysOff, add_working_days, never_off
from storage.records.enrol import Confided, Enrolment, Profile, Side
from storage.records.programme import Cohort, Purpose

LEVELS = 5
SHORT = 80
LONG = 500
HEAR_BY = 10
"""Working days after which everybody who waits hears something, match or no match."""

TAKING_PART = (Enrolment.WAITING, Enrolment.PAIRED, Enrolment.PAUSED)


class Part(StrEnum):
    """The three short forms that the profile is asked in."""

    ABOUT = "about"
    BRING = "bring"
    MATCHING = "matching"


FIELDS: Mapping[Part, tuple[str, ...]] = {
    Part.ABOUT: (
        "sides", "level", "department", "division", "location", "region", "languages", "purposes",
    ),
    Part.BRING: (
        "share", "learn", "offers", "wants", "works_from", "works_to", "capacity_junior", "capacity_senior",
        "identity_off",
    ),
}  # fmt: skip
"""Which fields of the profile each form asks for; the third asks for what is confided."""


def hear_by(joined: date, starts_on: date, days_off: DaysOff = never_off) -> date:
    """The day by which somebody who joined hears from us, match or no match; in their own calendar."""
    return add_working_days(max(joined, starts_on), HEAR_BY, days_off)


def can_join(cohort: Cohort, today: date) -> bool:
    """A cohort takes people until four weeks before it ends: a pair needs time to meet."""
    return today <= cohort.ends_on - SHORTEST


def merged(known: Profile, told: Profile, part: Part) -> Profile:
    """The profile with what one form asks for; the rest stays."""
    return replace(known, **{name: getattr(told, name) for name in FIELDS[part]})


def checked(
    about: About,
    *,
    user_id: str,
    regions: Collection[str],
    languages: Collection[str],
    lines: Mapping[str, str],
    bound: frozenset[Side],
) -> list[Refusal]:
    """What is wrong with the first form, each under its field. `bound` are the sides on which a pair is open."""
    profile = about.profile
    return [
        *_missing(profile),
        *_too_long(profile, {"department": SHORT, "division": SHORT, "location": SHORT}),
        *_impossible(profile, regions, languages),
        *_manager(about.manager, user_id, lines),
        *(Refusal(f"enrol.refused.bound_{s}", field="sides") for s in sorted(bound - profile.sides)),
    ]


def checked_bring(profile: Profile) -> list[Refusal]:
    """What is wrong with the second form, each under its field."""
    room = range(1, PAIRS_AT_MOST + 1)
    checks = {
        "offers": set(profile.offers) <= set(TOPICS),
        "wants": set(profile.wants) <= set(TOPICS),
        "capacity_junior": profile.capacity_junior in room,
        "capacity_senior": profile.capacity_senior in room,
        "works_from": 0 <= profile.works_from < DAY,
        "works_to": 0 < profile.works_to <= DAY,
    }
    found = [Refusal("common.errors.pick_one", field=name) for name, fine in checks.items() if not fine]
    if not found and profile.works_to <= profile.works_from:
        found.append(Refusal("enrol.refused.hours", field="works_to"))
    for name in ("offers", "wants"):
        if len(getattr(profile, name)) > TOPICS_AT_MOST:
            found.append(Refusal("common.errors.at_most", field=name, n=TOPICS_AT_MOST))
    return [*_too_long(profile, {"share": LONG, "learn": LONG}), *found]


def checked_confided(told: Confided) -> list[Refusal]:
    """What is wrong with the third form; nothing in it has to be filled in."""
    checks = {
        "values1": len(told.values) in (0, VALUES) and all(0 <= n <= SCALE for n in told.values),
        "generation": told.generation in ("", *GENERATIONS),
        "gender": told.gender in ("", *GENDERS),
        "tags": set(told.tags) <= set(EXPERIENCES),
    }
    found = [Refusal("common.errors.pick_one", field=name) for name, fine in checks.items() if not fine]
    if len(told.avoid) > AVOID_AT_MOST:
        found.append(Refusal("common.errors.at_most", field="avoid", n=AVOID_AT_MOST))
    return found


def _missing(profile: Profile) -> list[Refusal]:
    found = [] if profile.sides else [Refusal("enrol.refused.no_side", field="sides")]
    for name in ("department", "location"):
        if not getattr(profile, name):
            found.append(Refusal("common.errors.empty", field=name))
    return found


def _too_long(profile: Profile, limits: Mapping[str, int]) -> list[Refusal]:
    return [
        Refusal("common.errors.too_long", field=name, length=len(text), limit=limit)
        for name, limit in limits.items()
        if len(text := getattr(profile, name)) > limit
    ]


def _impossible(profile: Profile, regions: Collection[str], languages: Collection[str]) -> list[Refusal]:
    checks = {
        "level": 1 <= profile.level <= LEVELS,
        "region": not profile.region or profile.region[:2] in regions,
        "languages": bool(profile.languages) and set(profile.languages) <= set(languages),
        "purposes": set(profile.purposes) <= {p.value for p in Purpose},
    }
    found = [Refusal("common.errors.pick_one", field=name) for name, fine in checks.items() if not fine]
    if len(profile.languages) > LANGUAGES_AT_MOST:
        found.append(Refusal("common.errors.at_most", field="languages", n=LANGUAGES_AT_MOST))
    return found


def _manager(manager: str | None, user_id: str, lines: Mapping[str, str]) -> list[Refusal]:
    if manager == user_id:
        return [Refusal("enrol.refused.own_manager", field="manager")]
    if manager is not None and user_id in chain(manager, lines):
        # No names here: the lines of others are not this person's business.
        return [Refusal("enrol.refused.circle", field="manager")]
    return []


def trimmed(profile: Profile) -> Profile:
    """The profile without spaces at the ends of its texts."""
    names = ("department", "division", "location", "share", "learn")
    return replace(profile, **{name: getattr(profile, name).strip() for name in names})


def in_same_part(profile: Profile, before: str) -> Profile:
    """The form names a country; who had named a part of it ("DE-BY") stays there."""
    same = bool(profile.region) and before.startswith(f"{profile.region}-")
    return replace(profile, region=before) if same else profile
