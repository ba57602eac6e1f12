"""The programme's own texts as coordinators changed them, and who has read which lesson."""

from sqlalchemy import Boolean, Column, String, Table

from storage.tables.base import metadata
from storage.types import JsonText, UtcTime

content_item = Table(
    "content_item",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("item_id", String(48), primary_key=True),
    Column("body", JsonText),
    Column("off", Boolean, nullable=False),
    Column("before", JsonText),
    Column("added_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
)

lesson_read = Table(
    "lesson_read",
    metadata,
    Column("team_id", String(24), primary_key=True),
    Column("user_id", String(24), primary_key=True),
    Column("lesson_id", String(48), primary_key=True),
    Column("sent_at", UtcTime),
    Column("read_at", UtcTime),
)
