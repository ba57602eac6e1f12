"""What waits for a coordinator beside the lights, counted for the flags and listed for coordinators."""

from datetime import UTC, datetime, timedelta

from bot.domain.report.facts import Matter, MatterFacts, MatterRow
from bot.domain.when import UNDO, DaysOff, add_working_days, local_day
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import match
from storage import programme as programmes
from storage.match import fits
from storage.records.programme import Programme
from storage.report import pending
from storage.store import Tx

_PATIENCE = timedelta(days=3)
"""A suggestion that waits for longer is worth a word."""
_EVER = datetime(2000, 1, 1, tzinfo=UTC)
_LISTED = 40


async def matters(
    tx: Tx, programme: Programme, then: datetime, now: datetime, off: DaysOff
) -> tuple[tuple[Matter, int], ...]:  # fmt: skip
    """What came up after `then`; on the first working day of a week everything that still waits."""
    fresh = since(programme, then, now, off)
    counts = {
        Matter.GONE: len(await pending.frozen(tx)) if fresh == _EVER else 0,
        Matter.APART: len(await pending.forbidden(tx, fresh)),
        Matter.WISH: await _wishes(tx, fresh, now),
        Matter.WAITING: await pending.unreviewed(tx, max(fresh, _EVER + _PATIENCE) - _PATIENCE, now - _PATIENCE),
    }
    return tuple((matter, counts[matter]) for matter in Matter if counts[matter])


def since(programme: Programme, then: datetime, now: datetime, off: DaysOff) -> datetime:
    """From when on things are new: after the last flags, or ever."""
    today = local_day(now, programme.zone)
    before = add_working_days(today, -1, off)
    return _EVER if before.isocalendar()[:2] != today.isocalendar()[:2] else then


async def matter_list(kit: Kit, actor: Actor) -> MatterFacts:
    """The pairs themselves, by name. Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        found = [(one, Matter.GONE) for one in await pending.frozen(tx)]
        found += [(one, Matter.APART) for one in await pending.forbidden(tx, _EVER)]
        rows = []
        for pair_id, matter in found[:_LISTED]:
            pair = await match.get(tx, pair_id)
            rows += [MatterRow(await people_of(tx, pair), matter)] if pair is not None else []
        return MatterFacts(tuple(rows), len(found))


async def _wishes(tx: Tx, fresh: datetime, now: datetime) -> int:
    """People who asked for help and wait. Whose partner coordinates is left out: the channel would tell that one."""
    team = {one.user_id for one in await programmes.coordinators(tx)}
    found = 0
    for wish in await fits.wishes(tx, now - UNDO):
        pair = await match.get(tx, wish.pair_id)
        if pair is None or pair.state not in match.RUNNING or wish.at + UNDO <= fresh:
            continue
        found += (await people_of(tx, pair)).other(wish.person_id).user_id not in team
    return found
