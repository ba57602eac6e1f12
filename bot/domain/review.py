"""Questions now and then: when a pair is halfway or done, when both are asked, what may be answered and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from bot.domain.when import Calendar, DaysOff, is_working, local_day, shared_hour
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.records.review import Given, Review, ReviewKind, ReviewState

OPEN_FOR = timedelta(days=14)
REMIND_AFTER = 5
"""Working days after being asked; once."""
REST = timedelta(days=2)
"""How long after a session at the least: not on top of its own questions."""
TOGETHER_AFTER = timedelta(days=3)
"""How long after both were asked in private the pair reads what to talk about, whoever answered or not."""
LATER: Mapping[ReviewKind, timedelta] = {
    ReviewKind.LATER_90: timedelta(days=90),
    ReviewKind.LATER_180: timedelta(days=180),
}
"""After the day on which a pair was completed."""
QUOTE = "end_junior_quote"
MAY_BE_QUOTED = ("unnamed", "named")
"""Answers to it with which somebody is offered to write words to be quoted."""
TEXT_LENGTH = 500
FIGURES = ("1", "2", "3", "4", "5")
FIELD = "review.item"
"""Begins the name of each field in the modal; the item's id follows."""
_SEARCH = 14
"""Days within which a working day for both is looked for."""
_RUNNING = (PairState.ACTIVE, PairState.PAUSED)


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """One person's review with what they answered: what its message, its modal and its line on a Home are drawn from.

    `given` is empty before the first answer; `k` is the least number of people in a total. `there`: the person still
    takes part in things, or did when the pair ended.
    """

    review: Review
    people: PairPeople
    zone: str
    k: int
    given: Given | None = None
    there: bool = True

    @property
    def quotable(self) -> bool:
        """Whether they have just said that they may be quoted: then they can write the words for it."""
        return self.given is not None and self.given.answers.get(QUOTE) in MAY_BE_QUOTED

    @property
    def rests(self) -> bool:
        """Nothing is asked now: it is halfway of a pair that has paused or ended, or the person has left."""
        halfway = self.review.kind is ReviewKind.MIDPOINT
        return not self.there or (halfway and self.people.pair.state is not PairState.ACTIVE)


def pack_of(kind: ReviewKind, side: Side) -> str:
    """The id of the set of questions."""
    if kind is ReviewKind.MIDPOINT:
        return "midpoint"
    return f"end_{side}" if kind is ReviewKind.END else "later"


def is_halfway(held: int, planned: int, halfway: int, today: date, middle: date) -> bool:
    """Whether the midpoint has come: the session in the middle was held, or the day in the middle is there.

    Nobody looks back on nothing, nor halfway after the last of the planned sessions.
    """
    return 0 < held < planned and (held >= halfway or today >= middle)


def midpoint_day(held: int, halfway: int, rested: date, middle: date) -> date:
    """The day of asking after a session: once it has rested, or the day in the middle where that is what counts."""
    return rested if held >= halfway else max(rested, middle)


def is_last(held: int, planned: int) -> bool:
    """Whether all that was planned has been held."""
    return held >= planned > 0


def later_days(ended: date) -> dict[ReviewKind, date]:
    """When both are asked what came of it, by the day on which the pair was completed."""
    return {kind: ended + after for kind, after in LATER.items()}


def times(day: date, junior: Calendar, senior: Calendar, now: datetime) -> tuple[datetime, datetime]:
    """When the junior and the senior are asked: on the first day from `day` on that both work, in the same hour.

    Where no hour of that day suits both, each at their own. Never before now, never in anybody's quiet hours. UTC.
    """
    first = max(day, local_day(now, junior.zone))
    start = _both_work(first, junior.off, senior.off)
    return shared_hour(
        start, junior.zone, senior.zone, off_a=junior.off, off_b=senior.off, not_before=now,
        prefs_a=junior.prefs, prefs_b=senior.prefs,
    )  # fmt: skip


def may_answer(sheet: ReviewSheet, now: datetime) -> None:
    """Raises Refusal when it is too late: it has closed, the person has left, or the pair has ended halfway."""
    review = sheet.review
    if review.kind is ReviewKind.MIDPOINT and sheet.people.pair.state not in _RUNNING:
        raise Refusal("common.errors.pair_ended")
    if review.state is ReviewState.EXPIRED or now >= review.closes_at or not sheet.there:
        raise Refusal("review.refused.closed")


def is_asked(pair: PairState, held: int, planned: int) -> bool:
    """Whether a pair is asked how it was: it was completed, or all that was planned has been held."""
    return pair is PairState.COMPLETED or (pair in _RUNNING and is_last(held, planned))


def checked(allowed: Mapping[str, Sequence[str]], given: Mapping[str, str]) -> dict[str, str] | list[Refusal]:
    """The answers as they are stored, or what is wrong with them, each under its field.

    `allowed` are the codes of each question, none for free words. Any may be left out, not all.
    """
    kept = {item: words for item, words in given.items() if item in allowed and words}
    if not kept:
        return [Refusal("review.refused.empty", field=field_of(next(iter(allowed))))]
    problems = [found for item, words in kept.items() if (found := _problem(item, allowed[item], words))]
    return problems or kept


def field_of(item: str) -> str:
    """The name of a question's field in the modal."""
    return f"{FIELD}:{item}"


def _problem(item: str, codes: Sequence[str], words: str) -> Refusal | None:
    if codes:
        return None if words in codes else Refusal("common.errors.pick_one", field=field_of(item))
    if len(words) > TEXT_LENGTH:
        return Refusal("common.errors.too_long", field=field_of(item), length=len(words), limit=TEXT_LENGTH)
    return None


def _both_work(day: date, off_a: DaysOff, off_b: DaysOff) -> date:
    days = (day + timedelta(days=n) for n in range(_SEARCH))
    return next((one for one in days if is_working(one, off_a) and is_working(one, off_b)), day)
