"""What a pairing takes and gives, and whether one can speak in it: each side's own two taps, every four weeks."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Load(StrEnum):
    """What the pairing takes out of somebody, next to what it gives."""

    MORE = "more"
    SAME = "same"
    LESS = "less"


class Safety(StrEnum):
    """Whether somebody can say what they think to the other."""

    YES = "yes"
    MOSTLY = "mostly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Pulse:
    """One person asked about one pair on one day; the two answers are for that person alone, and None until given.

    `day` is the Wednesday of the cohort's calendar, the same for everybody in it.
    """

    id: str
    team_id: str
    pair_id: str
    person_id: str
    day: date
    asked_at: datetime
    closes_at: datetime
    load: Load | None = None
    safety: Safety | None = None

    @property
    def whole(self) -> bool:
        return self.load is not None and self.safety is not None
