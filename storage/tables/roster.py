"""What an organisation told about its people, and lists that are being looked over."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import JsonText, Sealed, UtcTime

# Of people who may never take part: what is needed to invite and to keep apart, and nothing they did.
roster = Table(
    "roster",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("user_id", String(24), primary_key=True),
    Column("name", String(160), nullable=False),
    Column("employee_id", String(40), nullable=False),
    Column("level", Integer, nullable=False),
    Column("department", String(80), nullable=False),
    Column("division", String(80), nullable=False),
    Column("location", String(80), nullable=False),
    Column("region", String(8), nullable=False),
    Column("languages", JsonText, nullable=False),
    Column("sides", JsonText, nullable=False),
    Column("purposes", JsonText, nullable=False),
    Column("at", UtcTime, nullable=False),
)

roster_draft = Table(
    "roster_draft",
    metadata,
    row_id(),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("columns", JsonText, nullable=False),
    Column("view_id", String(40), nullable=False),
    Column("saved_at", UtcTime),
    Column("reason", String(80), nullable=False),
)

# The list itself, what the check made of it, and what it replaced: in pieces, for a list may be long.
roster_part = Table(
    "roster_part",
    metadata,
    Column("draft_id", String(36), ForeignKey("roster_draft.id"), primary_key=True),
    Column("what", String(8), primary_key=True),
    Column("n", Integer, primary_key=True),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("piece", Sealed(65536), nullable=False),
)
