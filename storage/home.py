"""Queries about App Homes: who has ever opened theirs, and which side they want to see."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from storage import tables as t
from storage.records.delivery import LetterState
from storage.records.enrol import Side
from storage.sql import add_once, put
from storage.store import Tx

_KEY = ("team_id", "user_id")
_LETTER = t.outbox.c
_WAITING = select(_LETTER.id).where(
    _LETTER.team_id == bindparam("team"),
    _LETTER.to == t.home.c.user_id,
    _LETTER.kind == bindparam("kind"),
    _LETTER.state == LetterState.WAITING.value,
)
_TO_DRAW = select(t.home.c.user_id).where(
    t.home.c.team_id == bindparam("team"), t.home.c.user_id.in_(bindparam("users", expanding=True)), ~_WAITING.exists()
)


async def opened(tx: Tx, user_id: str) -> None:
    """Remember that somebody opened their Home: from now on it is kept up to date."""
    await add_once(tx, t.home, {"team_id": tx.team, "user_id": user_id, "side": None}, key=_KEY)


async def to_draw(tx: Tx, user_ids: Iterable[str], kind: str) -> list[str]:
    """Who of these has a Home to keep up to date, and no letter of this kind yet that waits to do so.

    Drawing one that nobody has looked at would be waste.
    """
    wanted = list(dict.fromkeys(user_ids))
    rows = await tx.conn.execute(_TO_DRAW, {"team": tx.team, "users": wanted, "kind": kind})
    found = {row.user_id for row in rows}
    return [user_id for user_id in wanted if user_id in found]


async def set_side(tx: Tx, user_id: str, side: Side) -> None:
    """Which side to show to somebody who is a junior in one pair and a senior in another."""
    await put(tx, t.home, {"team_id": tx.team, "user_id": user_id, "side": side}, key=_KEY)


async def side(tx: Tx, user_id: str) -> Side | None:
    query = select(t.home.c.side).where(t.home.c.team_id == tx.team, t.home.c.user_id == user_id)
    found = await tx.conn.scalar(query)
    return Side(found) if found else None
