"""The check-in's rules: when it is asked, who may answer, what an answer holds, what counts in a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from bot.domain.learner import LearnerFacts
from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState, Learner, Question, Reflection
from storage.records.commit import Commitment
from storage.records.enrol import Person
from storage.records.match import PairState
from storage.records.meet import Session

OPEN_FOR = timedelta(days=14)
AT_LEAST = timedelta(days=7)
"""A session that was reported late leaves this much time from being asked."""
REMIND_DAYS = (2, 5)
EXAMPLE_LENGTH = 500
LEARNED_LENGTH = 1000
THEMES_MOST = 5
AHEAD = timedelta(days=366)

PROMISED = "promised"
OPTIONS: Mapping[Question, tuple[str, ...]] = {
    Question.LEARN: ("changed", "learned", "not_yet", "no", "early", "pass"),
    Question.HELP: ("done", PROMISED, "vague", "not_yet", "no", "early", "pass"),
    Question.ADVOCATE: ("known", "claimed", PROMISED, "not_yet", "no", "early", "pass"),
    Question.INTRODUCE: ("talked", "made", PROMISED, "not_yet", "no", "unwanted", "early", "pass"),
}
_COUNTED = {
    Question.LEARN: "changed",
    Question.HELP: "done",
    Question.ADVOCATE: "known",
    Question.INTRODUCE: "talked",
}


@dataclass(frozen=True, slots=True)
class Invite:
    """What an invitation or a reminder to either side is drawn from."""

    checkin: Checkin
    session: Session
    k: int
    zone: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the modal with the four questions is drawn from; `filled` are answers shown in it.

    `themes` are the ids of those that can be picked in this cohort.
    """

    checkin: Checkin
    session: Session
    senior: Person
    zone: str
    themes: tuple[str, ...]
    k: int
    filled: AnswerSheet
    again: bool
    copyable: bool


@dataclass(frozen=True, slots=True)
class Mirror:
    """What the senior's reflection is drawn from."""

    checkin: Checkin
    session: Session
    people: PairPeople
    zone: str
    earlier: Reflection | None
    commitment: Commitment | None
    learner: Learner | None = None


@dataclass(frozen=True, slots=True)
class Thanks:
    """Said after sending: `offer` is a question to be offered words for, `learner` who she says was learning."""

    checkin: Checkin
    zone: str
    offer: Question | None = None
    learner: LearnerFacts | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a junior has answered in one of her pairs, for her own eyes: each check-in's session and sheet, in order."""

    people: PairPeople
    entries: tuple[tuple[Session, AnswerSheet], ...]

    @property
    def sheets(self) -> tuple[AnswerSheet, ...]:
        return tuple(sheet for _, sheet in self.entries)


@dataclass(frozen=True, slots=True)
class Reflected:
    """Said to the senior after sending; the commitment is the one that was made."""

    checkin: Checkin
    zone: str
    shared: bool
    commitment: Commitment | None
    learner: LearnerFacts | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """An invitation that stands in Slack as message `ts` of `channel` and has been answered since."""

    invite: Invite
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Mine:
    """What a service found out about the person who opens a check-in."""

    checkin: Checkin
    me: Person
    people: PairPeople
    session: Session


class Mark(StrEnum):
    """What an answer is in a trend: it happened, it is on its way, not yet, or nothing was said about it."""

    HAPPENED = "happened"
    ON_ITS_WAY = "on_its_way"
    NOT_YET = "not_yet"
    UNSAID = "unsaid"


_ON_ITS_WAY = frozenset({"learned", PROMISED, "vague", "claimed", "made"})
_NOT_YET = frozenset({"not_yet", "no"})


def mark_of(question: Question, option: str | None) -> Mark:
    """How an answer stands in the junior's own trend. Nothing else is made of it: figures go by `counts`."""
    if counts(question, option):
        return Mark.HAPPENED
    return Mark.ON_ITS_WAY if option in _ON_ITS_WAY else Mark.NOT_YET if option in _NOT_YET else Mark.UNSAID


def runs(sheets: Sequence[AnswerSheet], question: Question) -> list[tuple[str, int]]:
    """The answers to a question in order, and how often each came in a row."""
    given = [option for sheet in sheets if (option := sheet.option(question)) is not None]
    return [(option, len(list(same))) for option, same in groupby(given)]


def counts(question: Question, option: str | None) -> bool:
    """Whether an answer makes the 1 of its figure: only what happened does, a promise or a refusal to say does not."""
    return _COUNTED[question] == option


def asks_by_when(question: Question, option: str | None) -> bool:
    return option == PROMISED and PROMISED in OPTIONS[question]


def closes_at(ended: datetime, asked: datetime) -> datetime:
    """Fourteen days after the session, and at least seven after being asked."""
    return max(ended + OPEN_FOR, asked + AT_LEAST)


def may_answer(checkin: Checkin, pair: PairState, now: datetime) -> None:
    """Raises Refusal when it is too late: the check-in has closed or the pair has ended."""
    if pair not in (PairState.ACTIVE, PairState.PAUSED):
        raise Refusal("common.errors.pair_ended")
    if checkin.state is CheckinState.EXPIRED or now >= checkin.closes_at:
        raise Refusal("checkin.refused.closed")


def checked(sheet: AnswerSheet, today: date, themes: Sequence[str]) -> AnswerSheet | list[Refusal]:
    """The sheet as it is stored, or what is wrong with it, each under its field."""
    problems = [_missing(q) for q in Question if sheet.option(q) not in OPTIONS[q]]
    problems += [p for a in sheet.answers for p in _problems(a, today)]
    if len(sheet.themes) > THEMES_MOST or not set(sheet.themes) <= set(themes):
        problems.append(Refusal("common.errors.at_most", field="checkin.themes", n=THEMES_MOST))
    if problems:
        return problems
    ordered = {a.question: a for a in sheet.answers}
    return replace(sheet, answers=tuple(_tidy(ordered[q]) for q in Question))


def _missing(question: Question) -> Refusal:
    return Refusal("common.errors.pick_one", field=f"checkin.option:{question}")


def _problems(answer: Answer, today: date) -> list[Refusal]:
    found = []
    if len(answer.example) > EXAMPLE_LENGTH:
        found.append(
            Refusal(
                "common.errors.too_long", field=f"checkin.example:{answer.question}",
                length=len(answer.example), limit=EXAMPLE_LENGTH,
            )
        )  # fmt: skip
    if asks_by_when(answer.question, answer.option) and (key := _wrong_day(answer.by_when, today)):
        found.append(Refusal(key, field=f"checkin.by_when:{answer.question}"))
    return found


def _wrong_day(day: date | None, today: date) -> str | None:
    if day is None:
        return "checkin.refused.by_when"
    if day < today:
        return "checkin.refused.past_day"
    return "checkin.refused.far_day" if day > today + AHEAD else None


def _tidy(answer: Answer) -> Answer:
    """A date stays only beside a promise."""
    return answer if asks_by_when(answer.question, answer.option) else replace(answer, by_when=None)


def copied(previous: AnswerSheet, today: date) -> AnswerSheet | None:
    """*Nothing new*: the same options and dates. None when a promised day has passed, for that is asked again.

    Examples, themes and who was learning belong to their own session and stay there.
    """
    if passed(previous, date.min, today) or {a.question for a in previous.answers} != set(Question):
        return None
    return AnswerSheet(tuple(replace(a, example="") for a in previous.answers))


def shown_again(sheet: AnswerSheet, today: date, *, examples: bool) -> AnswerSheet:
    """What a modal starts with: earlier answers, less promised days that have passed.

    `examples` stay when it is the same check-in that is changed.
    """
    return AnswerSheet(
        tuple(
            replace(
                a,
                example=a.example if examples else "",
                by_when=a.by_when if a.by_when and a.by_when >= today else None,
            )
            for a in sheet.answers
        ),
        sheet.learner if examples else None,
        sheet.themes if examples else (),
    )


def passed(sheet: AnswerSheet, since: date, today: date) -> tuple[Question, ...]:
    """The questions whose promised day lies in [since, today)."""
    return tuple(
        a.question
        for a in sheet.answers
        if asks_by_when(a.question, a.option) and a.by_when is not None and since <= a.by_when < today
    )
