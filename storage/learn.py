"""Queries about lessons: which were sent to somebody and read by them, and what a programme has come to."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, exists, or_, select

from storage import tables as t
from storage.records.content import LessonMark
from storage.records.delivery import LetterState
from storage.records.match import PairState
from storage.records.programme import CohortState
from storage.sql import put
from storage.store import Tx

_C = t.lesson_read.c
_OF_USER = select(t.lesson_read).where(_C.team_id == bindparam("team"), _C.user_id == bindparam("user"))
_KEY = ("team_id", "user_id", "lesson_id")
_OVER = (PairState.PAUSED, PairState.ENDED, PairState.COMPLETED)


async def marks(tx: Tx, user_id: str) -> list[LessonMark]:
    """What a Slack account was sent and has read."""
    rows = await tx.conn.execute(_OF_USER, {"team": tx.team, "user": user_id})
    return [LessonMark(row.user_id, row.lesson_id, row.sent_at, row.read_at) for row in rows]


async def mark_sent(tx: Tx, user_id: str, lesson_id: str, at: datetime | None) -> None:
    """Remember that a lesson is on its way, or (None) that it was taken back."""
    await _mark(tx, user_id, lesson_id, sent_at=at)


async def mark_read(tx: Tx, user_id: str, lesson_id: str, at: datetime | None) -> None:
    """Remember that a lesson was read, or (None) that it was not."""
    await _mark(tx, user_id, lesson_id, read_at=at)


async def untried(tx: Tx, keys: Sequence[str]) -> list[tuple[str, str, str]]:
    """Key, receiver and lesson of letters with these keys that nobody has tried to send yet."""
    c = t.outbox.c
    waits = (c.team_id == tx.team, c.key.in_(keys), c.state == LetterState.WAITING.value, c.attempts == 0)
    rows = await tx.conn.execute(select(c.key, c.to, c.params).where(*waits))
    return [(row.key, row.to, row.params.get("lesson", "")) for row in rows]


async def left_out(tx: Tx, user_id: str, kind: str, reasons: Sequence[str]) -> list[str]:
    """Lessons whose messages to a Slack account were skipped for a reason that begins with one of these."""
    c = t.outbox.c
    skipped = (c.team_id == tx.team, c.to == user_id, c.kind == kind, c.state == LetterState.SKIPPED.value)
    rows = await tx.conn.execute(select(c.params, c.reason).where(*skipped).order_by(c.id))
    told = [row.params.get("lesson", "") for row in rows if (row.reason or "").startswith(tuple(reasons))]
    return list(dict.fromkeys(told))


async def arrived(tx: Tx, user_id: str, kind: str) -> set[str]:
    """Lessons that stand in a message that a Slack account was sent."""
    c = t.outbox.c
    query = select(c.params).where(
        c.team_id == tx.team, c.to == user_id, c.kind == kind, c.state == LetterState.SENT.value
    )
    return {row.params.get("lesson", "") for row in await tx.conn.execute(query)}


async def has_open_cohort(tx: Tx) -> bool:
    c = t.cohort.c
    return bool(await tx.conn.scalar(select(exists().where(c.team_id == tx.team, c.state != CohortState.DRAFT))))


async def has_digest(tx: Tx) -> bool:
    return bool(await tx.conn.scalar(select(exists().where(t.digest.c.team_id == tx.team))))


async def has_ended_pair(tx: Tx) -> bool:
    """Whether any pair has ever paused (and not gone on), ended or completed after it ran."""
    c = t.pair.c
    query = exists().where(c.team_id == tx.team, c.state.in_(_OVER), c.active_at.is_not(None))
    return bool(await tx.conn.scalar(select(query)))


async def has_ending_pilot(tx: Tx, by: date) -> bool:
    """Whether a pilot is closed, or ends by a day."""
    c = t.cohort.c
    over = or_(c.state == CohortState.CLOSED, c.ends_on <= by)
    query = exists().where(c.team_id == tx.team, c.pilot, c.state != CohortState.DRAFT, over)
    return bool(await tx.conn.scalar(select(query)))


async def _mark(tx: Tx, user_id: str, lesson_id: str, **values: datetime | None) -> None:
    await put(tx, t.lesson_read, {"team_id": tx.team, "user_id": user_id, "lesson_id": lesson_id, **values}, key=_KEY)
