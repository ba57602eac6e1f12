"""What a run is made of, handed from the parent to every bot it starts."""

import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

POINTS = (
    "leased", "drawn", "place_found", "attempt_recorded", "sent", "before_mark", "marked", "failed", "looked",
    "due_claimed", "due_done", "due_committed",
)  # fmt: skip
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEAM = "T07PG00001"


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths, and the shared clock: START at `epoch` on the machine's monotonic clock, and `speed` times as fast."""

    database: str
    master: str
    errors: str
    api_url: str
    epoch: float
    speed: float

    def clock(self) -> datetime:
        return START + timedelta(seconds=(time.monotonic() - self.epoch) * self.speed)

    def virtual(self, seconds: float) -> timedelta:
        """So many real seconds, on the shared clock."""
        return timedelta(seconds=seconds * self.speed)

    def values(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def of(cls, values: dict[str, object]) -> Self:
        return cls(**values)  # type: ignore[arg-type]
