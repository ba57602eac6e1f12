"""Backups: they show one moment, are checked, keep data keys apart, and a restored database sends nothing twice."""

import json
import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.messages import Kind
from bot.services.kit import Kit
from bot.services.post import post
from storage import keys as data_keys
from storage import outbox
from storage import tables as t
from storage.backup import BadBackup, back_up, restore, taking
from storage.backup.files import sha256
from storage.copy import NotEmpty
from storage.migrate import NewerSchema
from storage.records.delivery import RESTORED, LetterState
from storage.store import Store
from storage.vault import MasterKey
from tests.clockwork import MONDAY
from tests.databases import migrated
from tests.thorough import thorough
from tests.world import ANA, CHANNEL, TEAM, World

HOUR = timedelta(hours=1)
MASTER = MasterKey.new("test")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A database of this revision, under a master key that a second one can have, too."""
    opened = Store(migrated(tmp_path / "here.db"), [MASTER])
    yield opened
    await opened.close()


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Store]:
    """Where a backup is restored to."""
    opened = Store(f"sqlite+aiosqlite:///{tmp_path / 'there.db'}", [MASTER])
    yield opened
    await opened.close()


async def count(store: Store, table: str) -> int:
    async with store.read(TEAM) as tx:
        return int(await tx.conn.scalar(select(func.count()).select_from(t.metadata.tables[table])) or 0)


async def what_ana_shares(store: Store, world: World) -> str | None:
    async with store.read(TEAM) as tx:
        row = (await tx.conn.execute(select(t.participant).where(t.participant.c.person_id == world.ana.id))).one()
        return await tx.open(world.ana.id, t.participant.c.share, row.id, row.share)


async def test_what_is_backed_up_comes_back_with_everything_that_people_wrote(
    store: Store, empty: Store, world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "monday"
    manifest = await back_up(store, folder, None, MONDAY)
    found = await restore(folder, folder / "keys.json", empty, MONDAY + HOUR)
    assert (found.closed, found.strangers, found.unknown, found.made_at) == (0, 0, [], MONDAY)
    assert found.rows == sum(manifest.rows.values()) and manifest.rows["person"] == 2 and manifest.keys == 2
    assert await what_ana_shares(empty, world) == "spreadsheets" == await what_ana_shares(store, world)
    assert sorted(path.name for path in folder.iterdir()) == ["backup.json", "keys.json", "revmentor.db"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())} == {0o700, 0o600}


async def test_no_data_key_lies_in_the_file_of_a_backup(store: Store, world: World, tmp_path: Path) -> None:
    await back_up(store, tmp_path / "monday", tmp_path / "apart.json", MONDAY)
    async with store.read(TEAM) as tx:
        wrapped = [row.wrapped for row in await tx.conn.execute(select(t.data_key))]
    content = (tmp_path / "monday" / "revmentor.db").read_bytes()
    assert len(wrapped) == 2 and not any(key in content for key in wrapped)
    assert not (tmp_path / "monday" / "keys.json").exists()
    assert len(json.loads((tmp_path / "apart.json").read_text())["keys"]) == 2


async def test_beside_a_bot_that_writes_a_backup_shows_one_moment(store: Store, world: World, tmp_path: Path) -> None:
    beside = Store(str(store.url), [MASTER], exclusive=False)
    async with store.write(TEAM) as tx:
        await post(tx, Kind.HOME, ANA, "half", MONDAY)
        manifest = await back_up(beside, tmp_path / "monday", None, MONDAY)
    await beside.close()
    assert manifest.rows["outbox"] == 0 and await count(store, "outbox") == 1


async def test_whoever_is_erased_after_a_backup_stays_unreadable_with_todays_keys(
    store: Store, empty: Store, world: World, tmp_path: Path
) -> None:
    await back_up(store, tmp_path / "old", None, MONDAY)
    async with store.write(TEAM) as tx:
        await tx.conn.execute(t.data_key.delete().where(t.data_key.c.person_id == world.ana.id))
    await back_up(store, tmp_path / "today", None, MONDAY + HOUR)
    found = await restore(tmp_path / "old", tmp_path / "today" / "keys.json", empty, MONDAY + HOUR)
    assert found.closed == 1 and await what_ana_shares(empty, world) is None


@thorough
async def test_without_any_keys_people_can_go_on_and_what_they_wrote_reads_as_removed(
    store: Store, empty: Store, world: World, tmp_path: Path
) -> None:
    await back_up(store, tmp_path / "monday", tmp_path / "apart.json", MONDAY)
    found = await restore(tmp_path / "monday", None, empty, MONDAY + HOUR)
    assert found.closed == 2 and await what_ana_shares(empty, world) is None
    async with empty.write(TEAM) as tx:
        sealed = await tx.seal(world.ana.id, t.participant.c.learn, "row", "tables", MONDAY)
        assert await tx.open(world.ana.id, t.participant.c.learn, "row", sealed) == "tables"


@thorough
async def test_a_lost_master_key_can_be_given_up_and_takes_only_what_lay_under_it(
    store: Store, world: World, tmp_path: Path
) -> None:
    await store.close()
    fresh = Store(str(store.url), [MasterKey.new("fresh")])
    assert await data_keys.lost(fresh) == {"test": 2}
    assert await data_keys.replace_lost(fresh, MONDAY) == 2 and await data_keys.lost(fresh) == {}
    assert await what_ana_shares(fresh, world) is None and await data_keys.replace_lost(fresh, MONDAY) == 0
    await fresh.close()


async def test_nothing_is_overwritten_and_nothing_half_made_stays(store: Store, world: World, tmp_path: Path) -> None:
    (tmp_path / "monday").mkdir()
    (tmp_path / "keys.json").touch()
    for folder, keys in ((tmp_path / "monday", None), (tmp_path / "tuesday", tmp_path / "keys.json")):
        with pytest.raises(BadBackup, match="exists"):
            await back_up(store, folder, keys, MONDAY)
    assert not (tmp_path / "tuesday").exists() and list((tmp_path / "monday").iterdir()) == []
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@thorough
async def test_a_backup_that_fails_leaves_nothing_behind(
    store: Store, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "write_manifest", full)
    with pytest.raises(OSError, match="No space"):
        await back_up(store, tmp_path / "b" / "monday", tmp_path / "k" / "monday.json", MONDAY)
    assert list((tmp_path / "b").iterdir()) == [] == list((tmp_path / "k").iterdir())


async def test_only_an_empty_database_is_filled(store: Store, world: World, tmp_path: Path) -> None:
    await back_up(store, tmp_path / "monday", None, MONDAY)
    with pytest.raises(NotEmpty):
        await restore(tmp_path / "monday", tmp_path / "monday" / "keys.json", store, MONDAY)
    assert await count(store, "person") == 2


CHANGED = (
    ("revmentor.db", b"", "damaged"),
    ("keys.json", b"{", "damaged"),
    ("keys.json", b'{"format": 1, "sha256": "0", "keys": []}', "damaged"),
    ("keys.json", b'{"format": 2}', "format"),
    ("backup.json", b'{"format": 1}', "damaged"),
    ("backup.json", None, "missing"),
    ("revmentor.db", None, "missing"),
)


async def test_what_was_changed_after_it_was_written_is_refused(
    store: Store, empty: Store, world: World, tmp_path: Path
) -> None:
    await back_up(store, tmp_path / "monday", None, MONDAY)
    for n, (file, content, why) in enumerate(CHANGED):
        folder = tmp_path / f"changed{n}"
        shutil.copytree(tmp_path / "monday", folder)
        (folder / file).unlink()
        if content is not None:
            (folder / file).write_bytes(content)
        with pytest.raises(BadBackup, match=why) as refused:
            await restore(folder, folder / "keys.json", empty, MONDAY)
        assert refused.value.path == folder / file and not (tmp_path / "there.db").exists()


@thorough
async def test_a_backup_of_a_newer_version_is_refused_and_the_target_stays_empty(
    store: Store, empty: Store, world: World, tmp_path: Path
) -> None:
    folder = tmp_path / "monday"
    manifest = await back_up(store, folder, None, MONDAY)
    with sqlite3.connect(folder / "revmentor.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    listed = json.loads((folder / "backup.json").read_text())
    assert listed["sha256"] == manifest.sha256
    (folder / "backup.json").write_text(json.dumps(listed | {"sha256": sha256(folder / "revmentor.db")}))
    with pytest.raises(NewerSchema, match="9999"):
        await restore(folder, None, empty, MONDAY)
    assert await count(empty, "person") == 0


@thorough
async def test_letters_that_fell_due_since_are_looked_for_or_set_aside_and_later_ones_wait(
    kit: Kit, store: Store, empty: Store, world: World, tmp_path: Path
) -> None:
    async with store.write(TEAM) as tx:
        await post(tx, Kind.CHECKIN, ANA, "one", MONDAY + HOUR)
        await post(tx, Kind.PAIR_STARTED, world.pair.id, "one", MONDAY + HOUR)
        await post(tx, Kind.DIGEST, CHANNEL, "one", MONDAY)
        await post(tx, Kind.HOME, ANA, "one", MONDAY)
        await post(tx, Kind.REFLECTION_REMINDER, ANA, "one", MONDAY + 5 * HOUR)
    await back_up(store, tmp_path / "monday", None, MONDAY)
    found = await restore(tmp_path / "monday", None, empty, MONDAY + 2 * HOUR)
    assert (found.looked_for, found.set_aside) == (1, 2)
    async with empty.read(TEAM) as tx:
        rows = {row.kind: row for row in await tx.conn.execute(select(t.outbox))}
        assert {letter.reason for letter in await outbox.dead(tx)} == {RESTORED}
    assert rows[Kind.CHECKIN].ambiguous and rows[Kind.CHECKIN].first_attempt_at == MONDAY
    untouched = {rows[Kind.HOME].state, rows[Kind.REFLECTION_REMINDER].state}
    assert untouched == {LetterState.WAITING} and not rows[Kind.REFLECTION_REMINDER].ambiguous
