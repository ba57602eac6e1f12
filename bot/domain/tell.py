"""What coordinators send by hand: nudges from templates, and announcements in their own words to a cohort."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.match import PairPeople
from bot.domain.when import UNDO
from storage.records.programme import Cohort
from storage.records.tell import Announcement, Audience, Delivery, Readers

"""How long something stays here before it goes out."""
NUDGE_EVERY = timedelta(days=14)
"""Nobody gets a second nudge sooner, whoever sends it."""
SPREAD = timedelta(minutes=180)
"""Nudges of one day go out within so much time, in no order that means anything."""
LONGEST = 2000
"""Characters of an announcement."""
BATCH = 250
"""People in one transaction: others write meanwhile."""


@dataclass(frozen=True, slots=True)
class NudgeDesk:
    """The coordinators' window: the audience and the template that were picked, and what would come of it.

    `templates` are those that fit the audience: id → text. `receivers` get it; `lately` got one in the last two weeks.
    """

    audience: Audience
    templates: Mapping[str, str]
    template: str
    receivers: int
    lately: int
    pair: PairPeople | None = None


@dataclass(frozen=True, slots=True)
class Nudging:
    """A nudge that goes out in ten minutes, or was undone."""

    nudge_id: str
    receivers: int
    undone: bool = False


@dataclass(frozen=True, slots=True)
class NudgeFacts:
    """What a nudge says; `text` is the template's id, looked up in the reader's language."""

    template: str


@dataclass(frozen=True, slots=True)
class AnnounceDesk:
    """The coordinators' window: open cohorts, what was typed, and the last announcements with what became of them."""

    cohorts: tuple[Cohort, ...]
    latest: tuple["Told", ...] = ()
    cohort: str = ""
    readers: Readers = Readers.EVERYBODY
    text: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncePreview:
    """An announcement before it is sent: as it will look, and how many get it. `author` is a Slack id."""

    cohort: Cohort
    readers: Readers
    text: str
    author: str
    receivers: int


@dataclass(frozen=True, slots=True)
class Told:
    """An announcement with who sent it (Slack id), where to, and what became of its messages."""

    announcement: Announcement
    author: str
    cohort: Cohort
    delivery: Delivery = field(default_factory=Delivery)
    zone: str = "UTC"

    @property
    def goes_at(self) -> datetime:
        return self.announcement.at + UNDO


def can_undo(at: datetime, undone_at: datetime | None, now: datetime) -> bool:
    return undone_at is None and now < at + UNDO


def fits(template_to: str, audience: Audience) -> bool:
    """Whether a template may go to an audience: what is about a junior goes to seniors alone."""
    if template_to == "seniors":
        return audience is Audience.SENIORS
    if template_to == "unbooked":
        return audience in (Audience.UNBOOKED, Audience.PAIR)
    return audience is not Audience.SENIORS
