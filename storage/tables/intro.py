"""Introductions, what the senior wrote about them, and the junior's private word about what came of each."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

introduction = Table(
    "introduction",
    metadata,
    row_id(),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("author_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("to_user", String(24), nullable=False),
    Column("whom", Sealed(1024), nullable=False),
    Column("why", Sealed(4096), nullable=False),
    Column("line", Sealed(2048), nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_on", Date),
    Column("made_at", UtcTime),
    Column("instead", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("changed_by", String(36), ForeignKey("person.id")),
    Column("state_before", String(16)),
    Column("due_before", Date),
    Column("unheard", Boolean, nullable=False),
    Index(None, "pair_id", "state"),
    Index(None, "author_id"),
)

intro_answer = Table(
    "intro_answer",
    metadata,
    Column("introduction_id", String(36), ForeignKey("introduction.id"), primary_key=True),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("to_user", String(24), nullable=False),
    Column("whom", Sealed(1024), nullable=False),
    Column("word", Sealed(4096), nullable=False),
    Column("why_not", Sealed(4096), nullable=False),
    Index(None, "pair_id"),
)

intro_outcome = Table(
    "intro_outcome",
    metadata,
    Column("introduction_id", String(36), ForeignKey("introduction.id"), primary_key=True),
    team(),
    Column("pair_id", String(36), ForeignKey("pair.id"), nullable=False),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("outcome", Sealed(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "pair_id"),
)
