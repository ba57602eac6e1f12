"""Commitments, and the junior's private answer about each."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

commitment = Table(
    "commitment",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("owner_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("checkin_id", String(36), ForeignKey("checkin.id")),
    Column("kind", String(16), nullable=False),
    Column("text", Sealed(2048), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("moved", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Column("changed_at", UtcTime, nullable=False),
    Column("due_before", Date),
    Index(None, "pair_id", "state"),
    Index(None, "pair_id", "due_on"),
    Index(None, "owner_id"),
)

noticing = Table(
    "noticing",
    metadata,
    Column("commitment_id", String(36), ForeignKey("commitment.id"), primary_key=True),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("noticed", Sealed(64), nullable=False),
)

proposal = Table(
    "proposal",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("author_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Sealed(2048), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("commitment_id", String(36), ForeignKey("commitment.id")),
    Index(None, "pair_id", "state"),
)
