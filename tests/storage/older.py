"""Databases of earlier versions, with something in every table."""

from datetime import date, datetime

from alembic import command
from sqlalchemy import Connection, MetaData, func, insert, select

from storage.migrate import alembic_config
from tests.clockwork import MONDAY


def upgrade(connection: Connection, revision: str) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def one_row_in_every_table(connection: Connection) -> dict[str, int]:
    """Fills what is empty, and tells how many rows each table has."""
    found = MetaData()
    found.reflect(connection)
    values = {str: "1", int: 1, bool: True, bytes: b"\x01", datetime: MONDAY, date: MONDAY.date()}
    counts = {}
    for table in found.sorted_tables:
        counts[table.name] = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if not counts[table.name]:
            row = {column.name: values[column.type.python_type] for column in table.columns}
            connection.execute(insert(table).values(row))
    return counts
