"""The last look before a letter is drawn: may it reach its receiver now, and does it take others along?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.delivery.chores import Chore
from bot.delivery.letters import Entry, Letters
from bot.domain.budget import rank
from bot.domain.delivery import to_pair
from bot.domain.messages import MESSAGES, Kind, Timing, may_pass_pause, waits_for_hours
from bot.services import timing
from bot.services.kit import Kit
from bot.services.timing import Verdict
from bot.views.bundle import together
from bot.views.parts import HomeView, Message
from prompts import Words
from storage import outbox
from storage.records.delivery import Letter, Target
from storage.store import Tx

Found = Sequence[tuple[Entry[Any], Any]]

GONE = Verdict(goes=False, reason="no longer relevant")


def asks(letter: Letter) -> bool:
    """Whether anything could speak against sending it; what was tried before goes on, for it may be there already."""
    if letter.first_attempt_at is not None or letter.target not in (Target.PERSON, Target.PAIR):
        return False
    return letter.kind in MESSAGES and (waits_for_hours(Kind(letter.kind)) or not may_pass_pause(Kind(letter.kind)))


def is_prompt(letter: Letter) -> bool:
    return letter.kind in MESSAGES and MESSAGES[Kind(letter.kind)].timing is Timing.PROMPT


async def judge(kit: Kit, tx: Tx, letters: Letters, letter: Letter) -> Verdict:
    """What becomes of it; what nobody needs to hear any more is neither counted nor taken along."""
    verdict = await timing.judge(tx, letter, kit.clock())
    if not verdict.goes or not is_prompt(letter):
        return verdict
    if not await load_all(kit, tx, letters, letter):
        return GONE
    others = [one for one in verdict.others if await load_all(kit, tx, letters, one)]
    return replace(verdict, others=tuple(others))


async def load_all(kit: Kit, tx: Tx, letters: Letters, letter: Letter) -> Found:
    """Whatever still matters of a message, with how to draw it: its own, and what it tells for others."""
    folded = [await outbox.get(tx, one) for one in letter.params.get("with", "").split(",") if one]
    found = []
    for one in sorted((one for one in (letter, *folded) if one is not None), key=rank):
        entry = letters[Kind(one.kind)]
        facts = await entry.load(kit, tx, to_pair(one))
        found += [(entry, facts)] if facts is not None else []
    return found


def draw_all(words: Words, found: Found) -> Message | HomeView | Chore:
    """One drawing, several of them in one message."""
    drawn = [entry.draw(words, facts) for entry, facts in found]
    parts = [one for one in drawn if isinstance(one, Message)]
    return together(words, parts) if len(parts) > 1 else drawn[0]
