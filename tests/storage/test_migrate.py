"""The migrations lead to the tables that the code knows, on both databases, whatever they start from."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from storage.migrate import NewerSchema, alembic_config, migrate, pending, revisions
from storage.store import Store, StoreUnusable
from storage.tables import metadata
from storage.vault import MasterKey
from tests.storage.older import one_row_in_every_table, upgrade
from tests.thorough import few


def store_at(path: Path) -> Store:
    return Store(f"sqlite+aiosqlite:///{path}", [MasterKey.new("test")])


async def test_an_empty_database_is_brought_to_the_newest_revision(tmp_path: Path) -> None:
    store = store_at(tmp_path / "x.db")
    assert await pending(store)
    assert await migrate(store) == (None, revisions()[-1])
    assert not await pending(store)
    await store.close()


async def test_a_current_database_stays_as_it_is(tmp_path: Path) -> None:
    store = store_at(tmp_path / "x.db")
    await migrate(store)
    head = revisions()[-1]
    assert await migrate(store) == (head, head)
    await store.close()


async def test_a_newer_database_is_refused_with_its_revision_and_not_touched(tmp_path: Path) -> None:
    store = store_at(tmp_path / "x.db")
    await migrate(store)
    async with store.engine.begin() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="9999"):
        await migrate(store)
    await store.close()
    with sqlite3.connect(tmp_path / "x.db") as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


async def test_after_all_migrations_the_database_has_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    store = store_at(tmp_path / "x.db")
    await migrate(store)

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with store.engine.connect() as conn:
        assert await conn.run_sync(differences) == []
    await store.close()


async def test_a_migration_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as raw:
        raw.execute("CREATE TABLE session (id TEXT)")  # in the way of one of ours
    store = store_at(tmp_path / "x.db")
    with pytest.raises(StoreUnusable, match="session"):
        await migrate(store)
    await store.close()
    with sqlite3.connect(tmp_path / "x.db") as raw:
        assert raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("session",)]


@pytest.mark.sqlite
@pytest.mark.parametrize("since", few(revisions()[:-1], 2))
async def test_data_of_every_earlier_version_survives_the_way_to_the_newest(tmp_path: Path, since: str) -> None:
    store = store_at(tmp_path / "x.db")
    async with store.engine.connect() as conn:  # `store` begins no transaction by itself
        await conn.run_sync(upgrade, since)
        before = await conn.run_sync(one_row_in_every_table)
        await conn.commit()
    assert await migrate(store) == (since, revisions()[-1])
    async with store.engine.connect() as conn:
        assert (await conn.execute(text("PRAGMA foreign_keys"))).scalar() == 1
        after = await conn.run_sync(one_row_in_every_table)
        await conn.rollback()
        broken = (await conn.execute(text("PRAGMA foreign_key_check"))).all()
    await store.close()
    assert before.keys() <= after.keys() and len(after) > len(before)
    assert {name: after[name] for name in before} == dict.fromkeys(before, 1)
    assert broken == []


async def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"a shopping list, rather long\n" * 100)
    store = store_at(tmp_path / "x.db")
    with pytest.raises(StoreUnusable, match="not a database"):
        await migrate(store)
    await store.close()


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_can_be_made_on_postgresql(table: object) -> None:
    dialect = postgresql.dialect()
    assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))  # type: ignore[arg-type]
    for index in table.indexes:  # type: ignore[attr-defined]
        assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_name_fits_into_postgresql(table: object) -> None:
    dialect = postgresql.dialect()
    made = [CreateTable(table), *(CreateIndex(index) for index in table.indexes)]  # type: ignore[arg-type, attr-defined]
    words = " ".join(str(one.compile(dialect=dialect)) for one in made).replace("(", " ").replace('"', " ").split()
    assert [word for word in words if len(word) > 63] == []


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_row_belongs_to_a_workspace(table: object) -> None:
    assert not table.c.team_id.nullable  # type: ignore[attr-defined]


def test_there_is_one_line_of_revisions() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    assert script.get_heads() == revisions()[-1:]
    newest_first = list(script.walk_revisions())
    assert [one.revision for one in newest_first] == revisions()[::-1]
    assert [one.down_revision for one in newest_first] == [*revisions()[-2::-1], None]
