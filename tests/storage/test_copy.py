"""Everything goes over to another database, between SQLite and PostgreSQL and back, or nothing does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, LargeBinary, String, Table, Text, insert, update

from storage import copy as copying
from storage import tables as t
from storage.backup import back_up, restore
from storage.copy import TABLES, Differs, InUse, NotEmpty, Tally, copy, tally
from storage.migrate import Behind, migrate
from storage.store import Store
from storage.types import SEALED_MARK, JsonText, Sealed, UtcTime
from storage.vault import MasterKey
from tests.clockwork import MONDAY
from tests.databases import migrated, on_server
from tests.thorough import thorough

MASTER = MasterKey.new("test")
TEAM = "T1"
EXACT = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
SAMPLES: list[tuple[type[Any], Any]] = [
    (UtcTime, EXACT), (Sealed, SEALED_MARK + b"\0\xff"), (JsonText, {"é": ["\u202e", 1, None]}),
    (Boolean, True), (Date, date(2026, 3, 29)), (Integer, 3), (LargeBinary, b"\0\xff"), (Text, "é\n😀"), (String, "é"),
]  # fmt: skip


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    store = Store(url, [MASTER])
    try:
        yield store
    finally:
        await store.close()


def sample(table: Table) -> dict[str, Any]:
    """A row with a value in every column, which refers to the samples of the other tables."""
    row = {c.name: next(value for kind, value in SAMPLES if isinstance(c.type, kind)) for c in table.columns}
    return row | {"team_id": TEAM}


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[Store]:
    """A row in every table, and Ana, who wrote something."""
    async with opened(migrated(tmp_path / "full.db")) as store:
        async with store.engine.begin() as conn:
            await conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            for table in TABLES:
                await conn.execute(insert(table), sample(table))
            key, wrapped = store.vault.new_data_key("k")
            values = {"id": key.id, "master_id": MASTER.id, "wrapped": wrapped}
            await conn.execute(update(t.data_key).values(**values))
        async with store.write(TEAM) as tx:
            sealed = await tx.seal("é", t.participant.c.share, "é", "spreadsheets", MONDAY)
            await tx.conn.execute(update(t.participant).values(share=sealed))
        yield store


async def contents(store: Store) -> dict[str, Tally]:
    async with store.snapshot() as conn:
        return {table.name: await tally(conn, table) for table in TABLES}


async def shared(store: Store) -> str | None:
    async with store.read(TEAM) as tx:
        row = (await tx.conn.execute(t.participant.select())).one()
        return await tx.open("é", t.participant.c.share, "é", row.share)


@pytest.mark.postgresql
async def test_everything_goes_to_postgresql_and_back_and_is_the_same(full: Store, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with on_server(bare=True) as address:
        async with opened(address) as there:
            rows = await copy(full, there, lambda *progress: told.append(progress))
            assert await contents(there) == await contents(full) and await shared(there) == "spreadsheets"
        async with opened(address) as there, opened(f"sqlite+aiosqlite:///{tmp_path / 'back.db'}") as back:
            assert await copy(there, back) == rows == {table.name: 1 for table in TABLES}
            assert await contents(back) == await contents(full) and await shared(back) == "spreadsheets"
    assert told[-1][1:] == (1, 1) and {name for name, _, _ in told} == set(rows)


@pytest.mark.postgresql
@thorough
async def test_a_backup_of_postgresql_is_a_file_that_sqlite_restores(full: Store, tmp_path: Path) -> None:
    with on_server(bare=True) as address:
        async with opened(address) as there:
            await copy(full, there)
            await back_up(there, tmp_path / "backup", None, MONDAY)
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'back.db'}") as back:
        await restore(tmp_path / "backup", tmp_path / "backup" / "keys.json", back, MONDAY)
        assert await contents(back) == await contents(full) and await shared(back) == "spreadsheets"


@pytest.mark.postgresql
@thorough
async def test_a_postgresql_that_somebody_is_connected_to_is_not_copied(full: Store, tmp_path: Path) -> None:
    with on_server() as address:
        async with opened(address) as busy, opened(address) as there, busy.read(TEAM) as tx:
            await tx.conn.exec_driver_sql("SELECT 1")
            async with opened(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}") as target:
                with pytest.raises(InUse):
                    await copy(there, target)


@pytest.mark.postgresql
@pytest.mark.parametrize("name", ["Ana\0", "A" * 161])
@thorough
async def test_what_postgresql_refuses_is_named_by_its_table_and_nothing_is_kept(full: Store, name: str) -> None:
    async with full.engine.begin() as conn:
        await conn.execute(update(t.person).values(name=name))
    with on_server() as address:
        async with opened(address) as there:
            empty = await contents(there)
            with pytest.raises(Differs, match=r"^person$"):
                await copy(full, there)
            assert await contents(there) == empty


async def test_many_rows_go_over_in_batches(full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "BATCH", 7)
    monkeypatch.setattr(copying, "TABLES", (t.line, t.inbox))
    async with full.engine.begin() as conn:
        people = [{"team_id": f"T{n % 3}", "user_id": f"U{n}", "manager_id": "UBO"} for n in range(50)]
        await conn.execute(insert(t.line), people)
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}") as target:
        assert await copy(full, target) == {"line": 51, "inbox": 1}


async def test_only_an_empty_database_is_filled(full: Store, tmp_path: Path) -> None:
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}") as target:
        await migrate(target)
        async with target.engine.begin() as conn:
            await conn.execute(insert(t.line), sample(t.line))
        with pytest.raises(NotEmpty, match="line"):
            await copy(full, target)


async def test_a_database_that_is_behind_is_not_copied(tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'old.db'}") as old, opened(f"sqlite+aiosqlite:///{new}") as to:
        with pytest.raises(Behind):
            await copy(old, to)
    assert not new.exists()


async def test_a_value_that_changed_on_its_way_is_noticed(
    full: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}") as target:
        await migrate(target)
        async with target.engine.begin() as conn:
            await conn.exec_driver_sql(
                "CREATE TRIGGER slip AFTER INSERT ON line BEGIN UPDATE line SET manager_id = 'someone'; END"
            )
        with pytest.raises(Differs, match="line"):
            await copy(full, target)
        assert (await contents(target))["line"] == Tally()
