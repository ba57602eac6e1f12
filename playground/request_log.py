"""The request log: the last calls in both directions, with tokens blanked when they are shown."""

import json
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from playground.errors import Json

_TOKEN = re.compile(r"\b(xox[a-z]|xapp)-[\w-]+")


@dataclass(frozen=True)
class Row:
    """One call; request and answer are kept as they came and made readable only when somebody looks."""

    n: int
    at: datetime
    direction: str
    what: str
    status: int | str
    ms: float
    request: Any
    response: Any

    def to_page(self) -> Json:
        """The row as the page's request panel gets it."""
        return {
            "n": self.n,
            "at_iso": self.at.isoformat(),
            "direction": self.direction,
            "what": self.what,
            "status": self.status,
            "ms": round(self.ms, 1),
            "request": _readable(self.request),
            "response": _readable(self.response),
        }


class RequestLog:
    """A ring of the last rows; `on_row` is told of each new one."""

    def __init__(self, size: int = 2000) -> None:
        self._rows: deque[Row] = deque(maxlen=size)
        self._count = 0
        self.on_row: Callable[[Row], None] | None = None

    def add(
        self,
        at: datetime,
        direction: str,
        what: str,
        status: int | str,
        ms: float,
        request: Any,
        response: Any,
    ) -> None:
        """Notes a call; `ms` is how long it took in real milliseconds."""
        self._count += 1
        row = Row(self._count, at, direction, what, status, ms, request, response)
        self._rows.append(row)
        if self.on_row is not None:
            self.on_row(row)

    @property
    def count(self) -> int:
        """How many calls there were in all."""
        return self._count

    def rows(self, limit: int = 200) -> list[Json]:
        """The newest rows, oldest first."""
        return [row.to_page() for row in list(self._rows)[-limit:]] if limit > 0 else []


def blank(text: str) -> str:
    """The text with every token replaced by its kind."""
    return _TOKEN.sub(r"\1-…", text)


def _readable(value: Any) -> Any:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    try:
        return json.loads(blank(text))
    except ValueError:
        return blank(text)
