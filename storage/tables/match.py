"""Pairs and declared conflicts of interest."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text

from storage.tables.base import metadata, row_id, team
from storage.types import UtcTime

pair = Table(
    "pair",
    metadata,
    row_id(),
    team(),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("junior_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("senior_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("channel_id", String(24)),
    Column("why", Text, nullable=False),
    Column("created_by", String(24), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("active_at", UtcTime),
    Column("ended_at", UtcTime),
    Index(None, "team_id", "state"),
    Index(None, "junior_id"),
    Index(None, "senior_id"),
)

conflict = Table(
    "conflict",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("first", String(24), primary_key=True),
    Column("second", String(24), primary_key=True),
    Column("declared_by", String(24), nullable=False),
)
