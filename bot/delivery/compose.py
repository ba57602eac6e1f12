"""A letter as Slack will get it: facts loaded now, drawn in the receiver's language, and marked for a later look."""

from typing import Any

from bot.delivery.chores import Chore
from bot.delivery.languages import language_of
from bot.delivery.letters import Entry
from bot.delivery.scribe import Scribe
from bot.services.kit import Kit
from bot.views.parts import HomeView
from storage.records.delivery import Letter
from storage.store import Tx

EVENT = "revmentor_letter"

Payload = dict[str, Any]


class Unreadable(Exception):
    """The facts could not be loaded or drawn; `permanent` when drawing failed, for the same facts fail again."""

    def __init__(self, error: str, *, permanent: bool) -> None:
        super().__init__(error)
        self.error = error
        self.permanent = permanent


async def compose(kit: Kit, scribe: Scribe, entry: Entry[Any], letter: Letter) -> Payload | None:
    """None when the letter is no longer relevant. Raises Unreadable."""

    async def look_up(tx: Tx) -> tuple[Any, str | None]:
        return await entry.load(kit, tx, letter), await language_of(tx, letter)

    try:
        facts, language = await scribe.read(letter.team_id, look_up)
    except Exception as problem:
        raise Unreadable(type(problem).__name__, permanent=False) from problem
    if facts is None:
        return None
    try:
        drawn = entry.draw(kit.words(language), facts)
        if isinstance(drawn, Chore):
            return {"chore": drawn}
        return {"view": drawn.payload()} if isinstance(drawn, HomeView) else marked(drawn.payload(), letter)
    except Exception as problem:
        raise Unreadable(type(problem).__name__, permanent=True) from problem


def marked(payload: Payload, letter: Letter) -> Payload:
    """With the letter's opaque id, in the metadata and in a block: any app may read the one, so it tells nothing."""
    blocks = [dict(block) for block in payload["blocks"]]
    if blocks:
        blocks[-1]["block_id"] = letter.nonce
    metadata = {"event_type": EVENT, "event_payload": {"id": letter.nonce}}
    return payload | {"blocks": blocks, "metadata": metadata}


def carries(message: dict[str, Any], letter: Letter) -> bool:
    """Whether a message in Slack is this letter."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    blocks = message.get("blocks") or []
    return payload.get("id") == letter.nonce or any(block.get("block_id") == letter.nonce for block in blocks)
