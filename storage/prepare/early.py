"""Queries about topics in a pair's first session."""

from datetime import datetime

from sqlalchemy import select, update

from storage import tables as t
from storage.records.prepare import EarlyTopics
from storage.sql import add_once
from storage.store import Tx

_C = t.early_topics.c


async def early_topics(tx: Tx, pair_id: str) -> EarlyTopics | None:
    """Whether one of the two asked for it, and whether the other one agreed."""
    query = select(t.early_topics).where(_C.team_id == tx.team, _C.pair_id == pair_id)
    row = (await tx.conn.execute(query)).first()
    return EarlyTopics(row.pair_id, row.asked_by, row.asked_at, row.agreed_at) if row else None


async def ask_early(tx: Tx, pair_id: str, person_id: str, now: datetime) -> bool:
    """One asks for topics in session 1; False when that was asked before."""
    values = {"pair_id": pair_id, "team_id": tx.team, "asked_by": person_id, "asked_at": now, "agreed_at": None}
    return await add_once(tx, t.early_topics, values, key=["pair_id"])


async def agree_early(tx: Tx, pair_id: str, now: datetime) -> None:
    where = (_C.team_id == tx.team, _C.pair_id == pair_id)
    await tx.conn.execute(update(t.early_topics).where(*where).values(agreed_at=now))


async def drop_early(tx: Tx, pair_id: str) -> None:
    """It stays as it is; either may ask again."""
    await tx.conn.execute(t.early_topics.delete().where(_C.team_id == tx.team, _C.pair_id == pair_id))
