"""Letters of a restored database: which of them may have been sent by the one that is gone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records.delivery import RESTORED, LetterState, Target
from storage.tables import outbox
from storage.types import UtcTime

_OPEN = (LetterState.WAITING.value, LetterState.SENDING.value)
_NOBODYS = {"leased_by": None, "lease_until": None}


async def doubt(conn: AsyncConnection, made_at: datetime, now: datetime) -> tuple[int, int]:
    """Doubt every letter that fell due between the backup and now; tells how many to look for, how many set aside.

    In a person's DM the courier looks for it before it sends it. Elsewhere nobody can look, so a person decides.
    A Home is drawn anew without harm.
    """
    due = and_(outbox.c.state.in_(_OPEN), outbox.c.due_at <= now)
    since = func.coalesce(outbox.c.first_attempt_at, literal(made_at, UtcTime))
    direct = {"state": LetterState.WAITING.value, "ambiguous": True, "first_attempt_at": since, **_NOBODYS}
    looked_for = await _change(conn, and_(due, outbox.c.target == Target.PERSON.value), direct)
    blind = and_(due, outbox.c.target.in_([Target.PAIR.value, Target.CHANNEL.value]))
    aside = {"state": LetterState.DEAD.value, "reason": RESTORED, **_NOBODYS}
    return looked_for, await _change(conn, blind, aside)


async def _change(conn: AsyncConnection, which: ColumnElement[bool], values: dict[str, Any]) -> int:
    return int((await conn.execute(update(outbox).where(which).values(**values))).rowcount)
