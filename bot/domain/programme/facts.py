"""What the messages and modals of the programme are drawn from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.programme.setup import Setup
from storage.records.enrol import Side
from storage.records.programme import Cohort, CohortTally, Programme


class Role(StrEnum):
    """What somebody can be named as in the set-up."""

    OWNER = "owner"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """`first` where there is no programme yet; `languages` are the packs to choose from, `least_k` the floor."""

    setup: Setup
    first: bool
    languages: tuple[str, ...]
    least_k: int


@dataclass(frozen=True, slots=True)
class AddedFacts:
    """Slack ids of the new coordinator and of who added them."""

    user_id: str
    by: str


@dataclass(frozen=True, slots=True)
class NamedFacts:
    """`by` named the reader as owner of findings or as a safe contact; `other` is the second contact."""

    role: Role
    by: str
    other: str


@dataclass(frozen=True, slots=True)
class ChangedFacts:
    """`settings` are names of fields of Programme that `by` changed; `programme` is how it is now."""

    by: str
    settings: tuple[str, ...]
    programme: Programme


@dataclass(frozen=True, slots=True)
class ClosedFacts:
    """A cohort that ended, for somebody who was in it; `partner` is a Slack id, or None for who had none.

    `pair_id` and `side` are there where the pair counts as completed, and can stay in touch.
    """

    cohort: Cohort
    partner: str | None
    pair_id: str = ""
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What closing a cohort would end. `texts_until`: from the day after, what people wrote in it is deleted."""

    cohort: Cohort
    tally: CohortTally
    texts_until: date


@dataclass(frozen=True, slots=True)
class SavedFacts:
    """A set-up that was stored; `missing` are ids of readiness items that nobody ticked."""

    programme: Programme
    first: bool
    settings: tuple[str, ...]
    missing: tuple[str, ...]
