"""What the release is held against: the leanest SQL over the bare driver that draws, publishes and marks the same.

One query for all urns with their keys, one for all answers that were drawn, two statements to write; the same vault
opens and seals, because that is what both have to do.
"""

import json
import random
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

import psycopg

from benchmarks.answers import NOW
from benchmarks.slack import TEAM
from bot.domain.checkin import counts
from bot.domain.when import iso_week
from storage import tables as t
from storage.ids import new_id
from storage.records.checkin import Question
from storage.records.report import FigureKind
from storage.vault import DataKey, Vault, seal, unseal

KIND = FigureKind.RECIPROCITY
CLAMP = 2
_URNS = (
    "SELECT u.cohort_id, u.person_id, u.senior_id, u.source_id, u.mark, k.id, k.master_id, k.wrapped FROM urn u"
    " JOIN data_key k ON k.person_id = u.person_id WHERE u.team_id = ? AND u.kind = ?"
)
_RELEASE = (
    "INSERT INTO release (id, team_id, cohort_id, kind, week, n, cells, closing, published_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MARK = "UPDATE urn SET mark = ? WHERE cohort_id = ? AND kind = ? AND person_id = ?"
_SPENT, _WAITING = "spent", "waiting"


class Driver(Protocol):
    """One transaction over a driver."""

    def rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        """What a query has."""

    def write(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """One statement for many rows."""

    def commit(self) -> None:
        """End it, and close the connection."""


class Sqlite:
    """`sqlite3`, with the pragmas that ours has."""

    def __init__(self, path: str) -> None:
        self._conn = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            self._conn.execute(f"PRAGMA {pragma}")
        self._conn.execute("BEGIN IMMEDIATE")

    def rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self._conn.execute(statement, values).fetchall()

    def write(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        self._conn.executemany(statement, rows)

    def commit(self) -> None:
        self._conn.execute("COMMIT")
        self._conn.close()


class Postgresql:
    """`psycopg`, which sends many rows in one go."""

    def __init__(self, url: str) -> None:
        self._conn = psycopg.connect(url)

    def rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self._conn.execute(_percent(statement), values).fetchall()

    def write(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        with self._conn.cursor() as cursor:
            cursor.executemany(_percent(statement), rows)

    def commit(self) -> None:
        self._conn.commit()
        self._conn.close()


def _percent(statement: str) -> bytes:
    return statement.replace("?", "%s").encode()


def publish(driver: Driver, vault: Vault) -> int:
    """Draw half of every urn, publish its counts and mark it; how many releases were made."""
    dice, keys = random.SystemRandom(), dict[str, DataKey]()
    urns = defaultdict[str, list[Any]](list)
    for row in driver.rows(_URNS, (TEAM, KIND)):
        keys[row[1]] = vault.unwrap(row[5], row[6], row[7])
        if unseal(keys[row[1]], t.urn.c.mark, f"{row[0]}:{KIND}:{row[1]}", row[4]) == _WAITING:
            urns[row[0]].append(row)
    drawn = {cohort: dice.sample(rows, len(rows) // 2) for cohort, rows in urns.items()}
    ones = _opened(driver, {row[3]: keys[row[1]] for rows in drawn.values() for row in rows})
    driver.write(_RELEASE, [_release(cohort, rows, ones) for cohort, rows in drawn.items()])
    spent = {row[1] for rows in drawn.values() for row in rows}
    every = [row for rows in urns.values() for row in rows]
    driver.write(_MARK, [_mark(keys[row[1]], row, row[1] in spent) for row in every])
    driver.commit()
    return len(drawn)


def _opened(driver: Driver, sources: dict[str, DataKey]) -> dict[str, list[str]]:
    """Source → the questions of which it makes a 1."""
    places = ", ".join("?" * len(sources))
    query = f"SELECT checkin_id, question, content FROM answer WHERE checkin_id IN ({places})"
    found = defaultdict[str, list[str]](list)
    for checkin_id, question, content in driver.rows(query, list(sources)):
        said = unseal(sources[checkin_id], t.answer.c.content, f"{checkin_id}:{question}", content)
        if counts(Question(question), json.loads(said)["option"]):
            found[checkin_id].append(question)
    return found


def _release(cohort: str, rows: Sequence[Any], ones: dict[str, list[str]]) -> tuple[Any, ...]:
    totals, n = Counter(question for row in rows for question in ones[row[3]]), len(rows)
    cells = [[question, *_clamped(totals[question], n)] for question in Question]
    week = iso_week(NOW, "Europe/Berlin")
    return (new_id(), TEAM, cohort, KIND, week, n, json.dumps(cells), False, NOW.isoformat(" "))


def _clamped(count: int, n: int) -> tuple[int, int]:
    if count <= CLAMP:
        return 0, CLAMP
    return (n - CLAMP, n) if count >= n - CLAMP else (count, count)


def _mark(key: DataKey, row: Any, spent: bool) -> tuple[Any, ...]:
    row_id = f"{row[0]}:{KIND}:{row[1]}"
    return seal(key, t.urn.c.mark, row_id, _SPENT if spent else _WAITING), row[0], KIND, row[1]


def again(driver: Driver, vault: Vault) -> None:
    """As before anything was published: everybody waits, nothing is out."""
    driver.write("DELETE FROM release WHERE team_id = ?", [(TEAM,)])
    rows = driver.rows(_URNS, (TEAM, KIND))
    driver.write(_MARK, [_mark(vault.unwrap(row[5], row[6], row[7]), row, False) for row in rows])
    driver.commit()


def timed(driver: Driver, vault: Vault) -> float:
    """Seconds for all of it, on a connection that is open. Raises RuntimeError where nothing was published."""
    started = time.perf_counter()
    if publish(driver, vault) == 0:
        raise RuntimeError("the urns were empty")
    return time.perf_counter() - started
