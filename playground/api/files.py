"""files.*: upload in three steps, share, look, delete."""

import mimetypes
import time
from typing import Any

from playground import args as arg
from playground.api.chat import writable
from playground.api.registry import Call, method
from playground.errors import Json, SlackError
from playground.records import Conversation, File

LARGEST = 1_000_000_000


@method("files.getUploadURLExternal", "files:write")
def get_upload_url(call: Call) -> Json:
    """The address to which the bytes go, and the id of the file to be."""
    name = arg.needed(call.args, "filename")
    length = arg.number(call.args, "length", 0)
    if length <= 0 or length > LARGEST:
        raise arg.invalid("must be a positive number of bytes: length")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    alt = arg.text(call.args, "alt_txt") or arg.text(call.args, "alt_text")
    made = File(call.pg.workspace.ids.next("F"), name, name, length, kind, alt)
    made.created = int(call.pg.clock.now().timestamp())
    call.pg.workspace.files[made.id] = made
    return {"upload_url": f"{call.pg.base_url}/upload/{made.id}", "file_id": made.id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(call: Call) -> Json:
    """Finishes uploads, and shares them where a channel is named."""
    given = arg.structure(call.args, "files")
    if not isinstance(given, list) or not given:
        raise arg.invalid("missing required field: files")
    uploaded = [_uploaded(call, item) for item in given]
    channel = arg.text(call.args, "channel_id")
    place = writable(call, channel) if channel else None
    for file, title in uploaded:
        file.title = title or file.title
        file.completed = True
        file.ready_at = time.monotonic() + call.pg.processing_seconds
    if place is not None:
        _share(call, place, [file for file, _ in uploaded])
    return {"files": [file.to_slack(call.pg.base_url, call.pg.bot_id) for file, _ in uploaded]}


def _uploaded(call: Call, item: Any) -> tuple[File, str]:
    file_id = item.get("id") if isinstance(item, dict) else None
    file = call.pg.workspace.files.get(str(file_id))
    if file is None or not file.uploaded:
        raise SlackError("file_not_found")
    return file, str(item.get("title") or "")


def _share(call: Call, place: Conversation, files: list[File]) -> None:
    for file in files:
        file.channels.append(place.id)
    call.pg.workspace.post(
        place.id,
        call.pg.bot_id,
        arg.text(call.args, "initial_comment"),
        call.pg.clock.now(),
        is_bot=True,
        files=files,
        thread_ts=arg.text(call.args, "thread_ts") or None,
    )


@method("files.info", "files:read")
def info(call: Call) -> Json:
    """One file."""
    file = _known(call)
    return {"file": file.to_slack(call.pg.base_url, call.pg.bot_id), "comments": []}


@method("files.delete", "files:write")
def delete(call: Call) -> Json:
    """Deletes a file; messages that showed it show it no longer."""
    file = _known(call)
    del call.pg.workspace.files[file.id]
    for channel in set(file.channels):
        for message in list(call.pg.workspace.conversations[channel].messages.values()):
            if file in message.files:
                message.files.remove(file)
                call.pg.workspace.changed(message)
    return {}


def _known(call: Call) -> File:
    file = call.pg.workspace.files.get(arg.needed(call.args, "file", "file_not_found"))
    if file is None or not file.completed:
        raise SlackError("file_not_found")
    return file
