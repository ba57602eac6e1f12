"""What juniors were offered, sealed: a row for each pair in which she answers, offered or not."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from storage.tables.base import metadata, team
from storage.types import Sealed

ask_offer = Table(
    "ask_offer",
    metadata,
    Column("pair_id", String(36), ForeignKey("pair.id"), primary_key=True),
    team(),
    Column("person_id", String(36), ForeignKey("person.id"), nullable=False),
    Column("offered", Sealed(512), nullable=False),
    Index(None, "person_id"),
)
