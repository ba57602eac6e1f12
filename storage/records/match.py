"""Pairs, from the proposal to the end, and conflicts of interest that coordinators declared."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.enrol import Side


class PairState(StrEnum):
    """proposed → junior said yes → active → completed or ended.

    Two ways end a proposal: declined is a no as well as no answer in time, which nothing tells apart; expired is
    everything else (withdrawn, not possible any more).
    """

    PROPOSED = "proposed"
    ASKING_SENIOR = "asking_senior"
    STARTING = "starting"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED = "ended"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Pair:
    """`junior_id` and `senior_id` are person ids; `channel_id` is the group DM once it is open.

    `declined_at`: the side that is asked has said no. The state stays until no answer would have ended it, and then
    this is emptied: nobody but that side can tell the two apart.
    """

    id: str
    team_id: str
    cohort_id: str
    junior_id: str
    senior_id: str
    state: PairState
    channel_id: str | None
    why: str
    created_by: str
    created_at: datetime
    active_at: datetime | None
    ended_at: datetime | None
    declined_at: datetime | None = None
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A declared conflict of interest between two Slack users, whatever their order."""

    team_id: str
    first: str
    second: str
    declared_by: str


class RunState(StrEnum):
    """A run is being computed, can be reviewed, or was followed by a newer one of its cohort."""

    WORKING = "working"
    READY = "ready"
    REPLACED = "replaced"


class SuggestionState(StrEnum):
    """open → approved (a pair is made), held, swapped for another, refused (it stopped being possible) or replaced."""

    OPEN = "open"
    HELD = "held"
    APPROVED = "approved"
    SWAPPED = "swapped"
    REFUSED = "refused"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class MatchRun:
    """One computing of suggestions for a cohort: who asked, with which weights (0 to 10) and floor, for how many."""

    id: str
    team_id: str
    cohort_id: str
    state: RunState
    weights: dict[str, int]
    floor: int
    juniors: int
    seniors: int
    created_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who might become a pair. `score` is 0 to 100, None where a coordinator put the two together.

    `because` and `warnings` are codes with blanks between; `pair_id` is there once it was approved.
    """

    id: str
    team_id: str
    run_id: str
    cohort_id: str
    junior_id: str
    senior_id: str
    score: int | None
    because: str
    warnings: str
    state: SuggestionState
    pair_id: str | None = None
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Somebody for whom a run found nobody, and the code of the reason that coordinators may see."""

    run_id: str
    person_id: str
    side: Side
    reason: str


@dataclass(frozen=True, slots=True)
class MatchSetting:
    """A cohort's weights (0 to 10) and the score below which a suggestion is held (0 to 100)."""

    cohort_id: str
    weights: dict[str, int]
    floor: int


class Fit(StrEnum):
    """What somebody says about their pair after the first session, and after the second if undecided."""

    GOOD = "good"
    DECIDING = "unsure"
    NOT_GOOD = "not"


class Help(StrEnum):
    """What somebody wants whose pair does not fit; the last is told to nobody."""

    SOMEONE_ELSE = "other"
    TALK = "talk"
    JUST_TELLING = "tell"


@dataclass(frozen=True, slots=True)
class FitAnswer:
    """One side's answer about the pair, for themselves; coordinators are told who wants help, and nothing else."""

    pair_id: str
    person_id: str
    session_id: str
    fit: Fit
    help: Help | None
    at: datetime


@dataclass(frozen=True, slots=True)
class FitWish:
    """Somebody who asked coordinators for help with their pair, until one of them has dealt with it."""

    pair_id: str
    person_id: str
    help: Help
    at: datetime
