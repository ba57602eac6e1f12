"""From a pilot to a programme: who volunteers for the steering group, and its channel."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class VolunteerState(StrEnum):
    """asked → yes or no; either can be changed. Only a yes is ever shown to anybody."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Volunteer:
    cohort_id: str
    person_id: str
    state: VolunteerState
    at: datetime


@dataclass(frozen=True, slots=True)
class Steering:
    """The private channel of a pilot's steering group."""

    cohort_id: str
    channel_id: str
    made_by: str
    at: datetime
