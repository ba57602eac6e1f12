"""What a pair set going beyond the two of them."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

ripple = Table(
    "ripple",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("author_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("line", Sealed(2048)),
    Column("at", UtcTime, nullable=False),
    Index(None, "pair_id"),
)
