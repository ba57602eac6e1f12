"""PostgreSQL's engines: their pools, time limits and isolation, and the lock that lets one writer at a time in."""

import hashlib
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

_ALL = (
    "TIME ZONE 'UTC'", "statement_timeout = '30s'", "lock_timeout = '10s'",
    "idle_in_transaction_session_timeout = '60s'", "tcp_keepalives_idle = 30", "tcp_keepalives_interval = 10",
    "tcp_keepalives_count = 3",
)  # fmt: skip
"""A replica that hangs, or that the network lost, lets go of what it holds within a minute."""

_READS = "SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITES = "SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED"
_CONNECTING = {
    "connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
    "application_name": "revmentor",
}  # fmt: skip
_TURN = text("SELECT pg_advisory_xact_lock(:turns, :team)")
_TURNS = 0x7265766D  # an arbitrary number that only these locks use
_UNDONE = frozenset({"40001", "40P01", "55P03"})  # serialization failure, deadlock, lock not available


def postgresql_engine(url: str, *, size: int, write: bool) -> AsyncEngine:
    """An engine of up to `size` connections.

    Readers see one snapshot and cannot write. Writers see at each statement what was committed before it, so that
    whoever has waited for a lock sees what the one before has done.
    """
    named = make_url(url).query
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,  # the server may have been restarted since
        hide_parameters=True,  # an error never quotes what people wrote
        connect_args={name: value for name, value in _CONNECTING.items() if name not in named},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _set(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        for setting in (*_ALL, _WRITES if write else _READS):
            cursor.execute(f"SET {setting}")
        cursor.close()
        connection.commit()

    return engine


async def take_turn(conn: AsyncConnection, team: str) -> None:
    """Wait until no other writer of the workspace is under way, in any replica; ours ends with the transaction."""
    await conn.execute(_TURN, {"turns": _TURNS, "team": _number(team)})


def undone(problem: BaseException) -> bool:
    """Whether a transaction failed because of others, and certainly changed nothing: it may be done once more."""
    return isinstance(problem, DBAPIError) and getattr(problem.orig, "sqlstate", None) in _UNDONE


def passing(problem: BaseException) -> bool:
    """Whether the trouble is not the transaction's own: others were in its way, or the server is away for a moment.

    It may have been committed: only what checks for itself what it has done already may be done once more.
    """
    if not isinstance(problem, DBAPIError):
        return False
    code = getattr(problem.orig, "sqlstate", "")
    away = code is None or code.startswith(("08", "57P", "53300", "25P03"))  # connecting, shut down, full, timed out
    return undone(problem) or problem.connection_invalidated or away


def _number(team: str) -> int:
    """Two workspaces with the same number only wait for one another now and then."""
    return int.from_bytes(hashlib.blake2b(team.encode(), digest_size=4).digest(), signed=True)
