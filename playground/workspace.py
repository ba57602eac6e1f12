"""The state of one workspace, and the few ways in which it changes."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from playground.errors import Json, SlackError
from playground.ids import Ids
from playground.records import Conversation, File, Message, User, UserGroup

Notify = Callable[[str, Collection[str] | None, Callable[[], Json]], None]


def _as_seen(conversation: Conversation, member: str) -> Json:
    return {"conversation": conversation.to_page(member)}


def _silence(_kind: str, _audience: Collection[str] | None, _build: Callable[[], Json]) -> None:
    """Where nobody watches, nothing is told."""


class Workspace:
    """People, conversations, messages and files of one team; tells whoever watches about each change."""

    def __init__(self, team_id: str, name: str, users: Iterable[User] = (), *, domain: str = "") -> None:
        self.team_id = team_id
        self.name = name
        self.domain = domain or name.lower().replace(" ", "-")
        self.users: dict[str, User] = {user.id: user for user in users}
        self.usergroups: dict[str, UserGroup] = {}
        self.conversations: dict[str, Conversation] = {}
        self.files: dict[str, File] = {}
        self.deleted_files: set[str] = set()
        self.ids = Ids()
        self.bot_user_id = ""
        self.notify: Notify = _silence
        self._direct: dict[frozenset[str], str] = {}

    def user(self, user_id: str) -> User:
        """A person by id; raises SlackError user_not_found."""
        found = self.users.get(user_id)
        if found is None:
            raise SlackError("user_not_found")
        return found

    def user_named(self, name: str) -> User | None:
        """A person by @name, without regard to case, or by id."""
        wanted = name.lstrip("@").casefold()
        for user in self.users.values():
            if wanted in (user.name.casefold(), user.real_name.casefold(), user.id.casefold()):
                return user
        return None

    def usergroup_named(self, handle: str) -> UserGroup | None:
        """A user group by @handle; a disabled one cannot be named."""
        wanted = handle.lstrip("@").casefold()
        groups = (group for group in self.usergroups.values() if not group.disabled)
        return next((group for group in groups if group.handle.casefold() == wanted), None)

    def channel_named(self, name: str) -> Conversation | None:
        """A channel by #name or by id."""
        wanted = name.lstrip("#")
        for conversation in self.conversations.values():
            named = conversation.name == wanted and conversation.kind in ("channel", "private")
            if named or conversation.id == wanted:
                return conversation
        return None

    def conversation(self, conversation_id: str) -> Conversation:
        """A conversation by id; raises SlackError channel_not_found."""
        found = self.conversations.get(conversation_id)
        if found is None:
            raise SlackError("channel_not_found")
        return found

    def add_channel(
        self, name: str, members: Iterable[str], *, private: bool = False, channel_id: str | None = None
    ) -> Conversation:
        """Makes a channel with these members; the bot is in only where it is among them."""
        kind = "private" if private else "channel"
        made = Conversation(channel_id or self.ids.next("C"), kind, name, list(members))
        return self._add(made)

    def direct(self, user_id: str) -> Conversation:
        """The app's own DM with a person, made when it is first needed."""
        return self._between({user_id}, "D", "app", self.user(user_id).name)

    def group(self, user_ids: Collection[str]) -> Conversation:
        """The group DM of the bot and these people; the same people always get the same one."""
        names = "--".join(self.user(user_id).name for user_id in sorted(user_ids))
        return self._between(set(user_ids), "G", "mpim", f"mpdm-{names}-1")

    def turn_into_channel(self, conversation_id: str, name: str) -> Conversation:
        """What people can do with a group DM: it becomes a private channel, and the same people get a new group DM."""
        place = self.conversations[conversation_id]
        place.kind, place.name = "private", name
        self._direct = {key: known for key, known in self._direct.items() if known != conversation_id}
        return place

    def _between(self, people: set[str], prefix: str, kind: str, name: str) -> Conversation:
        key = frozenset(people)
        known = self._direct.get(key)
        if known is not None:
            return self.conversations[known]
        made = self._add(Conversation(self.ids.next(prefix), kind, name, [*sorted(people), self.bot_user_id]))
        self._direct[key] = made.id
        return made

    def known_direct(self, user_id: str) -> Conversation | None:
        """The app's DM with a person, if there is one already."""
        known = self._direct.get(frozenset({user_id}))
        return self.conversations[known] if known else None

    def _add(self, conversation: Conversation) -> Conversation:
        self.conversations[conversation.id] = conversation
        self.tell_conversation(conversation)
        return conversation

    def tell_conversation(self, conversation: Conversation) -> None:
        """Tells each member that a conversation is new or has changed."""
        for member in conversation.members:
            self.notify("conversation", {member}, partial(_as_seen, conversation, member))

    def post(self, channel: str, user: str, text: str, now: datetime, **fields: Any) -> Message:
        """Puts a message into a conversation and tells its members."""
        place = self.conversations[channel]
        message = Message(self.ids.ts(now.timestamp()), channel, user, text, **fields)
        place.messages[message.ts] = message
        self._tell("message", place.members, message)
        return message

    def post_ephemeral(self, channel: str, user: str, text: str, now: datetime, **fields: Any) -> Message:
        """Shows a message to one person only (`ephemeral_to` among the fields)."""
        message = Message(self.ids.ts(now.timestamp()), channel, user, text, **fields)
        receiver = str(message.ephemeral_to)
        self.conversations[channel].ephemerals.setdefault(receiver, []).append(message)
        self._tell("ephemeral", {receiver}, message)
        return message

    def changed(self, message: Message) -> None:
        """Tells those who see a message that it reads differently now."""
        self._tell("message_changed", self._audience(message), message)

    def remove(self, message: Message) -> None:
        """Takes a message away."""
        place = self.conversations[message.channel]
        message.deleted = True
        if message.ephemeral_to is None:
            place.messages.pop(message.ts, None)
        else:
            place.ephemerals[message.ephemeral_to].remove(message)
        self._tell("message_deleted", self._audience(message), message)

    def delete_file(self, file: File) -> None:
        """Destroys a file; messages that showed it show that it is gone."""
        file.deleted, file.content = True, b""
        del self.files[file.id]
        self.deleted_files.add(file.id)
        for channel, ts in file.shares.items():
            message = self.conversations[channel].messages.get(ts)
            if message is not None:
                self.changed(message)

    def _audience(self, message: Message) -> Collection[str]:
        if message.ephemeral_to is not None:
            return {message.ephemeral_to}
        return self.conversations[message.channel].members

    def _tell(self, kind: str, audience: Collection[str], message: Message) -> None:
        self.notify(kind, audience, lambda: {"channel": message.channel, "message": message.to_page()})
