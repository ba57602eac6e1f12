"""Queries about giving credit by name: who is asked each month, and each senior's own sealed answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage import tables as t
from storage.records.credit import Credit, Credited
from storage.records.match import PairState
from storage.sql import add_once
from storage.store import Tx


async def add(tx: Tx, credit: Credit) -> bool:
    """Note that a senior is asked; False when they were asked this month before."""
    values = {
        "id": credit.id, "team_id": tx.team, "person_id": credit.person_id, "month": credit.month,
        "asked_at": credit.asked_at, "closes_at": credit.closes_at, "credited": None,
    }  # fmt: skip
    return await add_once(tx, t.credit, values, key=["person_id", "month"])


async def mine(tx: Tx, credit_id: str, person_id: str) -> Credit | None:
    """One's own, with one's own answer; None for anybody else's."""
    return next(iter(await _credits(tx, person_id, t.credit.c.id == credit_id)), None)


async def of_senior(tx: Tx, person_id: str) -> list[Credit]:
    """Every month that a senior was asked about, oldest first, for their own eyes."""
    return await _credits(tx, person_id)


async def save(tx: Tx, credit: Credit, said: Credited | None, now: datetime) -> None:
    """Keep an answer in the place of the one before; None takes it back."""
    sealed = await tx.seal(credit.person_id, t.credit.c.credited, credit.id, said, now) if said is not None else None
    where = (t.credit.c.team_id == tx.team, t.credit.c.id == credit.id, t.credit.c.person_id == credit.person_id)
    await tx.conn.execute(update(t.credit).where(*where).values(credited=sealed))


async def seniors(tx: Tx) -> list[str]:
    """The person ids of the seniors of every active pair, each once."""
    c = t.pair.c
    query = select(c.senior_id).where(c.team_id == tx.team, c.state == PairState.ACTIVE).distinct()
    return list(await tx.conn.scalars(query.order_by(c.senior_id)))


async def _credits(tx: Tx, person_id: str, *where: Any) -> list[Credit]:
    c = t.credit.c
    query = select(t.credit).where(c.team_id == tx.team, c.person_id == person_id, *where).order_by(c.month)
    found = []
    for row in (await tx.conn.execute(query)).all():
        said = await tx.open(person_id, c.credited, row.id, row.credited) if row.credited is not None else None
        found.append(
            Credit(
                row.id, row.team_id, row.person_id, row.month, row.asked_at, row.closes_at,
                Credited(said) if said else None,
            )
        )  # fmt: skip
    return found
