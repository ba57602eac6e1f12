"""What waits for a coordinator's decision, most urgent first; operational facts only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bot.domain.programme.cohorts import SHORTEST
from storage.records.programme import Cohort, CohortState, CohortTally, Programme


class Decision(StrEnum):
    """What a coordinator may decide; in the order of urgency."""

    FAILED = "failed"
    DIGEST_HELD = "digest_held"
    COHORT_OVER = "cohort_over"
    COHORT_STARTS = "cohort_starts"
    WISHES = "wishes"
    REVIEW = "review"
    PAIR = "pair"
    PILOT_ENDS = "pilot_ends"
    NO_COHORT = "no_cohort"
    COHORT_DRAFT = "cohort_draft"
    ALONE = "alone"
    DIGEST_PAUSED = "digest_paused"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the queue: `subject` is a cohort's id and `name` its name, `n` how many it is about."""

    decision: Decision
    n: int = 0
    subject: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A message or job that was set aside. `to` is a Slack id, or empty for a pair space or planned work.

    What it was about is left out on purpose: the kind of a message can give away an answer.
    """

    to: str
    work: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CohortCard:
    """A cohort with what it has under way."""

    cohort: Cohort
    tally: CohortTally


@dataclass(frozen=True, slots=True)
class TodayFacts:
    """What `/revmentor admin` shows. `today` is the day in the programme's zone."""

    programme: Programme
    items: tuple[Item, ...]
    cohorts: tuple[CohortCard, ...]
    today: date


def queue(
    programme: Programme, cards: Iterable[CohortCard], today: date, *, coordinators: int, failed: int,
    to_review: Mapping[str, int] = MappingProxyType({}), wishes: int = 0, pilots: Iterable[Cohort] = (),
    held: Iterable[Cohort] = (),
) -> tuple[Item, ...]:  # fmt: skip
    """What needs a decision. `failed` counts messages and jobs that were set aside.

    `to_review` are the suggestions that wait, by cohort; `wishes` the people who ask for help with their pair;
    `pilots` those that come to their end, and whose people were not asked who would steer what follows;
    `held` those whose digest could not be posted in its channel.
    """
    shown = list(cards)
    items = [item for card in shown for item in _about(card, today, to_review.get(card.cohort.id, 0))]
    items += [Item(Decision.PILOT_ENDS, 0, one.id, one.name) for one in pilots]
    items += [Item(Decision.DIGEST_HELD, 0, one.id, one.name) for one in held]
    if wishes:
        items.append(Item(Decision.WISHES, wishes))
    if failed:
        items.append(Item(Decision.FAILED, failed))
    if not any(card.cohort.state is not CohortState.CLOSED for card in shown):
        items.append(Item(Decision.NO_COHORT))
    if coordinators == 1:
        items.append(Item(Decision.ALONE))
    if programme.digest_paused:
        items.append(Item(Decision.DIGEST_PAUSED))
    order = {decision: place for place, decision in enumerate(Decision)}
    return tuple(sorted(items, key=lambda item: order[item.decision]))


def _about(card: CohortCard, today: date, to_review: int) -> list[Item]:
    cohort, tally = card.cohort, card.tally
    if cohort.state is CohortState.DRAFT:
        decision = Decision.COHORT_STARTS if cohort.starts_on <= today else Decision.COHORT_DRAFT
        return [Item(decision, 0, cohort.id, cohort.name)]
    if cohort.state is CohortState.OPEN and cohort.ends_on < today:
        return [Item(Decision.COHORT_OVER, tally.running, cohort.id, cohort.name)]
    if cohort.state is CohortState.OPEN and to_review:
        return [Item(Decision.REVIEW, to_review, cohort.id, cohort.name)]
    possible = min(tally.waiting_juniors, tally.waiting_seniors, tally.waiting // 2) - tally.proposals
    in_time = today + SHORTEST <= cohort.ends_on  # a pair needs time to meet
    if cohort.state is CohortState.OPEN and in_time and possible > 0:
        return [Item(Decision.PAIR, possible, cohort.id, cohort.name)]
    return []


def by_state(cards: Iterable[CohortCard]) -> Mapping[CohortState, tuple[CohortCard, ...]]:
    """The cohorts under their states, open ones first."""
    shown = list(cards)
    order = (CohortState.OPEN, CohortState.DRAFT, CohortState.CLOSED)
    return {state: tuple(card for card in shown if card.cohort.state is state) for state in order}
