"""What a senior says about giving credit by name: once a month, for nobody else."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Credited(StrEnum):
    DID = "did"
    PLAN = "plan"
    NOT_THIS_MONTH = "not_this_month"


@dataclass(frozen=True, slots=True)
class Credit:
    """One senior asked about one month ("2026-04"); `said` is theirs alone, and None until they say it."""

    id: str
    team_id: str
    person_id: str
    month: str
    asked_at: datetime
    closes_at: datetime
    said: Credited | None = None
