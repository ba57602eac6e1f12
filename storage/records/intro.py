"""Introductions that a junior asked for or a senior offered, and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class IntroState(StrEnum):
    """asked → agreed (with a day), redirected or declined → made. The junior withdraws it or lets it rest; what nobody
    answers lapses. What came of one that was made is the junior's alone, and stands elsewhere."""

    ASKED = "asked"
    AGREED = "agreed"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    MADE = "made"
    WITHDRAWN = "withdrawn"
    RESTED = "rested"
    LAPSED = "lapsed"


class Outcome(StrEnum):
    """What the junior says came of an introduction, for her eyes alone."""

    TALKED = "talked"
    NOT_YET = "not_yet"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class IntroAnswer:
    """What a senior wrote about an introduction: whom instead (a Slack id, or words), a word about it, why not now.

    Texts are None after the senior was erased; what was never written is "".
    """

    introduction_id: str
    person_id: str
    to_user: str
    whom: str | None
    word: str | None
    why_not: str | None


@dataclass(frozen=True, slots=True)
class Introduction:
    """`author_id` asked for it (the junior) or offered it (the senior); `to_user` is a Slack id, else `whom` has words.

    `instead`: it is about whom the senior named instead. `due_on` is the agreed day. Texts are None after their author
    was erased. `changed_by` did the last thing, None where it was the clock or an undoing; `state_before` and
    `due_before` are what it takes back, None where there was nothing before. `unheard`: the other one had not been told
    of that state yet.
    """

    id: str
    team_id: str
    pair_id: str
    author_id: str
    to_user: str
    whom: str | None
    why: str | None
    line: str | None
    state: IntroState
    due_on: date | None
    made_at: datetime | None
    instead: bool
    created_at: datetime
    changed_at: datetime
    changed_by: str | None
    state_before: IntroState | None = None
    due_before: date | None = None
    unheard: bool = False
    answer: IntroAnswer | None = None
