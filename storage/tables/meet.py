"""Sessions and what each side said about them."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import JsonText, Sealed, UtcTime

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
    # What calendars know the session by, however often it moves; empty: its own id.
    Column("uid", String(36)),
    Column("sequence", Integer, nullable=False, server_default="0"),
    # The first session of those that were booked together.
    Column("series", String(36)),
    Index(None, "pair_id", "starts_at"),
    Index(None, "team_id", "starts_at"),
    # What a week's report asks: when sessions took place, counted without reading them, and what was decided lately.
    # They begin with the workspace, or SQLite would take the index above and go through all that the workspace has.
    Index(None, "team_id", "pair_id", "state", "starts_at", "decided_at"),
    Index(None, "team_id", "pair_id", "decided_at"),
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

# Two times that one side suggests, for the other to pick from.
session_offer = Table(
    "session_offer",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("second_at", UtcTime, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("place", Sealed(1024), nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    Index(None, "pair_id", "state"),
)

# How often and how many times a pair wants to meet, suggested by one and agreed to by the other.
rhythm = Table(
    "rhythm",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("every_days", Integer, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    Index(None, "pair_id", "state"),
)

# Calendar files that somebody asked for; they lie in Slack for a day.
calendar_file = Table(
    "calendar_file",
    metadata,
    row_id(),
    team(),
    Column("user_id", String(24), nullable=False),
    Column("session_ids", JsonText, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("file_ids", JsonText, nullable=False),
    Column("shared_at", UtcTime),
    Column("gone_at", UtcTime),
    Index(None, "team_id", "user_id"),
)
