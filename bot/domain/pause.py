"""Pausing: until when, what it holds back, and what is said about it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from storage.records.enrol import Person
from storage.records.meet import Session
from storage.records.pause import Pause

UNTIL, NOTE = "pause.until", "pause.note"
LONGEST = timedelta(days=183)
USUAL = timedelta(days=14)
NOTE_LENGTH = 200
NO_END = datetime(9999, 1, 1, tzinfo=UTC)
"""Until when things wait about somebody whose account is closed, for nobody knows."""

HELD: tuple[Job, ...] = (
    Job.NO_MATCH_YET, Job.REMIND_PROPOSAL, Job.FIRST_CONTACT, Job.ICEBREAKERS, Job.AGENDA, Job.LESSON, Job.REMINDER,
    Job.DID_YOU_MEET, Job.NEXT_MISSING, Job.REMIND_OFFER, Job.CHECKIN, Job.REMIND_CHECKIN, Job.COMMITMENT_DUE,
    Job.ASK_NOTICED, Job.INTRO_REMIND, Job.INTRO_LAPSE, Job.INTRO_DUE, Job.ASK_TALKED, Job.FIT, Job.MIDPOINT,
    Job.END_SURVEY, Job.REMIND_REVIEW, Job.CONTRACT_REVIEW,
)  # fmt: skip
"""Work that waits for the end of a pause and is then done, or recorded as too late. The rest runs on: what closes by
itself (check-ins, sessions that nobody spoke about) closes, and what asks nobody looks and finds a pause."""

_SPAN = re.compile(
    r"(?:(?:for|pendant|pour)\s+)?(?P<n>\d{1,3}|an?|one|une?)\s*"
    r"(?P<unit>d|day|w|week|m|month|j|jour|semaine|mois)s?",
    re.IGNORECASE,
)
_DAY, _WEEK, _MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
_UNITS = {"d": _DAY, "j": _DAY, "w": _WEEK, "s": _WEEK, "m": _MONTH}
_UNTIL = re.compile(r"(?:until|jusqu['\u2019](?:au|à))\s+|until$")


@dataclass(frozen=True, slots=True)
class PauseForm:
    """What the modal is drawn from; `running` is a pause that is changed."""

    me: Person
    today: date
    until: date
    running: Pause | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """Just done, for the person who did it."""

    pause: Pause
    me: Person
    pairs: int


@dataclass(frozen=True, slots=True)
class PausedFacts:
    """For the other side: never who asked; `note` is what that person wanted to be read."""

    until: date
    note: str
    called_off: tuple[Session, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class FrozenFacts:
    """For the partner of somebody whose account was closed: never why; `zone` is the reader's."""

    called_off: tuple[Session, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class AccountGone:
    """For coordinators: whose account was closed, and the running pairs that wait because of it."""

    person: Person
    pairs: tuple[PairPeople, ...]


@dataclass(frozen=True, slots=True)
class ResumedFacts:
    """A pause is over, for one reader."""

    own: bool
    partners: tuple[str, ...]


def parse_until(text: str, today: date) -> date | None:
    """The day that "2 weeks", "until 2026-04-01" or "10 jours" means, in English or French; None for an empty text.

    Raises Refusal for anything else.
    """
    said = _UNTIL.sub("", text.strip().lower(), count=1).strip()
    if not said:
        return None
    span = _SPAN.fullmatch(said)
    if span is not None:
        count = int(span["n"]) if span["n"].isdecimal() else 1
        return today + count * _UNITS[span["unit"][0]]
    if said in ("tomorrow", "demain"):
        return today + timedelta(days=1)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Refusal("pause.refused.not_a_day", field=UNTIL) from None


def problems(until: date | None, note: str, today: date) -> list[Refusal]:
    """What is wrong with the form, each under its field."""
    found = []
    if until is None:
        found.append(Refusal("common.errors.pick_one", field=UNTIL))
    elif until <= today:
        found.append(Refusal("pause.refused.past", field=UNTIL))
    elif until > today + LONGEST:
        found.append(Refusal("pause.refused.too_far", field=UNTIL))
    if len(note) > NOTE_LENGTH:
        found.append(Refusal("common.errors.too_long", field=NOTE, length=len(note), limit=NOTE_LENGTH))
    return found


def may_undo(pause: Pause, now: datetime) -> bool:
    return pause.settled_at is None and pause.ended_at is None and now - pause.began_at <= UNDO
