"""The one metadata, its naming convention, and columns that many tables share."""

from sqlalchemy import Column, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id() -> Column[str]:
    return Column("id", String(36), primary_key=True)


def team() -> Column[str]:
    """Slack's workspace id: every row has one, every query takes it."""
    return Column("team_id", String(24), nullable=False)
