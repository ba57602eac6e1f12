"""What a person filled in: Slack's view state as typed, cleaned values."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.refusals import Refusal
from prompts import clean


class Form:
    """The state of a modal (or of a message's inputs), read by field name: block id and action id are the same."""

    def __init__(
        self, values: Mapping[str, Mapping[str, Mapping[str, Any]]], inputs: Sequence[str] | None = None
    ) -> None:
        """`inputs` are the block ids under which Slack shows an error; a menu in a section has no such place."""
        self._fields = {name: state for block in values.values() for name, state in block.items()}
        self.inputs = tuple(values if inputs is None else inputs)
        self.first = next(iter(self.inputs), None)

    def has(self, name: str) -> bool:
        """Whether the modal showed this field at all."""
        return name in self._fields

    def text(self, name: str, *, required: bool = False) -> str:
        """Trimmed text without control characters. Raises Refusal under the field when only spaces came."""
        text = clean(self._fields.get(name, {}).get("value") or "").strip()
        if required and not text:
            raise Refusal("common.errors.only_spaces", field=name)
        return text

    def choice(self, name: str) -> str | None:
        """The value of the one chosen option, or None."""
        option = self._fields.get(name, {}).get("selected_option")
        return option["value"] if option else None

    def choices(self, name: str) -> tuple[str, ...]:
        """The values of all chosen options of checkboxes or a multi-select."""
        return tuple(o["value"] for o in self._fields.get(name, {}).get("selected_options") or ())

    def instant(self, name: str) -> datetime | None:
        """A date-time picker's instant, aware, in UTC."""
        seconds = self._fields.get(name, {}).get("selected_date_time")
        return datetime.fromtimestamp(int(seconds), UTC) if seconds is not None else None

    def day(self, name: str) -> date | None:
        picked = self._fields.get(name, {}).get("selected_date")
        return date.fromisoformat(picked) if picked else None

    def user(self, name: str) -> str | None:
        """A Slack user id from a people picker."""
        return self._fields.get(name, {}).get("selected_user")

    def users(self, name: str) -> tuple[str, ...]:
        return tuple(self._fields.get(name, {}).get("selected_users") or ())

    def channel(self, name: str) -> str | None:
        state = self._fields.get(name, {})
        return state.get("selected_conversation") or state.get("selected_channel")
