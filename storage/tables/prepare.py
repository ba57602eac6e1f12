"""Agenda lines, the parking lot, icebreakers used and answered, and how a pair works."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, false

from storage.tables.base import metadata, row_id, team
from storage.types import JsonText, Sealed, UtcTime

agenda_line = Table(
    "agenda_line",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("session_id", String(36), ForeignKey("session.id")),
    Column("kind", String(16), nullable=False),
    Column("author_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Sealed(2048), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("minutes", Integer),
    Column("was_parked", Boolean, nullable=False, server_default=false()),
    Index(None, "pair_id", "kind"),
    Index(None, "session_id"),
)

icebreaker_use = Table(
    "icebreaker_use",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    Column("item_id", String(48), primary_key=True),
    team(),
    Column("never", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
)

icebreaker_answer = Table(
    "icebreaker_answer",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("item_id", String(48), nullable=False),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("text", Sealed(4096), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("revealed_at", UtcTime),
    UniqueConstraint("pair_id", "item_id", "person_id"),
)

early_topics = Table(
    "early_topics",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    team(),
    Column("asked_by", String(36), ForeignKey("person.id"), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("agreed_at", UtcTime),
)

contract = Table(
    "contract",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("author_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("principles", JsonText, nullable=False),
    Column("cadence_days", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("notice_hours", Integer, nullable=False),
    Column("review_on", Date),
    UniqueConstraint("pair_id", "version"),
)

contract_line = Table(
    "contract_line",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("contract_id", String(36), ForeignKey("contract.id"), nullable=False),
    Column("field", String(16), nullable=False),
    Column("position", Integer, nullable=False),
    Column("author_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("text", Sealed(2048), nullable=False),
    Index(None, "contract_id"),
    Index(None, "pair_id"),
)

contract_agreement = Table(
    "contract_agreement",
    metadata,
    Column("contract_id", String(36), ForeignKey("contract.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("fits_at", UtcTime),
    Index(None, "pair_id"),
)

contract_setting = Table(
    "contract_setting",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("exceptions", Text, nullable=False),
)
