"""The payloads that Slack sends to an app: commands, clicks, submissions, events."""

import html
import re
from typing import TYPE_CHECKING

from playground.errors import Json
from playground.records import Conversation, Message
from playground.views import View
from playground.workspace import Workspace

if TYPE_CHECKING:
    from playground.server import Playground

_MENTION = re.compile(r"(?<![\w@])@([\w.\-]*\w)")
_CHANNEL = re.compile(r"(?<![\w#])#([\w\-]+)")


def command(pg: "Playground", user_id: str, place: Conversation, name: str, text: str) -> Json:
    """What arrives when somebody sends a slash command."""
    user = pg.workspace.user(user_id)
    declared = pg.manifest.commands[name]
    return {
        "token": "playground",
        "team_id": pg.workspace.team_id,
        "team_domain": pg.workspace.domain,
        "channel_id": place.id,
        "channel_name": _channel_name(place),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": escape(pg.workspace, text, user.id) if declared.should_escape else text,
        "api_app_id": pg.app_id,
        "is_enterprise_install": "false",
        "response_url": pg.response_urls.issue(user.id, place.id),
        "trigger_id": pg.triggers.issue(user.id),
    }


def escape(workspace: Workspace, text: str, user_id: str) -> str:
    """Typed text as should_escape delivers it: @ana, @juniors and #general become references.

    A private channel is recognised only where the one who types is in it.
    """

    def person(match: re.Match[str]) -> str:
        user = workspace.user_named(match[1])
        group = None if user else workspace.usergroup_named(match[1])
        named = f"<!subteam^{group.id}|@{group.handle}>" if group else match[0]
        return f"<@{user.id}|{user.name}>" if user else named

    def channel(match: re.Match[str]) -> str:
        place = workspace.channel_named(match[1])
        known = place is not None and (place.kind == "channel" or user_id in place.members)
        return f"<#{place.id}|{place.name}>" if place and known else match[0]

    return _CHANNEL.sub(channel, _MENTION.sub(person, html.escape(text, quote=False)))


def _who(pg: "Playground", user_id: str) -> Json:
    user, team = pg.workspace.user(user_id), pg.workspace
    return {
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team.team_id},
        "team": {"id": team.team_id, "domain": team.domain},
        "api_app_id": pg.app_id,
        "token": "playground",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def click_in_message(pg: "Playground", user_id: str, message: Message, action: Json) -> Json:
    """block_actions from a message; an ephemeral message's own content is not sent along."""
    place = pg.workspace.conversation(message.channel)
    ephemeral = message.ephemeral_to is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": place.id,
        "is_ephemeral": ephemeral,
    }
    payload = {
        "type": "block_actions",
        **_who(pg, user_id),
        "container": container,
        "trigger_id": pg.triggers.issue(user_id),
        "channel": {"id": place.id, "name": _channel_name(place)},
        "state": {"values": message.state_of(user_id)},
        "response_url": pg.response_urls.issue(user_id, place.id, message),
        "actions": [action],
    }
    if not ephemeral:
        payload["message"] = pg.message(message)
    return payload


def _channel_name(place: Conversation) -> str:
    return {"app": "directmessage", "private": "privategroup"}.get(place.kind, place.name)


def click_in_view(pg: "Playground", view: View, action: Json) -> Json:
    """block_actions from a modal or Home."""
    return {
        "type": "block_actions",
        **_who(pg, view.user_id),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": pg.triggers.issue(view.user_id, view.id),
        "view": pg.views.to_slack(view),
        "actions": [action],
    }


def submission(pg: "Playground", view: View) -> Json:
    """view_submission."""
    return {
        "type": "view_submission",
        **_who(pg, view.user_id),
        "trigger_id": pg.triggers.issue(view.user_id, view.id),
        "view": pg.views.to_slack(view),
        "response_urls": [],
    }


def closed(pg: "Playground", view: View, cleared: bool) -> Json:
    """view_closed."""
    return {
        "type": "view_closed",
        **_who(pg, view.user_id),
        "view": pg.views.to_slack(view),
        "is_cleared": cleared,
    }


def event(pg: "Playground", inner: Json) -> Json:
    """The envelope around an event."""
    ids, team = pg.workspace.ids, pg.workspace.team_id
    now = pg.clock.now()
    inner = {"event_ts": ids.ts(now.timestamp()), **inner}
    authorization = {
        "enterprise_id": None,
        "team_id": team,
        "user_id": pg.bot_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "playground",
        "team_id": team,
        "api_app_id": pg.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": ids.next("Ev"),
        "event_time": int(now.timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{ids.number('context'):08d}",
    }


def home_opened(pg: "Playground", user_id: str, tab: str) -> Json:
    """The event app_home_opened; the view is there once one was published."""
    place = pg.workspace.direct(user_id)
    inner: Json = {"type": "app_home_opened", "user": user_id, "channel": place.id, "tab": tab}
    home = pg.views.home(user_id)
    if tab == "home" and home is not None:
        inner["view"] = pg.views.to_slack(home)
    return inner
