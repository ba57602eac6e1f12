"""The rules of pairing: the off-line rule, what else speaks against a pair, and what speaks for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from storage.records.enrol import Enrolment, Participant, Profile, Side
from storage.records.programme import Cohort

PILOT_PAIRS = 12
UNDO = timedelta(minutes=10)
REMIND_DAYS = 2
EXPIRE_DAYS = 5
"""Working days a proposal waits for an answer, with one reminder on the way."""
FEW_LEVELS = 2


class Check(StrEnum):
    """What can be said against a pair. The text of each is `match.checks.<value>`."""

    SAME_PERSON = "same_person"
    JUNIOR_NOT_HERE = "junior_not_here"
    SENIOR_NOT_HERE = "senior_not_here"
    NOT_A_JUNIOR = "not_a_junior"
    NOT_A_SENIOR = "not_a_senior"
    OTHER_COHORT = "other_cohort"
    SENIOR_ABOVE = "senior_above"
    JUNIOR_ABOVE = "junior_above"
    SAME_MANAGER = "same_manager"
    CONFLICT = "conflict"
    ALREADY = "already"
    PILOT_FULL = "pilot_full"
    JUNIOR_LINE_UNKNOWN = "junior_line_unknown"
    SENIOR_LINE_UNKNOWN = "senior_line_unknown"
    JUNIOR_BUSY = "junior_busy"
    SENIOR_BUSY = "senior_busy"
    LINE_ENDS = "line_ends"
    FEW_LEVELS = "few_levels"


SOFT = frozenset({Check.JUNIOR_LINE_UNKNOWN, Check.SENIOR_LINE_UNKNOWN, Check.JUNIOR_BUSY, Check.SENIOR_BUSY})
"""A coordinator may go on, saying why."""
ADVICE = frozenset({Check.LINE_ENDS, Check.FEW_LEVELS})
"""Worth saying; nothing to confirm."""
STOPS_AT_JUNIOR = frozenset(
    {Check.JUNIOR_NOT_HERE, Check.NOT_A_JUNIOR, Check.JUNIOR_LINE_UNKNOWN, Check.JUNIOR_BUSY}
)  # fmt: skip


class Reason(StrEnum):
    """Why a coordinator went on in spite of a warning; a list, so that nobody writes about others in a log."""

    ASKED = "asked"
    TOP = "top"
    WANTED = "wanted"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might be paired: their places in open cohorts, and how many pairs they have on this side."""

    user_id: str
    places: tuple[Participant, ...] = ()
    pairs: int = 0


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the workspace knows: open cohorts with their numbers of pairs, lines, conflicts, this couple's open pair."""

    cohorts: Mapping[str, Cohort]
    taken: Mapping[str, int]
    lines: Mapping[str, str]
    conflicts: Collection[frozenset[str]]
    already: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The cohort in which two people would be paired, and all that speaks against it."""

    cohort_id: str | None
    checks: tuple[Check, ...]

    @property
    def hard(self) -> tuple[Check, ...]:
        return tuple(c for c in self.checks if c not in SOFT | ADVICE)

    @property
    def soft(self) -> tuple[Check, ...]:
        return tuple(c for c in self.checks if c in SOFT)

    @property
    def advice(self) -> tuple[Check, ...]:
        return tuple(c for c in self.checks if c in ADVICE)


def chain(user_id: str, lines: Mapping[str, str]) -> tuple[str, ...]:
    """Everybody above somebody, nearest first. Ends where nothing is known, at the top, or where a circle closes."""
    above: dict[str, None] = {}
    at = lines.get(user_id, "")
    while at and at != user_id and at not in above:
        above[at] = None
        at = lines.get(at, "")
    return tuple(above)


def circle(user_id: str, manager_id: str, lines: Mapping[str, str]) -> tuple[str, ...]:
    """The circle that a new line would close, from the user back to the user; empty when there is none."""
    if user_id == manager_id:
        return (user_id, user_id)
    above = chain(manager_id, lines)
    if user_id not in above:
        return ()
    return (user_id, manager_id, *above[: above.index(user_id) + 1])


def off_line(junior: str, senior: str, lines: Mapping[str, str]) -> Check | None:
    """The off-line rule: nobody is paired with anybody above or below at any height, nor under the same manager."""
    if senior in chain(junior, lines):
        return Check.SENIOR_ABOVE
    if junior in chain(senior, lines):
        return Check.JUNIOR_ABOVE
    if lines.get(junior) and lines.get(junior) == lines.get(senior):
        return Check.SAME_MANAGER
    return None


def judge(junior: Candidate, senior: Candidate, grounds: Grounds) -> Verdict:
    """Everything that speaks against a pair, hard things first. The first hard one is what a coordinator is told."""
    if junior.user_id == senior.user_id:
        return Verdict(None, (Check.SAME_PERSON,))
    places, problem = _places(junior, senior)
    line = off_line(junior.user_id, senior.user_id, grounds.lines)
    excluded = frozenset({junior.user_id, senior.user_id}) in grounds.conflicts
    cohort = _cohort(places, grounds)
    hard = [
        problem,
        line,
        Check.CONFLICT if excluded else None,
        Check.ALREADY if grounds.already else None,
        Check.PILOT_FULL if places and cohort is None else None,
    ]
    found = tuple(c for c in hard if c is not None)
    soft = () if found or not places else (*_soft(junior, senior, grounds), *_advice(junior, senior, grounds, cohort))
    return Verdict(cohort, found + soft)


def _places(junior: Candidate, senior: Candidate) -> tuple[tuple[str, ...], Check | None]:
    """The cohorts that both are in, on the right sides."""
    for one, missing in ((junior, Check.JUNIOR_NOT_HERE), (senior, Check.SENIOR_NOT_HERE)):
        if not _free(one):
            return (), missing
    sided = {
        side: [p.cohort_id for p in _free(one) if side in p.profile.sides]
        for one, side in ((junior, Side.JUNIOR), (senior, Side.SENIOR))
    }
    if not sided[Side.JUNIOR]:
        return (), Check.NOT_A_JUNIOR
    if not sided[Side.SENIOR]:
        return (), Check.NOT_A_SENIOR
    shared = tuple(c for c in sided[Side.JUNIOR] if c in sided[Side.SENIOR])
    return shared, None if shared else Check.OTHER_COHORT


def _free(one: Candidate) -> list[Participant]:
    return [p for p in one.places if p.state in (Enrolment.WAITING, Enrolment.PAIRED)]


def _cohort(shared: tuple[str, ...], grounds: Grounds) -> str | None:
    """The first shared cohort with room."""
    roomy = (c for c in shared if not (grounds.cohorts[c].pilot and grounds.taken.get(c, 0) >= PILOT_PAIRS))
    return next(roomy, None)


def _soft(junior: Candidate, senior: Candidate, grounds: Grounds) -> list[Check]:
    checks = {
        Check.JUNIOR_LINE_UNKNOWN: junior.user_id not in grounds.lines,
        Check.SENIOR_LINE_UNKNOWN: senior.user_id not in grounds.lines,
        Check.JUNIOR_BUSY: junior.pairs > 0,
        Check.SENIOR_BUSY: senior.pairs > 0,
    }
    return [check for check, so in checks.items() if so]


def _advice(junior: Candidate, senior: Candidate, grounds: Grounds, cohort: str | None) -> list[Check]:
    levels = [next(p.profile.level for p in one.places if p.cohort_id == cohort) for one in (junior, senior)]
    above = chain(junior.user_id, grounds.lines)
    checks = {
        Check.LINE_ENDS: bool(above) and above[-1] not in grounds.lines,
        Check.FEW_LEVELS: levels[1] - levels[0] < FEW_LEVELS,
    }
    return [check for check, so in checks.items() if so]


def reasons(junior: Profile, senior: Profile) -> str:
    """Why two people might work well, in at most two codes; stored with the pair, said in each reader's language."""
    shared = [p for p in junior.purposes if p in senior.purposes and p != "free"]
    found = [
        *(f"purpose_{p}" for p in shared[:1]),
        *(["department"] if junior.department.casefold() != senior.department.casefold() else []),
        *(["location"] if junior.location.casefold() != senior.location.casefold() else []),
        *(["levels"] if senior.level - junior.level >= FEW_LEVELS else []),
    ]
    return " ".join(found[:2] or ["fresh"])
