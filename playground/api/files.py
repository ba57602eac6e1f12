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
    named = arg.listing(call.args, "channels") or arg.listing(call.args, "channel_id")
    places = [writable(call, _direct(call, channel)) for channel in named]
    for file, title in uploaded:
        file.title = title or file.title
        file.completed = True
        file.ready_at = time.monotonic() + call.pg.processing_seconds
    for place in places:
        _share(call, place, [file for file, _ in uploaded])
    return {"files": [file.to_slack(call.pg.base_url, call.pg.bot_id) for file, _ in uploaded]}


def _uploaded(call: Call, item: Any) -> tuple[File, str]:
    if not isinstance(item, dict) or not item.get("id"):
        raise arg.invalid("each of the files must be an object with an id: files")
    file = call.pg.workspace.files.get(str(item["id"]))
    if file is None or not file.uploaded:
        raise SlackError("file_not_found")
    return file, str(item.get("title") or "")


def _direct(call: Call, target: str) -> str:
    """Where `channels` names a person, the app's DM with that person."""
    named = target in call.pg.workspace.users and "channels" in call.args
    return call.pg.workspace.direct(target).id if named else target


def _share(call: Call, place: Conversation, files: list[File]) -> None:
    message = call.pg.workspace.post(
        place.id,
        call.pg.bot_id,
        arg.text(call.args, "initial_comment"),
        call.pg.clock.now(),
        is_bot=True,
        files=list(files),
        thread_ts=arg.text(call.args, "thread_ts") or None,
    )
    for file in files:
        file.shares[place.id] = message.ts


@method("files.info", "files:read")
def info(call: Call) -> Json:
    """One file."""
    file = _known(call)
    return {"file": file.to_slack(call.pg.base_url, call.pg.bot_id), "comments": []}


@method("files.delete", "files:write")
def delete(call: Call) -> Json:
    """Deletes a file; messages that showed it show that it is gone."""
    call.pg.workspace.delete_file(_known(call))
    return {}


def _known(call: Call) -> File:
    file_id = arg.needed(call.args, "file", "file_not_found")
    if file_id in call.pg.workspace.deleted_files:
        raise SlackError("file_deleted")
    file = call.pg.workspace.files.get(file_id)
    if file is None or not file.completed:
        raise SlackError("file_not_found")
    return file
