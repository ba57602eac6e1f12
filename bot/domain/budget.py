"""How many prompts a person gets: at most three messages in seven days, with what is due soon in one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.messages import PROMPT_ORDER
from storage.records.delivery import Letter
from storage.records.prefs import Prefs

WEEK = timedelta(days=7)
SOON = timedelta(hours=24)
GATHER = timedelta(minutes=30)
"""A prompt waits so long at most for the work that asks the same person something else in these minutes."""
USUAL_MOST = 3
FEWER_MOST = 1
TOGETHER = 4
"""Prompts in one message, at most: more would be a wall of text."""
PROMPTING = (
    Job.COMMITMENT_DUE, Job.INTRO_DUE, Job.REMIND_CHECKIN, Job.FIT, Job.PULSE, Job.PROMISE_PASSED, Job.ASK_NOTICED,
    Job.ASK_TALKED, Job.INTRO_REMIND, Job.REMIND_REVIEW, Job.REMIND_OFFER, Job.NEXT_MISSING, Job.CREDIT,
)  # fmt: skip
"""Work about one person that, where it still matters, ends in a prompt for them."""
OVER = "budget"
"""Why a prompt was left out; `status` says it in words."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes out in one message, most important first, and what gives way."""

    members: tuple[Letter, ...]
    left_out: tuple[Letter, ...] = ()


def most(prefs: Prefs) -> int:
    """Messages with prompts in seven days."""
    return FEWER_MOST if prefs.fewer else USUAL_MOST


def free_at(sent: Iterable[datetime], now: datetime, limit: int) -> datetime:
    """When the next message with prompts may go: now, or when the oldest of the last `limit` is a week old."""
    recent = sorted(at for at in sent if at > now - WEEK)
    return now if len(recent) < limit else recent[-limit] + WEEK


def bundle(lead: Letter, others: Sequence[Letter], now: datetime) -> Bundle:
    """The lead with what is due to the same person within a day; where that is too much, the least important wait."""
    soon = [one for one in others if one.due_at <= now + SOON]
    ranked = sorted([lead, *soon], key=lambda one: (rank(one), one.due_at, one.id))
    kept = [lead, *[one for one in ranked if one.id != lead.id][: TOGETHER - 1]]
    members = tuple(one for one in ranked if one in kept)
    return Bundle(members, tuple(one for one in ranked if one not in kept))


def rank(letter: Letter) -> int:
    """Its place in the stated order: 0 is the most important."""
    known = [kind.value for kind in PROMPT_ORDER]
    return known.index(letter.kind) if letter.kind in known else len(known)
