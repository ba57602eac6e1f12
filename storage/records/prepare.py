"""What a pair prepares with: agenda lines and the parking lot, icebreakers, and how the two agreed to work."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LineKind(StrEnum):
    """parked → picked (stands in the suggestion of its session); agenda lines are one that people agreed to.

    A dropped line stood in the agenda before it was last edited.
    """

    AGENDA = "agenda"
    PARKED = "parked"
    PICKED = "picked"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line; a parked one may already name the session it is meant for. `text` is None after an erasure.

    `was_parked`: it came from the parking lot, and goes back there when it is left out of an agenda.
    """

    id: str
    team_id: str
    pair_id: str
    session_id: str | None
    kind: LineKind
    author_id: str
    position: int
    text: str | None
    at: datetime
    minutes: int | None = None
    was_parked: bool = False


@dataclass(frozen=True, slots=True)
class EarlyTopics:
    """One of a pair would like topics in session 1 already; open once the other one agrees."""

    pair_id: str
    asked_by: str
    asked_at: datetime
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class IcebreakerUse:
    """An item a pair has been shown; `never` keeps it away for good."""

    pair_id: str
    item_id: str
    never: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class IcebreakerAnswer:
    """What somebody wrote ahead: theirs alone until `revealed_at`. `text` is None once it was removed."""

    id: str
    pair_id: str
    item_id: str
    person_id: str
    text: str | None
    at: datetime
    revealed_at: datetime | None


class ContractField(StrEnum):
    """What a contract says in a pair's own words; only topics to leave out are several lines."""

    OFF_LIMITS = "off_limits"
    PLACE = "place"
    DISAGREEING = "disagreeing"


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One line in somebody's words, which stay theirs in later versions. `text` is None after an erasure."""

    field: ContractField
    author_id: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """One side agrees to a version; `fits_at` is when they said at the review that it still fits."""

    person_id: str
    at: datetime
    fits_at: datetime | None


@dataclass(frozen=True, slots=True)
class Contract:
    """One version of how a pair works together. It holds once both have agreed to it, until they agree to another.

    `principles` are ids of the content; a session every `cadence_days`, of `minutes`; cancelled at least
    `notice_hours` before. `review_on` is a day of the pair's choice, None for halfway.
    """

    id: str
    pair_id: str
    version: int
    author_id: str
    at: datetime
    principles: tuple[str, ...]
    cadence_days: int
    minutes: int
    notice_hours: int
    review_on: date | None
    lines: tuple[ContractLine, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    @property
    def agreed(self) -> bool:
        """Both have agreed to this version."""
        return len(self.agreements) == 2

    def agreement(self, person_id: str) -> Agreement | None:
        return next((one for one in self.agreements if one.person_id == person_id), None)

    def said(self, field: ContractField) -> tuple[str | None, ...]:
        """The lines of one field, in order."""
        return tuple(line.text for line in self.lines if line.field is field)
