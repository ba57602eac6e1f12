"""What the app's manifest says, in the form in which the playground asks it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from playground.errors import Json


@dataclass(frozen=True)
class Command:
    """A slash command as the manifest declares it."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Manifest:
    """Name, scopes, events, commands and switches of the app under test."""

    name: str
    bot_name: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: dict[str, Command]
    home_enabled: bool
    messages_read_only: bool
    interactivity: bool
    raw: Json = field(repr=False)

    @property
    def provided(self) -> str:
        """The scopes as Slack lists them beside missing_scope."""
        return ",".join(sorted(self.scopes))


def parse(raw: Json, granted: Collection[str] = ()) -> Manifest:
    """Reads a manifest in Slack's own form (the dict that a manifest file loads to).

    `granted` are the optional scopes that whoever installed the app has ticked. Raises ValueError for an optional
    scope that is not asked for as well, as Slack does.
    """
    features = raw.get("features", {})
    settings = raw.get("settings", {})
    home = features.get("app_home", {})
    scopes = raw.get("oauth_config", {}).get("scopes", {})
    asked, optional = set(scopes.get("bot", [])), set(scopes.get("bot_optional", []))
    if not optional <= asked:
        raise ValueError(f"optional scopes have to stand in `bot`, too: {', '.join(sorted(optional - asked))}")
    name = raw.get("display_information", {}).get("name", "app")
    commands = [_command(item) for item in features.get("slash_commands", [])]
    return Manifest(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        scopes=frozenset(asked - (optional - set(granted))),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        commands={command.command: command for command in commands},
        home_enabled=bool(home.get("home_tab_enabled", False)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled", True)),
        interactivity=bool(settings.get("interactivity", {}).get("is_enabled", True)),
        raw=raw,
    )


def _command(item: dict[str, Any]) -> Command:
    return Command(
        command=item["command"],
        description=item.get("description", ""),
        usage_hint=item.get("usage_hint", ""),
        should_escape=bool(item.get("should_escape", False)),
    )


EXAMPLE: Json = {
    "display_information": {"name": "revmentor"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": True,
        },
        "bot_user": {"display_name": "revmentor", "always_online": True},
        "slash_commands": [
            {
                "command": "/revmentor",
                "description": "Reverse mentoring",
                "usage_hint": "[help]",
                "should_escape": True,
            }
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "chat:write",
                "commands",
                "files:read",
                "files:write",
                "groups:read",
                "im:history",
                "im:read",
                "im:write",
                "mpim:read",
                "mpim:write",
                "channels:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "user_change"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}
