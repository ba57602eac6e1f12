"""What Home needs to remember, which is nothing of its own: the side that somebody last switched to."""

from sqlalchemy import select

from storage import tables as t
from storage.records.enrol import Side
from storage.store import Tx

_LOOK_BACK = 30


async def last_side(tx: Tx, kind: str, user_id: str) -> Side | None:
    """The side that the person's latest switch asked for, as long as it is among the latest drawings of their Home."""
    c = t.outbox.c
    query = select(c.params).where(c.team_id == tx.team, c.to == user_id, c.kind == kind)
    rows = await tx.conn.execute(query.order_by(c.id.desc()).limit(_LOOK_BACK))
    return next((Side(row.params["side"]) for row in rows if "side" in row.params), None)
