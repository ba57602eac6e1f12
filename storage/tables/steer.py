"""Volunteers for the steering group that follows a pilot, and its channel."""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.tables.base import metadata, team
from storage.types import UtcTime

volunteer = Table(
    "volunteer",
    metadata,
    Column("cohort_id", String(36), ForeignKey("cohort.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("state", String(8), nullable=False),
    Column("at", UtcTime, nullable=False),
)

steering = Table(
    "steering",
    metadata,
    Column("cohort_id", String(36), ForeignKey("cohort.id"), primary_key=True),
    team(),
    Column("channel_id", String(24), nullable=False),
    Column("made_by", String(24), nullable=False),
    Column("at", UtcTime, nullable=False),
)
