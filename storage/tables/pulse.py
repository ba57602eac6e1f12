"""What people are asked now and then: load and safety, credit given, and who was mainly learning."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, UniqueConstraint

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

pulse = Table(
    "pulse",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("closes_at", UtcTime, nullable=False),
    Column("taps", Sealed(256)),
    UniqueConstraint("pair_id", "person_id", "day"),
    Index(None, "person_id"),
)

credit = Table(
    "credit",
    metadata,
    row_id(),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("month", String(7), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("closes_at", UtcTime, nullable=False),
    Column("credited", Sealed(64)),
    UniqueConstraint("person_id", "month"),
)

learner = Table(
    "learner",
    metadata,
    Column("session_id", String(36), ForeignKey("session.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("learner", Sealed(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "pair_id", "person_id"),
    Index(None, "person_id"),
)
