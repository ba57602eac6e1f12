"""When a workspace's method or receiver may be written to again; shared by all couriers."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from storage.records.delivery import Target
from storage.sql import insert_into, put
from storage.store import Tx
from storage.tables import pace

WORKSPACE = "workspace"
"""The scope that holds back everything: the app is not installed there any more."""


def receiver(target: Target, to: str) -> str:
    """The scope of one conversation or Home; the outbox's lease looks it up under the same name."""
    return f"{target.value}:{to}"


async def hold(tx: Tx, scope: str, until: datetime) -> None:
    """Nothing to this scope before `until`. Scopes are Slack methods and receivers."""
    await put(tx, pace, {"team_id": tx.team, "scope": scope, "not_before": until}, key=("team_id", "scope"))


async def release(tx: Tx, scope: str) -> bool:
    """Let a scope go on at once; False when nothing held it."""
    gone = delete(pace).where(pace.c.team_id == tx.team, pace.c.scope == scope)
    return int((await tx.conn.execute(gone)).rowcount) == 1


async def slot(tx: Tx, scope: str, now: datetime, gap: timedelta) -> bool:
    """Take the scope's next turn, so that the one after it comes `gap` later; False when it is not our turn yet."""
    statement = insert_into(tx, pace).values(team_id=tx.team, scope=scope, not_before=now + gap)
    free = statement.on_conflict_do_update(
        index_elements=["team_id", "scope"], set_={"not_before": now + gap}, where=pace.c.not_before <= now
    )
    return (await tx.conn.execute(free.returning(pace.c.scope))).first() is not None


async def held(tx: Tx, now: datetime, scopes: Collection[str]) -> dict[str, datetime]:
    """Which of these scopes must wait, and until when."""
    mine = select(pace).where(pace.c.team_id == tx.team, pace.c.scope.in_(scopes), pace.c.not_before > now)
    return {row.scope: row.not_before for row in await tx.conn.execute(mine)}


async def forget(tx: Tx, before: datetime) -> int:
    """Drop what no longer holds anything back, in every workspace."""
    gone = delete(pace).where(pace.c.not_before < before)
    return int((await tx.conn.execute(gone)).rowcount)
