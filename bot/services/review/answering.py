"""One's own answers: stored sealed, as often as somebody presses, and gone again when they are taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.prepare import ParkFacts
from bot.domain.refusals import Refusal, Refusals
from bot.domain.report.kinds import of_review
from bot.domain.review import FIGURES, QUOTE, ReviewSheet, checked, may_answer, pack_of
from bot.services import access, report
from bot.services.kit import Actor, Kit
from bot.services.post import refresh_home, unplan
from bot.services.prepare import bring
from bot.services.prepare.pick import pair_words
from bot.services.prepare.redraw import redraw
from bot.services.review.finding import mine, sheet_of
from prompts.parts import Review as Pack
from storage import review
from storage.records.enrol import Person
from storage.records.review import Given, ReviewKind
from storage.store import Tx

_ASKS = (Kind.MIDPOINT, Kind.END_SURVEY, Kind.OUTCOMES)


async def opened(kit: Kit, actor: Actor, review_id: str) -> ReviewSheet:
    """What the modal shows, with one's own answers in it. Raises Refusal when it is not the actor's, or closed."""
    async with kit.store.read(actor.team_id) as tx:
        _, sheet = await mine(tx, actor, review_id)
        may_answer(sheet, kit.clock())
        return await sheet_of(tx, sheet.review, answers=True) or sheet


async def answer(kit: Kit, actor: Actor, review_id: str, given: Mapping[str, str]) -> ReviewSheet:
    """Store or change the answers. Raises Refusals under the fields, and Refusal when it is too late."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me, sheet = await mine(tx, actor, review_id)
        may_answer(sheet, now)
        pack = kit.library.content.review(pack_of(sheet.review.kind, sheet.review.side))
        kept = checked(_allowed(pack, sheet), given)
        if isinstance(kept, list):
            raise Refusals(kept)
        if not await review.save(tx, sheet.review, Given(pack.version, kept), now):
            raise Refusal("review.refused.closed")
        if (kind := of_review(sheet.review.kind, sheet.review.side)) is not None:
            await report.remember(kit, tx, sheet.people.pair, kind, review_id, now)
        return await _settled(tx, actor, me, review_id, now)


async def skip(kit: Kit, actor: Actor, review_id: str) -> ReviewSheet:
    """Leave it out, or take back what was answered; it can still be answered until it closes."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me, sheet = await mine(tx, actor, review_id)
        may_answer(sheet, now)
        if not await review.forget(tx, review_id):
            raise Refusal("review.refused.closed")
        if (kind := of_review(sheet.review.kind, sheet.review.side)) is not None:
            await report.forget(kit, tx, sheet.people.pair, kind, review_id, now)
        return await _settled(tx, actor, me, review_id, now)


async def together(kit: Kit, actor: Actor, pair_id: str) -> tuple[ParkFacts, str]:
    """Put *How are we doing?* on the pair's next agenda, in the pair's language; what became of it, and the zone.

    Raises Refusal where it stands there already, and as `bring` does.
    """
    async with kit.store.read(actor.team_id) as tx:
        _, me, _ = await access.pair(tx, actor, pair_id)
        line = (await pair_words(kit, tx)).say("review.together.line")
    return await bring(kit, actor, pair_id, line, once="review.refused.on_agenda"), me.zone


async def quote_of(tx: Tx, pair_id: str, person_id: str) -> str | None:
    """Whether a junior lets herself be quoted: "no", "unnamed" or "named"; None where she said nothing.

    For what is shown to herself (whether she is offered to write such words), and for nobody else's eyes.
    """
    ends = await review.of_pair(tx, pair_id, ReviewKind.END)
    asked = next((one for one in ends if one.person_id == person_id), None)
    given = await review.given(tx, asked) if asked is not None else None
    return given.answers.get(QUOTE) if given is not None else None


def _allowed(pack: Pack, sheet: ReviewSheet) -> dict[str, Sequence[str]]:
    codes = {"scale": FIGURES, "text": ()}
    items = pack.for_side(sheet.review.side.value)
    return {item.id: codes.get(item.kind, tuple(option.code for option in item.options)) for item in items}


async def _settled(tx: Tx, actor: Actor, me: Person, review_id: str, now: datetime) -> ReviewSheet:
    """No more reminding; what asked in Slack, and the Home, say what is so now."""
    await unplan(tx, Job.REMIND_REVIEW, review_id, "answered or skipped")
    await refresh_home(tx, me.user_id, now)
    for kind in _ASKS:
        await redraw(tx, kind, me.user_id, now, review=review_id)
    _, sheet = await mine(tx, actor, review_id)
    return await sheet_of(tx, sheet.review, answers=True) or sheet
