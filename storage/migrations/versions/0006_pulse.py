"""Pulse"""

import sqlalchemy as sa
from alembic import op

from storage.types import Sealed, UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _pulse()
    _credit()
    _learner()


def _pulse() -> None:
    """Two taps of both sides, every four weeks."""
    op.create_table(
        "pulse",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("pair_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked_at", UtcTime(timezone=True), nullable=False),
        sa.Column("closes_at", UtcTime(timezone=True), nullable=False),
        sa.Column("taps", Sealed(256), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_pulse_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pulse_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
        sa.UniqueConstraint("pair_id", "person_id", "day", name=op.f("uq_pulse_pair_id_person_id_day")),
    )
    with op.batch_alter_table("pulse", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_person_id"), ["person_id"], unique=False)


def _credit() -> None:
    """Whether a senior gave credit by name, month by month."""
    op.create_table(
        "credit",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("asked_at", UtcTime(timezone=True), nullable=False),
        sa.Column("closes_at", UtcTime(timezone=True), nullable=False),
        sa.Column("credited", Sealed(64), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credit_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit")),
        sa.UniqueConstraint("person_id", "month", name=op.f("uq_credit_person_id_month")),
    )


def _learner() -> None:
    """Who was mainly learning, as each side says it after a session."""
    op.create_table(
        "learner",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("pair_id", sa.String(length=36), nullable=False),
        sa.Column("learner", Sealed(64), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_learner_session_id_session")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_learner_person_id_person")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_learner_pair_id_pair")),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_learner")),
    )
    with op.batch_alter_table("learner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_learner_pair_id_person_id"), ["pair_id", "person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_learner_person_id"), ["person_id"], unique=False)
