"""What a pair prepares with: agenda lines, the parking lot and the icebreakers already used."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LineKind(StrEnum):
    """parked → picked (stands in the suggestion of its session); agenda lines are one that people agreed to."""

    AGENDA = "agenda"
    PARKED = "parked"
    PICKED = "picked"


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line; a parked one may already name the session it is meant for. `text` is None after an erasure."""

    id: str
    team_id: str
    pair_id: str
    session_id: str | None
    kind: LineKind
    author_id: str
    position: int
    text: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class IcebreakerUse:
    """An item a pair has been shown; `never` keeps it away for good."""

    pair_id: str
    item_id: str
    never: bool
    at: datetime
