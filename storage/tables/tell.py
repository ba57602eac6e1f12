"""What coordinators send by hand, and who was nudged when."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

nudge = Table(
    "nudge",
    metadata,
    row_id(),
    team(),
    Column("template", String(48), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("pair_id", String(36), ForeignKey("pair.id")),
    Column("sent_by", String(24), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("undone_at", UtcTime),
    Index(None, "pair_id"),
)

# One row for each person: nobody gets a second one within two weeks.
nudged = Table(
    "nudged",
    metadata,
    Column("nudge_id", String(36), ForeignKey("nudge.id"), primary_key=True),
    Column("user_id", String(24), primary_key=True),
    team(),
    Column("at", UtcTime, nullable=False),
    Index(None, "team_id", "user_id", "at"),
)

announcement = Table(
    "announcement",
    metadata,
    row_id(),
    team(),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("readers", String(16), nullable=False),
    Column("author_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("text", Sealed(8192)),
    Column("at", UtcTime, nullable=False),
    Column("undone_at", UtcTime),
    Index(None, "author_id"),
    Index(None, "cohort_id"),
)
