"""Re-wrapping people's data keys under the current master key; the rows they seal stay untouched."""

from sqlalchemy import func, select, update

from storage.store import Store
from storage.tables import data_key

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


async def _rotate_some(store: Store) -> int:
    async with store.write("") as tx:
        old = data_key.c.master_id != store.vault.current
        rows = (await tx.conn.execute(select(data_key).where(old).limit(_BATCH))).all()
        for row in rows:
            key = store.vault.unwrap(row.id, row.master_id, row.wrapped)
            fresh = {"master_id": store.vault.current, "wrapped": store.vault.wrap(key)}
            await tx.conn.execute(update(data_key).where(data_key.c.person_id == row.person_id).values(**fresh))
    return len(rows)
