"""What is kept about consent and about export files."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A person's export: asked for, then a file in Slack, then gone from there again."""

    id: str
    team_id: str
    user_id: str
    asked_at: datetime
    file_id: str | None
    shared_at: datetime | None
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of ours that stands in Slack."""

    channel: str
    ts: str
