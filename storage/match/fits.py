"""Queries about how a pair fits: each side's own answer, and who asked coordinators for help with it."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage import tables as t
from storage.records.match import Fit, FitAnswer, FitWish, Help
from storage.sql import put
from storage.store import Tx

_TOLD = (Help.SOMEONE_ELSE, Help.TALK)
"""What coordinators are told."""


async def save(tx: Tx, said: FitAnswer) -> None:
    """Keep an answer, sealed under its person's key, in the place of the one before."""
    body = json.dumps([said.fit, said.help or ""])
    sealed = await tx.seal(said.person_id, t.fit.c.answer, _key(said.pair_id, said.person_id), body, said.at)
    values = {
        "pair_id": said.pair_id, "person_id": said.person_id, "team_id": tx.team, "session_id": said.session_id,
        "answer": sealed, "wants": said.help if said.help in _TOLD else None, "settled": False, "at": said.at,
    }  # fmt: skip
    await put(tx, t.fit, values, key=["pair_id", "person_id"])


async def mine(tx: Tx, pair_id: str, person_id: str) -> FitAnswer | None:
    """Somebody's own answer, for nobody else."""
    c = t.fit.c
    where = (c.team_id == tx.team, c.pair_id == pair_id, c.person_id == person_id)
    row = (await tx.conn.execute(select(t.fit).where(*where))).first()
    body = await tx.open(person_id, c.answer, _key(pair_id, person_id), row.answer) if row else None
    if row is None or body is None:
        return None
    fit, wanted = json.loads(body)
    return FitAnswer(pair_id, person_id, row.session_id, Fit(fit), Help(wanted) if wanted else None, row.at)


async def forget(tx: Tx, pair_id: str, person_id: str) -> None:
    """As if it had never been said."""
    c = t.fit.c
    where = (c.team_id == tx.team, c.pair_id == pair_id, c.person_id == person_id)
    await tx.conn.execute(t.fit.delete().where(*where))


async def wishes(tx: Tx, before: datetime) -> list[FitWish]:
    """Who asked for help before a moment and waits for it, oldest first."""
    return await _wishes(tx, t.fit.c.at <= before)


async def wish(tx: Tx, pair_id: str, person_id: str) -> FitWish | None:
    """What somebody asked coordinators for, while it waits."""
    return next(iter(await _wishes(tx, t.fit.c.pair_id == pair_id, t.fit.c.person_id == person_id)), None)


async def settle(tx: Tx, pair_id: str, person_id: str | None = None) -> bool:
    """A coordinator has dealt with what one of a pair asked for, or both; False when that was done before."""
    c = t.fit.c
    where = [c.team_id == tx.team, c.pair_id == pair_id, c.settled.is_(False)]
    if person_id is not None:
        where.append(c.person_id == person_id)
    return (await tx.conn.execute(update(t.fit).where(*where).values(settled=True))).rowcount > 0


async def _wishes(tx: Tx, *where: Any) -> list[FitWish]:
    c = t.fit.c
    query = select(c.pair_id, c.person_id, c.wants, c.at).where(
        c.team_id == tx.team, c.wants.is_not(None), c.settled.is_(False), *where
    )
    rows = await tx.conn.execute(query.order_by(c.at, c.person_id))
    return [FitWish(row.pair_id, row.person_id, Help(row.wants), row.at) for row in rows]


def _key(pair_id: str, person_id: str) -> str:
    return f"{pair_id}:{person_id}"
