"""No table, and no column that names a person, is forgotten when that person goes, or when they ask what is stored."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Table

from storage.privacy import FATES
from storage.privacy.retention import _CHILDREN as CHILDREN
from storage.tables import metadata
from storage.types import Sealed

TABLES = sorted(metadata.sorted_tables, key=lambda table: table.name)
NAMING = {
    "user_id", "to", "actor", "recipient", "manager_id", "findings_owner", "safe_contact_1", "safe_contact_2",
    "added_by", "created_by", "declared_by", "invited_by", "decided_by", "first", "second", "to_user",
}  # fmt: skip
"""Columns that hold a Slack account; a new one belongs here and into the table's fate."""


def named(table: Table) -> Iterator[str]:
    """The columns that say who somebody is, by our id or by Slack's."""
    for column in table.c:
        ours = any(key.target_fullname == "person.id" for key in column.foreign_keys)
        if ours or column.name in NAMING:
            yield column.name


def test_every_table_has_a_fate_and_no_fate_is_left_over() -> None:
    assert set(FATES) == {table.name for table in TABLES}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_that_names_somebody_is_decided_about(table: Table) -> None:
    fate = FATES[table.name]
    assert set(named(table)) - {*fate.mine, *fate.names} == set()
    assert {*fate.mine, *fate.names, *fate.blank, *fate.secret} <= set(table.c.keys())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_is_sealed_goes_with_its_person_and_is_in_the_export(table: Table) -> None:
    fate = FATES[table.name]
    for column in table.c:
        if isinstance(column.type, Sealed):
            assert fate.deleted or column.name in fate.blank, column.name
            assert fate.exported and (column.name not in fate.secret or table.name == "urn"), column.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_stays_and_what_is_not_exported_has_a_reason(table: Table) -> None:
    fate = FATES[table.name]
    stays = not fate.deleted or any(instead is None for instead in fate.names.values())
    assert fate.why or (not stays and fate.exported)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_about_persons_is_exported_or_says_why_not(table: Table) -> None:
    fate = FATES[table.name]
    assert fate.mine or fate.via or not fate.exported
    assert not any(_belongs(column) for column in table.c) or fate.mine or fate.via


def _belongs(column: Column[object]) -> bool:
    return any(key.target_fullname in ("person.id", "checkin.id") for key in column.foreign_keys)


def test_what_hangs_on_a_pair_goes_with_it_when_its_cohort_has_been_over_for_long() -> None:
    """Else the database refuses to let the pair go, and nothing of that cohort ever does."""
    hanging = {table for table in TABLES if any(key.column.table.name == "pair" for key in table.foreign_keys)}
    elsewhere = {"match_suggestion", "nudge"}  # with the runs of the cohort, and with those who got it
    assert {table.name for table in hanging} - elsewhere == {
        table.name for table in CHILDREN if "pair_id" in table.c and table in hanging
    }
