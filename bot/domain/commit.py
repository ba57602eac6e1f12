"""The rules of commitments: what a promise must hold, when it is asked about, what can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO, DaysOff, add_working_days, is_working, never_off, out_of_quiet, utc_of
from storage.records.commit import Commitment, CommitmentKind, CommitmentState, Noticed, Proposal
from storage.records.enrol import Side
from storage.records.match import Pair, PairState

WHEN, TEXT = "commit.when", "commit.text"
DUE_ON = "commit.due_on"
WHEN_LENGTH, TEXT_LENGTH = 120, 300
AHEAD = timedelta(days=366)
WAITING_MOST = 5
"""So many proposals may wait for one senior's answer in a pair."""
NOTICE_AFTER = timedelta(days=3)
AFTERWARDS = timedelta(days=60)
"""For so long after a pair was completed its open promises are asked about, and can be kept, moved or dropped."""
_MORNING = time(10)


class Moment(StrEnum):
    """The three times a commitment is asked about."""

    BEFORE = "before"
    DAY = "day"
    AFTER = "after"


class What(StrEnum):
    """What was done to a commitment; RESTORED says that the last change was taken back."""

    MADE = "made"
    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Shown:
    """One commitment as both sides see it in the pair space."""

    commitment: Commitment
    people: PairPeople
    today: date


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder to the senior about a commitment that is still open."""

    commitment: Commitment
    people: PairPeople
    moment: Moment


@dataclass(frozen=True, slots=True)
class Changed:
    """What has just been done to a commitment, for the senior who did it; it can be undone for ten minutes."""

    commitment: Commitment
    what: What


@dataclass(frozen=True, slots=True)
class Noticing:
    """The private question to the junior; `answer` once it was given."""

    commitment: Commitment
    people: PairPeople
    k: int
    answer: Noticed | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """All commitments of a person's pairs, by pair; `proposals` are those that wait, by pair id."""

    pairs: tuple[tuple[PairPeople, Side, tuple[Commitment, ...]], ...]
    today: date
    zone: str
    proposals: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the modal of a new commitment is drawn from; several pairs are offered to choose from.

    On the junior's side it is a proposal; `proposal` is the one that a senior words differently. `kind` is chosen
    already.
    """

    pairs: tuple[PairPeople, ...]
    text: str
    today: date
    side: Side = Side.SENIOR
    proposal: Proposal | None = None
    kind: CommitmentKind = CommitmentKind.BEHAVIOUR


@dataclass(frozen=True, slots=True)
class Suggested:
    """A proposal and its two people."""

    proposal: Proposal
    people: PairPeople


class Step(StrEnum):
    """What was done to a proposal, said to whoever did it; the first and the third can be undone for ten minutes."""

    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Stepped:
    """A proposal after somebody did something to it."""

    proposal: Proposal
    step: Step


def problems(text: str, due_on: date | None, today: date) -> list[Refusal]:
    """What is wrong with a promise, each under its field. `today` is the senior's."""
    found = []
    if not text.strip():
        found.append(Refusal("common.errors.empty", field=TEXT))
    if len(text) > TEXT_LENGTH:
        found.append(Refusal("common.errors.too_long", field=TEXT, length=len(text), limit=TEXT_LENGTH))
    if key := wrong_day(due_on, today):
        found.append(Refusal(key, field=DUE_ON))
    return found


def wrong_day(day: date | None, today: date) -> str | None:
    """The sentence that refuses a day, or None: it must come after today and within a year."""
    if day is None:
        return "commit.refused.no_day"
    if day <= today:
        return "commit.refused.past_day"
    return "commit.refused.far_day" if day > today + AHEAD else None


def reminders(due_on: date, now: datetime, zone: str, days_off: DaysOff = never_off) -> dict[Moment, datetime]:
    """When the senior is asked: two days before and on the day (the working day before, where it is none), a week
    after. Moments that have passed are left out, and two of the same day are one."""
    days = {
        Moment.BEFORE: _working_until(due_on - timedelta(days=2), days_off),
        Moment.DAY: _working_until(due_on, days_off),
    }
    if days[Moment.BEFORE] == days[Moment.DAY]:
        del days[Moment.BEFORE]
    moments = {name: utc_of(day, _MORNING, zone) for name, day in days.items()}
    moments[Moment.AFTER] = out_of_quiet(utc_of(due_on + timedelta(days=7), _MORNING, zone), zone, days_off)
    return {name: at for name, at in moments.items() if at > now}


def _working_until(day: date, days_off: DaysOff) -> date:
    return day if is_working(day, days_off) else add_working_days(day, -1, days_off)


def is_alive(pair: Pair, now: datetime) -> bool:
    """Whether what was promised in a pair is asked about: while it is active, and for a while after it was completed.

    Not while it is paused, and not once it was ended early: nobody owes anything then.
    """
    if pair.state is PairState.COMPLETED and pair.ended_at is not None:
        return now - pair.ended_at <= AFTERWARDS
    return pair.state is PairState.ACTIVE


def ask_noticed_at(done: datetime, zone: str, days_off: DaysOff = never_off) -> datetime:
    """Three days after it was done, out of the junior's quiet hours."""
    return out_of_quiet(done + NOTICE_AFTER, zone, days_off)


def may_undo(commitment: Commitment, what: What, now: datetime) -> bool:
    """Everything can be taken back for ten minutes, a new commitment from when it was made."""
    since = commitment.created_at if what is What.MADE else commitment.changed_at
    return now - since < UNDO


def undone(commitment: Commitment) -> dict[What, dict[str, Any]]:
    """What could be taken back now, and the columns as they were before it. A new one is forgotten altogether."""
    if commitment.state is not CommitmentState.OPEN:
        last = What.DONE if commitment.state is CommitmentState.DONE else What.DROPPED
        return {last: {"state": CommitmentState.OPEN, "done_at": None}}
    if commitment.due_before is not None:
        return {What.MOVED: {"due_on": commitment.due_before, "due_before": None, "moved": commitment.moved - 1}}
    return {What.MADE: {}} if commitment.moved == 0 else {}


def ordered(commitments: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """Open ones first, by their day, then the done, newest first; dropped ones are left out."""
    first = sorted((c for c in commitments if c.state is CommitmentState.OPEN), key=lambda c: c.due_on)
    done = [c for c in commitments if c.state is CommitmentState.DONE]
    return (*first, *sorted(done, key=lambda c: c.changed_at, reverse=True))
