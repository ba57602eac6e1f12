"""Queries about the texts that coordinators changed, switched off or added."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from storage import tables as t
from storage.memo import remembered
from storage.records.content import ContentItem, ContentKind
from storage.sql import put
from storage.store import Tx

_C = t.content_item.c
_KEY = ("team_id", "kind", "item_id")
_ALL = select(t.content_item).where(_C.team_id == bindparam("team")).order_by(_C.added_at, _C.kind, _C.item_id)


@remembered(t.content_item)
async def items(tx: Tx) -> tuple[ContentItem, ...]:
    """Everything that is not as it was shipped, oldest first."""
    return tuple(_item(row) for row in await tx.conn.execute(_ALL, {"team": tx.team}))


async def item(tx: Tx, kind: ContentKind, item_id: str) -> ContentItem | None:
    return next((one for one in await items(tx) if (one.kind, one.item_id) == (kind, item_id)), None)


async def save(tx: Tx, item: ContentItem) -> None:
    """Write one text as it is to be from now on."""
    values: dict[str, Any] = {
        "team_id": tx.team, "kind": item.kind, "item_id": item.item_id, "body": _plain(item.body), "off": item.off,
        "before": _plain(item.before), "added_at": item.added_at, "changed_at": item.changed_at,
    }  # fmt: skip
    await put(tx, t.content_item, values, key=_KEY)


def _plain(body: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if body is None else dict(body)


def _item(row: Any) -> ContentItem:
    return ContentItem(
        ContentKind(row.kind), row.item_id, row.body, row.off, row.added_at, row.changed_at, row.before
    )  # fmt: skip
