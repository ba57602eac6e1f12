"""What a pair may agree on, whose words stay whose, and when it is asked whether it still fits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO
from storage.records.enrol import Person
from storage.records.meet import Session, SessionState
from storage.records.prepare import Contract, ContractField, ContractLine
from storage.records.programme import Cohort

CADENCES = (7, 14, 21, 28, 42)
LENGTHS = (30, 45, 60, 90)
NOTICES = (4, 24, 48, 72, 120)
"""Hours before a session; 24 is the usual."""
USUAL_NOTICE = 24
OFF_LIMITS_MOST = 10
TEXT_MOST = 300
LIST_MOST = 1500
EXCEPTIONS_MOST = 600
DUE_AFTER = 2
"""Session 2 is where the two agree; once it is over without, that is said."""
REVIEW_LEAST = timedelta(days=10)
"""A session in the middle asks nothing about what was agreed only just before it; the date in the middle does."""
HALFWAY = "halfway"
"""The occurrence of what a pair talks about after both were asked halfway, each in private."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the modal. `off_limits` is one topic a line; `review_on` None for halfway."""

    principles: tuple[str, ...]
    off_limits: str
    place: str
    disagreeing: str
    cadence_days: int
    minutes: int
    notice_hours: int
    review_on: date | None


def typed_of(contract: Contract | None, cadence_days: int) -> Typed:
    """What the modal starts from: the newest version, else the usual rhythm. Erased words are left out."""
    if contract is None:
        return Typed((), "", "", "", cadence_days, 60, USUAL_NOTICE, None)
    words = {field: "\n".join(text for text in contract.said(field) if text is not None) for field in ContractField}
    return Typed(
        contract.principles, words[ContractField.OFF_LIMITS], words[ContractField.PLACE],
        words[ContractField.DISAGREEING], contract.cadence_days, contract.minutes, contract.notice_hours,
        contract.review_on,
    )  # fmt: skip


def problems_of(typed: Typed, known: Collection[str], fewest: int, most: int, today: date) -> list[Refusal]:
    """What is wrong, field by field. `known` are the ids that may be chosen; fewer of them lower `fewest`."""
    least, chosen = min(fewest, len(known)), len(typed.principles)
    problems = []
    if chosen < least or chosen > most:
        problems.append(Refusal("prepare.refused.principles", field="prepare.principles", fewest=least, most=most))
    if set(typed.principles) - set(known):
        problems.append(Refusal("common.errors.gone", field="prepare.principles"))
    topics = _topics(typed.off_limits)
    if len(topics) > OFF_LIMITS_MOST:
        problems.append(
            Refusal("prepare.refused.off_limits", field="prepare.off_limits", n=len(topics), limit=OFF_LIMITS_MOST)
        )
    for field, texts in ((ContractField.OFF_LIMITS, topics), *((f, [t]) for f, t in _single(typed))):
        longest = max((len(text) for text in texts), default=0)
        if longest > TEXT_MOST:
            problems.append(
                Refusal("common.errors.too_long", field=f"prepare.{field}", length=longest, limit=TEXT_MOST)
            )
    if typed.review_on is not None and typed.review_on <= today:
        problems.append(Refusal("common.errors.past", field="prepare.review_on"))
    return problems


def lines_of(typed: Typed, before: Contract | None, author_id: str) -> tuple[ContractLine, ...]:
    """The words of a version. What stood in the one before, word for word, stays its author's."""
    authors = {(line.field, line.text): line.author_id for line in before.lines} if before else {}
    said = [(ContractField.OFF_LIMITS, topic) for topic in _topics(typed.off_limits)]
    said += [(field, text) for field, text in _single(typed) if text]
    return tuple(ContractLine(field, authors.get((field, text), author_id), text) for field, text in said)


def same(typed: Typed, contract: Contract) -> bool:
    """Whether nothing would change."""
    numbers = (contract.cadence_days, contract.minutes, contract.notice_hours, contract.review_on)
    return (
        typed.principles == contract.principles
        and (typed.cadence_days, typed.minutes, typed.notice_hours, typed.review_on) == numbers
        and [(line.field, line.text) for line in lines_of(typed, None, "")]
        == [(line.field, line.text) for line in contract.lines]
    )


def check_exceptions(text: str) -> str:
    """The organisation's text as it is kept. Raises Refusal when it is too long."""
    kept = "\n".join(line for part in text.splitlines() if (line := " ".join(part.split())))
    if len(kept) > EXCEPTIONS_MOST:
        raise Refusal("common.errors.too_long", field="prepare.exceptions", length=len(kept), limit=EXCEPTIONS_MOST)
    return kept


def check_choices(typed: Typed, cadence_days: int, before: Contract | None) -> None:
    """Raises Refusal for a rhythm, length or notice that was never offered."""
    offered = (
        (typed.cadence_days, CADENCES, cadence_days, before and before.cadence_days),
        (typed.minutes, LENGTHS, 60, before and before.minutes),
        (typed.notice_hours, NOTICES, USUAL_NOTICE, before and before.notice_hours),
    )
    if any(chosen not in (*known, usual, kept) for chosen, known, usual, kept in offered):
        raise Refusal("common.errors.gone")


def midpoint(cohort: Cohort, started: date | None = None) -> date:
    """The day in the middle of a cohort's dates: when a contract is looked at again, unless a pair chose another.

    For a pair that `started` later, the middle of what was left. A Monday where that is a weekend, for nothing is
    asked then.
    """
    first = max(cohort.starts_on, min(started, cohort.ends_on)) if started else cohort.starts_on
    middle = first + (cohort.ends_on - first) / 2
    return middle + timedelta(days=7 - middle.weekday()) if middle.weekday() >= _SATURDAY else middle


def halfway(planned: int) -> int:
    """The number of the session after which it is halfway: the third of six."""
    return max(1, planned // 2)


def is_fresh(contract: Contract, now: datetime) -> bool:
    """Agreed on so lately that nobody can say whether it fits."""
    return any(now - one.at < REVIEW_LEAST for one in contract.agreements)


def is_late(sessions: Sequence[Session], agreed: bool) -> bool:
    """The second session is over, and the two have not agreed how they work."""
    return not agreed and any(s.state is SessionState.HELD and s.number >= DUE_AFTER for s in sessions)


def contract_state(number: int, planned: int, agreed: bool) -> str:
    """What the agenda of a session says about it: "due" in the second one, "late" after it, nothing in the last."""
    if agreed or not DUE_AFTER <= number < planned:
        return ""
    return "due" if number == DUE_AFTER else "late"


def may_take_back(contract: Contract, now: datetime) -> bool:
    """Whether anybody agreed within the last ten minutes."""
    return any(now - one.at <= UNDO for one in contract.agreements)


def _topics(text: str) -> list[str]:
    return list(dict.fromkeys(topic for line in text.splitlines() if (topic := " ".join(line.strip("•- ").split()))))


def _single(typed: Typed) -> list[tuple[ContractField, str]]:
    both = ((ContractField.PLACE, typed.place), (ContractField.DISAGREEING, typed.disagreeing))
    return [(field, " ".join(text.split())) for field, text in both]


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """A version as the pair's space shows it. `standing`: an earlier one holds until both agree to this one;
    `replaced`: a newer one was written; `undo`: an agreement can still be taken back.
    """

    people: PairPeople
    contract: Contract
    standing: bool
    replaced: bool
    undo: bool
    review_on: date

    @property
    def missing(self) -> tuple[Person, ...]:
        """Who has not agreed yet."""
        both = (self.people.junior, self.people.senior)
        return tuple(person for person in both if self.contract.agreement(person.id) is None)


@dataclass(frozen=True, slots=True)
class ContractView:
    """The whole of it, for one of the two. `exceptions` is the organisation's text; `choices` pair id → partner."""

    facts: ContractFacts
    me: Person
    exceptions: str
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ContractForm:
    """The modal with `typed` in it. `base` is the version it started from; `theirs` one that the partner wrote
    meanwhile. `review_on` is the day that halfway is.
    """

    people: PairPeople
    me: Person
    typed: Typed
    base: str
    exceptions: str
    review_on: date
    theirs: ContractFacts | None = None


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """Whether it still fits: the version that holds, and who has said so.

    `together`: it is halfway, and there is more to talk about than what they agreed on; then `contract` is None where
    nothing is asked about it.
    """

    people: PairPeople
    contract: Contract | None
    together: bool = False


@dataclass(frozen=True, slots=True)
class ContractCard:
    """What a Home says about it: the version that holds, or one that waits for somebody, or that it is late."""

    holds: Contract | None
    waits: Contract | None
    late: bool
