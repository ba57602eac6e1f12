"""What juniors were offered, sealed: a row for whoever answers, offered or not."""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.tables.base import metadata, team
from storage.types import Sealed

ask_offer = Table(
    "ask_offer",
    metadata,
    Column("person_id", String(36), ForeignKey("person.id"), primary_key=True),
    team(),
    Column("offered", Sealed(512), nullable=False),
)
