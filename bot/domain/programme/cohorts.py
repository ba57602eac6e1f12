"""Cohorts: what a plan may say, and which state follows which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.refusals import Refusal
from storage.records.programme import Cohort, CohortState, Purpose

SHORTEST = timedelta(weeks=4)
LONGEST = timedelta(weeks=104)
FARTHEST = timedelta(days=366)
SESSIONS = range(1, 25)
CADENCES = (7, 14, 21, 28, 42)
"""Days between two sessions that can be chosen."""
NAME_LENGTH = 80
_NAMES = 12
PILOT_PAIRS = 12

NEXT: dict[CohortState, frozenset[CohortState]] = {
    CohortState.DRAFT: frozenset({CohortState.OPEN, CohortState.CLOSED}),
    CohortState.OPEN: frozenset({CohortState.CLOSED}),
    CohortState.CLOSED: frozenset(),
}
"""draft → open → closed; a draft that nobody wants is closed unopened."""


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """What the modal asks about a cohort."""

    name: str
    purpose: Purpose
    starts_on: date
    ends_on: date
    sessions: int
    cadence_days: int
    pilot: bool
    guests: bool = True
    strangers: bool = False


def takes(cohort: Cohort, *, guest: bool, home_team: str) -> bool:
    """Whether somebody may take part, being from where they are: a guest, of another company, or one of us."""
    return (cohort.strangers or not home_team) and (cohort.guests or not guest)


def weeks_needed(sessions: int, cadence_days: int) -> int:
    """Whole weeks from the first session to the last."""
    return -(-(sessions - 1) * cadence_days // 7)


def plan_problems(plan: CohortPlan, today: date, others: Iterable[Cohort], before: Cohort | None) -> list[Refusal]:
    """What is wrong with a plan, field by field; `before` is the draft that it changes."""
    return [*_name_problems(plan, others, before), *_date_problems(plan, today, before), *_rhythm_problems(plan)]


def move_problem(cohort: Cohort, to: CohortState) -> Refusal | None:
    """Why a cohort cannot go to a state from where it is."""
    if to in NEXT[cohort.state]:
        return None
    return Refusal(f"programme.refused.already_{cohort.state}")


def opening_problem(cohort: Cohort, today: date) -> Refusal | None:
    """Why a cohort cannot open today: it would be over before it has begun."""
    if cohort.ends_on - max(today, cohort.starts_on) < SHORTEST:
        return Refusal("programme.refused.too_late", weeks=SHORTEST.days // 7)
    return None


def called(name: str, cohorts: Iterable[Cohort]) -> list[Cohort]:
    """Those of that name, in their order: capitals and the number of spaces say nothing, an empty name is nobody's."""
    return [one for one in cohorts if name.strip() and _plain(one.name) == _plain(name)]


def no_such_cohort(name: str, cohorts: Iterable[Cohort]) -> Refusal:
    """For a name that no cohort has: what was typed, and the names that it could have been, newest last."""
    names = list(dict.fromkeys(one.name for one in cohorts))[-_NAMES:]
    key = "no_such_cohort" if names else "no_cohort"
    return Refusal(f"common.errors.{key}", name=" ".join(name.split())[:NAME_LENGTH], cohorts=", ".join(names))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _name_problems(plan: CohortPlan, others: Iterable[Cohort], before: Cohort | None) -> list[Refusal]:
    if not plan.name:
        return [Refusal("common.errors.only_spaces", field="name")]
    if len(plan.name) > NAME_LENGTH:
        return [Refusal("common.errors.too_long", field="name", length=len(plan.name), limit=NAME_LENGTH)]
    taken = called(plan.name, (c for c in others if before is None or c.id != before.id))
    return [Refusal("programme.refused.name_taken", field="name")] if taken else []


def _date_problems(plan: CohortPlan, today: date, before: Cohort | None) -> list[Refusal]:
    problems = []
    unchanged = before is not None and before.starts_on == plan.starts_on
    if plan.starts_on < today and not unchanged:
        problems.append(Refusal("programme.refused.starts_past", field="starts_on"))
    if plan.starts_on - today > FARTHEST:
        problems.append(Refusal("programme.refused.starts_far", field="starts_on"))
    if plan.ends_on <= plan.starts_on:
        problems.append(Refusal("programme.refused.ends_first", field="ends_on"))
    elif plan.ends_on - plan.starts_on < SHORTEST:
        problems.append(Refusal("programme.refused.too_short", field="ends_on", weeks=SHORTEST.days // 7))
    elif plan.ends_on - plan.starts_on > LONGEST:
        problems.append(Refusal("programme.refused.too_long", field="ends_on", weeks=LONGEST.days // 7))
    return problems


def _rhythm_problems(plan: CohortPlan) -> list[Refusal]:
    if plan.sessions not in SESSIONS:
        return [Refusal("programme.refused.sessions", field="sessions", least=SESSIONS[0], most=SESSIONS[-1])]
    if plan.cadence_days not in CADENCES:
        return [Refusal("common.errors.pick_one", field="cadence_days")]
    weeks = (plan.ends_on - plan.starts_on).days // 7
    needed = weeks_needed(plan.sessions, plan.cadence_days)
    if plan.ends_on > plan.starts_on and needed > weeks:
        return [Refusal("programme.refused.sessions_dont_fit", field="sessions", needed=needed, weeks=weeks)]
    return []
