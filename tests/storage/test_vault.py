"""What is sealed opens for its person, in its place, under its key, and tells nothing by its size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import StatementError

from storage import tables as t
from storage.store import Store
from storage.vault import DataKey, MasterKey, Vault, VaultError, seal, unseal
from tests.clockwork import MONDAY
from tests.world import TEAM, World

COLUMN = t.answer.c.content
KEY = DataKey("k1", b"1" * 32)


@given(st.text(max_size=700))
def test_what_is_sealed_opens_again(text: str) -> None:
    assert unseal(KEY, COLUMN, "r1", seal(KEY, COLUMN, "r1", text)) == text


def test_a_short_and_a_long_text_have_the_same_size() -> None:
    longest = "x" * (COLUMN.type.size - 4)  # type: ignore[attr-defined]
    assert len({len(seal(KEY, COLUMN, "r1", text)) for text in ("", "yes", "ü" * 900, longest)}) == 1


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    assert len({seal(KEY, COLUMN, "r1", "yes") for _ in range(50)}) == 50


def test_a_text_that_does_not_fit_is_refused_by_name_of_the_column_alone() -> None:
    with pytest.raises(ValueError, match=r"too long for answer\.content") as problem:
        seal(KEY, COLUMN, "r1", "ü" * 2000)
    assert "ü" not in str(problem.value)


@pytest.mark.parametrize(
    ("key", "column", "row"),
    [
        (KEY, COLUMN, "r2"),
        (KEY, t.agenda_line.c.text, "r1"),
        (DataKey("k2", b"1" * 32), COLUMN, "r1"),
        (DataKey("k1", b"2" * 32), COLUMN, "r1"),
    ],
)
def test_a_cell_that_was_moved_or_is_opened_with_another_key_stays_shut(key: DataKey, column: object, row: str) -> None:
    sealed = seal(KEY, COLUMN, "r1", "plums")
    with pytest.raises(VaultError, match=f"of row {row} does not open"):
        unseal(key, column, row, sealed)  # type: ignore[arg-type]


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_cell_with_one_changed_byte_stays_shut(where: int, flip: int) -> None:
    sealed = bytearray(seal(KEY, COLUMN, "r1", "plums"))
    sealed[1 + where] ^= flip
    with pytest.raises(VaultError):
        unseal(KEY, COLUMN, "r1", bytes(sealed))


@pytest.mark.parametrize("cut", [b"\x01", b"\x01abc", b"\x01" + b"a" * 12, b"\x01" + b"a" * 20])
def test_a_cell_that_was_cut_short_stays_shut(cut: bytes) -> None:
    with pytest.raises(VaultError, match="does not open"):
        unseal(KEY, COLUMN, "r1", cut)


@pytest.mark.parametrize("forgotten", [b"plums", "fresh plums", b"", 7])
async def test_a_sealed_column_takes_nothing_that_the_vault_did_not_seal(
    store: Store, world: World, forgotten: object
) -> None:
    with pytest.raises(StatementError, match="takes only what the vault sealed"):
        async with store.write(TEAM) as tx:
            await tx.conn.execute(
                insert(t.answer).values(checkin_id="c", question="q", team_id=TEAM, content=forgotten)
            )


# people's keys


async def test_each_person_has_a_key_of_her_own(store: Store, world: World) -> None:
    async with store.write(TEAM) as tx:
        sealed = await tx.seal(world.ana.id, COLUMN, "r1", "plums", MONDAY)
        assert await tx.open(world.ana.id, COLUMN, "r1", sealed) == "plums"
        with pytest.raises(VaultError):
            await tx.open(world.bo.id, COLUMN, "r1", sealed)


async def test_what_an_erased_person_wrote_reads_as_nothing(store: Store, world: World) -> None:
    async with store.write(TEAM) as tx:
        sealed = await tx.seal(world.ana.id, COLUMN, "r1", "plums", MONDAY)
        await tx.conn.execute(delete(t.data_key).where(t.data_key.c.person_id == world.ana.id))
    async with store.read(TEAM) as tx:
        assert await tx.open(world.ana.id, COLUMN, "r1", sealed) is None


async def test_the_key_in_the_table_is_not_the_key_in_the_clear(store: Store, world: World) -> None:
    async with store.read(TEAM) as tx:
        row = (await tx.conn.execute(select(t.data_key))).first()
        assert row is not None
        key = store.vault.unwrap(row.id, row.master_id, row.wrapped)
    assert key.secret not in row.wrapped


async def test_a_key_made_by_another_transaction_in_between_is_taken(store: Store, world: World) -> None:
    """What PostgreSQL allows: both found no key, the other committed hers first."""
    async with store.write(TEAM) as tx:
        await tx.conn.execute(delete(t.data_key).where(t.data_key.c.person_id == world.ana.id))
        await tx.load_keys([world.ana.id])
        key, wrapped = store.vault.new_data_key("theirs")
        theirs = {"person_id": world.ana.id, "team_id": TEAM, "id": key.id, "wrapped": wrapped, "created_at": MONDAY}
        await tx.conn.execute(insert(t.data_key).values(master_id=store.vault.current, **theirs))
        sealed = await tx.seal(world.ana.id, COLUMN, "r1", "plums", MONDAY)
    assert unseal(key, COLUMN, "r1", sealed) == "plums"


# master keys


def test_a_key_of_an_unknown_master_is_named_and_nothing_else_is() -> None:
    old, new = MasterKey.new("old"), MasterKey.new("new")
    _, wrapped = Vault([old]).new_data_key("k1")
    with pytest.raises(VaultError, match="master key old is not in the settings") as problem:
        Vault([new]).unwrap("k1", "old", wrapped)
    assert old.text().partition(":")[2] not in str(problem.value)


def test_a_master_key_that_only_has_the_name_of_the_right_one_is_found_out() -> None:
    _, wrapped = Vault([MasterKey.new("a")]).new_data_key("k1")
    with pytest.raises(VaultError, match="master key a does not open data key k1"):
        Vault([MasterKey.new("a")]).unwrap("k1", "a", wrapped)
    with pytest.raises(VaultError):
        Vault([MasterKey.new("a")]).unwrap("k1", "a", b"short")


def test_a_master_key_reads_back_and_never_shows_itself() -> None:
    key = MasterKey.new("a")
    assert MasterKey.parse(f" {key.text()}\n") == key
    assert key.text().partition(":")[2] not in repr(key) + repr(DataKey("k", key.secret))


@pytest.mark.parametrize(
    "text", ["", "a", "a:", "a:short", ":" + "A" * 43 + "=", "x" * 65 + ":" + "A" * 43 + "=", "a:ü"]
)
def test_what_is_no_master_key_is_refused_with_what_to_do_and_without_being_quoted(text: str) -> None:
    with pytest.raises(VaultError, match="keys new") as problem:
        MasterKey.parse(text)
    assert len(text) < 3 or text not in str(problem.value)


def test_no_master_key_and_two_of_one_name_are_refused() -> None:
    with pytest.raises(VaultError, match="keys new"):
        Vault([])
    with pytest.raises(VaultError, match="same id"):
        Vault([MasterKey.new("a"), MasterKey.new("a")])
