"""Dated promises that a senior made to a junior, and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CommitmentKind(StrEnum):
    BEHAVIOUR = "behaviour"
    HELP = "help"
    ADVOCACY = "advocacy"
    INTRODUCTION = "introduction"
    CREDIT = "credit"
    OTHER = "other"


class CommitmentState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ProposalState(StrEnum):
    """waiting → accepted (a commitment was made of it) or declined; withdrawn by the junior."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Noticed(StrEnum):
    """The junior's private answer to *did you notice it?*."""

    YES = "yes"
    CANT_TELL = "cant_tell"
    NO = "no"


SLIPPING = 2
"""An open commitment that was moved this often is slipping."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """Moved twice while open means slipping. `text` is None after its author was erased, and where nobody may read it.

    `changed_at` is when it was made, moved, done or dropped; `due_before` the day it had before the last move: both
    are for undoing.
    """

    id: str
    team_id: str
    pair_id: str
    owner_id: str
    checkin_id: str | None
    kind: CommitmentKind
    text: str | None
    due_on: date
    moved: int
    state: CommitmentState
    created_at: datetime
    done_at: datetime | None
    changed_at: datetime
    due_before: date | None = None

    @property
    def slipping(self) -> bool:
        return self.state is CommitmentState.OPEN and self.moved >= SLIPPING


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a junior suggests that the senior commits to. `text` is None after its author was erased.

    `changed_at` is when it was made or answered; `commitment_id` what the senior made of it.
    """

    id: str
    team_id: str
    pair_id: str
    author_id: str
    kind: CommitmentKind
    text: str | None
    due_on: date
    state: ProposalState
    created_at: datetime
    changed_at: datetime
    commitment_id: str | None = None
