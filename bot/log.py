"""Logging: one JSON line per happening, of ids and counts only.

Fields that are not known to be harmless are dropped, so that a careless call cannot leak. Libraries log bodies and
parameters (slack_sdk at DEBUG, Bolt at INFO on a bad signature): of their lines only the place is kept.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

HARMLESS = frozenset(
    {
        "team", "user", "letter", "due", "kind", "job", "state", "reason", "reference", "error", "method", "status",
        "n", "ms", "attempts", "courier", "command", "action", "event_type", "version", "port", "signal", "where",
        "host", "mode", "path", "seconds", "skipped", "sent", "dead", "waiting", "logger", "step",
    }
)  # fmt: skip
_LONGEST = 120
_LIBRARIES = ("slack_sdk", "slack_bolt", "aiohttp", "apscheduler", "sqlalchemy", "aiosqlite", "asyncio", "matplotlib")

Line = MutableMapping[str, Any]

log: structlog.stdlib.BoundLogger = structlog.get_logger("revmentor")


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Write JSON lines to `stream` (stderr). `level` is for our own lines; libraries speak from WARNING on."""
    out = stream or sys.stderr
    threshold = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where_it_broke,
            only_harmless,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = _Place()
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def only_harmless(_logger: Any, _method: str, line: Line) -> Line:
    """Keep the fields that are ids, counts and names of ours, shortened; name the others without their values."""
    kept: dict[str, Any] = {key: line[key] for key in ("event", "level", "timestamp", "trace") if key in line}
    kept |= {key: _short(value) for key, value in line.items() if key in HARMLESS}
    dropped = sorted(line.keys() - kept.keys())
    return kept | ({"dropped": dropped} if dropped else {})


def _short(value: Any) -> Any:
    return value if isinstance(value, int | float | None) else str(value)[:_LONGEST]


def _where_it_broke(_logger: Any, _method: str, line: Line) -> Line:
    """An exception as its type and places; its message may quote what a person wrote."""
    given = line.pop("exc_info", None)
    problem = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(problem, BaseException):
        line["error"] = type(problem).__name__
        frames = traceback.extract_tb(problem.__traceback__)
        line["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return line


class _Place(logging.Handler):
    """A library's line, as who said it and where; never its words."""

    def emit(self, record: logging.LogRecord) -> None:
        where = f"{record.module}:{record.lineno}"
        log.log(record.levelno, "library", logger=record.name, where=where, exc_info=record.exc_info or None)
