"""What a junior was offered: words for asking, after she has said *not yet* several times."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.records.checkin import Question


@dataclass(frozen=True, slots=True)
class Offers:
    """One junior's offers; it gives her answers away, and is stored sealed whether or not there was one.

    `made` is when each question was last offered (UTC). `waiting` is one that she has not answered yet, in the pair
    `pair_id`, which otherwise is the pair of her latest check-in.
    """

    pair_id: str = ""
    made: Mapping[Question, datetime] = field(default_factory=dict)
    waiting: Question | None = None
