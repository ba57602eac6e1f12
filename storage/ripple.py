"""Queries about what pairs set going beyond the two of them."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage import tables as t
from storage.records.ripple import Ripple, RippleKind
from storage.store import Tx


async def add(tx: Tx, ripple: Ripple) -> None:
    values = asdict(ripple)
    values["line"] = await _sealed(tx, ripple, ripple.line)
    await tx.conn.execute(t.ripple.insert().values(**values))


async def set_line(tx: Tx, ripple: Ripple, line: str | None) -> None:
    """Say more about it, or nothing any more; sealed under its author's key."""
    c = t.ripple.c
    where = (c.team_id == tx.team, c.id == ripple.id)
    await tx.conn.execute(update(t.ripple).where(*where).values(line=await _sealed(tx, ripple, line)))


async def get(tx: Tx, ripple_id: str) -> Ripple | None:
    return next(iter(await _ripples(tx, t.ripple.c.id == ripple_id)), None)


async def remove(tx: Tx, ripple_id: str) -> None:
    """Forget one that was logged by mistake."""
    c = t.ripple.c
    await tx.conn.execute(t.ripple.delete().where(c.team_id == tx.team, c.id == ripple_id))


async def of_pairs(tx: Tx, pair_ids: Iterable[str]) -> list[Ripple]:
    """Newest first."""
    return await _ripples(tx, t.ripple.c.pair_id.in_(list(pair_ids)))


async def counts(tx: Tx, cohort_id: str, start: datetime, end: datetime) -> dict[RippleKind, int]:
    """How many of each kind a cohort logged in [start, end)."""
    c = t.ripple.c
    theirs = select(t.pair.c.id).where(t.pair.c.team_id == tx.team, t.pair.c.cohort_id == cohort_id)
    where = (c.team_id == tx.team, c.pair_id.in_(theirs), c.at >= start, c.at < end)
    rows = await tx.conn.execute(select(c.kind, func.count().label("n")).where(*where).group_by(c.kind))
    return {RippleKind(row.kind): row.n for row in rows}


async def _sealed(tx: Tx, ripple: Ripple, line: str | None) -> bytes | None:
    return await tx.seal(ripple.author_id, t.ripple.c.line, ripple.id, line, ripple.at) if line else None


async def _ripples(tx: Tx, *where: Any) -> list[Ripple]:
    c = t.ripple.c
    rows = (
        await tx.conn.execute(select(t.ripple).where(c.team_id == tx.team, *where).order_by(c.at.desc(), c.id.desc()))
    ).all()
    await tx.load_keys(row.author_id for row in rows)
    return [
        Ripple(
            **{
                **row._mapping, "kind": RippleKind(row.kind),
                "line": await tx.open(row.author_id, c.line, row.id, row.line),
            }
        )
        for row in rows
    ]  # fmt: skip
