"""Requests to coordinators, that concerns were sent, and links to help."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text

from storage.tables.base import metadata, row_id, team
from storage.types import Sealed, UtcTime

help_request = Table(
    "help_request",
    metadata,
    row_id(),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("door", String(16), nullable=False),
    Column("way", String(16), nullable=False),
    Column("text", Sealed(4096), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "person_id"),
)

# That one was sent, and on which day: no people, no words. `mark` is a random word of the form that sent it.
concern = Table(
    "concern",
    metadata,
    Column("mark", String(32), primary_key=True),
    team(),
    Column("on_day", Date, nullable=False),
)

support_links = Table(
    "support_links",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("text", Text, nullable=False),
)
