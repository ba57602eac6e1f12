"""A person at the screen: what stories, tests and the page do all goes through here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playground import elements, file_fields, forms, payloads, pressables
from playground.errors import Json, NoSuchThing, SlackError
from playground.gestures import close_view, send_view
from playground.ids import ts_micros
from playground.pressables import Place, Target
from playground.records import Conversation, Message, User
from playground.views import View

if TYPE_CHECKING:
    from playground.server import Playground


@dataclass(frozen=True)
class CommandResult:
    """Whether a command or click got through, and why not: operation_timeout, dispatch_failed …"""

    ok: bool
    error: str | None = None


@dataclass(frozen=True)
class SubmitResult:
    """What became of a modal: errors by block_id keep it open."""

    ok: bool
    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    error: str | None = None


class Person:
    """One member of the workspace, with hands."""

    def __init__(self, pg: "Playground", user_id: str) -> None:
        self._pg = pg
        self.id = pg.workspace.user(user_id).id

    @property
    def user(self) -> User:
        """The member's record."""
        return self._pg.workspace.user(self.id)

    # what is on the screen

    @property
    def home(self) -> Json | None:
        """The app's Home as published for this person."""
        view = self._pg.views.home(self.id)
        return self._pg.views.to_slack(view) if view else None

    @property
    def modal(self) -> Json | None:
        """The modal on top."""
        view = self._pg.views.top(self.id)
        return self._pg.views.to_slack(view) if view else None

    def conversations(self) -> list[Json]:
        """Where this person is a member, public channels included: id, kind, name, members, unread."""
        return [place.to_page(self.id) for place in self._places()]

    def _places(self) -> list[Conversation]:
        places = self._pg.workspace.conversations.values()
        return [place for place in places if place.kind == "channel" or self.id in place.members]

    def messages(self, conversation_id: str | None = None, since_ts: str | None = None) -> list[Json]:
        """What this person reads, oldest first; without an id, the app's DM."""
        place = self._place(conversation_id)
        if place is None:
            return []
        after = ts_micros(since_ts) if since_ts else 0
        return [m.to_page() for m in place.visible(self.id) if ts_micros(m.ts) > after]

    def _place(self, conversation_id: str | None) -> Conversation | None:
        if conversation_id is None:
            return self._pg.workspace.known_direct(self.id)
        place = self._pg.workspace.conversation(conversation_id)
        if place.kind != "channel" and self.id not in place.members:
            raise SlackError("channel_not_found")
        return place

    # what a person does

    async def command(self, line: str, channel: str | None = None) -> CommandResult:
        """Types a slash command; without a channel, in #general."""
        name, _, text = line.strip().partition(" ")
        place = self._place(channel) if channel else self._pg.workspace.channel_named("general")
        if place is None or (place.kind == "app" and self._pg.manifest.messages_read_only):
            return CommandResult(False, "command_not_available_here")
        if name not in self._pg.manifest.commands:
            return CommandResult(False, f"{name} is not a valid command")
        payload = payloads.command(self._pg, self.id, place, name, text.strip())
        ack = await self._pg.hand_over("slash_commands", line, payload)
        if not ack.ok:
            return self._failed(name, ack.error)
        return self._answered(name, place.id, ack.payload)

    def _answered(self, name: str, channel: str, answer: Json) -> CommandResult:
        if answer.get("text") or answer.get("blocks"):
            try:
                self._pg.response_urls.reply(self.id, channel, answer)
            except SlackError as refusal:
                return self._failed(name, refusal.error)
        return CommandResult(True)

    def _failed(self, what: str, error: str | None) -> CommandResult:
        self._pg.problem(f"{what} failed with the error {error}", self.id)
        return CommandResult(False, error)

    async def open_home(self, tab: str = "home") -> CommandResult:
        """Opens the app; the app is told by app_home_opened."""
        ack = await self._pg.send_event(payloads.home_opened(self._pg, self.id, tab))
        return CommandResult(ack.ok, ack.error)

    async def press(self, label_or_action_id: str, *, in_: Json | None = None, value: Any = None) -> CommandResult:
        """Presses the newest visible thing of that name: in the open modal, then in messages, then in Home.

        `value` chooses in a menu or picker; raises NoSuchThing with all that can be pressed.
        """
        places = [self._named(in_)] if in_ is not None else self._on_screen()
        target = pressables.find(places, label_or_action_id)
        chosen = target.option if value is None else value
        if target.element["type"] != "button":
            zone = self.user.tz
            chosen = forms.understand(target.element, chosen, self._pg.workspace, zone)
        return await self.act(target, chosen)

    def called(self, label_or_action_id: str, *, in_: Json | None = None) -> str:
        """The words on what `press` would press."""
        places = [self._named(in_)] if in_ is not None else self._on_screen()
        return pressables.label(pressables.find(places, label_or_action_id).element) or label_or_action_id

    def _on_screen(self) -> list[Place]:
        top = self._pg.views.top(self.id)
        home = self._pg.views.home(self.id)
        seen = [message for place in self._places() for message in place.visible(self.id)]
        newest: list[Message] = sorted((m for m in seen if m.blocks), key=lambda m: ts_micros(m.ts), reverse=True)
        return [*([top] if top else []), *newest, *([home] if home else [])]

    def _named(self, shown: Json) -> Place:
        if "ts" in shown:
            return self.message(shown["channel"], shown["ts"])
        return self.view(shown["id"])

    def message(self, channel: str, ts: str) -> Message:
        """A message that this person sees; raises SlackError message_not_found."""
        place = self._place(channel)
        for message in place.visible(self.id) if place else []:
            if message.ts == ts:
                return message
        raise SlackError("message_not_found")

    def view(self, view_id: str) -> View:
        """An open view of this person; raises SlackError not_found."""
        view = self._pg.views.get(view_id)
        if view.user_id != self.id:
            raise SlackError("not_found")
        return view

    async def act(self, target: Target, value: Any) -> CommandResult:
        """Presses, chooses or dispatches one element; `value` as the element holds it."""
        entry = None
        if target.element["type"] != "button":
            entry = elements.entry(target.element, value)
            self._keep(target, entry)
        if target.block["type"] == "input" and not target.block.get("dispatch_action"):
            return CommandResult(True)
        ts = self._pg.workspace.ids.ts(self._pg.clock.now().timestamp())
        action = pressables.action(target, entry, ts)
        place = target.place
        if isinstance(place, Message):
            payload = payloads.click_in_message(self._pg, self.id, place, action)
        else:
            payload = payloads.click_in_view(self._pg, place, action)
        ack = await self._pg.hand_over("interactive", f"press {action['action_id']}", payload)
        words = pressables.label(target.element) or "The action"
        return CommandResult(True) if ack.ok else self._failed(words, ack.error)

    def _keep(self, target: Target, entry: Json) -> None:
        if target.element["type"] not in elements.STATELESS:
            place = target.place
            state = place.state_of(self.id) if isinstance(place, Message) else place.state
            state.setdefault(target.block["block_id"], {})[target.element["action_id"]] = entry

    async def submit(self, values: Mapping[str, Any] | None = None) -> SubmitResult:
        """Fills in the open modal and sends it; keys are labels, block_ids or action_ids.

        Whatever is not named keeps its first value. Raises NoSuchThing where no modal or field is there.
        """
        view = self._pg.views.top(self.id)
        if view is None:
            raise NoSuchThing("no modal is open")
        blocks = view.given["blocks"]
        typed: dict[str, Json] = {}
        for name, value in (values or {}).items():
            block, element = forms.find_field(blocks, name)
            plain = forms.understand(element, value, self._pg.workspace, self.user.tz)
            typed.setdefault(block["block_id"], {})[element["action_id"]] = plain
        return await self.submit_view(view, typed)

    async def submit_view(self, view: View, values: Mapping[str, Json]) -> SubmitResult:
        """Sends a modal with values by block_id and action_id."""
        blocks = view.given["blocks"]
        view.state = forms.filled(blocks, view.state, self.with_files(blocks, values))
        complaints = forms.complaints(blocks, view.state)
        if complaints:
            return SubmitResult(False, complaints)
        outcome = await send_view(self._pg, view)
        if outcome.error:
            self._failed(str(view.given["title"]["text"]), outcome.error)
        return SubmitResult(outcome.ok, outcome.errors, outcome.closed, outcome.error)

    def with_files(self, blocks: list[Json], values: Mapping[str, Json]) -> dict[str, Json]:
        """The values, with Slack's file objects for the files that were chosen."""
        made = {block: dict(actions) for block, actions in values.items()}
        for block, element in elements.interactive(blocks):
            given = made.get(block["block_id"], {}).get(element["action_id"])
            if element["type"] == "file_input" and given:
                taken = [file_fields.take(self._pg, self.id, one) for one in given]
                made[block["block_id"]][element["action_id"]] = taken
        return made

    async def dismiss(self) -> None:
        """Closes the modal on top."""
        view = self._pg.views.top(self.id)
        if view is None:
            raise NoSuchThing("no modal is open")
        close_view(self._pg, view)

    def say(self, channel: str, text: str) -> Message:
        """Writes into a channel or group DM; the app's DM is read-only where the manifest says so."""
        place = self._place(channel)
        if place is None or (place.kind == "app" and self._pg.manifest.messages_read_only):
            raise SlackError("restricted_action_read_only_channel")
        if place.is_archived:
            raise SlackError("is_archived")
        if not text.strip():
            raise SlackError("no_text")
        now = self._pg.clock.now()
        message = self._pg.workspace.post(place.id, self.id, payloads.escape(self._pg.workspace, text, self.id), now)
        self.read(place.id)
        return message

    def read(self, channel: str) -> None:
        """Marks a conversation as read."""
        place = self._place(channel)
        if place is None:
            return
        last = next(reversed(place.messages.values()), None)
        place.read[self.id] = ts_micros(last.ts) if last else 0
        data = {"conversation": place.to_page(self.id)}
        self._pg.workspace.notify("conversation", {self.id}, lambda: data)
