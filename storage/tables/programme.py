"""Programme, coordinators, cohorts, audit log."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, false, true

from storage.tables.base import metadata, row_id, team
from storage.types import UtcTime

programme = Table(
    "programme",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("enterprise_id", String(24)),
    Column("purpose", String(16), nullable=False),
    Column("findings_owner", String(24), nullable=False),
    Column("safe_contact_1", String(24), nullable=False),
    Column("safe_contact_2", String(24), nullable=False),
    Column("channel_id", String(24), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("digest_weekday", Integer, nullable=False),
    Column("digest_hour", Integer, nullable=False),
    Column("k", Integer, nullable=False),
    Column("clamp", Integer, nullable=False),
    Column("checkin_after_hours", Integer),
    Column("language", String(16), nullable=False),
    Column("digest_paused", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    # The coordinators' channel is a public one, agreed to twice.
    Column("public_channel", Boolean, nullable=False, server_default=false()),
)

coordinator = Table(
    "coordinator",
    metadata,
    Column("team_id", String(24), ForeignKey("programme.team_id"), primary_key=True),
    Column("user_id", String(24), primary_key=True),
    Column("added_by", String(24), nullable=False),
    Column("added_at", UtcTime, nullable=False),
)

cohort = Table(
    "cohort",
    metadata,
    row_id(),
    team(),
    Column("name", String(80), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("cadence_days", Integer, nullable=False),
    Column("pilot", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("k", Integer, nullable=False),
    Column("clamp", Integer, nullable=False),
    # Whether guests of the workspace, and people of another company, may take part.
    Column("guests", Boolean, nullable=False, server_default=true()),
    Column("strangers", Boolean, nullable=False, server_default=false()),
    Index(None, "team_id", "state"),
)

audit = Table(
    "audit",
    metadata,
    row_id(),
    team(),
    Column("actor", String(24), nullable=False),
    Column("action", String(48), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "team_id", "at"),
)
