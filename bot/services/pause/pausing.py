"""Pausing, going on early, and taking it back."""

from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.jobs import Job
from bot.domain.pause import USUAL, Paused, PauseForm, may_undo, parse_until, problems
from bot.domain.refusals import Refusal, Refusals, TooLate
from bot.domain.when import UNDO, local_day, utc_of
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of, redraw_homes
from bot.services.pause.following import end
from bot.services.pause.going_on import go_on, hold
from bot.services.post import plan, refresh_home
from storage import match, meet
from storage import pause as pauses
from storage.ids import new_id, new_nonce
from storage.records.enrol import Enrolment, Person
from storage.records.match import PairState
from storage.records.pause import Pause
from storage.records.prefs import MORNING
from storage.store import Tx


async def form(kit: Kit, actor: Actor, text: str = "") -> PauseForm:
    """The modal; `text` is a day or a span that somebody typed. Raises Refusal where it is neither."""
    async with kit.store.read(actor.team_id) as tx:
        me = await access.person(tx, actor)
        today = local_day(kit.clock(), me.zone)
        running = await pauses.running(tx, me.id)
        until = parse_until(text, today) or (running.until if running else today + USUAL)
        wrong = problems(until, "", today) if text.strip() else []
        if wrong:
            raise wrong[0]
        return PauseForm(me, today, until, running)


async def pause(kit: Kit, actor: Actor, until: date | None, note: str) -> Paused:
    """Everything stops at once; ten minutes later partners are told and what was booked is called off.

    Pausing again moves the end. Raises Refusals under the fields.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me = await access.person(tx, actor)
        await meet.lock_people(tx, [me.id])
        wrong = problems(until, note, local_day(now, me.zone))
        if wrong or until is None:
            raise Refusals(wrong)
        begun = await _begin(tx, me, until, note, now)
        await pauses.set_places(tx, me.id, (Enrolment.WAITING, Enrolment.PAIRED), Enrolment.PAUSED)
        pairs = await match.running_of(tx, me.id)
        for pair in pairs:
            await match.move(tx, pair.id, PairState.ACTIVE, PairState.PAUSED)
            await redraw_homes(tx, await people_of(tx, pair), now)
        await hold(tx, me)
        again = new_nonce()[:12]
        await plan(tx, Job.PAUSE_SETTLES, begun.id, now + UNDO, recipient=me.id, occurrence=again)
        await plan(tx, Job.PAUSE_ENDS, begun.id, begun.resumes_at, recipient=me.id, occurrence=again)
        await refresh_home(tx, me.user_id, now)
        return Paused(begun, me, len(pairs))


async def resume(kit: Kit, actor: Actor) -> Person:
    """Go on before the day. Raises Refusal for somebody who has not paused."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me = await access.person(tx, actor)
        running = await pauses.running(tx, me.id)
        if running is None:
            raise Refusal("pause.refused.not_paused")
        if running.settled_at is None:
            await _take_back(tx, me, running, now)
        else:
            await end(tx, me, running, now, early=True)
        return me


async def undo(kit: Kit, actor: Actor, pause_id: str) -> Person:
    """It was a slip: within ten minutes nobody ever hears of it. Raises Refusal when it is too late, or not theirs."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me = await access.person(tx, actor)
        running = await pauses.running(tx, me.id)
        if running is None or running.id != pause_id:
            raise Refusal("common.errors.gone")
        if not may_undo(running, now):
            raise TooLate("pause.refused.too_late")
        await _take_back(tx, me, running, now)
        return me


async def _begin(tx: Tx, me: Person, until: date, note: str, now: datetime) -> Pause:
    resumes_at = utc_of(until, time(MORNING), me.zone)
    running = await pauses.running(tx, me.id)
    if running is not None:
        await pauses.change(tx, running.id, until=until, resumes_at=resumes_at)
        return replace(running, until=until, resumes_at=resumes_at)
    begun = Pause(new_id(), tx.team, me.id, now, until, resumes_at, note)
    await pauses.add(tx, begun, now)
    return begun


async def _take_back(tx: Tx, me: Person, running: Pause, now: datetime) -> None:
    await pauses.remove(tx, running.id)
    await go_on(tx, me, now, slip=True)
    await refresh_home(tx, me.user_id, now)
