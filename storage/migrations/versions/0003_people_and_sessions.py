"""People, matching, preparation and booking in full"""

import sqlalchemy as sa
from alembic import op

from storage.types import JsonText, Sealed, UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()


def _people() -> None:
    """The whole profile, and what a person tells the matching alone."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("works_from", sa.Integer(), server_default="540", nullable=False))
        batch_op.add_column(sa.Column("works_to", sa.Integer(), server_default="1080", nullable=False))
        batch_op.add_column(sa.Column("home_team", sa.String(length=24), server_default="", nullable=False))
        batch_op.add_column(sa.Column("guest", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("division", sa.String(length=80), server_default="", nullable=False))
        batch_op.add_column(sa.Column("languages", JsonText(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("capacity_junior", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("capacity_senior", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("identity_off", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "confided",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("body", Sealed(4096), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_confided_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_confided")),
    )
