"""People, matching, preparation and booking in full"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import JsonText, Sealed, UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people()
    _preparing()
    _invitations()
    _roster()
    _content()
    _booking()
    _review()
    _quiet_no()
    _telling()
    _crossing()
    _outsiders()


def _quiet_no() -> None:
    """A no that waits until the day when no answer would end a suggestion, too; those of before look alike."""
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declined_at", UtcTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE pair SET state = 'declined' WHERE state = 'expired' AND id IN "
        "(SELECT subject FROM due WHERE kind = 'match.expire_proposal' AND state = 'done')"
    )


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
        batch_op.add_column(sa.Column("offers", JsonText(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("wants", JsonText(), server_default="[]", nullable=False))
    op.create_table(
        "confided",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("body", Sealed(4096), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_confided_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_confided")),
    )


def _booking() -> None:
    """What calendars know sessions by, series, suggested times, a rhythm of one's own, calendar files."""
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("uid", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("series", sa.String(length=36), nullable=True))
    _of_pair(
        "session_offer",
        sa.Column("first_at", UtcTime(timezone=True), nullable=False),
        sa.Column("second_at", UtcTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", Sealed(1024), nullable=False),
    )
    _of_pair(
        "rhythm",
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
    )
    op.create_table(
        "calendar_file",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("user_id", sa.String(length=24), nullable=False),
        sa.Column("session_ids", JsonText(), nullable=False),
        sa.Column("asked_at", UtcTime(timezone=True), nullable=False),
        sa.Column("file_ids", JsonText(), nullable=False),
        sa.Column("shared_at", UtcTime(timezone=True), nullable=True),
        sa.Column("gone_at", UtcTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_file")),
    )
    with op.batch_alter_table("calendar_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_file_team_id_user_id"), ["team_id", "user_id"], unique=False)


def _of_pair(name: str, *columns: sa.Column[Any]) -> None:
    """A table of what one of a pair suggests and the other decides."""
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("pair_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        *columns,
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.Column("decided_at", UtcTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f(f"fk_{name}_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{name}_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_pair_id_state"), ["pair_id", "state"], unique=False)


def _content() -> None:
    """Texts that coordinators changed or added, and who has had which lesson."""
    op.create_table(
        "content_item",
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.String(length=48), nullable=False),
        sa.Column("body", JsonText(), nullable=True),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("before", JsonText(), nullable=True),
        sa.Column("added_at", UtcTime(timezone=True), nullable=False),
        sa.Column("changed_at", UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "kind", "item_id", name=op.f("pk_content_item")),
    )
    op.create_table(
        "lesson_read",
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("user_id", sa.String(length=24), nullable=False),
        sa.Column("lesson_id", sa.String(length=48), nullable=False),
        sa.Column("sent_at", UtcTime(timezone=True), nullable=True),
        sa.Column("read_at", UtcTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user_id", "lesson_id", name=op.f("pk_lesson_read")),
    )


def _roster() -> None:
    """What an organisation told about its people, and lists that are being looked over."""
    op.create_table(
        "roster",
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("user_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(length=80), nullable=False) for name in ("department", "division", "location")),
        sa.Column("region", sa.String(length=8), nullable=False),
        *(sa.Column(name, JsonText(), nullable=False) for name in ("languages", "sides", "purposes")),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_roster")),
    )
    op.create_table(
        "roster_draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", UtcTime(timezone=True), nullable=False),
        sa.Column("columns", JsonText(), nullable=False),
        sa.Column("view_id", sa.String(length=40), nullable=False),
        sa.Column("saved_at", UtcTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roster_draft_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_draft")),
    )
    op.create_table(
        "roster_part",
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("piece", Sealed(65536), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["roster_draft.id"], name=op.f("fk_roster_part_draft_id_roster_draft")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roster_part_person_id_person")),
        sa.PrimaryKeyConstraint("draft_id", "what", "n", name=op.f("pk_roster_part")),
    )


def _review() -> None:
    """Runs of matching with what they suggested, a cohort's weights, and how a pair fits."""
    _of_cohort("match_setting", "cohort_id", sa.Column("weights", JsonText(), nullable=False))
    _of_cohort(
        "match_run",
        "id",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("weights", JsonText(), nullable=False),
        sa.Column("juniors", sa.Integer(), nullable=False),
        sa.Column("seniors", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=24), nullable=False),
        sa.Column("created_at", UtcTime(timezone=True), nullable=False),
    )
    _suggestions()
    op.create_table(
        "match_unmatched",
        *(sa.Column(name, sa.String(length=36), nullable=False) for name in ("run_id", "person_id")),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        *_keys("match_unmatched", run_id="match_run", person_id="person"),
        sa.PrimaryKeyConstraint("run_id", "person_id", "side", name=op.f("pk_match_unmatched")),
    )
    op.create_table(
        "fit",
        *(sa.Column(name, sa.String(length=36), nullable=False) for name in ("pair_id", "person_id")),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("answer", Sealed(256), nullable=True),
        sa.Column("wants", sa.String(length=16), nullable=True),
        sa.Column("settled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        *_keys("fit", pair_id="pair", person_id="person", session_id="session"),
        sa.PrimaryKeyConstraint("pair_id", "person_id", name=op.f("pk_fit")),
    )
    _indexes("match_run", "team_id cohort_id")
    _indexes("match_suggestion", "team_id cohort_id state", "run_id", "junior_id", "senior_id")
    _indexes("match_unmatched", "person_id")
    _indexes("fit", "team_id wants", "person_id")


def _outsiders() -> None:
    """Whether a cohort takes guests, and people of another company; pairs that can share no group message."""
    with op.batch_alter_table("pair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mirrored", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.add_column(sa.Column("guests", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("strangers", sa.Boolean(), server_default=sa.false(), nullable=False))


def _crossing() -> None:
    """Pairs that reporting lines forbid by now."""
    op.create_table(
        "crossing",
        sa.Column("pair_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        *_keys("crossing", pair_id="pair"),
        sa.PrimaryKeyConstraint("pair_id", name=op.f("pk_crossing")),
    )
    _indexes("crossing", "team_id")


def _telling() -> None:
    """What coordinators send by hand: nudges and who got them, announcements."""
    op.create_table(
        "nudge",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("template", sa.String(length=48), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("pair_id", sa.String(length=36), nullable=True),
        sa.Column("sent_by", sa.String(length=24), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.Column("undone_at", UtcTime(timezone=True), nullable=True),
        *_keys("nudge", pair_id="pair"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudge")),
    )
    op.create_table(
        "nudged",
        sa.Column("nudge_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=24), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        *_keys("nudged", nudge_id="nudge"),
        sa.PrimaryKeyConstraint("nudge_id", "user_id", name=op.f("pk_nudged")),
    )
    op.create_table(
        "announcement",
        *(sa.Column(name, sa.String(length=36), nullable=False) for name in ("id", "cohort_id", "author_id")),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("readers", sa.String(length=16), nullable=False),
        sa.Column("text", Sealed(8192), nullable=True),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.Column("undone_at", UtcTime(timezone=True), nullable=True),
        *_keys("announcement", cohort_id="cohort", author_id="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    _indexes("nudge", "pair_id")
    _indexes("nudged", "team_id user_id at")
    _indexes("announcement", "author_id", "cohort_id")


def _suggestions() -> None:
    op.create_table(
        "match_suggestion",
        *(sa.Column(name, sa.String(length=36), nullable=False)
          for name in ("id", "run_id", "cohort_id", "junior_id", "senior_id")),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("because", sa.String(length=200), nullable=False),
        sa.Column("warnings", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("pair_id", sa.String(length=36), nullable=True),
        sa.Column("decided_by", sa.String(length=24), nullable=False),
        sa.Column("decided_at", UtcTime(timezone=True), nullable=True),
        *_keys(
            "match_suggestion", run_id="match_run", cohort_id="cohort", junior_id="person", senior_id="person",
            pair_id="pair",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_suggestion")),
    )  # fmt: skip


def _of_cohort(name: str, key: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        *columns,
        *_keys(name, cohort_id="cohort"),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
    )


def _keys(name: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}_{table}"))
        for column, table in columns.items()
    ]


def _indexes(name: str, *columns: str) -> None:
    with op.batch_alter_table(name, schema=None) as batch_op:
        for some in columns:
            which = some.split()
            batch_op.create_index(batch_op.f(f"ix_{name}_{'_'.join(which)}"), which, unique=False)


def _invitations() -> None:
    """Who was asked to take part."""
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("cohort_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("invited_by", sa.String(length=24), nullable=False),
        sa.Column("at", UtcTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("answered_at", UtcTime(timezone=True), nullable=True),
        sa.Column("reminded_at", UtcTime(timezone=True), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_invitation_cohort_id_cohort")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("cohort_id", "user_id", name=op.f("uq_invitation_cohort_id_user_id")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_team_id_user_id"), ["team_id", "user_id"], unique=False)


def _preparing() -> None:
    """Minutes of agenda lines, answers to icebreakers, topics in session 1, contracts."""
    with op.batch_alter_table("agenda_line", schema=None) as batch_op:
        batch_op.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("was_parked", sa.Boolean(), server_default=sa.false(), nullable=False))
    moment = UtcTime(timezone=True)
    _prepared(
        "icebreaker_answer",
        _new_id(),
        sa.Column("item_id", sa.String(length=48), nullable=False),
        _person("icebreaker_answer", "person_id"),
        sa.Column("text", Sealed(4096), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("revealed_at", moment, nullable=True),
        sa.UniqueConstraint(
            "pair_id", "item_id", "person_id", name=op.f("uq_icebreaker_answer_pair_id_item_id_person_id")
        ),
        key=["id"],
    )
    _prepared(
        "early_topics",
        _person("early_topics", "asked_by"),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("agreed_at", moment, nullable=True),
        key=["pair_id"],
    )
    _prepared(
        "contract",
        _new_id(),
        sa.Column("version", sa.Integer(), nullable=False),
        _person("contract", "author_id"),
        sa.Column("at", moment, nullable=False),
        sa.Column("principles", JsonText(), nullable=False),
        sa.Column("cadence_days", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.UniqueConstraint("pair_id", "version", name=op.f("uq_contract_pair_id_version")),
        key=["id"],
    )
    _prepared(
        "contract_line",
        _new_id(),
        _of_contract("contract_line"),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _person("contract_line", "author_id"),
        sa.Column("text", Sealed(2048), nullable=False),
        key=["id"],
    )
    _prepared(
        "contract_agreement",
        _of_contract("contract_agreement"),
        _person("contract_agreement", "person_id"),
        sa.Column("at", moment, nullable=False),
        sa.Column("fits_at", moment, nullable=True),
        key=["contract_id", "person_id"],
    )
    op.create_table(
        "contract_setting",
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column("exceptions", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_contract_setting")),
    )
    op.create_index(op.f("ix_contract_line_contract_id"), "contract_line", ["contract_id"])
    op.create_index(op.f("ix_contract_line_pair_id"), "contract_line", ["pair_id"])
    op.create_index(op.f("ix_contract_agreement_pair_id"), "contract_agreement", ["pair_id"])


def _prepared(table: str, *columns: Any, key: list[str]) -> None:
    """A table of what a pair prepares with."""
    op.create_table(
        table,
        sa.Column("team_id", sa.String(length=24), nullable=False),
        sa.Column(
            "pair_id", sa.String(length=36), sa.ForeignKey("pair.id", name=op.f(f"fk_{table}_pair_id_pair")),
            nullable=False,
        ),
        *columns,
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
    )  # fmt: skip


def _new_id() -> Any:
    return sa.Column("id", sa.String(length=36), nullable=False)


def _person(table: str, column: str) -> Any:
    key = sa.ForeignKey("person.id", name=op.f(f"fk_{table}_{column}_person"))
    return sa.Column(column, sa.String(length=36), key, nullable=False)


def _of_contract(table: str) -> Any:
    key = sa.ForeignKey("contract.id", name=op.f(f"fk_{table}_contract_id_contract"))
    return sa.Column("contract_id", sa.String(length=36), key, nullable=False)
