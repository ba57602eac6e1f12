"""Bad weather: a database that takes nothing in, so that nothing of a transaction was kept."""

import sqlite3

from sqlalchemy.exc import DBAPIError

_SQLITE = frozenset(
    {
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
    }
)  # fmt: skip
# disk full, too many connections, read-only transaction, lock not available, query cancelled by a time limit
_POSTGRESQL = frozenset({"53100", "53300", "25006", "55P03", "57014"})
_BASE = 0xFF  # SQLite's extended codes have the plain one in their last byte


def takes_nothing_in(problem: BaseException) -> bool:
    """Whether the database was full, locked or not to be written to, and certainly kept nothing.

    A connection that broke is none of these: what was being committed may have been.
    """
    driver = problem.orig if isinstance(problem, DBAPIError) else problem
    if isinstance(driver, sqlite3.Error):
        return (getattr(driver, "sqlite_errorcode", 0) & _BASE) in _SQLITE
    return getattr(driver, "sqlstate", None) in _POSTGRESQL
