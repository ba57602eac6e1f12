"""Queries about letters to the coordinators' channel: what is on its way, what never got there, who reads along."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select, update

from storage import tables as t
from storage.attempts import OPEN
from storage.records.delivery import LetterState
from storage.store import Tx


async def states(tx: Tx, kind: str, keys: Collection[str]) -> dict[str, LetterState]:
    """What became of the letters of a kind with these keys, as they were given to `post`; unknown ones are left out."""
    c = t.outbox.c
    query = select(c.key, c.state).where(c.team_id == tx.team, c.key.in_([f"{kind}:{key}" for key in keys]))
    return {row.key.removeprefix(f"{kind}:"): LetterState(row.state) for row in await tx.conn.execute(query)}


async def on_its_way(tx: Tx, kind: str, to: str, about: Mapping[str, str], now: datetime) -> bool:
    """Whether a letter of a kind, with parameters that say what `about` says, may still arrive there."""
    c = t.outbox.c
    waits = (c.team_id == tx.team, c.kind == kind, c.to == to, c.state.in_(OPEN), c.stale_at > now)
    return any(about.items() <= row.params.items() for row in await tx.conn.execute(select(c.params).where(*waits)))


async def note_others(tx: Tx, letter_id: str, n: int) -> None:
    """Remember with a letter how many of those who read it in its channel do not coordinate."""
    c = t.outbox.c
    mine = (c.team_id == tx.team, c.id == letter_id)
    params = await tx.conn.scalar(select(c.params).where(*mine))
    if params is not None:
        await tx.conn.execute(update(t.outbox).where(*mine).values(params={**params, "others": str(n)}))
