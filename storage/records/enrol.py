"""People known to a workspace, what they told about themselves, and the reporting lines between them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.prefs import USUAL, Prefs

GONE = "gone-"
"""How the account of somebody begins who was erased: no Slack id does."""


class Side(StrEnum):
    """Which chair someone takes; the junior gives, the senior learns."""

    JUNIOR = "junior"
    SENIOR = "senior"


class Enrolment(StrEnum):
    """A participant's life, conversation.md section 7."""

    INVITED = "invited"
    WAITING = "waiting"
    PAIRED = "paired"
    PAUSED = "paused"
    FINISHED = "finished"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Person:
    """A Slack account; `zone` is an IANA name, `region` a place whose public holidays count ("DE-BY"), or empty.

    `zone` and `locale` are what the person chose, else what Slack says.
    """

    id: str
    team_id: str
    enterprise_id: str | None
    user_id: str
    name: str
    zone: str
    locale: str
    region: str
    deactivated: bool
    prefs: Prefs = USUAL

    @property
    def erased(self) -> bool:
        """Whether this person had their data deleted: there is no account behind the row any more."""
        return self.user_id.startswith(GONE)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a participant said in the *About you* modal."""

    sides: frozenset[Side]
    level: int
    department: str
    location: str
    region: str
    share: str
    learn: str
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """A person's place in one cohort, with the consent given and the profile at joining."""

    id: str
    team_id: str
    person_id: str
    cohort_id: str
    state: Enrolment
    consent_version: str
    consented_at: datetime
    profile: Profile


@dataclass(frozen=True, slots=True)
class Line:
    """`user_id` reports to `manager_id`; both are Slack ids, for managers need not take part."""

    team_id: str
    user_id: str
    manager_id: str
