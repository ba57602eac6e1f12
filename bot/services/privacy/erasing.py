"""Deleting a person: pairs end neutrally, the key goes, and what shows their words in Slack is taken away."""

from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.privacy import LATE, SHOWS_TEXTS, ErasePlan
from bot.domain.refusals import Refusal
from bot.services import leave, theme
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import plan, post, refresh_homes
from storage import enrol, home, match, meet, outbox, privacy, programme, tell
from storage import leave as leavings
from storage.ids import new_id
from storage.records.delivery import Due, LetterState
from storage.records.enrol import Person
from storage.records.leave import LeaveState, Leaving
from storage.records.privacy import Sent
from storage.store import Tx


async def erase_plan(kit: Kit, actor: Actor) -> ErasePlan:
    """What would end or stay. Raises Refusal for the last coordinator."""
    async with kit.store.read(actor.team_id) as tx:
        coordinates = await _coordinates(tx, actor)
        me = await enrol.find(tx, actor.user_id)
        pairs = await match.running_of(tx, me.id) if me else []
        known = await programme.get(tx)
        named = known is not None and actor.user_id in (known.findings_owner, *known.safe_contacts)
        return ErasePlan(len(pairs), coordinates, named)


async def erase(kit: Kit, actor: Actor) -> None:
    """Delete what is stored about the actor, at once and for good; Slack need not be reachable for it.

    Raises Refusal for the last coordinator. What stands in Slack is taken away by the courier, as soon as it can be.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        await _coordinates(tx, actor)
        me = await enrol.find(tx, actor.user_id)
        sent = await _go(kit, tx, me, now) if me else []
        sent += await privacy.letters_shown(tx, actor.user_id, [], [], [])
        sent += await tell.shown_words(tx, me.id, Kind.ANNOUNCEMENT) if me else []
        sent += await theme.shown_words(tx, me.id) if me else []
        files = await _end_exports(tx, actor.user_id, now)
        late = await privacy.open_letters(tx, actor.user_id)
        has_home = await home.to_draw(tx, [actor.user_id], "")
        await privacy.end_consents(tx, actor.user_id, now)
        await privacy.erase(tx, actor.user_id, me.id if me else None)
        await _clear_slack(tx, sent, files, now)
        for letter_id in late:
            await plan(tx, Job.LATE_LETTER, letter_id, now + LATE)
        if has_home:
            await post(tx, Kind.HOME, actor.user_id, new_id(), now)
        await refresh_homes(tx, [c.user_id for c in await programme.coordinators(tx)], now)
        kit.store.scrub_after()


async def do_late_letter(kit: Kit, tx: Tx, due: Due) -> str | None:
    """A message that was under way while its receiver was erased: taken away where it arrived."""
    letter = await outbox.get(tx, due.subject)
    if letter is None:
        return "it is gone"
    if letter.state is LetterState.SENT and letter.channel and letter.ts:
        await _clear_slack(tx, [Sent(letter.channel, letter.ts)], [], kit.clock())
    await privacy.drop_letter(tx, letter)
    return None


async def _go(kit: Kit, tx: Tx, me: Person, now: datetime) -> list[Sent]:
    """End what the person takes part in; tells which messages to others show their words."""
    took_part = await enrol.enrolled(tx, me.id)
    leaving = Leaving(new_id(), tx.team, me.id, None, None, None, LeaveState.DONE, now)
    await leavings.add(tx, leaving)
    for pair in await match.running_of(tx, me.id):
        await leave.end_pair(kit, tx, await people_of(tx, pair), now)
    await leave.leave_places(tx, me, now)
    if took_part:
        await leave.tell_coordinators(tx, leaving.id, me.user_id, now)
    pairs = await match.between(tx, me.id, me.id)
    others = {p.senior_id if p.junior_id == me.id else p.junior_id for p in pairs}
    partners = [p.user_id for p in (await enrol.people(tx, others)).values()]
    return await privacy.letters_shown(tx, me.user_id, [p.id for p in pairs], partners, SHOWS_TEXTS)


async def _end_exports(tx: Tx, user_id: str, now: datetime) -> list[str]:
    """No file is shared any more; tells which ones lie in Slack."""
    open_ones = [one for one in await privacy.exports_of(tx, user_id) if one.gone_at is None]
    for one in open_ones:
        await privacy.set_export(tx, one.id, gone_at=now)
    calendars = [one for one in await meet.files_of(tx, user_id) if one.gone_at is None]
    for file in calendars:
        await meet.set_file(tx, file.id, gone_at=now)
    return [one.file_id for one in open_ones if one.file_id] + [name for file in calendars for name in file.file_ids]


async def _clear_slack(tx: Tx, sent: list[Sent], files: list[str], now: datetime) -> None:
    for one in sent:
        await post(tx, Kind.REMOVE_MESSAGE, one.channel, f"{one.channel}:{one.ts}", now, ts=one.ts)
    for file_id in files:
        await post(tx, Kind.REMOVE_FILE, file_id, file_id, now)


async def _coordinates(tx: Tx, actor: Actor) -> bool:
    """Whether the actor coordinates. Raises Refusal where nobody else would be left."""
    coordinators = [c.user_id for c in await programme.coordinators(tx)]
    if coordinators == [actor.user_id]:
        raise Refusal("privacy.refused.last_coordinator")
    return actor.user_id in coordinators
