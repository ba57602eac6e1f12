"""Urns, releases and digests: all that the disclosure gate keeps."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.tables.base import metadata, row_id, team
from storage.types import JsonText, Sealed, UtcTime

# One row per respondent and kind: the newest answer. The mark (waiting or spent) is sealed and every row of an urn is
# sealed afresh at each draw, so that the file does not show who was drawn.
urn = Table(
    "urn",
    metadata,
    Column("cohort_id", String(36), ForeignKey("cohort.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("senior_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("source_id", String(36), nullable=False),
    Column("mark", Sealed(64), nullable=False),
)

release = Table(
    "release",
    metadata,
    row_id(),
    team(),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("week", String(8), nullable=False),
    Column("n", Integer, nullable=False),
    Column("cells", JsonText, nullable=False),
    Column("closing", Boolean, nullable=False),
    Column("published_at", UtcTime, nullable=False),
    UniqueConstraint("cohort_id", "kind", "week"),
)

digest = Table(
    "digest",
    metadata,
    row_id(),
    team(),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("week", String(8), nullable=False),
    Column("figures", Text, nullable=False),
    Column("chart_file", String(24)),
    Column("created_at", UtcTime, nullable=False),
    # The last one, after the cohort was closed: it is not looked at again.
    Column("final", Boolean, nullable=False, server_default=false()),
    # Why it was not posted in its channel, and how many of those who read it there do not coordinate.
    Column("held", String(16)),
    Column("others", Integer, nullable=False, server_default=text("0")),
    # A chart that looks the same is sent again, but not to readers of another language.
    Column("chart_language", String(16)),
    UniqueConstraint("cohort_id", "week"),
    Index(None, "team_id", "created_at"),
)

# How one cohort's digest differs from the programme's; no row: in nothing.
digest_setting = Table(
    "digest_setting",
    metadata,
    Column("cohort_id", String(36), ForeignKey("cohort.id"), primary_key=True),
    team(),
    Column("channel_id", String(24)),
    Column("paused", Boolean, nullable=False),
    Column("hidden", JsonText, nullable=False),
)

# What was asked once is counted once: a row says that it was, whatever came of it.
outcome = Table(
    "outcome",
    metadata,
    row_id(),
    team(),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("occasion", String(16), nullable=False),
    Column("week", String(8), nullable=False),
    Column("figures", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("cohort_id", "occasion"),
)

# Reports that coordinators asked for: ids, dates and names of figures; the files are made when they are sent.
paper_file = Table(
    "paper_file",
    metadata,
    row_id(),
    team(),
    Column("user_id", String(24), nullable=False),
    Column("what", String(16), nullable=False),
    Column("cohort_id", String(36), nullable=False),
    Column("start", Date),
    Column("end", Date),
    Column("groups", JsonText, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("file_ids", JsonText, nullable=False),
    Column("shared_at", UtcTime),
    Index(None, "team_id", "user_id"),
)
