"""Slack's own rate limits, which can be switched on: a number of calls a minute per method, one message a second."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}  # calls a minute
SPECIAL = 300  # where Slack only says "hundreds a minute", or "some hundreds a workspace" for posting
METHOD_TIERS = {
    "apps.connections.open": 1,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.create": 2,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.invite": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "files.completeUploadExternal": 4,
    "files.delete": 3,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "users.info": 4,
    "users.list": 2,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}


@dataclass
class Bucket:
    """What may still be called: `level` refills by `rate` a second up to `most`."""

    most: float
    rate: float
    level: float
    at: datetime

    def wait(self, now: datetime) -> float:
        """Refills, and tells in how many seconds there is room for one call; 0 where there is room now."""
        passed = max((now - self.at).total_seconds(), 0.0)
        self.level, self.at = min(self.most, self.level + passed * self.rate), now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate


class Limits:
    """Counts calls on the playground's clock while `on`; `burst` messages a channel may follow upon each other."""

    def __init__(self, now: Callable[[], datetime], *, on: bool = False, burst: int = 1) -> None:
        self._now = now
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self.on = on
        self.burst = burst

    def take(self, method: str, channel: str = "") -> float:
        """Lets a call through and returns 0, or the seconds after which to come again.

        A call that is turned away costs nothing.
        """
        if not self.on:
            return 0.0
        now = self._now()
        buckets = [self._bucket((method, ""), self._calls(method), now)]
        if method == "chat.postMessage" and channel:
            buckets.append(self._bucket((method, channel), (self.burst, 1.0), now))
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait == 0:
            for bucket in buckets:
                bucket.level -= 1
        return wait

    def _calls(self, method: str) -> tuple[float, float]:
        tier = METHOD_TIERS.get(method)
        most = SPECIAL if tier is None else TIERS[tier]
        return most, most / 60

    def _bucket(self, key: tuple[str, str], size: tuple[float, float], now: datetime) -> Bucket:
        most, rate = size
        return self._buckets.setdefault(key, Bucket(most, rate, most, now))
