"""Agenda lines, the parking lot, icebreakers used."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

agenda_line = Table(
    "agenda_line",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("session_id", String(36), ForeignKey("session.id")),
    Column("kind", String(16), nullable=False),
    Column("author_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Sealed(2048), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "pair_id", "kind"),
    Index(None, "session_id"),
)

icebreaker_use = Table(
    "icebreaker_use",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    Column("item_id", String(48), primary_key=True),
    team(),
    Column("never", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
)
