"""The programme's own texts as this workspace has them: the pack's, with what its coordinators changed.

Every use case and every drawing reads icebreakers, agendas, lessons and principles from here, never from `kit.words`
or `kit.library`: only then is what coordinators switched off left out, and what they added there. Handlers get these
words as `turn.words`, drawings of messages as `words`; use cases that speak to a pair take `pair_words`.
Ids of texts that are switched off are still found (`content.icebreaker(id)`), for old messages and contracts name them;
what is offered anew leaves out `retired` ones, as `content.track`, `.agenda`, `.extras` and `.principles` do.
"""

from dataclasses import replace

from bot.services.kit import Kit
from prompts import Change, Words, overlay
from storage import content
from storage.store import Tx


async def words_of(kit: Kit, tx: Tx, locale: str | None) -> Words:
    """The words for a Slack locale, with the workspace's own texts in their `content`."""
    words = kit.words(locale)
    changed = await content.items(tx)
    if not changed:
        return words
    changes = [Change(one.kind, one.item_id, one.body, one.off) for one in changed]
    return replace(words, content=overlay(words.content, changes))
