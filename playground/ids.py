"""Ids with Slack's look that come from counters, so that two runs of a story give the same ones."""

from collections import Counter


class Ids:
    """Hands out ids such as D07PG00001 and timestamps that are unique and increase."""

    def __init__(self) -> None:
        self._counters: Counter[str] = Counter()
        self._last_ts = 0

    def next(self, prefix: str) -> str:
        """The next id of a family: C channel, D direct message, G group message, V view, F file."""
        return f"{prefix}07PG{self.number(prefix):06d}"

    def number(self, family: str) -> int:
        """The next plain number of a family."""
        self._counters[family] += 1
        return self._counters[family]

    def ts(self, seconds: float) -> str:
        """A message timestamp at (or just after) an instant given in seconds since 1970."""
        micros = max(int(seconds * 1_000_000), self._last_ts + 100)
        self._last_ts = micros
        return ts_text(micros)

    def short(self, family: str) -> str:
        """Five letters and digits such as Slack makes up for a block that names none."""
        number, letters = self.number(family), ""
        for _ in range(5):
            number, digit = divmod(number * 7 + 3, 36)
            letters += "0123456789abcdefghijklmnopqrstuvwxyz"[digit]
        return f"{letters}{self._counters[family]:x}"


def ts_micros(ts: str) -> int:
    """The microseconds in a timestamp such as 1700000000.000100; raises ValueError for anything else."""
    whole, _, part = ts.partition(".")
    return int(whole) * 1_000_000 + int((part or "0").ljust(6, "0")[:6])


def ts_text(micros: int) -> str:
    """A timestamp as Slack writes it."""
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
