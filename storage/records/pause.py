"""Pauses: stretches in which somebody hears nothing."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """`until` is the first day on which things go on, at `resumes_at`; `note` is what the partner may read.

    It runs while `ended_at` is None. `settled_at` is when its consequences were drawn and partners told; until then
    it can be undone.
    """

    id: str
    team_id: str
    person_id: str
    began_at: datetime
    until: date
    resumes_at: datetime
    note: str
    settled_at: datetime | None = None
    ended_at: datetime | None = None
