"""What a pair prepares with: agenda lines, the parking lot and the icebreakers already used."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LineKind(StrEnum):
    AGENDA = "agenda"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line; parked lines have no session yet. `text` is None after its author was erased."""

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
