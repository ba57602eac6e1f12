"""Sessions, played through: booked, prepared, reminded of, and accounted for."""

from datetime import UTC, datetime, timedelta

import pytest

from playground.person import Person
from tests.end_to_end.conftest import Town
from tests.world import seed


def space(person: Person) -> str:
    """The pair space as this person sees it."""
    return next(c["id"] for c in person.conversations() if c["kind"] == "mpim")


async def test_a_session_is_booked_prepared_held_and_followed_by_the_check_in(town: Town) -> None:
    await seed(town.house.kit)
    ana, bo = town.person("ana"), town.person("bo")
    await bo.command("/revmentor schedule")
    done = await bo.submit({"When?": "2026-03-10 14:00", "Where?": "Room 4 <!channel>"})
    assert done.ok and done.closed
    await town.settle()
    said = town.said(ana, space(ana))
    assert "A session is booked." in said and "Room 4 &lt;!channel&gt;" in said
    await town.until(datetime(2026, 3, 8, 17, tzinfo=UTC))
    said = town.said(ana, space(ana))
    assert "pick three" in said and "Getting to know each other" in said
    await ana.press("Use this")
    await town.settle()
    assert "The agenda is agreed." in town.said(bo, space(bo))
    await town.until(datetime(2026, 3, 10, 12, 30, tzinfo=UTC))
    assert "Your session is coming up." in town.said(bo, space(bo))
    await town.until(datetime(2026, 3, 11, 9, 30, tzinfo=UTC))
    assert "Did you and" in town.said(ana) and "Did you and" in town.said(bo)
    await ana.press("We met")
    assert "Noted: you met" in town.said(ana)
    await town.until(datetime(2026, 3, 13, 12, tzinfo=UTC))
    assert "Quick private check-in" in town.said(ana)
