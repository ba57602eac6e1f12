"""Requests that were taken: each signature is stored with what its request did, so that a copy does nothing."""

from datetime import datetime

from sqlalchemy import delete

from storage.sql import add_once, by
from storage.store import Tx
from storage.tables import taken_request

_FIND = by(taken_request, "team_id", "signature")


class Replayed(Exception):
    """This very request was taken before, here or by another replica."""


async def take(tx: Tx, signature: str, now: datetime) -> None:
    """Store a request's signature. Raises Replayed where it is stored already."""
    values = {"team_id": tx.team, "signature": signature, "received_at": now}
    if not await add_once(tx, taken_request, values, key=("team_id", "signature")):
        raise Replayed


async def taken(tx: Tx, signature: str) -> bool:
    """Whether a request with this signature was taken."""
    found = await tx.conn.execute(_FIND, {"team_id": tx.team, "signature": signature})
    return found.first() is not None


async def forget(tx: Tx, before: datetime) -> int:
    """Drop signatures that came in earlier, in every workspace: their timestamps are refused by now."""
    gone = delete(taken_request).where(taken_request.c.received_at < before)
    return int((await tx.conn.execute(gone)).rowcount)
