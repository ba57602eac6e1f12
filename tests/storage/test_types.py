"""Times come back aware and in UTC, whatever zone they were given in; small structures come back as they were."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError

from storage import due
from storage import tables as t
from storage.store import Store
from storage.types import JsonText, UtcTime
from tests.clockwork import MONDAY
from tests.storage.test_due import item

ZONES = [UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), timezone(timedelta(hours=5, minutes=45))]


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
@given(st.integers(0, 4_000_000_000), st.sampled_from(ZONES))
def test_an_instant_stays_the_same_instant(dialect: object, seconds: int, zone: tzinfo) -> None:
    given_ = datetime.fromtimestamp(seconds, zone)
    kind = UtcTime()
    back = kind.process_result_value(kind.process_bind_param(given_, dialect), dialect)  # type: ignore[arg-type]
    assert back is not None and back == given_.astimezone(UTC) and back.tzinfo is UTC


async def test_a_time_in_another_zone_is_compared_as_an_instant(store: Store) -> None:
    berlin = MONDAY.astimezone(ZoneInfo("Europe/Berlin"))
    async with store.write("T1") as tx:
        await due.add(tx, item(due_at=berlin))
        assert len(await due.ready(tx, MONDAY, 5)) == 1
        assert await due.ready(tx, (MONDAY - timedelta(seconds=1)).astimezone(ZoneInfo("Asia/Tokyo")), 5) == []
        assert (await due.ready(tx, MONDAY, 5))[0].due_at.tzinfo is UTC


async def test_a_naive_time_is_refused_in_a_question_too(store: Store) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with store.read("T1") as tx:
            await tx.conn.execute(select(t.due).where(t.due.c.due_at < MONDAY.replace(tzinfo=None)))


async def test_a_naive_time_is_refused_in_a_change_too(store: Store) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with store.write("T1") as tx:
            await tx.conn.execute(update(t.due).values(due_at=MONDAY.replace(tzinfo=None)))


@pytest.mark.parametrize("value", [{}, [], {"a": ["ü", 1, None]}, "text", 0, False])
def test_a_structure_comes_back_as_it_was(value: object) -> None:
    kind, dialect = JsonText(), sqlite.dialect()
    assert kind.process_result_value(kind.process_bind_param(value, dialect), dialect) == value


def test_nothing_stays_nothing() -> None:
    dialect = sqlite.dialect()
    for kind in (JsonText(), UtcTime()):
        assert kind.process_bind_param(None, dialect) is None and kind.process_result_value(None, dialect) is None
