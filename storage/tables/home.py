"""Who has opened their App Home, and which side it shows."""

from sqlalchemy import Column, String, Table

from storage.tables.base import metadata

home = Table(
    "home",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("user_id", String(24), primary_key=True),
    Column("side", String(8)),
)
