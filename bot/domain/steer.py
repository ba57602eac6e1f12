"""From a pilot to a programme: when volunteers are asked, what coordinators see, how the group's channel is called."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.refusals import Refusal
from storage.records.enrol import Person
from storage.records.programme import Cohort, CohortState
from storage.records.ripple import RippleKind
from storage.records.steer import Steering, VolunteerState

BEFORE_END = timedelta(days=14)
"""From when a pilot counts as coming to its end."""
REMINDED = timedelta(days=60)
"""How long after its end coordinators are reminded of what follows."""
NAME = "steer.name"
NAME_LENGTH = 80
"""Slack's limit for the name of a channel."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class PilotFigures:
    """What a pilot did, in counts; nobody's answers."""

    pairs: int
    completed: int
    held: int
    planned: int
    by_senior: int
    promised: int
    kept: int
    ripples: tuple[tuple[RippleKind, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """One pilot for coordinators. `volunteers` are those who said yes; `asked` is how many were asked, `left`
    how many have met and were not."""

    cohort: Cohort
    ready: bool
    asked: int
    volunteers: tuple[Person, ...]
    channel: Steering | None
    figures: PilotFigures
    left: int = 0


@dataclass(frozen=True, slots=True)
class SteeringDesk:
    """What `/revmentor admin steering` shows; the newest pilot first."""

    desks: tuple[Desk, ...]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody of a pilot is asked, and what they said."""

    cohort: Cohort
    state: VolunteerState


@dataclass(frozen=True, slots=True)
class ChannelForm:
    """The window in which the group's channel is named; `volunteers` are invited into it."""

    cohort: Cohort
    volunteers: tuple[Person, ...]
    name: str


def is_ready(cohort: Cohort, today: date) -> bool:
    """Whether a pilot is near its end or over; before that nobody knows what they would steer."""
    return cohort.pilot and (cohort.state is CohortState.CLOSED or today >= cohort.ends_on - BEFORE_END)


def asks_now(cohort: Cohort, today: date) -> bool:
    """Whether coordinators are reminded to ask: from two weeks before its end to two months after it."""
    return is_ready(cohort, today) and today <= cohort.ends_on + REMINDED


def slug(text: str) -> str:
    """A channel name made of any words: Slack takes small letters, digits, - and _."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:NAME_LENGTH]


def check_name(name: str) -> str:
    """The name as Slack takes it, without the mark in front. Raises Refusal under the field for what it refuses."""
    wanted = name.strip().removeprefix("#")
    if not wanted:
        raise Refusal("common.errors.empty", field=NAME)
    if len(wanted) > NAME_LENGTH or not _NAME.fullmatch(wanted):
        raise Refusal("steer.refused.name", field=NAME)
    return wanted
