"""Files that a person chose in a modal: what Slack says about one, and its bytes."""

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.domain.refusals import Refusal
from handlers.shape import mapping, string
from handlers.turn import Turn

SCOPE = "files:read"
_PATIENCE = aiohttp.ClientTimeout(total=20)
_PIECE = 65_536


async def may_read(turn: Turn) -> bool:
    """Whether the optional scope was granted; without it Slack refuses a modal with a field for files."""
    answer = await turn.client.auth_test()
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return SCOPE in {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")}


async def content(turn: Turn, file_id: str, *, field: str, most: int) -> bytes:
    """The bytes of a file, one more than `most` where it is longer. Raises Refusal under `field` where it is not there.

    https://docs.slack.dev/messaging/working-with-files: the address wants the token, too.
    """
    try:
        file = mapping((await turn.client.files_info(file=file_id)).get("file"))
    except SlackApiError as problem:
        raise Refusal("roster.refused.file_gone", field=field) from problem
    url = string(file.get("url_private_download")) or string(file.get("url_private"))
    if not url:
        raise Refusal("roster.refused.file_gone", field=field)
    headers = {"Authorization": f"Bearer {turn.client.token}"}
    async with aiohttp.ClientSession(timeout=_PATIENCE) as session, session.get(url, headers=headers) as answer:
        page = answer.content_type == "text/html"  # Slack's door, where the token does not open the file
        if answer.status != 200 or page:
            raise Refusal("roster.refused.file_gone", field=field)
        data = bytearray()
        async for piece in answer.content.iter_chunked(_PIECE):
            data += piece
            if len(data) > most:
                break
        return bytes(data)
