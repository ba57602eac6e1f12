"""Who leaves what, and whether both of a pair call it completed."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

leaving = Table(
    "leaving",
    metadata,
    row_id(),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("pair_id", String(36), ForeignKey("pair.id")),
    Column("reason", String(16)),
    Column("note", Sealed(2048)),
    Column("state", String(8), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "team_id", "person_id"),
    Index(None, "pair_id"),
)

# Asked of both when a pair ends early after enough sessions; both have to say yes.
closing_word = Table(
    "closing_word",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("completed", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
)
