"""All that a junior has answered, for herself: while a pair runs, and after it has ended."""

from bot.domain.checkin import Told
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import checkin, enrol, match, meet
from storage.records.match import Pair
from storage.store import Tx


async def over_time(kit: Kit, actor: Actor) -> tuple[Told, ...]:
    """The acting person's own answers, the newest pair first; none for whoever never answered as a junior."""
    async with kit.store.read(actor.team_id) as tx:
        me = await enrol.find(tx, actor.user_id)
        if me is None:
            return ()
        pairs = [*await match.ended_of(tx, me.id), *await match.running_of(tx, me.id)]
        found = [await _told(tx, pair) for pair in pairs if pair.junior_id == me.id]
    return tuple(told for told in reversed(found) if told.entries)


async def _told(tx: Tx, pair: Pair) -> Told:
    given = await checkin.sheets(tx, pair.id, pair.junior_id)
    sessions = [await meet.get(tx, one.session_id) for one, _ in given]
    return Told(
        await people_of(tx, pair),
        tuple((session, sheet) for session, (_, sheet) in zip(sessions, given, strict=True) if session is not None),
    )
