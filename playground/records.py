"""What a workspace is made of: people, conversations, messages and files."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from playground.elements import initial_state
from playground.errors import Json
from playground.ids import ts_micros

FAMILIES = {"channel": "channels", "private": "groups", "mpim": "mpim", "app": "im"}


_OF_THE_LIVING = ("tz", "tz_label", "tz_offset", "locale")  # Slack leaves them out of a deactivated account


@dataclass
class User:
    """A member of the workspace, or the app's bot."""

    id: str
    name: str
    real_name: str
    title: str = ""
    tz: str = "Europe/Berlin"
    locale: str = "en-US"
    is_admin: bool = False
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    home_team: str = ""  # the workspace of somebody of another company; empty: this one
    color: str = "4a6fa5"

    def to_slack(self, team_id: str, now: datetime) -> Json:
        """The user object of users.info."""
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        shown = {
            "id": self.id,
            "team_id": self.home_team or team_id,
            "name": self.name,
            "deleted": self.deleted,
            "color": self.color,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": self._profile(team_id),
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            **({"is_stranger": self.is_stranger} if self.home_team else {}),
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_email_confirmed": True,
            "updated": int(now.timestamp()),
            "locale": self.locale,
        }
        return {k: v for k, v in shown.items() if not (self.deleted and k in _OF_THE_LIVING)}

    def _profile(self, team_id: str) -> Json:
        return {
            "title": self.title,
            "real_name": self.real_name,
            "display_name": self.real_name.split()[0],
            "real_name_normalized": self.real_name,
            "display_name_normalized": self.real_name.split()[0],
            "team": team_id,
        }

    def to_page(self) -> Json:
        """What the page shows of a person."""
        keys = ("id", "name", "real_name", "title", "tz", "locale", "is_admin", "color", "deleted")
        return {key: getattr(self, key) for key in keys}


@dataclass
class UserGroup:
    """People who can be named with one @handle."""

    id: str
    handle: str
    name: str
    users: list[str]
    disabled: bool = False


@dataclass
class File:
    """An uploaded file; `ready_at` is a monotonic second before which Slack is still processing it."""

    id: str
    name: str
    title: str
    length: int
    mimetype: str
    alt_txt: str = ""
    content: bytes = b""
    uploaded: bool = False
    completed: bool = False
    ready_at: float = 0.0
    created: int = 0
    deleted: bool = False
    owner: str = ""  # the person who chose it in a modal; then its address wants the app's token
    shares: dict[str, str] = field(default_factory=dict)  # conversation -> ts of the message that shows it

    def to_slack(self, base: str, user: str) -> Json:
        """The file object of files.info and of messages; of a deleted file only a tombstone is left."""
        if self.deleted:
            return {"id": self.id, "mode": "tombstone"}
        ready = time.monotonic() >= self.ready_at
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": self.name.rsplit(".", 1)[-1].lower(),
            "size": self.length,
            "mode": "hosted",
            "user": self.owner or user,
            "alt_txt": self.alt_txt,
            "is_external": False,
            "url_private": f"{base}/files/{self.id}/{self.name}",
            "url_private_download": f"{base}/files/{self.id}/{self.name}",
            "permalink": f"{base}/files/{self.id}/{self.name}",
            "channels": [c for c in self.shares if c.startswith("C")],
            "groups": [c for c in self.shares if c.startswith("G")],
            "ims": [c for c in self.shares if c.startswith("D")],
            **({"shares": self._shares()} if ready else {}),
        }

    def _shares(self) -> Json:
        """Where the message stands that shows it; Slack tells only once the file is processed."""
        made: Json = {}
        for channel, ts in self.shares.items():
            kind = "public" if channel.startswith("C") else "private"
            made.setdefault(kind, {})[channel] = [{"ts": ts, "reply_users": [], "reply_count": 0}]
        return made

    def to_page(self) -> Json:
        """What the page shows of a file."""
        url = f"/files/{self.id}/{self.name}"
        return {
            "id": self.id,
            "name": self.name,
            "url": url,
            "alt_txt": self.alt_txt,
            "mimetype": self.mimetype,
        }


@dataclass
class Message:
    """A message as it stands now; an ephemeral one names the only person who sees it."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    is_bot: bool = False
    thread_ts: str | None = None
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)
    edited: str | None = None
    deleted: bool = False
    ephemeral_to: str | None = None
    states: dict[str, dict[str, Json]] = field(default_factory=dict)

    def state_of(self, user_id: str) -> dict[str, Json]:
        """What one person has chosen in this message's menus."""
        if user_id not in self.states:
            self.states[user_id] = initial_state(self.blocks)
        return self.states[user_id]

    def to_page(self) -> Json:
        """What the page shows of a message."""
        return {
            "ts": self.ts,
            "channel": self.channel,
            "user": self.user,
            "is_bot": self.is_bot,
            "text": self.text,
            "blocks": self.blocks,
            "ephemeral": self.ephemeral_to is not None,
            "thread_ts": self.thread_ts,
            "files": [file.to_page() for file in self.files if not file.deleted],
            "files_deleted": sum(file.deleted for file in self.files),
            "edited": self.edited,
            "deleted": self.deleted,
        }


@dataclass
class Conversation:
    """A channel, private channel, group DM (`mpim`) or the app's own DM with one person (`app`)."""

    id: str
    kind: str
    name: str
    members: list[str]
    created: int = 0
    is_archived: bool = False
    is_ext_shared: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: dict[str, list[Message]] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The word that Slack's scopes use for this kind: channels, groups, mpim or im."""
        return FAMILIES[self.kind]

    def unread(self, user_id: str) -> int:
        """How many messages this person has not looked at; writing here counts as looking."""
        seen, count = self.read.get(user_id, 0), 0
        for message in reversed(self.messages.values()):
            if ts_micros(message.ts) <= seen:
                break
            count += 1
        return count

    def visible(self, user_id: str) -> list[Message]:
        """All that a person sees here, ephemeral messages included, oldest first."""
        private = self.ephemerals.get(user_id, [])
        if not private:
            return list(self.messages.values())
        return sorted([*self.messages.values(), *private], key=lambda message: ts_micros(message.ts))

    def to_page(self, user_id: str) -> Json:
        """What the page's sidebar shows."""
        return {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "members": list(self.members),
            "unread": self.unread(user_id),
        }
