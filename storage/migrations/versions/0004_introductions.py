"""Introductions"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import Sealed, UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "introduction",
        *(sa.Column(name, sa.String(length=36), nullable=False) for name in ("id", "pair_id", "author_id")),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("to_user", sa.String(length=24), nullable=False),
        sa.Column("whom", Sealed(1024), nullable=False),
        sa.Column("why", Sealed(4096), nullable=False),
        sa.Column("line", Sealed(2048), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_at", UtcTime(timezone=True), nullable=True),
        sa.Column("instead", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(timezone=True), nullable=False),
        sa.Column("changed_at", UtcTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=36), nullable=True),
        sa.Column("state_before", sa.String(length=16), nullable=True),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("unheard", sa.Boolean(), nullable=False),
        *_keys("introduction", pair_id="pair", author_id="person", changed_by="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
    )
    _beside(
        "intro_answer",
        sa.Column("to_user", sa.String(length=24), nullable=False),
        sa.Column("whom", Sealed(1024), nullable=False),
        sa.Column("word", Sealed(4096), nullable=False),
        sa.Column("why_not", Sealed(4096), nullable=False),
    )
    _beside(
        "intro_outcome",
        sa.Column("outcome", Sealed(64), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
    )
    for table, columns in (
        ("introduction", ["pair_id", "state"]), ("introduction", ["author_id"]), ("intro_answer", ["pair_id"]),
        ("intro_outcome", ["pair_id"]),
    ):  # fmt: skip
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


def _beside(table: str, *columns: sa.Column[Any]) -> None:
    """What one of the two said about an introduction."""
    op.create_table(
        table,
        *(
            sa.Column(name, sa.String(length=36), nullable=False)
            for name in ("introduction_id", "pair_id", "person_id")
        ),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        *columns,
        *_keys(table, introduction_id="introduction", pair_id="pair", person_id="person"),
        sa.PrimaryKeyConstraint("introduction_id", name=op.f(f"pk_{table}")),
    )


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
        for column, to in columns.items()
    ]
