"""Calendar files: asked for by one of a pair, made at the moment of sending, gone from Slack a day later."""

from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.meet import CalendarFacts
from bot.domain.meet.calendars import KEPT, MOST_FILES, Entry, entry_of, newest
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import plan, post
from storage import enrol, match, meet
from storage.records.delivery import Due, Letter
from storage.records.enrol import Person
from storage.records.meet import CalendarFile, Session, SessionState
from storage.store import Tx


async def ask_calendar(kit: Kit, actor: Actor, session_id: str, *, series: bool = False) -> None:
    """Have a session, or what lies ahead of its series, sent to the actor's own DM as calendar files.

    Also for pairs that have paused or ended: what was called off has to go from calendars too. Asking again while
    files are under way is once. Raises Refusal for sessions that no calendar has use for.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        asked = await meet.get(tx, session_id)
        if asked is None:
            raise Refusal("common.errors.gone")
        await access.pair(tx, actor, asked.pair_id)
        wanted = await _wanted(tx, asked, series, now)
        ids = tuple(one.id for one in wanted)
        waiting = [one for one in await meet.files_of(tx, actor.user_id) if one.shared_at is None and not one.gone_at]
        if any(one.session_ids == ids for one in waiting):
            return
        made = await meet.ask_file(tx, actor.user_id, ids, now)
        await post(tx, Kind.CALENDAR, actor.user_id, made.id, now, file=made.id)


async def calendar_contents(kit: Kit, team: str, file_id: str) -> tuple[CalendarFile, list[Entry], str | None] | None:
    """What the files say and the reader's language, read now; None when they were shared, or nobody wants them."""
    now = kit.clock()
    async with kit.store.read(team) as tx:
        found = await meet.file_of(tx, file_id)
        me = await enrol.find(tx, found.user_id) if found else None
        if found is None or me is None or found.shared_at is not None or found.gone_at is not None:
            return None
        return found, await _entries(tx, found, me, now), me.locale


async def keep_calendar(kit: Kit, team: str, file_id: str, slack_ids: list[str]) -> bool:
    """Before the files get a single byte: which they are, and that they go in a day, whatever happens to us.

    False when nobody wants them any more.
    """
    async with kit.store.write(team) as tx:
        found = await meet.file_of(tx, file_id)
        if found is None or found.gone_at is not None:
            return False
        await meet.set_file(tx, file_id, file_ids=slack_ids)
        for one in slack_ids:
            await plan(tx, Job.CALENDAR_GONE, file_id, kit.clock() + KEPT, occurrence=one)
        return True


async def calendar_shared(kit: Kit, team: str, file_id: str) -> None:
    """The files are in the person's DM."""
    async with kit.store.write(team) as tx:
        await meet.set_file(tx, file_id, shared_at=kit.clock())


async def load_calendar(kit: Kit, tx: Tx, letter: Letter) -> CalendarFacts | None:
    """What is said below the files."""
    found = await meet.file_of(tx, letter.params["file"])
    me = await enrol.find(tx, letter.to)
    if found is None or me is None or found.shared_at is None or found.gone_at is not None:
        return None
    entries = await _entries(tx, found, me, kit.clock())
    off = bool(entries) and all(one.off for one in entries)
    changed = any(one.changed for one in entries)
    return CalendarFacts(len(found.file_ids), changed, off, me.zone, found.shared_at + KEPT)


async def do_calendar_gone(kit: Kit, tx: Tx, due: Due) -> str | None:
    """A day has passed: the file is deleted in Slack."""
    now = kit.clock()
    await post(tx, Kind.REMOVE_FILE, due.occurrence, due.occurrence, now)
    found = await meet.file_of(tx, due.subject)
    if found is not None and due.occurrence in found.file_ids and found.gone_at is None:
        await meet.set_file(tx, found.id, gone_at=now)
    return None


async def _wanted(tx: Tx, asked: Session, series: bool, now: datetime) -> list[Session]:
    """The newest version of what was asked for; of its series what lies ahead and stands, or was called off with it."""
    if series and asked.series is not None:
        alike = await meet.of_pair(tx, asked.pair_id, asked.state)
        since = now if asked.state is SessionState.PLANNED else max(now, asked.starts_at - timedelta(minutes=1))
        together = [one for one in alike if one.series == asked.series and one.starts_at > since]
        if together:
            return together[:MOST_FILES]
    found = newest(await meet.known_as(tx, asked.pair_id, asked.known_as))
    if found is None:
        raise Refusal("meet.refused.not_for_calendar")
    return [found]


async def _entries(tx: Tx, wanted: CalendarFile, me: Person, now: datetime) -> list[Entry]:
    """As the sessions are now: what changed since they were asked for is right, too."""
    found = []
    for session_id in wanted.session_ids:
        session = await meet.get(tx, session_id)
        pair = await match.get(tx, session.pair_id) if session else None
        if session is None or pair is None:
            continue
        last = newest(await meet.known_as(tx, pair.id, session.known_as)) or session
        found.append(entry_of(last, (await people_of(tx, pair)).other(me.id).name, now))
    return found
