"""Messages on their way out, work that is due, and events that came in."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum


class Target(StrEnum):
    """Where a message goes: a person's DM, a pair's group DM, a channel, a person's Home.

    A chore goes nowhere: it takes away what stands in Slack.
    """

    PERSON = "person"
    PAIR = "pair"
    CHANNEL = "channel"
    HOME = "home"
    CHORE = "chore"


class LetterState(StrEnum):
    """waiting → sending (an attempt is recorded) → sent, or waiting again; skipped and dead (set aside) end it."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    DEAD = "dead"


class Priority(IntEnum):
    """Lower goes first; a safety message never waits behind ten thousand check-ins."""

    SAFETY = 0
    PERSONAL = 1
    PROMPT = 2
    BULK = 3


UNCERTAIN = "sent twice without a clear answer; it may have arrived"
"""Why a message to a place that can't be looked into was set aside."""

RESTORED = "fell due after the backup that was restored; it may have arrived"
"""Why another one was."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An outbox row: ids and settings only, never text or answers.

    `to` is a Slack user id (person, home), a pair id (pair) or a channel id. `nonce` is the opaque id that
    travels in Slack's metadata. `ambiguous` says that an attempt may have arrived; `first_attempt_at` is where
    a look for it starts, `last_attempt_at` where its grace period starts.
    """

    id: str
    team_id: str
    key: str
    kind: str
    target: Target
    to: str
    params: dict[str, str]
    priority: Priority
    due_at: datetime
    stale_at: datetime | None
    state: LetterState
    attempts: int
    nonce: str
    ambiguous: bool
    first_attempt_at: datetime | None
    channel: str | None
    ts: str | None
    reason: str | None
    last_attempt_at: datetime | None = None
    lease_until: datetime | None = None


class DueState(StrEnum):
    """pending ends as done, skipped (decided against, or too late), cancelled, or dead (it raised too often)."""

    PENDING = "pending"
    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Due:
    """Work to be done at a moment; the key (kind, subject, recipient, occurrence) makes it happen once.

    `planned_at` is set while a pause holds it: when it was due.
    """

    id: str
    team_id: str
    kind: str
    subject: str
    recipient: str
    occurrence: str
    due_at: datetime
    stale_at: datetime | None
    state: DueState
    attempts: int
    reason: str | None
    planned_at: datetime | None = None
