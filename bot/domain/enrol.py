"""Joining: what Slack knows about an account, what a person is asked to tell, and what status says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.leave import Asked
from bot.domain.match import PairPeople, chain
from bot.domain.refusals import Refusal
from bot.domain.when import DaysOff, add_working_days, never_off
from storage.records.checkin import Checkin
from storage.records.commit import Commitment
from storage.records.enrol import Enrolment, Participant, Person, Profile, Side
from storage.records.meet import Session
from storage.records.programme import Cohort, Purpose

LEVELS = 5
SHORT = 80
LONG = 500
HEAR_BY = 10
"""Working days after which everybody who waits hears something, match or no match."""

TAKING_PART = (Enrolment.WAITING, Enrolment.PAIRED, Enrolment.PAUSED)


@dataclass(frozen=True, slots=True)
class SlackProfile:
    """An account as Slack describes it at this moment. `zone` is a valid IANA name, `locale` such as "en-US"."""

    user_id: str
    name: str
    zone: str
    locale: str
    admin: bool
    bot: bool
    deactivated: bool
    guest: bool

    @property
    def usable(self) -> bool:
        """Whether a person could read and answer from this account."""
        return not self.bot and not self.deactivated


@dataclass(frozen=True, slots=True)
class About:
    """The *About you* modal, typed: the profile, and who the person says they report to (a Slack id)."""

    profile: Profile
    manager: str | None


@dataclass(frozen=True, slots=True)
class AboutForm:
    """What the *About you* modal is drawn from; `cohort` is None when the profile is edited later."""

    known: About
    regions: tuple[str, ...]
    cohort: Cohort | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody who types `join` may choose from; `told` when they asked to hear of the next cohort."""

    cohorts: tuple[Cohort, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody's place in a cohort, by when they hear from us, and how they write dates (their locale)."""

    cohort: Cohort
    hear_by: date
    locale: str


@dataclass(frozen=True, slots=True)
class PairStatus:
    """One of a person's pairs: where it stands and what comes next."""

    people: PairPeople
    side: Side
    next_session: Session | None
    promises: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message or a piece of work that did not reach a person; `about` is the step it belongs to."""

    about: str
    day: date
    too_late: bool
    over_budget: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that `/revmentor status` says to one person."""

    me: Person
    places: tuple[tuple[Cohort, Participant], ...]
    waits_until: date | None
    asked: tuple[PairStatus, ...]
    pairs: tuple[PairStatus, ...]
    checkins: tuple[tuple[Checkin, PairPeople], ...]
    undelivered: tuple[Undelivered, ...]
    paused_until: date | None = None
    leaving: tuple[Asked, ...] = ()


def hear_by(joined: date, starts_on: date, days_off: DaysOff = never_off) -> date:
    """The day by which somebody who joined hears from us, match or no match; in their own calendar."""
    return add_working_days(max(joined, starts_on), HEAR_BY, days_off)


def can_join(cohort: Cohort, today: date) -> bool:
    """A cohort takes people until four weeks before it ends: a pair needs time to meet."""
    return today <= cohort.ends_on - timedelta(weeks=4)


def checked(
    about: About, *, user_id: str, regions: Collection[str], lines: Mapping[str, str], bound: frozenset[Side]
) -> list[Refusal]:
    """What is wrong with the form, each under its field. `bound` are the sides on which a pair is open."""
    return [
        *_missing(about.profile),
        *_too_long(about.profile),
        *_impossible(about.profile, regions),
        *_manager(about.manager, user_id, lines),
        *(Refusal(f"enrol.refused.bound_{s}", field="sides") for s in sorted(bound - about.profile.sides)),
    ]


def _missing(profile: Profile) -> list[Refusal]:
    found = [] if profile.sides else [Refusal("enrol.refused.no_side", field="sides")]
    for name in ("department", "location"):
        if not getattr(profile, name):
            found.append(Refusal("common.errors.empty", field=name))
    return found


def _too_long(profile: Profile) -> list[Refusal]:
    limits = {"department": SHORT, "location": SHORT, "share": LONG, "learn": LONG}
    return [
        Refusal("common.errors.too_long", field=name, length=len(text), limit=limit)
        for name, limit in limits.items()
        if len(text := getattr(profile, name)) > limit
    ]


def _impossible(profile: Profile, regions: Collection[str]) -> list[Refusal]:
    checks = {
        "level": 1 <= profile.level <= LEVELS,
        "region": not profile.region or profile.region[:2] in regions,
        "purposes": set(profile.purposes) <= {p.value for p in Purpose},
    }
    return [Refusal("common.errors.pick_one", field=name) for name, fine in checks.items() if not fine]


def _manager(manager: str | None, user_id: str, lines: Mapping[str, str]) -> list[Refusal]:
    if manager == user_id:
        return [Refusal("enrol.refused.own_manager", field="manager")]
    if manager is not None and user_id in chain(manager, lines):
        # No names here: the lines of others are not this person's business.
        return [Refusal("enrol.refused.circle", field="manager")]
    return []


def trimmed(about: About) -> About:
    """The form without spaces at the ends."""
    profile = about.profile
    texts = {name: getattr(profile, name).strip() for name in ("department", "location", "share", "learn")}
    return replace(about, profile=replace(profile, **texts))


def in_same_part(about: About, before: str) -> About:
    """The form names a country; who had named a part of it ("DE-BY") stays there."""
    profile = about.profile
    same = bool(profile.region) and before.startswith(f"{profile.region}-")
    return replace(about, profile=replace(profile, region=before)) if same else about
