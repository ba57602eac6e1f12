"""Everyday commands, HTTP mode, and what running it for real needs to keep"""

import sqlalchemy as sa
from alembic import op

from storage.types import JsonText, Sealed, UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _couriers()
    _prefs()
    _privacy()
    _leave()
    _taken_requests()
    _keys()
    _care()


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
    op.create_table(
        "prompted",
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("user_id", sa.String(length=24), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_prompted")),
    )
    with op.batch_alter_table("prompted", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prompted_team_id_user_id_at"), ["team_id", "user_id", "at"], unique=False)
    with op.batch_alter_table("due", schema=None) as batch_op:
        batch_op.add_column(sa.Column("planned_at", UtcTime(timezone=True), nullable=True))


def _privacy() -> None:
    """Who agreed to what, as far as it is known, and export files."""
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("user_id", sa.String(length=24), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("given_at", UtcTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_team_id_user_id"), ["team_id", "user_id"], unique=False)
    op.execute(
        "INSERT INTO consent (id, team_id, user_id, cohort_id, version, given_at) "
        "SELECT participant.id, participant.team_id, person.user_id, participant.cohort_id, "
        "participant.consent_version, participant.consented_at "
        "FROM participant JOIN person ON person.id = participant.person_id"
    )
    op.create_table(
        "export_file",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("user_id", sa.String(length=24), nullable=False),
        sa.Column("asked_at", UtcTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.String(length=24), nullable=True),
        sa.Column("shared_at", UtcTime(timezone=True), nullable=True),
        sa.Column("gone_at", UtcTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_file")),
    )
    with op.batch_alter_table("export_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_export_file_team_id_user_id"), ["team_id", "user_id"], unique=False)


def _leave() -> None:
    """Who leaves what, and whether both of a pair call it completed."""
    op.create_table(
        "leaving",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("pair_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("note", Sealed(2048), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_leaving_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_leaving_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaving")),
    )
    with op.batch_alter_table("leaving", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaving_pair_id"), ["pair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leaving_team_id_person_id"), ["team_id", "person_id"], unique=False)
    op.create_table(
        "closing_word",
        sa.Column("pair_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_closing_word_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_closing_word_person_id_person")),
        sa.PrimaryKeyConstraint("pair_id", "person_id", name=op.f("pk_closing_word")),
    )


def _care() -> None:
    """Requests for help, that concerns were sent, links to help; proposed commitments; a session's own agenda."""
    op.create_table(
        "help_request",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("door", sa.String(length=16), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("text", Sealed(4096), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_help_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_request")),
    )
    with op.batch_alter_table("help_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_request_person_id"), ["person_id"], unique=False)
    op.create_table(
        "concern",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_concern")),
    )
    op.create_table(
        "support_links",
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_support_links")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("pair_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", Sealed(2048), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcTime(timezone=True), nullable=False),
        sa.Column("changed_at", UtcTime(timezone=True), nullable=False),
        sa.Column("commitment_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_proposal_pair_id_pair")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_proposal_author_id_person")),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_proposal_commitment_id_commitment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_pair_id_state"), ["pair_id", "state"], unique=False)
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("template", sa.String(length=32), nullable=True))


def _keys() -> None:
    """Keys that came in the place of lost ones."""
    with op.batch_alter_table("data_key", schema=None) as batch_op:
        batch_op.add_column(sa.Column("after_loss", sa.Boolean(), server_default=sa.false(), nullable=False))


def _taken_requests() -> None:
    """Signatures of requests over HTTP."""
    op.create_table(
        "taken_request",
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("received_at", UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "signature", name=op.f("pk_taken_request")),
    )
    with op.batch_alter_table("taken_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taken_request_received_at"), ["received_at"], unique=False)


def _couriers() -> None:
    """Leases count towards a budget that couriers share."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_leases", ["team_id", "lease_until"], unique=False)
