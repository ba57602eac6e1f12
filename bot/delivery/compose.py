"""A letter as Slack will get it: facts loaded now, drawn in the receiver's language, and marked for a later look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.delivery.chores import Chore
from bot.delivery.gate import Found, draw_all, load_all
from bot.delivery.languages import Reading, reading_of
from bot.delivery.letters import Letters
from bot.delivery.scribe import Scribe
from bot.services.content import words_of
from bot.services.kit import Kit
from bot.views.bundle import mirrored
from bot.views.parts import HomeView, Message
from bot.views.plain import plain
from prompts import Words
from storage import enrol
from storage.records.delivery import Letter, Target
from storage.store import Tx

EVENT = "revmentor_letter"

Payload = dict[str, Any]


class Unreadable(Exception):
    """The facts could not be loaded or drawn; `permanent` when drawing failed, for the same facts fail again."""

    def __init__(self, error: str, *, permanent: bool) -> None:
        super().__init__(error)
        self.error = error
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class _Wanted:
    kit: Kit
    letters: Letters
    letter: Letter


async def compose(kit: Kit, scribe: Scribe, letters: Letters, letter: Letter) -> Payload | None:
    """None when the letter is no longer relevant. Raises Unreadable."""
    try:
        found, reading, words = await scribe.read_among(letter.team_id, _look_up, _Wanted(kit, letters, letter))
    except Exception as problem:
        raise Unreadable(type(problem).__name__, permanent=False) from problem
    if not found:
        return None
    try:
        drawn = draw_all(words, found)
        if isinstance(drawn, Chore):
            return {"chore": drawn}
        if isinstance(drawn, Message) and "mirror" in letter.params:
            drawn = mirrored(words, drawn)
        payload = plain(drawn.payload()) if reading.plain else drawn.payload()
        return {"view": payload} if isinstance(drawn, HomeView) else marked(payload, letter)
    except Exception as problem:
        raise Unreadable(type(problem).__name__, permanent=True) from problem


async def _look_up(tx: Tx, wanted: Sequence[_Wanted]) -> list[tuple[Found, Reading, Words]]:
    """What letters that are drawn in the same moment need; their receivers are read at once."""
    await enrol.fetch(tx, {one.letter.to for one in wanted if one.letter.target in (Target.PERSON, Target.HOME)})
    return [await _needed(tx, one) for one in wanted]


async def _needed(tx: Tx, one: _Wanted) -> tuple[Found, Reading, Words]:
    reading = await reading_of(tx, one.letter)
    if one.letter.target in (Target.PERSON, Target.HOME) and await _closed(tx, one.letter.to):
        return (), reading, one.kit.words(reading.language)
    words = await words_of(one.kit, tx, reading.language)
    return await load_all(one.kit, tx, one.letters, one.letter), reading, words


async def _closed(tx: Tx, user_id: str) -> bool:
    """Whether nobody reads what is sent there: the account is closed."""
    reader = await enrol.find(tx, user_id)
    return reader is not None and reader.deactivated


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
