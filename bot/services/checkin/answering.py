"""The junior's answers: stored sealed, once per check-in and question, as often as she presses."""

from datetime import datetime

from bot.domain.checkin import Mine, Sheet, Thanks, checked, copied, may_answer
from bot.domain.refusals import Refusal, Refusals
from bot.domain.when import local_day
from bot.services import ask, report
from bot.services.checkin.asking import quiet
from bot.services.checkin.drawing import sheet
from bot.services.checkin.finding import mine
from bot.services.checkin.learning import learner_of
from bot.services.checkin.promises import plan_look
from bot.services.checkin.replacing import stop_asking
from bot.services.kit import Actor, Kit
from bot.services.post import refresh_home
from bot.services.theme import vocabulary
from storage import checkin, programme
from storage.records.checkin import AnswerSheet, CheckinState
from storage.records.enrol import Side
from storage.records.report import FigureKind
from storage.store import Tx

_ANSWERABLE = (CheckinState.DUE, CheckinState.SENT, CheckinState.SKIPPED, CheckinState.ANSWERED)


async def sheet_for(kit: Kit, actor: Actor, checkin_id: str, typed: AnswerSheet) -> Sheet:
    """The modal again with everything typed so far, when a date field has to appear or go."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        return await sheet(kit, tx, await mine(tx, actor, checkin_id, Side.JUNIOR), now, typed)


async def answer(kit: Kit, actor: Actor, checkin_id: str, given: AnswerSheet) -> Thanks:
    """Store or change the answers. Raises Refusals under the fields, and Refusal when it is too late."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await mine(tx, actor, checkin_id, Side.JUNIOR)
        may_answer(it.checkin, it.people.pair.state, now)
        cohort = await programme.cohort(tx, it.people.pair.cohort_id)
        themes = await vocabulary(kit, tx, cohort) if cohort else ()
        result = checked(given, local_day(now, it.me.zone), themes)
        if isinstance(result, list):
            raise Refusals(result)
        return await _store(kit, tx, it, result, now)


async def nothing_new(kit: Kit, actor: Actor, checkin_id: str) -> Thanks:
    """Copy the answers of last time. Raises Refusal when a promised day has passed: that is asked again."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await mine(tx, actor, checkin_id, Side.JUNIOR)
        may_answer(it.checkin, it.people.pair.state, now)
        if it.checkin.state is CheckinState.ANSWERED:
            return Thanks(it.checkin, it.me.zone)
        last = await checkin.last_answered(tx, it.checkin.pair_id, it.me.id, but=checkin_id)
        before = await checkin.sheet(tx, last) if last else None
        again = copied(before, local_day(now, it.me.zone)) if before else None
        if again is None:
            raise Refusal("checkin.refused.ask_again")
        return await _store(kit, tx, it, again, now)


async def thanks_for(kit: Kit, actor: Actor, checkin_id: str) -> Thanks:
    """The thanks once more, with what is still offered. Raises Refusal when the check-in is not the actor's."""
    async with kit.store.read(actor.team_id) as tx:
        it = await mine(tx, actor, checkin_id, Side.JUNIOR)
        said = await learner_of(tx, it.session, it.me, Side.JUNIOR)
        offer = await ask.waiting(tx, it.me.id, it.checkin.pair_id, kit.clock())
    return Thanks(it.checkin, it.me.zone, offer, said)


async def _store(kit: Kit, tx: Tx, it: Mine, given: AnswerSheet, now: datetime) -> Thanks:
    if not await checkin.move(tx, it.checkin.id, _ANSWERABLE, CheckinState.ANSWERED, answered_at=now):
        raise Refusal("checkin.refused.closed")
    await checkin.save_sheet(tx, it.checkin, given, now)
    for kind in (FigureKind.RECIPROCITY, FigureKind.THEMES):
        await report.remember(kit, tx, it.people.pair, kind, it.checkin.id, now)
    await quiet(tx, it.checkin, "answered")
    await stop_asking(tx, it, now)
    await plan_look(tx, it.people, now)
    await refresh_home(tx, it.me.user_id, now)
    sheets = [s for _, s in await checkin.sheets(tx, it.checkin.pair_id, it.me.id)]
    offer = await ask.consider(tx, it.checkin.pair_id, it.me.id, sheets, now)
    return Thanks(it.checkin, it.me.zone, offer, await learner_of(tx, it.session, it.me, Side.JUNIOR))
