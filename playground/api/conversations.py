"""conversations.*: opening direct messages, and reading what the scopes allow."""

import re
from collections.abc import Iterator

from playground import args as arg
from playground.api.paging import page
from playground.api.registry import Call, method
from playground.errors import Json, SlackError
from playground.ids import ts_micros
from playground.records import Conversation, Message

MOST_PEOPLE = 8
LONGEST_NAME = 80
_NAME = re.compile(r"[a-z0-9_-]+")
_TYPES = {"public_channel": "channel", "private_channel": "private", "mpim": "mpim", "im": "app"}


@method("conversations.open")
def open_conversation(call: Call) -> Json:
    """The DM with one person or the group DM with several; the same people get the same one."""
    workspace = call.pg.workspace
    known = arg.text(call.args, "channel")
    if known:
        call.need("im:write")
        return {"channel": {"id": workspace.conversation(known).id}, "no_op": True, "already_open": True}
    people = _people(call)
    call.need("im:write" if len(people) == 1 else "mpim:write")
    _check_together(call, people)
    before = len(workspace.conversations)
    place = workspace.direct(people[0]) if len(people) == 1 else workspace.group(people)
    old = len(workspace.conversations) == before
    channel = describe(call, place) if arg.flag(call.args, "return_im") else {"id": place.id}
    return {"channel": channel, **({"no_op": True, "already_open": True} if old else {})}


def _people(call: Call) -> list[str]:
    people = list(dict.fromkeys(arg.listing(call.args, "users")))
    people = [person for person in people if person != call.pg.bot_id]
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    for person in people:
        if call.pg.workspace.user(person).deleted:
            raise SlackError("user_disabled")
    return people


def _check_together(call: Call, people: list[str]) -> None:
    """People of another company, and guests of one channel, only with whom they share a channel already."""
    users = [call.pg.workspace.user(person) for person in people]
    apart = [user for user in users if user.home_team or user.is_ultra_restricted]
    channels = [place for place in call.pg.workspace.conversations.values() if place.kind in ("channel", "private")]
    if len(people) > 1 and apart and not any(set(people) <= set(place.members) for place in channels):
        raise SlackError("invalid_user_combination" if apart[0].home_team else "user_not_visible")


@method("conversations.create")
def create(call: Call) -> Json:
    """A new channel with the bot in it. https://docs.slack.dev/reference/methods/conversations.create"""
    private = arg.flag(call.args, "is_private")
    call.need("groups:write" if private else "channels:manage")
    name = arg.text(call.args, "name") or ""
    _check_name(name)
    if call.pg.workspace.channel_named(name) is not None:
        raise SlackError("name_taken")
    made = call.pg.workspace.add_channel(name, [call.pg.bot_id], private=private)
    made.created = int(call.pg.clock.now().timestamp())
    return {"channel": describe(call, made)}


def _check_name(name: str) -> None:
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise SlackError("invalid_name_maxlength")
    if not name.strip("-_"):
        raise SlackError("invalid_name_punctuation")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name_specials")


@method("conversations.invite")
def invite(call: Call) -> Json:
    """Brings people into a channel that the bot is in. https://docs.slack.dev/reference/methods/conversations.invite"""
    place = call.pg.workspace.conversation(arg.needed(call.args, "channel", "channel_not_found"))
    if place.kind not in ("channel", "private"):
        raise SlackError("method_not_supported_for_channel_type")
    call.need("groups:write" if place.kind == "private" else "channels:manage")
    people = list(dict.fromkeys(arg.listing(call.args, "users")))
    _check_invited(call, place, people)
    place.members.extend(people)
    call.pg.workspace.tell_conversation(place)
    return {"channel": describe(call, place)}


def _check_invited(call: Call, place: Conversation, people: list[str]) -> None:
    """All of them, or nobody is brought in."""
    if call.pg.bot_id not in place.members:
        raise SlackError("channel_not_found" if place.kind == "private" else "not_in_channel")
    if place.is_archived:
        raise SlackError("is_archived")
    if not people:
        raise SlackError("no_user")
    for person in people:
        if person == call.pg.bot_id:
            raise SlackError("cant_invite_self")
        if call.pg.workspace.user(person).deleted:
            raise SlackError("user_not_found")
        if person in place.members:
            raise SlackError("already_in_channel")


@method("conversations.info")
def info(call: Call) -> Json:
    """What a conversation is."""
    place = call.readable(arg.needed(call.args, "channel", "channel_not_found"), "read")
    described = describe(call, place)
    if arg.flag(call.args, "include_num_members"):
        described["num_members"] = len(place.members)
    return {"channel": described}


@method("conversations.members")
def members(call: Call) -> Json:
    """Who is in a conversation."""
    place = call.readable(arg.needed(call.args, "channel", "channel_not_found"), "read")
    some, more = page(place.members, call.args, default=100, highest=1000)
    return {"members": list(some), "response_metadata": more}


@method("conversations.list")
def list_conversations(call: Call) -> Json:
    """The conversations that the bot can see, of the types asked for."""
    types = arg.listing(call.args, "types") or ["public_channel"]
    for kind in types:
        if kind not in _TYPES:
            raise SlackError("invalid_types")
    kinds = {_TYPES[kind] for kind in types}
    seen = [place for place in call.pg.workspace.conversations.values() if place.kind in kinds]
    families = {"channel": "channels", "private": "groups", "mpim": "mpim", "app": "im"}
    call.need(*sorted(f"{families[kind]}:read" for kind in kinds))
    if arg.flag(call.args, "exclude_archived"):
        seen = [place for place in seen if not place.is_archived]
    seen = [place for place in seen if place.kind == "channel" or call.pg.bot_id in place.members]
    some, more = page(seen, call.args, default=100, highest=1000)
    return {"channels": [describe(call, place) for place in some], "response_metadata": more}


@method("conversations.history")
def history(call: Call) -> Json:
    """Messages, newest first; metadata only where it is asked for."""
    place = call.readable(arg.needed(call.args, "channel", "channel_not_found"), "history")
    if call.pg.bot_id not in place.members:
        raise SlackError("not_in_channel")
    chosen = list(_between(call, place))
    some, more = page(chosen, call.args, default=100, highest=999)
    with_metadata = arg.flag(call.args, "include_all_metadata")
    body: Json = {
        "messages": [call.pg.message(message, metadata=with_metadata) for message in some],
        "has_more": bool(more["next_cursor"]),
        "pin_count": 0,
    }
    if more["next_cursor"]:
        body["response_metadata"] = more
    return body


def _between(call: Call, place: Conversation) -> Iterator[Message]:
    inclusive = arg.flag(call.args, "inclusive")
    oldest = _edge(call, "oldest", "invalid_ts_oldest", 0)
    latest = _edge(call, "latest", "invalid_ts_latest", 10**18)
    for message in reversed(place.messages.values()):
        at = ts_micros(message.ts)
        if at < oldest or (at == oldest and not inclusive):
            return
        in_thread = message.thread_ts is not None and message.thread_ts != message.ts
        if (at < latest or (at == latest and inclusive)) and not in_thread:
            yield message


def _edge(call: Call, key: str, error: str, default: int) -> int:
    value = arg.text(call.args, key)
    if not value:
        return default
    try:
        return ts_micros(value)
    except ValueError:
        raise SlackError(error) from None


def describe(call: Call, place: Conversation) -> Json:
    """The conversation object."""
    common: Json = {
        "id": place.id,
        "created": place.created,
        "is_archived": place.is_archived,
        "is_im": place.kind == "app",
        "is_mpim": place.kind == "mpim",
        "is_org_shared": False,
        "is_ext_shared": place.is_ext_shared,
        "is_shared": place.is_ext_shared,
    }
    if place.kind == "app":
        person = call.pg.workspace.user(place.members[0])
        return {**common, "user": person.id, "is_user_deleted": person.deleted}
    return {
        **common,
        "name": place.name,
        "name_normalized": place.name,
        "is_channel": place.kind == "channel",
        "is_group": place.kind == "private",
        "is_private": place.kind != "channel",
        "is_general": place.name == "general",
        "is_member": call.pg.bot_id in place.members,
        "context_team_id": call.pg.workspace.team_id,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }
