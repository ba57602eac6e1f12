"""What people chose about how they are written to, and their pauses."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import JsonText, Sealed, UtcTime

# Only what differs from the usual is kept; `before` is what can be gone back to for ten minutes.
pref = Table(
    "pref",
    metadata,
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("chosen", JsonText, nullable=False),
    Column("before", JsonText),
    Column("changed_at", UtcTime, nullable=False),
)

pause = Table(
    "pause",
    metadata,
    row_id(),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("until", Date, nullable=False),
    Column("resumes_at", UtcTime, nullable=False),
    Column("note", Sealed(1024)),
    Column("settled_at", UtcTime),
    Column("ended_at", UtcTime),
    Index(None, "team_id", "person_id"),
)

# One row for each message with prompts that was let through: what the weekly budget counts.
prompted = Table(
    "prompted",
    metadata,
    Column("letter_id", String(36), primary_key=True),
    team(),
    Column("user_id", String(24), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "team_id", "user_id", "at"),
)
