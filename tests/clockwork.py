"""A clock that tests move: nothing sleeps."""

from datetime import UTC, datetime, timedelta

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class MovableClock:
    """Call it for the time; `move` and `set` change it."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        self.now = now

    def move(self, **by: float) -> datetime:
        """`move(hours=2)`, as `timedelta` takes it."""
        self.now += timedelta(**by)
        return self.now
