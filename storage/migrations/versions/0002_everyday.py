"""Everyday commands, HTTP mode, and what running it for real needs to keep"""

import sqlalchemy as sa
from alembic import op

from storage.types import JsonText, Sealed, UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _prefs()


def _prefs() -> None:
    """What people chose about messages, their pauses, and what a pause holds."""
    op.create_table(
        "pref",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("chosen", JsonText(), nullable=False),
        sa.Column("before", JsonText(), nullable=True),
        sa.Column("changed_at", UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pref_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_pref")),
    )
    op.create_table(
        "pause",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("began_at", UtcTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("resumes_at", UtcTime(timezone=True), nullable=False),
        sa.Column("note", Sealed(1024), nullable=True),
        sa.Column("settled_at", UtcTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pause_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pause_team_id_person_id"), ["team_id", "person_id"], unique=False)
    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.add_column(sa.Column("planned_at", UtcTime(timezone=True), nullable=True))
