"""People, their wrapped data keys, their places in cohorts, and reporting lines."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
)

from storage.tables.base import metadata, row_id, team
from storage.types import JsonText, Sealed, UtcTime

person = Table(
    "person",
    metadata,
    row_id(),
    team(),
    Column("enterprise_id", String(24)),
    Column("user_id", String(24), nullable=False),
    Column("name", String(160), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("region", String(8), nullable=False),
    Column("deactivated", Boolean, nullable=False),
    # Minutes after midnight on the person's own clock.
    Column("works_from", Integer, nullable=False, server_default="540"),
    Column("works_to", Integer, nullable=False, server_default="1080"),
    # Of a guest or of somebody from another company; empty for everybody else.
    Column("home_team", String(24), nullable=False, server_default=""),
    Column("guest", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("team_id", "user_id"),
)

# Apart from everything else, so that backups of it can be short-lived: without its key a person's text is noise.
data_key = Table(
    "data_key",
    metadata,
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("id", String(36), nullable=False),
    Column("master_id", String(64), nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    # It came in the place of a key that was lost: what that one sealed reads as removed.
    Column("after_loss", Boolean, nullable=False, server_default=false()),
)

participant = Table(
    "participant",
    metadata,
    row_id(),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("consent_version", String(16), nullable=False),
    Column("consented_at", UtcTime, nullable=False),
    Column("sides", JsonText, nullable=False),
    Column("level", Integer, nullable=False),
    Column("department", String(80), nullable=False),
    Column("location", String(80), nullable=False),
    Column("purposes", JsonText, nullable=False),
    Column("share", Sealed(2048)),
    Column("learn", Sealed(2048)),
    Column("division", String(80), nullable=False, server_default=""),
    Column("languages", JsonText, nullable=False, server_default="[]"),
    Column("capacity_junior", Integer, nullable=False, server_default="1"),
    Column("capacity_senior", Integer, nullable=False, server_default="1"),
    Column("identity_off", Boolean, nullable=False, server_default=false()),
    # Codes of topics, as the purposes are; what people add in their own words is sealed above.
    Column("offers", JsonText, nullable=False, server_default="[]"),
    Column("wants", JsonText, nullable=False, server_default="[]"),
    UniqueConstraint("cohort_id", "person_id"),
    Index(None, "team_id", "person_id"),
)

# What a person tells the matching and nobody else: one sealed text, read by them and while pairs are computed.
confided = Table(
    "confided",
    metadata,
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("body", Sealed(4096), nullable=False),
    Column("at", UtcTime, nullable=False),
)

line = Table(
    "line",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("user_id", String(24), primary_key=True),
    Column("manager_id", String(24), nullable=False),
)

# Whoever found no open cohort and asked to hear of the next one: a Slack id and nothing else.
cohort_wish = Table(
    "cohort_wish",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("user_id", String(24), primary_key=True),
    Column("at", UtcTime, nullable=False),
)

# Somebody was asked to take part: what is needed to ask at a decent hour, in their language, and never twice.
invitation = Table(
    "invitation",
    metadata,
    row_id(),
    team(),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("user_id", String(24), nullable=False),
    Column("name", String(160), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("locale", String(16), nullable=False),
    Column("invited_by", String(24), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("answered_at", UtcTime),
    Column("reminded_at", UtcTime),
    Column("asked", Integer, nullable=False),
    UniqueConstraint("cohort_id", "user_id"),
    Index(None, "team_id", "user_id"),
)
