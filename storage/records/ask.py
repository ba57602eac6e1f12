"""What a junior was offered: words for asking, after she has said *not yet* several times."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.records.checkin import Question


@dataclass(frozen=True, slots=True)
class Offers:
    """A junior's offers in one pair; it gives her answers away, and is stored sealed whether or not there was one.

    `made` is when each question was last offered (UTC); `waiting` is one that she has not answered yet.
    """

    made: Mapping[Question, datetime] = field(default_factory=dict)
    waiting: Question | None = None
