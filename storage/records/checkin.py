"""The junior's four answers, the senior's reflection, and where each check-in stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.records.enrol import Side


class Question(StrEnum):
    """The four reciprocity questions, in the order they are asked."""

    LEARN = "learn"
    HELP = "help"
    ADVOCATE = "advocate"
    INTRODUCE = "introduce"


class CheckinState(StrEnum):
    DUE = "due"
    SENT = "sent"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    EXPIRED = "expired"


class Learner(StrEnum):
    """Who was mainly learning today, seen by the person who answers."""

    ME = "me"
    THEM = "them"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Checkin:
    """One person's check-in (junior) or reflection (senior) for one held session."""

    id: str
    team_id: str
    session_id: str
    pair_id: str
    person_id: str
    side: Side
    state: CheckinState
    due_at: datetime
    closes_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question; everything in it is readable by its junior only."""

    question: Question
    option: str
    example: str = ""
    by_when: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """A whole check-in as its junior gave it; `themes` are ids of the fixed vocabulary."""

    answers: tuple[Answer, ...]
    learner: Learner | None = None
    themes: tuple[str, ...] = ()

    def option(self, question: Question) -> str | None:
        return next((a.option for a in self.answers if a.question is question), None)


@dataclass(frozen=True, slots=True)
class Reflection:
    """What a senior takes away; the junior sees it only where `shared`."""

    checkin_id: str
    person_id: str
    learned: str | None
    shared: bool
    at: datetime
