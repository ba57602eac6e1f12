"""What stands in a pair's space is drawn again when its facts have changed."""

from datetime import datetime

from bot.domain.messages import Kind
from bot.services.kit import Kit
from bot.services.post import post
from storage import outbox
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.store import Tx


async def redraw(tx: Tx, kind: Kind, pair_id: str, now: datetime, **about: str) -> None:
    """Have the messages of a kind about something drawn anew, where they have been sent."""
    for letter in await outbox.sent_about(tx, kind, pair_id, about):
        await post(tx, Kind.REDRAW, str(letter.channel), f"{letter.id}:{new_id()}", now, letter=letter.id)


async def load_redraw(kit: Kit, tx: Tx, letter: Letter) -> Letter | None:
    """The message that is to be drawn again; None where it is gone."""
    return await outbox.get(tx, letter.params["letter"])
