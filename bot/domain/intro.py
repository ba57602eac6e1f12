"""The rules of introductions: who may do what when, what it must hold, when it is asked about, what can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.commit import Moment, wrong_day
from bot.domain.enrol import SlackProfile
from bot.domain.match import PairPeople, chain
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO, DaysOff, days_later, never_off, out_of_quiet, working_morning_in
from storage.records.enrol import Side
from storage.records.intro import IntroAnswer, Introduction, IntroState, Outcome

PERSON, WHOM, WHY, LINE = "intro.person", "intro.whom", "intro.why", "intro.line"
DUE_ON, WORD, REASON = "intro.due_on", "intro.word", "intro.reason"
WHOM_LENGTH, WHY_LENGTH, LINE_LENGTH = 150, 500, 300
WAITING_MOST = 5
"""So many of a junior's requests may wait for the senior's answer in a pair."""
REMIND_AFTER = 3
"""Working days after which the senior is reminded of what waits for an answer."""
LAPSE_AFTER, TALK_AFTER = 28, (10, 31)
"""Days: until what nobody answers rests, and until the junior is asked what came of one that was made."""
_S = IntroState
OPEN = (_S.ASKED, _S.AGREED, _S.REDIRECTED)
RECENT = timedelta(days=21)


class Did(StrEnum):
    """What was done to an introduction; RESTORED says that the last thing was taken back."""

    ASKED = "asked"
    OFFERED = "offered"
    LOGGED = "logged"
    AGREED = "agreed"
    MOVED = "moved"
    BETTER = "better"
    DECLINED = "declined"
    MADE = "made"
    WITHDRAWN = "withdrawn"
    RESTED = "rested"
    TAKEN = "taken"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Step:
    """Who may take it, from which states, and where it leads."""

    by: Side
    before: tuple[IntroState, ...]
    after: IntroState


STEPS: Mapping[Did, Step] = {
    Did.AGREED: Step(Side.SENIOR, (_S.ASKED, _S.LAPSED), _S.AGREED),
    Did.MOVED: Step(Side.SENIOR, (_S.AGREED,), _S.AGREED),
    Did.BETTER: Step(Side.SENIOR, (_S.ASKED,), _S.REDIRECTED),
    Did.DECLINED: Step(Side.SENIOR, (_S.ASKED, _S.AGREED), _S.DECLINED),
    Did.MADE: Step(Side.SENIOR, (_S.ASKED, _S.LAPSED, _S.AGREED), _S.MADE),
    Did.WITHDRAWN: Step(Side.JUNIOR, (_S.ASKED,), _S.WITHDRAWN),
    Did.RESTED: Step(Side.JUNIOR, (_S.AGREED, _S.REDIRECTED), _S.RESTED),
    Did.TAKEN: Step(Side.JUNIOR, (_S.REDIRECTED,), _S.ASKED),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a form: a Slack id or words for whom, why, a line to forward, and a senior's day or *made*."""

    user: str = ""
    whom: str = ""
    why: str = ""
    line: str = ""
    made: bool = False
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class IntroForm:
    """What the modal of a new introduction is drawn from; `preview` shows what the senior would read."""

    pairs: tuple[PairPeople, ...]
    side: Side
    today: date
    draft: Draft = field(default_factory=Draft)
    preview: bool = False


@dataclass(frozen=True, slots=True)
class IntroFacts:
    """One introduction with its two people: what messages and modals are drawn from."""

    intro: Introduction
    people: PairPeople
    today: date


@dataclass(frozen=True, slots=True)
class IntroReminder:
    """To the senior: an introduction that was agreed on, around its day."""

    intro: Introduction
    people: PairPeople
    moment: Moment


@dataclass(frozen=True, slots=True)
class IntroDone:
    """What has just been done, for whoever did it; it can be undone for ten minutes."""

    intro: Introduction
    people: PairPeople
    did: Did


@dataclass(frozen=True, slots=True)
class Asking:
    """The private question to the junior about one that was made; `outcome` once she has answered."""

    intro: Introduction
    people: PairPeople
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class IntroList:
    """All introductions of a person's pairs as that person sees them; `outcomes` are the junior's own."""

    pairs: tuple[tuple[PairPeople, Side, tuple[Introduction, ...]], ...]
    today: date
    zone: str
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)


def meant(it: Introduction) -> tuple[str, str | None]:
    """Whom it is about now: a Slack id, or "" and words (None: removed)."""
    if not it.instead:
        return it.to_user, it.whom
    return (it.answer.to_user, it.answer.whom) if it.answer is not None else ("", None)


def may(it: Introduction, did: Did, side: Side) -> None:
    """Raises Refusal: of the other side's steps as of what is missing, and where it has gone on meanwhile."""
    step = STEPS[did]
    if step.by is not side:
        raise Refusal("common.errors.gone")
    if it.state not in step.before:
        raise Refusal("intro.refused.settled")
    if did is Did.BETTER and it.instead:
        raise Refusal("intro.refused.better_twice")


def taken(it: Introduction, did: Did, by: str, at: datetime, **more: Any) -> dict[str, Any]:
    """The columns after a step."""
    return {
        "state": STEPS[did].after, "state_before": it.state, "due_before": it.due_on, "changed_by": by,
        "changed_at": at, **more,
    }  # fmt: skip


def reader(it: Introduction) -> Side:
    """Who is told how it stands now: the other side of whoever brought it there."""
    return Side.SENIOR if it.state in (_S.ASKED, _S.WITHDRAWN, _S.RESTED) else Side.JUNIOR


def last(it: Introduction, author: Side) -> Did | None:
    """What was done last, where a person did it and it can be told from what stands there."""
    if it.changed_by is None:
        return None
    if it.state_before is None:
        if author is Side.JUNIOR:
            return Did.ASKED
        return Did.LOGGED if it.state is _S.MADE else Did.OFFERED
    found = [d for d, step in STEPS.items() if it.state is step.after and it.state_before in step.before]
    return next(iter(found), None)


def may_undo(it: Introduction, person_id: str, now: datetime) -> bool:
    """Whoever did the last thing takes it back for ten minutes."""
    return it.changed_by == person_id and now - it.changed_at < UNDO


def restored(it: Introduction, at: datetime) -> dict[str, Any]:
    """The columns as they were before the last step. Not for one that is new: that is forgotten."""
    return {
        "state": it.state_before, "state_before": None, "due_on": it.due_before, "due_before": None, "made_at": None,
        "instead": it.instead and it.state_before is not _S.REDIRECTED, "changed_by": None, "changed_at": at,
        "unheard": False,
    }  # fmt: skip


def as_seen(it: Introduction, person_id: str, now: datetime) -> Introduction | None:
    """As one of the two may see it: what the other did less than ten minutes ago has not happened yet."""
    if it.changed_by in (None, person_id) or now - it.changed_at >= UNDO:
        return it
    return None if it.state_before is None else replace(it, **restored(it, it.changed_at))


def ordered(introductions: Sequence[Introduction]) -> tuple[Introduction, ...]:
    """Open ones first, by their day, those without one after them; then the rest, newest first. Withdrawn ones go."""
    still = [it for it in introductions if it.state in OPEN]
    over = [it for it in introductions if it.state not in (*OPEN, _S.WITHDRAWN)]
    first = sorted(still, key=lambda it: (it.due_on or date.max, it.created_at))
    return (*first, *sorted(over, key=lambda it: it.changed_at, reverse=True))


def to_show(introductions: Sequence[Introduction], now: datetime) -> tuple[Introduction, ...]:
    """For a Home: what is open, and what was made or answered lately."""
    return tuple(it for it in ordered(introductions) if it.state in OPEN or now - it.changed_at < RECENT)


def problems(draft: Draft, side: Side, today: date) -> list[Refusal]:
    """What is wrong with a new one, each under its field. `today` is the author's."""
    found = whom_problems(draft)
    if side is Side.JUNIOR:
        found += [*_text(WHY, draft.why, WHY_LENGTH), *_text(LINE, draft.line, LINE_LENGTH)]
        return found
    found += _text(WHY, draft.why, WHY_LENGTH, needed=False)
    if not draft.made and (key := wrong_day(draft.due_on, today)):
        found.append(Refusal(key, field=DUE_ON))
    return found


def whom_problems(draft: Draft) -> list[Refusal]:
    """Whom it is about is picked, or said in words: one of the two."""
    if draft.user and draft.whom:
        return [Refusal("intro.refused.both", field=WHOM)]
    if not draft.user and not draft.whom:
        return [Refusal("intro.refused.nobody", field=WHOM)]
    return _text(WHOM, draft.whom, WHOM_LENGTH, needed=not draft.user)


def day_problems(day: date | None, before: date | None, today: date) -> list[Refusal]:
    """What is wrong with an agreed day; `before` is the one that it already has."""
    key = wrong_day(day, today) or ("commit.refused.same_day" if day == before else None)
    return [Refusal(key, field=DUE_ON)] if key else []


def word_problems(name: str, text: str, *, needed: bool) -> list[Refusal]:
    return _text(name, text, WHY_LENGTH, needed=needed)


def wrong_person(picked: SlackProfile, people: PairPeople, by: Side, lines: Mapping[str, str]) -> str | None:
    """The sentence that refuses a Slack account, or None.

    Somebody in the other one's line is refused with words that do not say so: whose manager is whose is told to
    nobody. `lines`: Slack id → the manager's.
    """
    me, other = people.on(by), people.other(people.on(by).id)
    if picked.user_id == people.junior.user_id:
        return "intro.refused.junior_herself" if by is Side.JUNIOR else "intro.refused.your_junior"
    if picked.user_id == people.senior.user_id:
        return "intro.refused.your_senior" if by is Side.JUNIOR else "intro.refused.yourself"
    if not picked.usable:
        return "intro.refused.no_account"
    if picked.user_id in chain(me.user_id, lines):
        return "intro.refused.own_line"
    return "intro.refused.not_here" if picked.user_id in chain(other.user_id, lines) else None


def doubled(draft: Draft, known: Sequence[Introduction]) -> bool:
    """Whether an open one is about the same person or team already."""
    words = draft.whom.casefold()
    told = [meant(it) for it in known if it.state in OPEN]
    return any(user == draft.user if draft.user else (text or "").casefold() == words for user, text in told)


def answered(it: Introduction, person_id: str, **texts: str) -> IntroAnswer:
    """What the senior wrote so far, with `texts` in it."""
    return replace(it.answer or IntroAnswer(it.id, person_id, "", "", "", ""), **texts)


def remind_at(asked: datetime, zone: str, days_off: DaysOff = never_off) -> datetime:
    """Three working days later at 10:00, local: the one reminder of what waits."""
    return working_morning_in(REMIND_AFTER, asked, zone, days_off=days_off)


def talk_times(made: datetime, zone: str, days_off: DaysOff = never_off) -> tuple[datetime, ...]:
    """Ten days after *made*, and three weeks later once more."""
    return tuple(out_of_quiet(days_later(made, days, zone), zone, days_off) for days in TALK_AFTER)


def _text(name: str, text: str, most: int, *, needed: bool = True) -> list[Refusal]:
    if needed and not text.strip():
        return [Refusal("common.errors.empty", field=name)]
    if len(text) > most:
        return [Refusal("common.errors.too_long", field=name, length=len(text), limit=most)]
    return []
