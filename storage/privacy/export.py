"""Everything that is stored about one person, table by table, in the clear: for their own eyes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Table, or_, select

from storage import tables as t
from storage.privacy.erase import around, mine
from storage.privacy.fates import FATES, Fate
from storage.privacy.suggested import told
from storage.store import Tx
from storage.types import Sealed

Rows = list[dict[str, Any]]


async def everything_about(tx: Tx, user_id: str, person_id: str | None) -> dict[str, Rows]:
    """Table → rows; texts that others wrote under their own key are not opened and left out."""
    found: dict[str, Rows] = {}
    for name, fate in FATES.items():
        table = t.metadata.tables.get(name)
        if table is None or not fate.exported:
            continue
        where = or_(mine(tx, table, fate, user_id, person_id), around(tx, table, fate, person_id))
        rows = (await tx.conn.execute(select(table).where(where).order_by(*table.primary_key.columns))).all()
        shown = [await _shown(tx, table, fate, row, person_id) for row in rows]
        if name == "pair":
            shown = await told(tx, shown, person_id)
        if shown:
            found[name] = shown
    return found


async def _shown(tx: Tx, table: Table, fate: Fate, row: Row[Any], person_id: str | None) -> dict[str, Any]:
    hidden = {"team_id", "enterprise_id", *fate.secret}
    cells: dict[str, Any] = {}
    for column in table.c:
        if column.name in hidden:
            continue
        value = row._mapping[column.name]
        if isinstance(column.type, Sealed):
            value = await _opened(tx, table, fate, column, row, person_id)
        cells[column.name] = value.isoformat() if isinstance(value, date | datetime) else value
    return cells


async def _opened(tx: Tx, table: Table, fate: Fate, column: Any, row: Row[Any], person_id: str | None) -> str | None:
    """The person's own text; None where it is somebody else's, or there is none."""
    key = ":".join(str(row._mapping[part.name]) for part in table.primary_key.columns)
    author = next((row._mapping[name] for name in fate.mine), person_id)
    if person_id is None or author != person_id:
        return None
    return await tx.open(person_id, column, key, row._mapping[column.name])
