"""When a workspace's method or receiver may be written to again; shared by all couriers."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, select

from storage.records.delivery import Target
from storage.sql import by, insert_of, put
from storage.store import Tx
from storage.tables import pace
from storage.types import UtcTime

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


async def slots(tx: Tx, scopes: Collection[str], now: datetime, gap: timedelta) -> set[str]:
    """Take the scopes' next turns, so that the one after each comes `gap` later; tells whose turn it was."""
    rows = [{"team_id": tx.team, "scope": scope, "not_before": now + gap, "now": now} for scope in scopes]
    return {row.scope for row in await tx.conn.execute(_take_turns(tx.dialect), rows)}


async def turn(tx: Tx, queue: str, who: str, now: datetime, gap: timedelta) -> datetime:
    """When it is somebody's turn in a queue whose turns are `gap` apart: a turn once given stays hers."""
    given = await _not_before(tx, f"{queue}:{who}")
    if given is not None:
        return given
    at = max(now, await _not_before(tx, queue) or now)
    await hold(tx, queue, at + gap)
    await hold(tx, f"{queue}:{who}", at)
    return at


async def _not_before(tx: Tx, scope: str) -> datetime | None:
    row = (await tx.conn.execute(by(pace, "team_id", "scope"), {"team_id": tx.team, "scope": scope})).first()
    return row.not_before if row else None


@lru_cache
def _take_turns(dialect: str) -> Any:
    taken = insert_of(dialect, pace)
    free = pace.c.not_before <= bindparam("now", type_=UtcTime)
    later = {"not_before": taken.excluded.not_before}
    columns = taken.on_conflict_do_update(index_elements=["team_id", "scope"], set_=later, where=free)
    return columns.returning(pace.c.scope)


async def held(tx: Tx, now: datetime, scopes: Collection[str]) -> dict[str, datetime]:
    """Which of these scopes must wait, and until when."""
    mine = select(pace).where(pace.c.team_id == tx.team, pace.c.scope.in_(scopes), pace.c.not_before > now)
    return {row.scope: row.not_before for row in await tx.conn.execute(mine)}


async def forget(tx: Tx, before: datetime) -> int:
    """Drop what no longer holds anything back, in every workspace."""
    gone = delete(pace).where(pace.c.not_before < before)
    return int((await tx.conn.execute(gone)).rowcount)
