"""How a pair ends well: its wrap-up, who would like to stay in touch, the junior's statement, words to be quoted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.enrol import Side


@dataclass(frozen=True, slots=True)
class WrapUp:
    """A pair that is wrapping up since `entered_at`; thanked after its last session, completed some time later."""

    pair_id: str
    entered_at: datetime
    thanked_at: datetime | None = None
    completed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a running pair has come: sessions held, when the last one began, and when the next one does."""

    pair_id: str
    active: bool
    held: int
    last_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Statement:
    """The junior's own wording of her contribution, and of a note of thanks; None after its text has gone."""

    pair_id: str
    person_id: str
    text: str | None
    note: str | None
    at: datetime


class QuoteState(StrEnum):
    """A draft is its author's alone; approved, coordinators see it; withdrawn, nobody does."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote in order to be quoted, with or without their name. `text` is None once it has gone."""

    id: str
    team_id: str
    pair_id: str
    person_id: str
    side: Side
    text: str | None
    named: bool
    state: QuoteState
    at: datetime
