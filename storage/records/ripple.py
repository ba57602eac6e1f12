"""What a pair set going beyond the two of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RippleKind(StrEnum):
    """The junior presents to the senior's team; a visit to where the other one works; a practice that was taken over;
    somebody was brought into a meeting or a project."""

    PRESENTED = "presented"
    VISIT = "visit"
    PRACTICE = "practice"
    INVITED = "invited"


@dataclass(frozen=True, slots=True)
class Ripple:
    """Logged by either side, seen by both; `line` is optional, and None after its author was erased too."""

    id: str
    team_id: str
    pair_id: str
    author_id: str
    kind: RippleKind
    line: str | None
    at: datetime
