"""Icebreakers answered ahead: kept for oneself until both have answered the same question, then shown to both."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.prepare import AheadForm, AheadKept, AnswersFacts, Opened, both_answered, check_answer
from bot.domain.refusals import Refusal
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post
from bot.services.prepare.pick import Mine, pair_of, pair_words
from storage import match as matches
from storage import outbox, prepare
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.records.prepare import IcebreakerAnswer
from storage.store import Tx

FIELD = "prepare.answer."
"""Before the question's id in the name of a field."""


async def ahead_form(kit: Kit, actor: Actor, pair_id: str, items: Sequence[str]) -> AheadForm:
    """The modal for these questions. Raises Refusal for what is none, and for somebody else's pair."""
    async with kit.store.read(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        await _known(kit, tx, items)
        return await _form(tx, mine, items)


async def keep_ahead(kit: Kit, actor: Actor, pair_id: str, texts: Mapping[str, str]) -> AheadKept:
    """Keep what somebody wrote, by question; an empty text takes back what stood there. What both answered is shown.

    Raises Refusal under the field that is too long.
    """
    now = kit.clock()
    checked = {item: check_answer(text, FIELD + item) for item, text in texts.items()}
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        await _known(kit, tx, list(checked))
        before = {one.item_id: one for one in await _own(tx, mine, checked)}
        late = [item for item, text in checked.items() if not await _keep(tx, mine, item, text, now)]
        opened = await _open(tx, pair_id, list(checked), now)
        kept = sum(bool(text) for text in checked.values()) - len(opened) - len(late)
        changed = {item: checked[item] for item in late if before[item].text != checked[item]}
        return AheadKept(mine.people, mine.me.id, max(kept, 0), len(opened), changed)


async def remove(kit: Kit, actor: Actor, pair_id: str, items: Sequence[str], answer_id: str) -> AheadForm:
    """Take one's own answer out of what both see; the message changes or goes. Raises Refusal for any other id."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        await _known(kit, tx, items)
        gone = await prepare.remove_answer(tx, answer_id, mine.me.id)
        if gone is None or gone.pair_id != pair_id:
            raise Refusal("common.errors.gone")
        for letter in await outbox.sent_about(tx, Kind.ANSWERS, pair_id, {}):
            if gone.item_id in letter.params["items"].split(","):
                await post(tx, Kind.REDRAW, str(letter.channel), f"{letter.id}:{new_id()}", now, letter=letter.id)
        return await _form(tx, mine, items)


async def load_answers(kit: Kit, tx: Tx, letter: Letter) -> AnswersFacts | None:
    """What both wrote, as it is now; nothing once neither answer is left."""
    pair = await matches.get(tx, letter.to)
    if pair is None:
        return None
    people = await people_of(tx, pair)
    items = letter.params["items"].split(",")
    opened = _opened(people, items, await prepare.answers(tx, pair.id, items))
    left = tuple(one for one in opened if one.junior is not None or one.senior is not None)
    return AnswersFacts(people, left) if left else None


async def _known(kit: Kit, tx: Tx, items: Sequence[str]) -> None:
    content = (await pair_words(kit, tx)).content
    known = {item.id for group in content.icebreakers.sets for item in group.questions}
    if not items or not known.issuperset(items):
        raise Refusal("common.errors.gone")


async def _own(tx: Tx, mine: Mine, items: Mapping[str, str]) -> list[IcebreakerAnswer]:
    return [one for one in await prepare.answers(tx, mine.pair.id, items) if one.person_id == mine.me.id]


async def _keep(tx: Tx, mine: Mine, item: str, text: str, now: datetime) -> bool:
    """False where the answer was shown already, and stays as it was."""
    if not text:
        return await prepare.drop_answer(tx, mine.pair.id, item, mine.me.id)
    return await prepare.keep_answer(tx, mine.pair.id, item, mine.me.id, text, now)


async def _open(tx: Tx, pair_id: str, items: Sequence[str], now: datetime) -> list[str]:
    """Show both what both have answered now."""
    opened = both_answered(await prepare.answers(tx, pair_id, items))
    if opened:
        await prepare.reveal(tx, pair_id, opened, now)
        await post(tx, Kind.ANSWERS, pair_id, f"{pair_id}:{new_id()}", now, items=",".join(opened), pair=pair_id)
    return opened


async def _form(tx: Tx, mine: Mine, items: Sequence[str]) -> AheadForm:
    answers = await prepare.answers(tx, mine.pair.id, items)
    own = {one.item_id: one for one in answers if one.person_id == mine.me.id}
    shown = [item for item in items if item in own and own[item].revealed_at is not None]
    return AheadForm(
        mine.people, mine.me.id, tuple(items),
        {item: one.text or "" for item, one in own.items() if one.revealed_at is None},
        tuple(_opened(mine.people, shown, answers)),
        {item: own[item].id for item in shown if own[item].text is not None},
    )  # fmt: skip


def _opened(people: PairPeople, items: Sequence[str], answers: Sequence[IcebreakerAnswer]) -> list[Opened]:
    texts = {(one.item_id, one.person_id): one.text for one in answers if one.revealed_at is not None}
    return [Opened(item, texts.get((item, people.junior.id)), texts.get((item, people.senior.id))) for item in items]
