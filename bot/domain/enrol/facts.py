"""What joining, the profile, invitations and status are drawn from."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.leave import Asked
from bot.domain.match import PairPeople
from bot.domain.review import ReviewSheet
from storage.records.checkin import Checkin
from storage.records.commit import Commitment
from storage.records.enrol import Confided, Invitation, Participant, Person, Profile, Side
from storage.records.intro import Introduction
from storage.records.meet import Session
from storage.records.programme import Cohort


@dataclass(frozen=True, slots=True)
class SlackProfile:
    """An account as Slack describes it at this moment. `zone` is a valid IANA name, `locale` such as "en-US".

    `home_team` is the workspace of somebody from another company; empty for members and guests of ours.
    """

    user_id: str
    name: str
    zone: str
    locale: str
    admin: bool
    bot: bool
    deactivated: bool
    guest: bool
    home_team: str = ""

    @property
    def usable(self) -> bool:
        """Whether a person could read and answer from this account."""
        return not self.bot and not self.deactivated


@dataclass(frozen=True, slots=True)
class About:
    """The *About you* modal, typed: the profile, and who the person says they report to (a Slack id)."""

    profile: Profile
    manager: str | None


@dataclass(frozen=True, slots=True)
class AboutForm:
    """What the *About you* modal is drawn from; `cohort` is None when the profile is edited later.

    `languages` are those that can be picked (ISO 639-1); `listed`: it starts from the organisation's list.
    """

    known: About
    regions: tuple[str, ...]
    languages: tuple[str, ...]
    cohort: Cohort | None = None
    version: str = ""
    listed: bool = False


@dataclass(frozen=True, slots=True)
class BringForm:
    """What the second form is drawn from; `joined` right after joining, when the third one follows."""

    known: Profile
    joined: "Joined | None" = None


@dataclass(frozen=True, slots=True)
class MatchingForm:
    """What the third form is drawn from. `agree`: the person has agreed to an older text, which did not name this."""

    known: Confided
    joining: bool = False
    agree: bool = False
    version: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that somebody told about themselves, for their own eyes."""

    about: About
    confided: Confided


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody who types `join` may choose from; `told` when they asked to hear of the next cohort."""

    cohorts: tuple[Cohort, ...]
    told: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody's place in a cohort, by when they hear from us, and how they write dates (their locale).

    `full`: a pilot that has all its pairs; `last`: the cohort's days are over, and nothing more will be said.
    """

    cohort: Cohort
    hear_by: date
    locale: str
    full: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class PairStatus:
    """One of a person's pairs: where it stands and what comes next; `turn` is who books, where nothing is."""

    people: PairPeople
    side: Side
    next_session: Session | None
    promises: tuple[Commitment, ...]
    turn: Side | None = None
    introductions: tuple[Introduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message or a piece of work that did not reach a person; `about` is the step it belongs to."""

    about: str
    day: date
    too_late: bool
    over_budget: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that `/revmentor status` says to one person."""

    me: Person
    places: tuple[tuple[Cohort, Participant], ...]
    waits_until: date | None
    asked: tuple[PairStatus, ...]
    pairs: tuple[PairStatus, ...]
    checkins: tuple[tuple[Checkin, PairPeople], ...]
    undelivered: tuple[Undelivered, ...]
    paused_until: date | None = None
    leaving: tuple[Asked, ...] = ()
    reviews: tuple[ReviewSheet, ...] = ()
    today: date = date.min


class Left(StrEnum):
    """Why somebody is not invited. The text of each is `enrol.left_out.<value>`."""

    BOT = "bot"
    DEACTIVATED = "deactivated"
    GUEST = "guest"
    STRANGER = "stranger"
    UNKNOWN = "unknown"
    TAKES_PART = "takes_part"
    DECLINED = "declined"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class InviteDesk:
    """The invitation modal: cohorts that take people, how many of the organisation's list were asked to none yet.

    `users` and `groups`: who was named already (Slack ids).
    """

    cohorts: tuple[Cohort, ...]
    listed: int = 0
    unasked: int = 0
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is asked (or would be, before anything is sent) and who is not, with the reason (Slack ids)."""

    cohort: Cohort
    asked: tuple[str, ...]
    left: tuple[tuple[str, Left], ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """An invitation as its receiver reads it; `again`: it is the one reminder; `joined`: it asks nothing any more."""

    invitation: Invitation
    cohort: Cohort
    again: bool = False
    joined: bool = False


class Standing(StrEnum):
    """Where somebody stands, as the list of people shows it."""

    WAITING = "waiting"
    INVITED = "invited"
    UNANSWERED = "unanswered"
    DECLINED = "declined"
    PAIRED = "paired"
    PAUSED = "paused"
    FINISHED = "finished"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a coordinator looks for among the people; "" and None: everybody. `page` counts from 0."""

    standing: Standing | None = None
    side: Side | None = None
    text: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list in one cohort: `place` is empty for whoever was invited and has not joined.

    `outside`: "guest", "stranger" (of another company) or empty.
    """

    standing: Standing
    user_id: str
    name: str
    cohort: str
    place: str = ""
    invitation: str = ""
    department: str = ""
    level: int = 0
    sides: frozenset[Side] = frozenset()
    outside: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """One page of the list, how many there are in all that fit the filter, and how many stand where."""

    wanted: Filter
    rows: tuple[Row, ...]
    found: int
    pages: int
    counts: dict[Standing, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """One person for coordinators: the basics of the profile, whom they report to, their open pairs; nothing confided.

    `manager`: a Slack id, "" for nobody, None where nothing is known.
    """

    row: Row
    zone: str
    person: Person | None = None
    profile: Profile | None = None
    manager: str | None = None
    pairs: tuple[PairPeople, ...] = ()
    invitation: Invitation | None = None
    can_pair: bool = False
    can_ask: bool = False
