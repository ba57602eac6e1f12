"""Asking for something back: wordings with blanks, and when a junior is offered one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from storage.records.ask import Offers
from storage.records.checkin import AnswerSheet, Question

Made = Mapping[Question, datetime]
Tone = Literal["warm", "direct", "short"]
TONES: tuple[Tone, ...] = ("warm", "direct", "short")
BLANK = "[…]"
"""What stands where nobody has filled in a word of an ask."""
BLANK_LENGTH = 120
"""Characters of a blank, so that the longest wording still fits into an agenda's line."""
AGAIN = timedelta(weeks=8)
"""A question is offered once in this time, whatever is answered: conversation.md, F8."""
WAITS = timedelta(weeks=2)
"""How long an offer that nobody answers stands on a Home."""
STUCK_AFTER = 3
_MISSING_OUT = ("not_yet", "no")


@dataclass(frozen=True, slots=True)
class AskFacts:
    """Whom the junior may ask for something back; `choices` are all her pairs, oldest first."""

    people: PairPeople
    choices: tuple[PairPeople, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An ask in the making. What a wording has no blank for is kept all the same, for the next one may.

    `own` is the text as the junior changes it, None while she has not; `before` is another one that she changed.
    """

    question: Question = Question.HELP
    tone: Tone = "warm"
    topic: str = ""
    person: str = ""
    day: date | None = None
    own: str | None = None
    before: str = ""

    def starting(self, text: str) -> "Draft":
        """Go on with another text; what was changed so far is kept beside it."""
        return replace(self, own=text, before=self.own or self.before)


def check_gap(text: str, field: str | None) -> None:
    """Raises Refusal under `field` for wording whose blanks nobody has filled in yet: the senior would read it."""
    if BLANK in text:
        raise Refusal("ask.refused.gap", field=field)


def run_of(sheets: Sequence[AnswerSheet], question: Question) -> int:
    """How often in a row, up to now, a question was answered *not yet* or *no*. Oldest sheet first."""
    run = 0
    for sheet in reversed(sheets):
        if sheet.option(question) not in _MISSING_OUT:
            break
        run += 1
    return run


def to_offer(sheets: Sequence[AnswerSheet], made: Made, now: datetime) -> Question | None:
    """The question that has gone unmet longest, three times at least, and was not offered for eight weeks."""
    runs = {question: run_of(sheets, question) for question in Question}
    free = [q for q, run in runs.items() if run >= STUCK_AFTER and not _lately(made, q, now, AGAIN)]
    return max(free, key=lambda q: runs[q], default=None)


def after_answers(sheets: Sequence[AnswerSheet], before: Offers, elsewhere: Made, now: datetime) -> Offers:
    """What is remembered once a check-in of a pair is answered: one offer more, or that an earlier one still holds.

    `elsewhere` are offers in the junior's other pairs: they count for the eight weeks. What lies further back decides
    nothing any more and is forgotten.
    """
    made = {q: at for q, at in before.made.items() if now - at < AGAIN}
    fresh = to_offer(sheets, latest((Offers(made), Offers(elsewhere))), now)
    if fresh is not None:
        return Offers({**made, fresh: now}, fresh)
    waits = before.waiting
    holds = waits is not None and waits in made and run_of(sheets, waits) >= STUCK_AFTER
    return Offers(made, waits if holds else None)


def still_waits(offers: Offers, now: datetime) -> Question | None:
    """The offer that stands on the junior's Home."""
    question = offers.waiting
    return question if question and _lately(offers.made, question, now, WAITS) else None


def latest(all_offers: Iterable[Offers]) -> dict[Question, datetime]:
    """When each question was last offered in any of these pairs."""
    found: dict[Question, datetime] = {}
    for offers in all_offers:
        for question, at in offers.made.items():
            found[question] = max(at, found.get(question, at))
    return found


def _lately(made: Made, question: Question, now: datetime, within: timedelta) -> bool:
    at = made.get(question)
    return at is not None and now - at < within
