"""Queries about what people chose."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage import due
from storage import tables as t
from storage.records.delivery import Due, DueState
from storage.records.prefs import USUAL, Prefs
from storage.sql import put
from storage.store import Tx


async def save(tx: Tx, person_id: str, prefs: Prefs, before: dict[str, Any] | None, now: datetime) -> None:
    """Keep what differs from the usual; `before` is what an undo goes back to."""
    values = {"person_id": person_id, "team_id": tx.team, "chosen": chosen(prefs), "before": before, "changed_at": now}
    await put(tx, t.pref, values, key=["person_id"])


async def before(tx: Tx, person_id: str) -> tuple[dict[str, Any], datetime] | None:
    """What held before the last change, and when that was; None where there is nothing to go back to."""
    query = select(t.pref.c.before, t.pref.c.changed_at).where(
        t.pref.c.team_id == tx.team, t.pref.c.person_id == person_id
    )
    row = (await tx.conn.execute(query)).first()
    return (row.before, row.changed_at) if row and row.before is not None else None


async def planned_for(tx: Tx, person_id: str, jobs: Collection[str]) -> list[Due]:
    """Pending work of these kinds that is meant for one person."""
    c = t.due.c
    query = select(c.id).where(
        c.team_id == tx.team, c.recipient == person_id, c.kind.in_(jobs), c.state == DueState.PENDING.value
    )
    ids = [row.id for row in await tx.conn.execute(query.order_by(c.due_at, c.id))]
    return [item for one in ids if (item := await due.get(tx, one)) is not None]


def chosen(prefs: Prefs) -> dict[str, Any]:
    usual = asdict(USUAL)
    return {name: value for name, value in asdict(prefs).items() if value != usual[name]}
