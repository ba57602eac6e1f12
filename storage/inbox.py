"""Events that came in: each id is stored, and committed, before anything else happens with it."""

from datetime import datetime

from sqlalchemy import delete, update

from storage.sql import add_once
from storage.store import Tx
from storage.tables import inbox


async def add(tx: Tx, event_id: str, kind: str, now: datetime) -> bool:
    """Store an event's id; False when it came before, so that a retry is handled once."""
    values = {"team_id": tx.team, "event_id": event_id, "kind": kind[:48], "received_at": now, "handled_at": None}
    return await add_once(tx, inbox, values, key=("team_id", "event_id"))


async def handled(tx: Tx, event_id: str, now: datetime) -> bool:
    """Mark an event as handled; False when it is unknown or was marked before."""
    open_one = update(inbox).where(
        inbox.c.team_id == tx.team, inbox.c.event_id == event_id, inbox.c.handled_at.is_(None)
    )
    return (await tx.conn.execute(open_one.values(handled_at=now))).rowcount == 1


async def forget(tx: Tx, before: datetime) -> int:
    """Drop ids that came in earlier; Slack repeats an event for an hour at most."""
    gone = delete(inbox).where(inbox.c.team_id == tx.team, inbox.c.received_at < before)
    return int((await tx.conn.execute(gone)).rowcount)
