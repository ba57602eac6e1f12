"""A senior's own scorecard: what their junior had of them, counted, for the senior's eyes alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.credit import counted
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.credit import Credit, Credited

BAR_LONGEST = 10
"""Marks in a bar at most: a longer one can't be taken in at a glance."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Sessions kept and called off on the senior's side; promises done of all made, by their own word.

    `late` are open promises whose day has passed, `dropped` those given up; `introductions` were made, `credits` were
    given by name; `months` ("2026-04") are those in which the senior said so.
    """

    held: int
    cancelled: int
    done: int
    made: int
    introductions: int = 0
    credits: int = 0
    late: int = 0
    dropped: int = 0
    months: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not any((self.held, self.cancelled, self.made, self.dropped, self.introductions, self.credits))


def card(
    sessions: tuple[int, int],
    promises: Sequence[Commitment],
    introductions: int,
    credits: Sequence[Credit],
    *,
    today: date,
    zone: str,
) -> Scorecard:
    """Put together from what is stored; `sessions` are kept and called off, `today` is the senior's in `zone`."""
    kept = [one for one in promises if one.state is CommitmentState.DONE]
    still = [one for one in promises if one.state is CommitmentState.OPEN]
    return Scorecard(
        held=sessions[0],
        cancelled=sessions[1],
        done=len(kept),
        made=len(kept) + len(still),
        introductions=introductions,
        credits=counted(credits, _credited_on(kept, zone)),
        late=sum(one.due_on < today for one in still),
        dropped=sum(one.state is CommitmentState.DROPPED for one in promises),
        months=tuple(one.month for one in credits if one.said is Credited.DID),
    )


def bar(part: int, whole: int) -> tuple[int, int]:
    """How many marks of a bar are filled and how many are not; a whole of more than ten is drawn to scale.

    What is more than nothing has a mark, and what is less than everything leaves one.
    """
    if whole <= BAR_LONGEST:
        return part, whole - part
    filled = round(part * BAR_LONGEST / whole)
    filled = min(max(filled, int(part > 0)), BAR_LONGEST - int(part < whole))
    return filled, BAR_LONGEST - filled


def _credited_on(kept: Iterable[Commitment], zone: str) -> list[date]:
    """The senior's own days on which promises of credit were kept."""
    return [
        one.done_at.astimezone(ZoneInfo(zone)).date()
        for one in kept
        if one.kind is CommitmentKind.CREDIT and one.done_at is not None
    ]
