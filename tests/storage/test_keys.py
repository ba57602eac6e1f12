"""Changing the master key: everybody's data key is wrapped anew, in chunks, and what was sealed stays as it is."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from storage import keys
from storage import tables as t
from storage.store import Store
from storage.vault import DataKey, MasterKey, Vault, VaultError
from tests.clockwork import MONDAY

OLD, NEW = MasterKey.new("old"), MasterKey.new("new")
COLUMN = t.participant.c.share
PEOPLE = 12
TEAM = "T1"


@pytest.fixture
async def url(empty_database: Path, tmp_path: Path) -> AsyncIterator[str]:
    """A database of a dozen people, each with a key under the old master and a sealed text."""
    path = tmp_path / "keys.db"
    shutil.copyfile(empty_database, path)
    address = f"sqlite+aiosqlite:///{path}"
    store = Store(address, [OLD])
    async with store.write(TEAM) as tx:
        for n in range(PEOPLE):
            person = {"id": f"p{n}", "team_id": TEAM, "user_id": f"U{n}", "name": "", "zone": "UTC", "locale": "en"}
            await tx.conn.execute(insert(t.person).values(region="", deactivated=False, **person))
            await tx.seal(f"p{n}", COLUMN, "row", "plums", MONDAY)
    await store.close()
    yield address


async def rotate(url: str, *masters: MasterKey) -> tuple[int, int]:
    store = Store(url, masters)
    try:
        return await keys.rotate(store)
    finally:
        await store.close()


async def under(url: str) -> dict[str, int]:
    """How many data keys are under each master key."""
    store = Store(url, [OLD, NEW])
    async with store.read("") as tx:
        counted = select(t.data_key.c.master_id, func.count()).group_by(t.data_key.c.master_id)
        found = {row[0]: row[1] for row in await tx.conn.execute(counted)}
    await store.close()
    return found


async def test_after_rotating_the_old_master_key_is_not_needed_any_more(url: str) -> None:
    before = Store(url, [OLD])
    async with before.write(TEAM) as tx:
        sealed = await tx.seal("p3", COLUMN, "row", "plums", MONDAY)
    await before.close()
    assert await rotate(url, NEW, OLD) == (PEOPLE, PEOPLE)
    after = Store(url, [NEW])
    async with after.read(TEAM) as tx:
        assert await tx.open("p3", COLUMN, "row", sealed) == "plums"
    await after.close()


async def test_there_is_nothing_to_do_the_second_time(url: str) -> None:
    await rotate(url, NEW, OLD)
    assert await rotate(url, NEW, OLD) == (0, PEOPLE)


async def test_what_was_begun_and_interrupted_is_finished_the_next_time(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_BATCH", 5)
    wrapped: list[DataKey] = []
    original = Vault.wrap

    def wrap_seven(vault: Vault, key: DataKey) -> bytes:
        wrapped.append(key)
        if len(wrapped) > 7:
            raise ConnectionAbortedError
        return original(vault, key)

    with monkeypatch.context() as patch:
        patch.setattr(Vault, "wrap", wrap_seven)
        with pytest.raises(ConnectionAbortedError):
            await rotate(url, NEW, OLD)
    assert await under(url) == {"new": 5, "old": 7}
    assert await rotate(url, NEW, OLD) == (7, PEOPLE)
    assert await under(url) == {"new": PEOPLE}


async def test_without_the_old_master_key_nothing_is_changed_and_it_is_named(url: str) -> None:
    with pytest.raises(VaultError, match="master key old is not in the settings"):
        await rotate(url, NEW)
    assert await under(url) == {"old": PEOPLE}


async def test_an_empty_database_has_nothing_to_rotate(empty_database: Path, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    shutil.copyfile(empty_database, path)
    assert await rotate(f"sqlite+aiosqlite:///{path}", NEW) == (0, 0)
