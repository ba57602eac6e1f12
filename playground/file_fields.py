"""A field for files: what a person chose becomes a file of theirs in the workspace, and the app is told of it."""

import base64
import binascii
import mimetypes
from typing import TYPE_CHECKING, Any

from playground.errors import Json
from playground.records import File

if TYPE_CHECKING:
    from playground.server import Playground

LARGEST = 10_000_000
SCOPE = "files:read"


def chosen(value: Any) -> Json:
    """A file as it is handed in: {name, content}, the content as bytes or in base64."""
    content = value["content"]
    text = base64.b64encode(content).decode() if isinstance(content, bytes) else str(content)
    return {"name": str(value["name"]), "content": text}


def take(pg: "Playground", user_id: str, given: Json) -> Json:
    """Puts a chosen file among the person's own and returns Slack's file object; raises ValueError for no base64."""
    try:
        content = base64.b64decode(given["content"], validate=True)
    except binascii.Error:
        raise ValueError("the content of a file is base64") from None
    name = str(given["name"]).replace("/", "_")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(pg.workspace.ids.next("F"), name, name, len(content), kind, content=content, owner=user_id)
    file.uploaded = file.completed = True
    file.created = int(pg.clock.now().timestamp())
    pg.workspace.files[file.id] = file
    return file.to_slack(pg.base_url, user_id)


def trouble(element: Json, files: list[Json]) -> str | None:
    """What the client says under the field before it sends anything."""
    most = element.get("max_files", 10)
    if len(files) > most:
        return f"Please choose {most} at most."
    if any(file["size"] > LARGEST for file in files):
        return "A file can have 10 MB at most."
    endings = [str(ending).lower() for ending in element.get("filetypes", [])]
    if endings and any(file["filetype"] not in endings for file in files):
        return f"Please choose a file of one of these types: {', '.join(endings)}."
    return None
