"""Column types that refuse what must never be stored: naive times and readable private text."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

SEALED_MARK = b"\x01"
REMOVED = SEALED_MARK
"""What stands in a sealed cell whose text was taken away: the mark, and nothing behind it."""


class UtcTime(TypeDecorator[datetime]):
    """An instant, always aware and always UTC; SQLite keeps it as sortable text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored; attach a zone first")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[bytes]):
    """Bytes that came out of the vault; `size` is the padded length in bytes, so that length tells nothing.

    Anything that the vault did not seal is refused, so a forgotten encryption fails at once instead of leaking.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def __repr__(self) -> str:
        return f"Sealed({self.size})"  # how a generated migration spells it

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is not None and not (isinstance(value, bytes) and value.startswith(SEALED_MARK)):
            raise ValueError("a sealed column takes only what the vault sealed")
        return value


class JsonText(TypeDecorator[Any]):
    """Small structures of ids and settings, as text: the same on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
