"""The one clock of the playground: it stands still or ticks, and it is moved forward on purpose."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

Mover = Callable[[datetime], Awaitable[None]]

PRESETS = (
    ("hour", "+1 hour"),
    ("day", "next day"),
    ("morning", "next morning"),
    ("monday", "next Monday"),
)


class Clock:
    """Tells what time it is in the playground, in UTC; `ticking` lets real seconds pass on top of it."""

    def __init__(self, start: datetime, *, ticking: bool = False) -> None:
        self._base = _aware(start)
        self._since = time.monotonic() if ticking else None
        self._mover: Mover | None = None
        self._listeners: list[Callable[[datetime], None]] = []

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        if self._since is None:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._since)

    def set(self, instant: datetime) -> None:
        """Jumps to an instant; raises ValueError for a naive one or one that lies in the past."""
        target = _aware(instant)
        if target < self._base:
            raise ValueError(f"the clock only moves forward: it is {self._base.isoformat()} already")
        self._base = max(target, self.now())
        if self._since is not None:
            self._since = time.monotonic()
        for listener in self._listeners:
            listener(target)

    def tick(self, ticking: bool) -> None:
        """Lets real time pass from now on, or holds the clock still."""
        self._base = self.now()
        self._since = time.monotonic() if ticking else None

    def register_mover(self, mover: Mover | None) -> None:
        """Hands the work of moving to the host, which then calls `set` in steps of its own."""
        self._mover = mover

    def on_change(self, listener: Callable[[datetime], None]) -> None:
        """Calls `listener(now)` after each jump."""
        self._listeners.append(listener)

    async def move_to(self, instant: datetime) -> None:
        """Moves forward, through the host's mover where there is one."""
        target = _aware(instant)
        if target < self.now():
            raise ValueError("the clock only moves forward")
        if self._mover is None:
            self.set(target)
        else:
            await self._mover(target)


def preset(name: str, now: datetime, zone: str) -> datetime:
    """The instant behind a button of the page, in UTC; raises KeyError for an unknown name."""
    local = now.astimezone(ZoneInfo(zone))
    if name == "hour":
        return now + timedelta(hours=1)
    if name == "day":
        return _later(local, local.hour, local.minute, lambda day: True)
    if name == "morning":
        return _later(local, 9, 55, lambda day: True)
    if name == "monday":
        return _later(local, 9, 5, lambda day: day.weekday() == 0)
    raise KeyError(name)


def _later(local: datetime, hour: int, minute: int, fits: Callable[[datetime], bool]) -> datetime:
    day = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    while day.astimezone(UTC) <= local.astimezone(UTC) or not fits(day):
        day += timedelta(days=1)
    return day.astimezone(UTC)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a naive datetime does not say which instant it means")
    return instant.astimezone(UTC)
