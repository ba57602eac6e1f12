"""What one transaction has read and nobody has changed since, so that it is read once however many ask for it."""

from collections.abc import Callable, Coroutine, Hashable, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import CursorResult, Insert, ScalarResult, Table, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from storage.store import Tx

P = ParamSpec("P")
T = TypeVar("T")


Query = Callable[Concatenate["Tx", P], Coroutine[Any, Any, T]]


class Remembered(Generic[P, T]):
    """A query whose answer a transaction keeps."""

    def __init__(self, read: Query[P, T], tables: tuple[Table, ...]) -> None:
        self._read = read
        self._tables = tables
        update_wrapper(self, read)

    async def __call__(self, tx: "Tx", /, *args: P.args, **options: P.kwargs) -> T:
        key = self._key(args, options)
        if key not in tx.conn.known:
            tx.conn.known[key] = (self._tables, await self._read(tx, *args, **options))
        answer: T = tx.conn.known[key][1]
        return answer

    def know(self, tx: "Tx", answer: T, /, *args: P.args, **options: P.kwargs) -> None:
        """Keep an answer that was fetched together with others, just now in this transaction."""
        tx.conn.known[self._key(args, options)] = (self._tables, answer)

    def _key(self, args: tuple[Any, ...], options: Mapping[str, Any]) -> Hashable:
        return self._read, args, tuple(options.items())


def remembered(*tables: Table) -> Callable[[Query[P, T]], Remembered[P, T]]:
    """For queries that read these tables only: asked again in the same transaction, they give the same answer.

    Until one of the tables is written to, or `tx.conn.forget()` is called. Nobody may change what they return.
    """
    return lambda read: Remembered(read, tables)


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
