"""Themes that coordinators add, which of them a cohort has, and what became of a theme."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

theme_tag = Table(
    "theme_tag",
    metadata,
    row_id(),
    team(),
    Column("label", String(75), nullable=False),
    Column("about", String(75), nullable=False),
    Column("added_by", String(24), nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("retired_at", UtcTime),
    Index(None, "team_id"),
)

# Fixed when a cohort opens: a tag that some could never pick would say who did.
cohort_theme = Table(
    "cohort_theme",
    metadata,
    Column("cohort_id", String(36), ForeignKey("cohort.id"), primary_key=True),
    Column("theme", String(40), primary_key=True),
    team(),
)

# taken, closed, reopened: each stays, and one that was taken back says when.
theme_step = Table(
    "theme_step",
    metadata,
    row_id(),
    team(),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("theme", String(40), nullable=False),
    Column("step", String(16), nullable=False),
    Column("author_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("words", Sealed(2048)),
    Column("taken_to", String(24)),
    Column("at", UtcTime, nullable=False),
    Column("undone_at", UtcTime),
    Index(None, "cohort_id", "theme"),
    Index(None, "author_id"),
)
