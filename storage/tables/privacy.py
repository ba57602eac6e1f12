"""Who agreed to which text and until when; export files that lie in Slack for a day."""

from sqlalchemy import Column, Index, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import UtcTime

# Outlives the person's other rows, as the proof of what was agreed to: a Slack id, a version and two times.
consent = Table(
    "consent",
    metadata,
    row_id(),
    team(),
    Column("user_id", String(24), nullable=False),
    Column("cohort_id", String(36), nullable=False),
    Column("version", String(16), nullable=False),
    Column("given_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index(None, "team_id", "user_id"),
)

export_file = Table(
    "export_file",
    metadata,
    row_id(),
    team(),
    Column("user_id", String(24), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("file_id", String(24)),
    Column("shared_at", UtcTime),
    Column("gone_at", UtcTime),
    Index(None, "team_id", "user_id"),
)
