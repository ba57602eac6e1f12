"""Asks"""

import sqlalchemy as sa
from alembic import op

from storage.types import Sealed

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What juniors were offered: words for asking."""
    op.create_table(
        "ask_offer",
        sa.Column("pair_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("offered", Sealed(512), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_ask_offer_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ask_offer_person_id_person")),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_ask_offer")),
    )
    with op.batch_alter_table("ask_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ask_offer_person_id"), ["person_id"], unique=False)
