"""Figures of every kind: outcomes, settings of digests, themes"""

import sqlalchemy as sa
from alembic import op

from storage.types import JsonText, Sealed, UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _weeks()
    _channels()
    _settings()
    _outcomes()
    _tags()
    _steps()
    _papers()


def _weeks() -> None:
    """What lets a week's report cost what happened in the week."""
    with op.batch_alter_table("session", schema=None) as batch_op:
        name, columns = "ix_session_team_id_pair_id_", ["team_id", "pair_id"]
        lately = [*columns, "state", "starts_at", "decided_at"]
        batch_op.create_index(batch_op.f(f"{name}state_starts_at_decided_at"), lately, unique=False)
        batch_op.create_index(batch_op.f(f"{name}decided_at"), [*columns, "decided_at"], unique=False)
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pair_team_id_cohort_id"), ["team_id", "cohort_id"], unique=False)
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_pair_id_due_on"), ["pair_id", "due_on"], unique=False)
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("final", sa.Boolean(), server_default=sa.false(), nullable=False))
    digest = sa.table("digest", sa.column("figures", sa.Text()), sa.column("final", sa.Boolean()))
    op.execute(sa.update(digest).where(digest.c.figures.like('%"final":true%')).values(final=sa.true()))


def _channels() -> None:
    """What is known of the channel that a digest goes to."""
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("others", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("chart_language", sa.String(length=16), nullable=True))
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("public_channel", sa.Boolean(), server_default=sa.false(), nullable=False))


def _settings() -> None:
    op.create_table(
        "digest_setting",
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("channel_id", sa.String(length=24), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("hidden", JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_digest_setting_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("cohort_id", name=op.f("pk_digest_setting")),
    )


def _outcomes() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("occasion", sa.String(length=16), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_outcome_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("cohort_id", "occasion", name=op.f("uq_outcome_cohort_id_occasion")),
    )


def _tags() -> None:
    op.create_table(
        "theme_tag",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("label", sa.String(length=75), nullable=False),
        sa.Column("about", sa.String(length=75), nullable=False),
        sa.Column("added_by", sa.String(length=24), nullable=False),
        sa.Column("added_at", UtcTime(timezone=True), nullable=False),
        sa.Column("retired_at", UtcTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_tag")),
    )
    with op.batch_alter_table("theme_tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_tag_team_id"), ["team_id"], unique=False)
    op.create_table(
        "cohort_theme",
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_theme_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("cohort_id", "theme", name=op.f("pk_cohort_theme")),
    )


def _steps() -> None:
    op.create_table(
        "theme_step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("words", Sealed(2048), nullable=True),
        sa.Column("taken_to", sa.String(length=24), nullable=True),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.Column("undone_at", UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_theme_step_author_id_person")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_theme_step_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_step")),
    )
    with op.batch_alter_table("theme_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_step_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_theme_step_cohort_id_theme"), ["cohort_id", "theme"], unique=False)


def _papers() -> None:
    op.create_table(
        "paper_file",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("user_id", sa.String(length=24), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("groups", JsonText(), nullable=False),
        sa.Column("asked_at", UtcTime(timezone=True), nullable=False),
        sa.Column("file_ids", JsonText(), nullable=False),
        sa.Column("shared_at", UtcTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_file")),
    )
    with op.batch_alter_table("paper_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_file_team_id_user_id"), ["team_id", "user_id"], unique=False)
