"""What the forms and messages about somebody's data are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Tables = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Overview:
    """Who sees what: k of the programme and the safe contacts (Slack ids)."""

    k: int
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything stored about the reader, table by table, opened; times are shown in `zone`."""

    tables: Tables
    zone: str


@dataclass(frozen=True, slots=True)
class ErasePlan:
    """What an erasure would do beside deleting: pairs that end, roles that go and that stay."""

    pairs: int
    coordinator: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Exported:
    """The file is in the receiver's DM, until a moment."""

    until: datetime
    zone: str
