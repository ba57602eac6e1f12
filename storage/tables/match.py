"""Pairs, suggestions that wait for coordinators, declared conflicts of interest, and how a pair fits."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false

from storage.tables.base import metadata, row_id, team
from storage.types import JsonText, Sealed, UtcTime

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
    Column("declined_at", UtcTime),
    # Slack lets the two share no group message: each gets a copy of everything in their own.
    Column("mirrored", Boolean, nullable=False, server_default=false()),
    Index(None, "team_id", "state"),
    Index(None, "team_id", "cohort_id"),
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

# Pairs that reporting lines forbid since they began: both were asked whether to go on, once for each change.
crossing = Table(
    "crossing",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    team(),
    Column("at", UtcTime, nullable=False),
    Index(None, "team_id"),
)

match_setting = Table(
    "match_setting",
    metadata,
    Column("cohort_id", String(36), ForeignKey("cohort.id"), primary_key=True),
    team(),
    Column("weights", JsonText, nullable=False),
    Column("floor", Integer, nullable=False),
)

match_run = Table(
    "match_run",
    metadata,
    row_id(),
    team(),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("weights", JsonText, nullable=False),
    Column("floor", Integer, nullable=False),
    Column("juniors", Integer, nullable=False),
    Column("seniors", Integer, nullable=False),
    Column("created_by", String(24), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "team_id", "cohort_id"),
)

match_suggestion = Table(
    "match_suggestion",
    metadata,
    row_id(),
    team(),
    Column("run_id", String(36), ForeignKey("match_run.id"), nullable=False),
    Column("cohort_id", String(36), ForeignKey("cohort.id"), nullable=False),
    Column("junior_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("senior_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("score", Integer),
    Column("because", String(200), nullable=False),
    Column("warnings", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("pair_id", String(36), ForeignKey("pair.id")),
    Column("decided_by", String(24), nullable=False),
    Column("decided_at", UtcTime),
    Index(None, "team_id", "cohort_id", "state"),
    Index(None, "run_id"),
    Index(None, "junior_id"),
    Index(None, "senior_id"),
)

match_unmatched = Table(
    "match_unmatched",
    metadata,
    Column("run_id", String(36), ForeignKey("match_run.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    Column("side", String(8), primary_key=True),
    team(),
    Column("reason", String(40), nullable=False),
    Index(None, "person_id"),
)

# `wants` is what coordinators are told, if the person asked for it; the answer itself is read by nobody else.
fit = Table(
    "fit",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("session_id", String(36), ForeignKey("session.id"), nullable=False),
    Column("answer", Sealed(256)),
    Column("wants", String(16)),
    Column("settled", Boolean, nullable=False, server_default=false()),
    Column("at", UtcTime, nullable=False),
    Index(None, "team_id", "wants"),
    Index(None, "person_id"),
)
