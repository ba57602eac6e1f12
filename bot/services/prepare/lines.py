"""Lines that people bring: into the parking lot, or straight to the next session's agenda."""

from bot.domain.jobs import Job
from bot.domain.prepare import LINES_MOST, PARKED_MOST, ParkFacts, ParkForm, check_line
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO
from bot.services.kit import Actor, Kit
from bot.services.prepare.agenda import agenda_of
from bot.services.prepare.pick import choose, pair_of, refresh_both
from storage import due, meet, prepare
from storage.records.delivery import DueState
from storage.records.meet import Session
from storage.records.prepare import AgendaLine, LineKind
from storage.store import Tx


async def park_form(kit: Kit, actor: Actor, pair_id: str = "", *, for_next: bool = False) -> ParkForm:
    """What the modal for one line shows. Raises Refusal when the actor has no pair."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        mine, choices = await choose(tx, actor, pair_id)
        session = await meet.next_of_pair(tx, mine.pair.id, now) if for_next else None
    return ParkForm(mine.pair.id, session, {} if pair_id else choices)


async def park(kit: Kit, actor: Actor, text: str, pair_id: str = "", *, field: str | None = None) -> ParkFacts:
    """Keep a topic for later. Raises Refusal for an empty or over-long text and for a full parking lot."""
    now = kit.clock()
    topic = check_line(text, field)
    async with kit.store.write(actor.team_id) as tx:
        mine, choices = await choose(tx, actor, pair_id)
        if choices and not pair_id:
            raise Refusal("prepare.refused.which_pair", field=field)
        await _check_room(tx, mine.pair.id, field)
        line = await prepare.add_line(tx, mine.pair.id, mine.me.id, topic, now, kind=LineKind.PARKED)
        await refresh_both(tx, mine.people, now)
    return ParkFacts(mine.pair.id, line.id, topic, None)


async def unpark(kit: Kit, actor: Actor, line_id: str) -> None:
    """Take one's own line back within ten minutes. Raises Refusal when it is too late, or somebody else's."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        line = await prepare.line(tx, line_id)
        if line is None:
            raise Refusal("common.errors.gone")
        mine = await pair_of(tx, actor, line.pair_id)
        if line.author_id != mine.me.id:
            raise Refusal("common.errors.gone")
        if now - line.at > UNDO:
            raise TooLate("prepare.refused.back_late")
        await prepare.remove(tx, [line.id])
        await refresh_both(tx, mine.people, now)


async def bring(
    kit: Kit, actor: Actor, pair_id: str, text: str, *, field: str | None = None, once: str | None = None
) -> ParkFacts:
    """Bring a line to the next session, or park it where none is booked, or it takes no topics; which it became.

    Raises Refusal under `field` for an empty or over-long text, when the pair is not the actor's, and with `once`
    where the pair has these words ahead already.
    """
    now = kit.clock()
    topic = check_line(text, field)
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        session = await meet.next_of_pair(tx, pair_id, now)
        await _check_room(tx, pair_id, field)
        if once is not None and topic in await _ahead(tx, pair_id, session):
            raise Refusal(once)
        waits = session is not None and (await agenda_of(kit, tx, session, mine.pair)).locked
        taken = session if session is not None and not waits else None
        kind = await _kind_for(tx, taken) if taken else LineKind.PARKED
        line = await prepare.add_line(
            tx, pair_id, mine.me.id, topic, now, kind=kind, session_id=taken.id if taken else None
        )
        await refresh_both(tx, mine.people, now)
    return ParkFacts(pair_id, line.id, topic, taken, waits)


async def _ahead(tx: Tx, pair_id: str, session: Session | None) -> set[str | None]:
    """What the two have noted for their next sessions, whoever wrote it."""
    noted = list(await prepare.parked(tx, pair_id))
    if session is not None:
        noted += await prepare.lines(tx, session.id)
        noted += await prepare.lines(tx, session.id, LineKind.PICKED)
    return {one.text for one in noted}


async def _kind_for(tx: Tx, session: Session) -> LineKind:
    """A line joins an agenda that was agreed or sent while there is room; else it is kept for this session."""
    agreed: list[AgendaLine] = await prepare.lines(tx, session.id)
    if agreed:
        return LineKind.AGENDA if len(agreed) < LINES_MOST else LineKind.PARKED
    sent = any(d.state is DueState.DONE for d in await due.about(tx, Job.AGENDA, session.id))
    picked = await prepare.lines(tx, session.id, LineKind.PICKED)
    return LineKind.PICKED if sent and not picked else LineKind.PARKED


async def _check_room(tx: Tx, pair_id: str, field: str | None) -> None:
    if len(await prepare.parked(tx, pair_id)) >= PARKED_MOST:
        raise Refusal("prepare.refused.full", field=field, limit=PARKED_MOST)
