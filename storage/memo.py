"""What one transaction has read and nobody has changed since, so that it is read once however many ask for it."""

from collections.abc import Callable, Coroutine, Hashable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import CursorResult, Insert, ScalarResult, Table, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from storage.store import Tx

P = ParamSpec("P")
T = TypeVar("T")


Query = Callable[Concatenate["Tx", P], Coroutine[Any, Any, T]]


def remembered(*tables: Table) -> Callable[[Query[P, T]], Query[P, T]]:
    """For queries that read these tables only: asked again in the same transaction, they give the same answer.

    Until one of the tables is written to, or `tx.conn.forget()` is called. Nobody may change what they return.
    """

    def decorate(read: Query[P, T]) -> Query[P, T]:
        @wraps(read)
        async def once(tx: "Tx", /, *args: P.args, **options: P.kwargs) -> T:
            key = (read, args, tuple(options.items()))
            known = tx.conn.known
            if key not in known:
                known[key] = (tables, await read(tx, *args, **options))
            answer: T = known[key][1]
            return answer

        return once

    return decorate


class Watched:
    """A transaction's connection, which forgets what is no longer so when something is written through it."""

    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn
        self.known: dict[Hashable, tuple[tuple[Table, ...], Any]] = {}

    @property
    def dialect(self) -> Dialect:
        return self._conn.dialect

    async def execute(self, statement: Any, parameters: Any = None) -> CursorResult[Any]:
        """As SQLAlchemy's."""
        self._heed(statement)
        done: CursorResult[Any] = await self._conn.execute(statement, parameters)
        return done

    async def scalar(self, statement: Any) -> Any:
        """The first column of the first row, or None."""
        return (await self.execute(statement)).scalar()

    async def scalars(self, statement: Any) -> ScalarResult[Any]:
        """The first column of every row."""
        return (await self.execute(statement)).scalars()

    async def exec_driver_sql(self, statement: str) -> CursorResult[Any]:
        """As SQLAlchemy's."""
        self.forget()
        return await self._conn.exec_driver_sql(statement)

    def forget(self) -> None:
        """Read everything anew: after waiting for a lock, others may have written."""
        self.known.clear()

    def _heed(self, statement: Any) -> None:
        if not self.known or statement.is_select:
            return
        if isinstance(statement, Insert | Update):
            self.known = {key: kept for key, kept in self.known.items() if statement.table not in kept[0]}
        else:  # what is deleted may take rows of other tables with it
            self.forget()
