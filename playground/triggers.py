"""Trigger ids: a person's gesture, good for one modal within three real seconds."""

import time
from collections import OrderedDict
from dataclasses import dataclass

from playground.errors import SlackError
from playground.ids import Ids

LIFETIME = 3.0
_KEPT = 2000


@dataclass
class Trigger:
    """Whose gesture it was, when it runs out (monotonic seconds), and from which view it came."""

    user_id: str
    expires: float
    view_id: str | None = None
    used: bool = False


class Triggers:
    """Issues and exchanges trigger ids."""

    def __init__(self, ids: Ids, team_id: str) -> None:
        self._ids = ids
        self._team = team_id
        self._issued: OrderedDict[str, Trigger] = OrderedDict()
        self.lifetime = LIFETIME

    def issue(self, user_id: str, view_id: str | None = None) -> str:
        """A fresh trigger id for a person."""
        number = self._ids.number("trigger")
        trigger_id = f"{13_000_000 + number}.{70_000 + len(self._team)}.{number * 2654435761 % 2**32:08x}"
        self._issued[trigger_id] = Trigger(user_id, time.monotonic() + self.lifetime, view_id)
        while len(self._issued) > _KEPT:
            self._issued.popitem(last=False)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Uses a trigger up; raises SlackError for one that is unknown, used or too old."""
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
