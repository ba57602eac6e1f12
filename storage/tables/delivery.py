"""The outbox, due work, what came in (events, signed requests), and the pacing of sends."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import metadata, row_id, team
from storage.types import JsonText, UtcTime

outbox = Table(
    "outbox",
    metadata,
    row_id(),
    team(),
    Column("key", String(200), nullable=False),
    Column("kind", String(48), nullable=False),
    Column("target", String(8), nullable=False),
    Column("to", String(40), nullable=False),
    Column("params", JsonText, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("stale_at", UtcTime),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("nonce", String(32), nullable=False),
    Column("ambiguous", Boolean, nullable=False),
    Column("first_attempt_at", UtcTime),
    Column("last_attempt_at", UtcTime),
    Column("lease_until", UtcTime),
    Column("leased_by", String(40)),
    Column("channel", String(24)),
    Column("ts", String(24)),
    Column("reason", String(200)),
    UniqueConstraint("team_id", "key"),
    Index("ix_outbox_queue", "team_id", "state", "priority", "due_at"),
    Index("ix_outbox_next", "state", "due_at"),
    Index("ix_outbox_to", "team_id", "to", "kind"),
    Index("ix_outbox_budget", "team_id", "last_attempt_at"),
    Index("ix_outbox_leases", "team_id", "lease_until"),
)

due = Table(
    "due",
    metadata,
    row_id(),
    team(),
    Column("kind", String(32), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("recipient", String(40), nullable=False),
    Column("occurrence", String(40), nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("stale_at", UtcTime),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", String(200)),
    Column("planned_at", UtcTime),  # while a pause holds it: when it was due
    UniqueConstraint("team_id", "kind", "subject", "recipient", "occurrence"),
    Index(None, "state", "due_at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("event_id", String(48), primary_key=True),
    Column("kind", String(48), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("handled_at", UtcTime),
    Index(None, "received_at"),
)

# Signatures of the requests that came over HTTP and were answered: the same one is not taken again.
taken_request = Table(
    "taken_request",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("signature", String(64), primary_key=True),
    Column("received_at", UtcTime, nullable=False),
    Index(None, "received_at"),
)

# When a workspace's method or receiver may be written to again: `Retry-After` and one message a second live here.
pace = Table(
    "pace",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("scope", String(64), primary_key=True),
    Column("not_before", UtcTime, nullable=False),
)
