"""Reviews"""

import sqlalchemy as sa
from alembic import op

from storage.types import Sealed, UtcTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("pair_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_at", UtcTime(timezone=True), nullable=False),
        sa.Column("closes_at", UtcTime(timezone=True), nullable=False),
        sa.Column("answered_at", UtcTime(timezone=True), nullable=True),
        sa.Column("answers", Sealed(5120), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_review_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("pair_id", "person_id", "kind", name=op.f("uq_review_pair_id_person_id_kind")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_person_id"), ["person_id"], unique=False)
