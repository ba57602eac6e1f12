"""When a workspace's method or receiver may be written to again; shared by all couriers."""

from datetime import datetime

from sqlalchemy import delete, select

from storage.records.delivery import Target
from storage.sql import put
from storage.store import Tx
from storage.tables import pace


def receiver(target: Target, to: str) -> str:
    """The scope of one conversation or Home; the outbox's lease looks it up under the same name."""
    return f"{target.value}:{to}"


async def hold(tx: Tx, scope: str, until: datetime) -> None:
    """Nothing to this scope before `until`. Scopes are Slack methods and receivers."""
    await put(tx, pace, {"team_id": tx.team, "scope": scope, "not_before": until}, key=("team_id", "scope"))


async def held(tx: Tx, now: datetime) -> dict[str, datetime]:
    """Every scope that must wait, and until when."""
    rows = await tx.conn.execute(select(pace).where(pace.c.team_id == tx.team, pace.c.not_before > now))
    return {row.scope: row.not_before for row in rows}


async def forget(tx: Tx, before: datetime) -> int:
    """Drop what no longer holds anything back."""
    gone = delete(pace).where(pace.c.team_id == tx.team, pace.c.not_before < before)
    return int((await tx.conn.execute(gone)).rowcount)
