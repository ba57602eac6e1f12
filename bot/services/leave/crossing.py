"""Reporting lines have changed and forbid a pair: coordinators are told, both are asked, and either may end it."""

from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.leave import Crossing, LinesFlag
from bot.domain.match import PairPeople, off_line
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO, local_day, shared_hour
from bot.services import access
from bot.services.calendar import days_off, waking
from bot.services.kit import Actor, Kit
from bot.services.leave.ending import end_pair
from bot.services.match import people_of, people_of_all
from bot.services.post import plan, post, unplan
from storage import due, enrol, leave, match, programme
from storage.ids import new_nonce
from storage.records.delivery import Due, DueState, Letter
from storage.store import Tx


async def do_look_at_lines(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ask both of every running pair that the lines forbid since they changed; once for each change."""
    now = kit.clock()
    lines = await enrol.lines(tx)
    running = await people_of_all(tx, [p for p in await match.all_open(tx) if p.state in match.RUNNING])
    forbidden = {p.pair.id: p for p in running if off_line(p.junior.user_id, p.senior.user_id, lines)}
    await leave.uncross(tx, await leave.crossed(tx) - forbidden.keys())
    for people in forbidden.values():
        if await leave.cross(tx, people.pair.id, now):
            await _ask(tx, people, now)
    return None


async def do_crossed_out(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes after one of the two said so: it ends, as if anybody had asked."""
    pair = await match.get(tx, due.subject)
    if pair is None or pair.state not in match.RUNNING:
        return "it has ended meanwhile"
    await end_pair(kit, tx, await people_of(tx, pair), kit.clock())
    return None


async def answer(kit: Kit, actor: Actor, pair_id: str, *, ends: bool) -> Crossing:
    """One of the two goes on, or ends it in ten minutes; until then it can be taken back, and nobody learns who it was.

    Raises Refusal for strangers, and where the pair has ended, or they are not asked any more.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        pair, me, _ = await access.pair(tx, actor, pair_id)
        if pair.state not in match.RUNNING:
            raise Refusal("common.errors.pair_ended")
        if pair.id not in await leave.crossed(tx):
            raise Refusal("common.errors.gone")
        mine = [item for item in await due.about(tx, Job.CROSSED_OUT, pair.id) if item.recipient == me.id]
        waiting = [item for item in mine if item.state is DueState.PENDING]
        if ends and not waiting:
            await plan(tx, Job.CROSSED_OUT, pair.id, now + UNDO, recipient=me.id, occurrence=new_nonce())
        for item in waiting if not ends else ():
            await unplan(tx, Job.CROSSED_OUT, pair.id, "taken back", occurrence=item.occurrence)
        return Crossing(await people_of(tx, pair), me, ends)


async def load_crossing(kit: Kit, tx: Tx, letter: Letter) -> Crossing | None:
    """None where the lines allow the pair again, or it has ended."""
    found = await _forbidden(tx, letter.params["pair"])
    reader = await enrol.find(tx, letter.to)
    return Crossing(found.people, reader) if found is not None and reader is not None else None


async def load_flag(kit: Kit, tx: Tx, letter: Letter) -> LinesFlag | None:
    """For coordinators, as long as the lines forbid the pair."""
    if not await programme.is_coordinator(tx, letter.to):
        return None
    return await _forbidden(tx, letter.params["pair"])


async def _forbidden(tx: Tx, pair_id: str) -> LinesFlag | None:
    pair = await match.get(tx, pair_id)
    if pair is None or pair.state not in match.RUNNING:
        return None
    people = await people_of(tx, pair)
    check = off_line(people.junior.user_id, people.senior.user_id, await enrol.lines(tx))
    return LinesFlag(people, check) if check is not None else None


async def _ask(tx: Tx, people: PairPeople, now: datetime) -> None:
    """Both in the same hour; coordinators in theirs, but for one who is of the pair."""
    pair, both, mark = people.pair, (people.junior, people.senior), f"{now:%Y%m%dT%H%M%S}"
    for person, at in zip(both, _hours(people, now), strict=True):
        await post(tx, Kind.LINES_CROSS, person.user_id, f"{pair.id}:{person.id}:{mark}", at, pair=pair.id)
    for one in await programme.coordinators(tx):
        if one.user_id not in {person.user_id for person in both}:
            await post(tx, Kind.LINES_FLAG, one.user_id, f"{pair.id}:{one.user_id}:{mark}", now, pair=pair.id)


def _hours(people: PairPeople, now: datetime) -> tuple[datetime, datetime]:
    junior, senior = people.junior, people.senior
    first = max(waking(junior, now), waking(senior, now))
    return shared_hour(
        local_day(first, junior.zone), junior.zone, senior.zone, off_a=days_off(junior.region),
        off_b=days_off(senior.region), not_before=now, prefs_a=junior.prefs, prefs_b=senior.prefs,
    )  # fmt: skip
