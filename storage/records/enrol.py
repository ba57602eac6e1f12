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

    `zone` and `locale` are what the person chose, else what Slack says. Working hours are minutes after midnight on
    that clock. `home_team` is the workspace of somebody from another company, empty for our own people.
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
    works_from: int = 540
    works_to: int = 1080
    home_team: str = ""
    guest: bool = False

    @property
    def erased(self) -> bool:
        """Whether this person had their data deleted: there is no account behind the row any more."""
        return self.user_id.startswith(GONE)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a participant said in the *About you* modal, for a partner and coordinators to read.

    `languages` are ISO 639-1 codes, nothing said is ""; capacities are pairs at a time on each side;
    `identity_off`: identity is not a topic for this person. Working hours are minutes after midnight, local.
    `offers` and `wants` are codes of topics that the person can share, or wants to learn; `share` and `learn` add to
    them in their own words.
    """

    sides: frozenset[Side]
    level: int
    department: str
    location: str
    region: str
    share: str
    learn: str
    purposes: tuple[str, ...]
    division: str = ""
    languages: tuple[str, ...] = ()
    capacity_junior: int = 1
    capacity_senior: int = 1
    identity_off: bool = False
    works_from: int = 540
    works_to: int = 1080
    offers: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confided:
    """What a person tells the matching and nobody else; everything in it is optional.

    `values` are answers from 1 to 5 to the values items, in their order (0: not answered); `generation` the decade of
    birth ("1980"); `tags` lived experience, codes of the words; `avoid` Slack ids of people not to be paired with.
    """

    values: tuple[int, ...] = ()
    generation: str = ""
    gender: str = ""
    tags: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


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


class InvitationState(StrEnum):
    """What somebody who was asked to take part has said; that they joined is told by their place."""

    OPEN = "open"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody was asked into a cohort: name, zone (IANA) and locale as Slack had them then.

    `asked` counts how often coordinators had it sent, `reminded_at` is when the one reminder was queued.
    """

    id: str
    team_id: str
    cohort_id: str
    user_id: str
    name: str
    zone: str
    locale: str
    invited_by: str
    at: datetime
    state: InvitationState = InvitationState.OPEN
    answered_at: datetime | None = None
    reminded_at: datetime | None = None
    asked: int = 1
