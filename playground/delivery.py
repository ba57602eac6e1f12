"""How the app gets to know of things: an acknowledged hand-over, and retries of events."""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from playground.errors import Json

RETRIES = 3
SLACKS_DELAYS = (0.0, 60.0, 300.0)  # seconds: almost at once, after a minute, after five minutes
HURRIED_DELAYS = (0.0, 0.5, 2.0)


@dataclass(frozen=True)
class Ack:
    """What came back: whether in time, why not (operation_timeout, dispatch_failed), and the answer.

    `reason` is what Slack gives as the reason of the retry, `final` that the app asked for none.
    """

    ok: bool
    error: str | None = None
    payload: Json = field(default_factory=dict)
    reason: str = "unknown_error"
    final: bool = False


class Channel(Protocol):
    """A way to the app: Socket Mode or signed HTTP requests."""

    async def send(self, kind: str, payload: Json, seconds: float, retry: Json | None = None) -> Ack:
        """Hands over one payload and waits for the acknowledgement, `seconds` of real time at most."""

    async def close(self) -> None:
        """Ends what is open."""


class Events:
    """Sends events, each up to three times more while nobody acknowledges it."""

    def __init__(self, retry_delays: tuple[float, ...] = HURRIED_DELAYS) -> None:
        self.retry_delays = retry_delays  # real seconds
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, channel: Channel, payload: Json, seconds: float) -> Ack:
        """The first attempt; where it fails, retries go on in the background."""
        ack = await channel.send("events_api", payload, seconds)
        if not ack.ok and not ack.final:
            task = asyncio.create_task(self._retry(channel, payload, seconds, ack))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return ack

    async def _retry(self, channel: Channel, payload: Json, seconds: float, ack: Ack) -> None:
        for attempt in range(1, RETRIES + 1):
            await asyncio.sleep(self.retry_delays[attempt - 1])
            retry = {"retry_attempt": attempt, "retry_reason": ack.reason}
            ack = await channel.send("events_api", payload, seconds, retry)
            if ack.ok or ack.final:
                return

    async def settle(self) -> None:
        """Waits until no retry is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Gives up all retries."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
