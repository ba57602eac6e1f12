"""Questions asked now and then, each side's answers sealed as one."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

review = Table(
    "review",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("side", String(8), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("closes_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    # All answers as one body of one size: which of them were given tells nothing either.
    Column("answers", Sealed(5120)),
    UniqueConstraint("pair_id", "person_id", "kind"),
    Index(None, "person_id"),
)
