"""What somebody asked of the coordinators, and the organisation's own links to help."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Door(StrEnum):
    """Two of the four doors lead to the coordinators: only these are kept here."""

    PRACTICAL = "practical"
    PAIRING = "pairing"


class Way(StrEnum):
    """How whoever asked would like to be answered."""

    MESSAGE = "message"
    CALL = "call"
    MEET = "meet"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """`text` is None after its author was erased."""

    id: str
    team_id: str
    person_id: str
    door: Door
    way: Way
    text: str | None
    at: datetime
