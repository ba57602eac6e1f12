"""What is counted while the bot works: numbers under fixed names, never who or what.

A message counts under where it goes, not under its kind: a kind can follow from what one person answered.
"""

from bisect import bisect_left
from collections import Counter

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Upper bounds in seconds; Slack gives up after three."""


class Count:
    """A number that only grows, one per label."""

    def __init__(self) -> None:
        self.values: Counter[str] = Counter()

    def add(self, label: str) -> None:
        self.values[label] += 1


class Spent:
    """How long things took, one histogram per label, in seconds."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}
        self.sums: dict[str, float] = {}

    def add(self, label: str, seconds: float) -> None:
        counts = self.counts.setdefault(label, [0] * (len(BUCKETS) + 1))
        counts[bisect_left(BUCKETS, seconds)] += 1
        self.sums[label] = self.sums.get(label, 0.0) + seconds


sent = Count()
"""Messages that Slack has, by target."""
put_off = Count()
"""Sends that did not work and will be tried again, by target."""
set_aside = Count()
"""Messages that were given up, by target."""
refused = Count()
"""Requests that were turned away at the HTTP door, by reason."""
failed = Count()
"""What ended in an error of ours, by where: handler (answered with a number), event and request (sent again)."""
answered = Spent()
"""From a request's arrival to its acknowledgement, by kind of request."""
