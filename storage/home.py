"""Queries about App Homes: who has ever opened theirs, and which side they want to see."""

from sqlalchemy import select

from storage import tables as t
from storage.records.enrol import Side
from storage.sql import add_once, put
from storage.store import Tx

_KEY = ("team_id", "user_id")


async def opened(tx: Tx, user_id: str) -> None:
    """Remember that somebody opened their Home: from now on it is kept up to date."""
    await add_once(tx, t.home, {"team_id": tx.team, "user_id": user_id, "side": None}, key=_KEY)


async def is_open(tx: Tx, user_id: str) -> bool:
    """Whether there is a Home to keep up to date; drawing one that nobody has looked at would be waste."""
    query = select(t.home.c.user_id).where(t.home.c.team_id == tx.team, t.home.c.user_id == user_id)
    return (await tx.conn.execute(query)).first() is not None


async def set_side(tx: Tx, user_id: str, side: Side) -> None:
    """Which side to show to somebody who is a junior in one pair and a senior in another."""
    await put(tx, t.home, {"team_id": tx.team, "user_id": user_id, "side": side}, key=_KEY)


async def side(tx: Tx, user_id: str) -> Side | None:
    query = select(t.home.c.side).where(t.home.c.team_id == tx.team, t.home.c.user_id == user_id)
    found = await tx.conn.scalar(query)
    return Side(found) if found else None
