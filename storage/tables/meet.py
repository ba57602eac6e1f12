"""Sessions and what each side said about them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

session = Table(
    "session",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("starts_at", UtcTime, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("place", Sealed(1024), nullable=False),
    Column("state", String(16), nullable=False),
    Column("booked_by", String(36), ForeignKey("person.id"), nullable=False),
    Column("hindrance", String(16)),
    Column("decided_at", UtcTime),
    Column("reason", String(16)),
    Column("template", String(32)),
    Index(None, "pair_id", "starts_at"),
    Index(None, "team_id", "starts_at"),
)

session_report = Table(
    "session_report",
    metadata,
    Column("session_id", String(36), ForeignKey("session.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("side", String(8), nullable=False),
    Column("said", String(16), nullable=False),
    Column("hindrance", String(16)),
    Column("at", UtcTime, nullable=False),
)
