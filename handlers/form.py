"""What a person filled in: Slack's view state as typed, cleaned values."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.refusals import Refusal
from handlers.shape import mapping, mappings, string

_LAST = 32_503_680_000  # the year 3000: what lies behind it cannot be reckoned with


class Form:
    """The state of a modal (or of a message's inputs), read by field name: block id and action id are the same."""

    def __init__(
        self, values: Mapping[str, Mapping[str, Mapping[str, Any]]], inputs: Sequence[str] | None = None
    ) -> None:
        """`inputs` are the block ids under which Slack shows an error; a menu in a section has no such place."""
        blocks = {str(block_id): mapping(block) for block_id, block in mapping(values).items()}
        self._fields = {name: mapping(state) for block in blocks.values() for name, state in block.items()}
        self._blocks = {name: block_id for block_id, block in blocks.items() for name in block}
        self.inputs = tuple(values if inputs is None else inputs)
        self.first = next(iter(self.inputs), None)

    def has(self, name: str) -> bool:
        """Whether the modal showed this field at all."""
        return name in self._fields

    def block_of(self, name: str | None) -> str | None:
        """The id of the block that holds a field: its name, unless a modal gave it another to set its value anew."""
        return self._blocks.get(name, name) if name is not None else None

    def text(self, name: str, *, required: bool = False) -> str:
        """Trimmed text without control characters. Raises Refusal under the field when only spaces came."""
        text = string(self._field(name).get("value")).strip()
        if required and not text:
            raise Refusal("common.errors.only_spaces", field=name)
        return text

    def raw(self, name: str) -> str:
        """Text as it was pasted, where tabs and empty lines mean something."""
        value = self._field(name).get("value")
        return value if isinstance(value, str) else ""

    def choice(self, name: str) -> str | None:
        """The value of the one chosen option, or None."""
        return string(mapping(self._field(name).get("selected_option")).get("value")) or None

    def choices(self, name: str) -> tuple[str, ...]:
        """The values of all chosen options of checkboxes or a multi-select."""
        return tuple(string(option.get("value")) for option in mappings(self._field(name).get("selected_options")))

    def instant(self, name: str) -> datetime | None:
        """A date-time picker's instant, aware, in UTC. Raises Refusal under the field for what is none."""
        seconds = self._field(name).get("selected_date_time")
        if seconds is None:
            return None
        if not isinstance(seconds, int) or not 0 < seconds < _LAST:
            raise Refusal("common.errors.pick_one", field=name)
        return datetime.fromtimestamp(seconds, UTC)

    def day(self, name: str) -> date | None:
        """A date picker's day. Raises Refusal under the field for a day that no calendar has."""
        picked = self._field(name).get("selected_date")
        try:
            return date.fromisoformat(string(picked)) if picked else None
        except ValueError:
            raise Refusal("common.errors.pick_one", field=name) from None

    def user(self, name: str) -> str | None:
        """A Slack user id from a people picker."""
        return string(self._field(name).get("selected_user")) or None

    def users(self, name: str) -> tuple[str, ...]:
        picked = self._field(name).get("selected_users")
        return tuple(string(user) for user in picked) if isinstance(picked, list) else ()

    def file(self, name: str) -> str | None:
        """The id of the one file that was chosen."""
        return next((string(file.get("id")) for file in mappings(self._field(name).get("files"))), None) or None

    def channel(self, name: str) -> str | None:
        state = self._field(name)
        return string(state.get("selected_conversation")) or string(state.get("selected_channel")) or None

    def _field(self, name: str) -> Mapping[str, Any]:
        return self._fields.get(name, {})
