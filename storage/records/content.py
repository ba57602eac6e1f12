"""What coordinators made of the programme's own texts, and which lessons a person has had."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class ContentKind(StrEnum):
    """The texts that coordinators may switch off, change, or add to."""

    ICEBREAKER = "icebreaker"
    AGENDA = "agenda"
    LESSON = "lesson"
    PRINCIPLE = "principle"
    NUDGE = "nudge"


@dataclass(frozen=True, slots=True)
class ContentItem:
    """One text that is not as it was shipped: the coordinators' own, a changed one, or one that is switched off.

    `body` holds what its pack would say (None: the shipped text stands); `before` is the state that undo brings back.
    Ids never change and rows never go while something may name them.
    """

    kind: ContentKind
    item_id: str
    body: Mapping[str, Any] | None
    off: bool
    added_at: datetime
    changed_at: datetime
    before: Mapping[str, Any] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LessonMark:
    """That a lesson was sent to a Slack account, or read there; known to nobody else."""

    user_id: str
    lesson_id: str
    sent_at: datetime | None
    read_at: datetime | None
