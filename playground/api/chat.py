"""chat.*: posting, changing and deleting messages."""

from typing import Any

from playground import args as arg
from playground.api.registry import Call, method
from playground.blocks import check_blocks, fill_ids
from playground.errors import Json, SlackError
from playground.ids import ts_micros
from playground.records import Conversation, Message

LONGEST_POST = 40_000
LONGEST_UPDATE = 4_000
LARGEST_METADATA = 16_000
UNDRAWN = ("attachments", "markdown_text")


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    """Posts into a channel, group DM or DM; a user id stands for the app's DM with that person."""
    place = writable(call, _or_direct(call, arg.needed(call.args, "channel", "channel_not_found")))
    text, blocks, warnings = content(call, LONGEST_POST)
    message = call.pg.workspace.post(
        place.id,
        call.pg.bot_id,
        text,
        call.pg.clock.now(),
        blocks=blocks,
        is_bot=True,
        thread_ts=_thread(call, place),
        metadata=metadata(call),
    )
    return {"channel": place.id, "ts": message.ts, "message": call.pg.message(message), **warnings}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Json:
    """Shows a message to one member of a conversation."""
    place = writable(call, arg.needed(call.args, "channel", "channel_not_found"))
    receiver = call.pg.workspace.user(arg.needed(call.args, "user", "user_not_found"))
    if receiver.id not in place.members:
        raise SlackError("user_not_in_channel")
    text, blocks, warnings = content(call, LONGEST_POST)
    message = call.pg.workspace.post_ephemeral(
        place.id,
        call.pg.bot_id,
        text,
        call.pg.clock.now(),
        blocks=blocks,
        is_bot=True,
        ephemeral_to=receiver.id,
        thread_ts=_thread(call, place),
    )
    return {"message_ts": message.ts, **warnings}


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    """Changes a message of the bot; text without blocks takes the blocks away."""
    place, message = _own(call, "cant_update_message")
    if "text" in call.args or "blocks" in call.args:
        message.text, message.blocks, warnings = content(call, LONGEST_UPDATE)
        message.states = {}
    elif call.args.get("metadata") is None:
        raise SlackError("no_text")
    else:
        warnings = {}
    if call.args.get("metadata") is not None:
        message.metadata = metadata(call) or None
    message.edited = call.pg.workspace.ids.ts(call.pg.clock.now().timestamp())
    call.pg.workspace.changed(message)
    body = {"channel": place.id, "ts": message.ts, "text": message.text}
    return {**body, "message": call.pg.message(message), **warnings}


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    """Takes a message of the bot away."""
    place, message = _own(call, "cant_delete_message")
    call.pg.workspace.remove(message)
    return {"channel": place.id, "ts": message.ts}


@method("chat.getPermalink")
def permalink(call: Call) -> Json:
    """The address of a message."""
    place = call.pg.workspace.conversation(arg.needed(call.args, "channel", "channel_not_found"))
    ts = arg.needed(call.args, "message_ts", "message_not_found")
    if ts not in place.messages or call.pg.bot_id not in place.members:
        raise SlackError("message_not_found")
    return {"channel": place.id, "permalink": f"{call.pg.base_url}/?open={place.id}&ts={ts}"}


def writable(call: Call, conversation_id: str) -> Conversation:
    """A conversation into which the bot may write; raises SlackError where it may not."""
    place = call.pg.workspace.conversation(conversation_id)
    inside = call.pg.bot_id in place.members
    gone = place.kind == "app" and call.pg.workspace.user(place.members[0]).deleted
    if gone or (not inside and place.kind != "channel"):
        raise SlackError("channel_not_found")
    if place.is_archived:
        raise SlackError("is_archived")
    if not inside and "chat:write.public" not in call.pg.manifest.scopes:
        raise SlackError("not_in_channel")
    return place


def _or_direct(call: Call, target: str) -> str:
    """The app's DM where a person is named; only chat.postMessage understands that."""
    people = call.pg.workspace.users
    if target not in people:
        return target
    if people[target].deleted:
        raise SlackError("channel_not_found")
    return call.pg.workspace.direct(target).id


def content(call: Call, longest: int) -> tuple[str, list[Json], Json]:
    """Text, blocks with their ids, and the warnings; raises SlackError for what Slack refuses."""
    for key in UNDRAWN:
        if call.args.get(key):
            raise arg.invalid(f"the playground does not draw {key}; use text and blocks")
    text = arg.text(call.args, "text")
    if len(text) > longest:
        raise SlackError("msg_too_long")
    blocks = arg.structure(call.args, "blocks", "invalid_blocks_format") or []
    _check(call, blocks)
    if not text and not blocks:
        raise SlackError("no_text")
    warnings: Json = {}
    if blocks and not text:
        call.pg.problem("a message with blocks has no text for notifications and screen readers")
        word = "missing_text_in_message"
        warnings = {"warning": word, "response_metadata": {"warnings": [word]}}
    return text, fill_ids(blocks, call.pg.workspace.ids), warnings


def _check(call: Call, blocks: Any) -> None:
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = check_blocks(blocks, call.pg.file_trouble) if blocks else []
    if problems:
        bare = [problem.removeprefix("[ERROR] ") for problem in problems]
        raise SlackError("invalid_blocks", errors=bare, response_metadata={"messages": problems})


def metadata(call: Call) -> Json | None:
    """The message metadata of a call, checked; an empty object stands for none."""
    given = arg.structure(call.args, "metadata", "invalid_metadata_format")
    if given is None or given == {}:
        return None
    if not isinstance(given, dict) or set(given) - {"event_type", "event_payload", "entities"}:
        raise SlackError("invalid_metadata_format")
    payload = given.get("event_payload")
    if not isinstance(given.get("event_type"), str) or not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    if len(str(payload)) > LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    return given


def _thread(call: Call, place: Conversation) -> str | None:
    ts = arg.text(call.args, "thread_ts") or None
    if ts is not None and ts not in place.messages:
        raise SlackError("thread_not_found")
    return ts


def _own(call: Call, refusal: str) -> tuple[Conversation, Message]:
    place = call.pg.workspace.conversation(arg.needed(call.args, "channel", "channel_not_found"))
    ts = arg.needed(call.args, "ts", "message_not_found")
    try:
        ts_micros(ts)
    except ValueError:
        raise SlackError("message_not_found") from None
    message = place.messages.get(ts)
    if message is None or call.pg.bot_id not in place.members:
        raise SlackError("message_not_found")
    if message.user != call.pg.bot_id:
        raise SlackError(refusal)
    return place, message
