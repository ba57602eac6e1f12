"""The clock: it moves forward only, in the viewer's zone, and asks the host to do the moving."""

from datetime import UTC, datetime, timedelta

import pytest

from playground.clock import Clock, preset

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "zone", "wanted"),
    [
        ("hour", "Europe/Berlin", datetime(2026, 3, 2, 10, 0, tzinfo=UTC)),
        ("day", "Europe/Berlin", datetime(2026, 3, 3, 9, 0, tzinfo=UTC)),
        ("morning", "Europe/Berlin", datetime(2026, 3, 3, 8, 55, tzinfo=UTC)),
        ("morning", "America/New_York", datetime(2026, 3, 2, 14, 55, tzinfo=UTC)),
        ("monday", "Europe/Berlin", datetime(2026, 3, 9, 8, 5, tzinfo=UTC)),
        ("monday", "America/New_York", datetime(2026, 3, 2, 14, 5, tzinfo=UTC)),
    ],
)
def test_a_preset_is_meant_in_the_viewers_zone(name: str, zone: str, wanted: datetime) -> None:
    assert preset(name, MONDAY, zone) == wanted


def test_the_next_day_keeps_the_wall_clock_over_a_change_of_time() -> None:
    saturday = datetime(2026, 3, 28, 9, 0, tzinfo=UTC)
    assert preset("day", saturday, "Europe/Berlin") == datetime(2026, 3, 29, 8, 0, tzinfo=UTC)


def test_the_clock_refuses_the_past_and_naive_instants() -> None:
    clock = Clock(MONDAY)
    with pytest.raises(ValueError, match="forward"):
        clock.set(MONDAY - timedelta(seconds=1))
    with pytest.raises(ValueError, match="naive"):
        clock.set(MONDAY.replace(tzinfo=None))
    assert clock.now() == MONDAY


def test_a_ticking_clock_can_be_held() -> None:
    clock = Clock(MONDAY, ticking=True)
    assert clock.now() > MONDAY
    clock.tick(False)
    assert clock.now() == clock.now()


async def test_the_host_moves_in_steps_and_everybody_hears_of_each() -> None:
    clock = Clock(MONDAY)
    heard: list[datetime] = []
    clock.on_change(heard.append)

    async def mover(target: datetime) -> None:
        while clock.now() < target:
            clock.set(min(clock.now() + timedelta(hours=1), target))

    clock.register_mover(mover)
    await clock.move_to(MONDAY + timedelta(minutes=150))
    assert heard == [MONDAY + timedelta(minutes=minutes) for minutes in (60, 120, 150)]
