"""Wrapping up, staying in touch, the junior's statement, and words to be quoted."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

wrap_up = Table(
    "wrap_up",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    team(),
    Column("entered_at", UtcTime, nullable=False),
    Column("thanked_at", UtcTime),
    Column("completed_at", UtcTime),
)

# One row for each side that would like to; the other side learns of it once both would.
staying = Table(
    "staying",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("at", UtcTime, nullable=False),
)

statement = Table(
    "statement",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("text", Sealed(8192), nullable=False),
    Column("note", Sealed(4096), nullable=False),
    Column("at", UtcTime, nullable=False),
)

quote = Table(
    "quote",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("side", String(8), nullable=False),
    Column("text", Sealed(2048), nullable=False),
    Column("named", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "pair_id", "person_id"),
)
