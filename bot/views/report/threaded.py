"""A message that goes into a thread."""

from dataclasses import dataclass
from typing import Any

from bot.views.parts import Message


@dataclass(frozen=True, slots=True)
class ThreadedMessage(Message):
    """`thread` is Slack's `ts` of the message it belongs under."""

    thread: str

    def payload(self) -> dict[str, Any]:
        # slots make a new class of this one, so `super()` without arguments would look for the old
        return Message.payload(self) | {"thread_ts": self.thread}
