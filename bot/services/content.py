"""The programme's own texts as this workspace has them: the pack's, with what its coordinators changed.

Every use case and every drawing reads icebreakers, agendas, lessons and principles from here, never from `kit.words`
or `kit.library`: only then is what coordinators switched off left out, and what they added there. Handlers get these
words as `turn.words`, drawings of messages as `words`; use cases that speak to a pair take `pair_words`.
Ids of texts that are switched off are still found (`content.icebreaker(id)`), for old messages and contracts name them;
what is offered anew leaves out `retired` ones, as `content.track`, `.agenda`, `.extras` and `.principles` do.
"""

from dataclasses import replace

from bot.services.kit import Kit
from prompts import Change, Content, Words, overlay, with_tags
from storage import content, theme
from storage.records.content import ContentItem
from storage.records.theme import Tag
from storage.store import Tx

_MOST = 100
_Changed = tuple[tuple[ContentItem, ...], tuple[Tag, ...]]
_LAST: dict[tuple[str, str], tuple[Content, _Changed, Content]] = {}
"""By workspace and language: what was laid over what. It only saves work; the database says what is so."""


async def words_of(kit: Kit, tx: Tx, locale: str | None) -> Words:
    """The words for a Slack locale, with the workspace's own texts in their `content`."""
    words = kit.words(locale)
    changed = await content.items(tx), await theme.tags(tx)
    if not any(changed):
        return words
    return replace(words, content=_laid(tx.team, words, changed))


def _laid(team: str, words: Words, changed: _Changed) -> Content:
    """The overlay of a workspace and language, made again when something has changed since."""
    before = _LAST.get((team, words.lang))
    if before is None or before[0] is not words.content or before[1] != changed:
        changes = [Change(one.kind, one.item_id, one.body, one.off) for one in changed[0]]
        tags = [(one.id, one.label, one.about) for one in changed[1]]
        if len(_LAST) >= _MOST:
            _LAST.clear()
        before = _LAST[team, words.lang] = (words.content, changed, with_tags(overlay(words.content, changes), tags))
    return before[2]
