"""Nudges: one template to a whole audience, never because of an answer, and to nobody twice within two weeks."""

from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, TooLate
from bot.domain.tell import BATCH, NUDGE_EVERY, SPREAD, NudgeDesk, NudgeFacts, Nudging, fits
from bot.domain.when import UNDO
from bot.services import access
from bot.services.content import words_of
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.meet.rhythm import met_enough
from bot.services.post import plan, post, unplan
from storage import enrol, match, meet, programme, tell
from storage.ids import new_id
from storage.records.delivery import Due, Letter
from storage.records.match import PairState
from storage.records.tell import Audience, Nudge
from storage.store import Tx


async def nudge_desk(
    kit: Kit, actor: Actor, audience: Audience, template: str = "", *, pair_id: str = "", locale: str | None = None
) -> NudgeDesk:
    """What a nudge would say, and to how many. Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await _desk(kit, tx, audience, template, pair_id, locale)


async def nudge(kit: Kit, actor: Actor, audience: Audience, template: str, *, pair_id: str = "") -> Nudging:
    """Send it in ten minutes, spread over three hours. Raises Refusal where nobody would get it, and for no text."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        desk = await _desk(kit, tx, audience, template, pair_id, None)
        if desk.template != template:
            raise Refusal("common.errors.pick_one", field="tell.nudge_what")
        if not desk.receivers:
            raise Refusal("tell.refused.nobody_to_nudge", field="tell.nudge_what")
        made = Nudge(new_id(), tx.team, template, audience, pair_id or None, actor.user_id, now)
        await tell.add_nudge(tx, made)
        await plan(tx, Job.NUDGE, made.id, now + UNDO, occurrence="0")
        await programme.note(tx, actor.user_id, "tell.nudged", pair_id or tx.team, now, f"{audience} {template}")
        return Nudging(made.id, desk.receivers)


async def undo_nudge(kit: Kit, actor: Actor, nudge_id: str) -> Nudging:
    """Nobody gets it; any coordinator may say so. Raises Refusal when ten minutes have passed."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        made = await tell.nudge(tx, nudge_id)
        if made is None:
            raise Refusal("common.errors.gone")
        if made.undone_at is None:
            if now >= made.at + UNDO or not await unplan(tx, Job.NUDGE, nudge_id, "undone"):
                raise TooLate("tell.refused.too_late")
            await tell.undo_nudge(tx, nudge_id, now)
            await programme.note(tx, actor.user_id, "tell.nudge_undone", made.pair_id or tx.team, now)
        return Nudging(nudge_id, 0, undone=True)


async def do_nudge(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes have passed: some hundred people at a time get it, each at a moment of their own."""
    now = kit.clock()
    made = await tell.nudge(tx, due.subject)
    if made is None or made.undone_at is not None:
        return "undone"
    left = await _receivers(tx, made.audience, made.pair_id, now)
    some = left[:BATCH]
    await tell.keep_nudged(tx, made.id, some, now)
    await enrol.fetch(tx, some)
    for user_id in some:
        at = now + timedelta(seconds=kit.dice.randrange(int(SPREAD.total_seconds())))
        await post(tx, Kind.NUDGE, user_id, f"{made.id}:{user_id}", at, nudge=made.id)
    if len(left) > BATCH:
        await plan(tx, Job.NUDGE, made.id, now, occurrence=str(int(due.occurrence or 0) + 1))
    return None if some else "nobody to nudge by now"


async def load_nudge(kit: Kit, tx: Tx, letter: Letter) -> NudgeFacts | None:
    """None where the text is gone, the pair is over, or a date was found that it asks for."""
    made = await tell.nudge(tx, letter.params["nudge"])
    words = await words_of(kit, tx, None)
    text = next((one for one in words.content.nudges.nudges if made and one.id == made.template), None)
    person = await enrol.find(tx, letter.to)
    if made is None or text is None or person is None:
        return None
    pairs = [one for one in await match.running_of(tx, person.id) if one.state is PairState.ACTIVE]
    if text.to == "unbooked" or made.audience is Audience.UNBOOKED:
        booked = await meet.next_of_pairs(tx, [one.id for one in pairs], kit.clock())
        pairs = [one for one in pairs if one.id not in booked and not await met_enough(tx, one.id)]
    return NudgeFacts(made.template) if pairs else None


async def _desk(kit: Kit, tx: Tx, audience: Audience, template: str, pair_id: str, locale: str | None) -> NudgeDesk:
    words = await words_of(kit, tx, locale)
    texts = {
        one.id: one.text for one in words.content.nudges.nudges if not one.retired and fits(one.to, audience)
    }  # fmt: skip
    now = kit.clock()
    meant = await tell.audience(tx, audience, now, pair_id)
    fresh = await _receivers(tx, audience, pair_id, now)
    chosen = template if template in texts else next(iter(texts), "")
    return NudgeDesk(audience, texts, chosen, len(fresh), len(meant) - len(fresh), await _pair(tx, pair_id))


async def _pair(tx: Tx, pair_id: str) -> PairPeople | None:
    pair = await match.get(tx, pair_id) if pair_id else None
    if pair_id and (pair is None or pair.state is not PairState.ACTIVE):
        raise Refusal("common.errors.gone")
    return await people_of(tx, pair) if pair is not None else None


async def _receivers(tx: Tx, audience: Audience, pair_id: str | None, now: datetime) -> list[str]:
    """The audience without those who got one lately."""
    lately = await tell.nudged_since(tx, now - NUDGE_EVERY)
    return [one for one in await tell.audience(tx, audience, now, pair_id) if one not in lately]
