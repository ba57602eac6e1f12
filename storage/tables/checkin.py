"""Check-ins, sealed answers, reflections."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, UniqueConstraint

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

checkin = Table(
    "checkin",
    metadata,
    row_id(),
    team(),
    Column("session_id", String(36), ForeignKey("session.id"), nullable=False),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("side", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("closes_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    Column("extra", Sealed(1024)),
    UniqueConstraint("session_id", "person_id"),
    Index(None, "pair_id", "person_id"),
)

answer = Table(
    "answer",
    metadata,
    Column("checkin_id", String(36), ForeignKey("checkin.id"), primary_key=True),
    Column("question", String(16), primary_key=True),
    team(),
    Column("content", Sealed(3072), nullable=False),
)

reflection = Table(
    "reflection",
    metadata,
    Column("checkin_id", String(36), ForeignKey("checkin.id"), primary_key=True),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("learned", Sealed(4096), nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
)
