"""Re-wrapping people's data keys under the current master key, and replacing lost ones; sealed rows stay untouched."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage.ids import new_id
from storage.store import Store
from storage.tables import data_key
from storage.vault import Vault

_BATCH = 500


async def rotate(store: Store) -> tuple[int, int]:
    """Wrap every data key under the current master key; tells how many changed, of how many.

    Each batch is a transaction, so an interruption loses nothing: run it again. Raises VaultError when the settings
    lack a master key that some data key is still wrapped under.
    """
    changed = 0
    while count := await _rotate_some(store):
        changed += count
    async with store.read("") as tx:
        total = await tx.conn.scalar(select(func.count()).select_from(data_key))
    return changed, int(total or 0)


async def lost(store: Store) -> dict[str, int]:
    """Ids of master keys that are not known, and how many data keys lie under each."""
    gone = select(data_key.c.master_id, func.count().label("n")).where(data_key.c.master_id.not_in(store.vault.known))
    async with store.read("") as tx:
        return {row.master_id: row.n for row in await tx.conn.execute(gone.group_by(data_key.c.master_id))}


async def replace_lost(store: Store, now: datetime) -> int:
    """Give everybody whose data key no known master key opens a fresh one; tells how many.

    What the old key sealed reads as removed from then on, and cannot be brought back.
    """
    gone = select(data_key).where(data_key.c.master_id.not_in(store.vault.known))
    async with store.write("") as tx:
        rows = (await tx.conn.execute(gone)).all()
        for row in rows:
            fresh = fresh_key(store.vault, row.person_id, row.team_id, now)
            await tx.conn.execute(update(data_key).where(data_key.c.person_id == row.person_id).values(**fresh))
    return len(rows)


def fresh_key(vault: Vault, person_id: str, team_id: str, now: datetime) -> dict[str, Any]:
    """A row of `data_key` for somebody whose earlier key is gone."""
    key, wrapped = vault.new_data_key(new_id())
    return {
        "person_id": person_id, "team_id": team_id, "id": key.id, "master_id": vault.current, "wrapped": wrapped,
        "created_at": now, "after_loss": True,
    }  # fmt: skip


async def _rotate_some(store: Store) -> int:
    async with store.write("") as tx:
        old = data_key.c.master_id != store.vault.current
        rows = (await tx.conn.execute(select(data_key).where(old).limit(_BATCH))).all()
        for row in rows:
            key = store.vault.unwrap(row.id, row.master_id, row.wrapped)
            fresh = {"master_id": store.vault.current, "wrapped": store.vault.wrap(key)}
            await tx.conn.execute(update(data_key).where(data_key.c.person_id == row.person_id).values(**fresh))
    return len(rows)
