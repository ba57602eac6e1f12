"""What the commands, the modals and the messages about commitments are drawn from."""

from datetime import datetime

from bot.domain.commit import Draft, Listed, Moment, Reminder, Shown, is_alive, ordered
from bot.domain.match import PairPeople
from bot.domain.when import UNDO, local_day
from bot.services import access
from bot.services.commit.changing import own
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import commit, match
from storage.records.commit import Commitment, CommitmentState, Proposal
from storage.records.delivery import Letter
from storage.records.enrol import Person, Side
from storage.store import Tx


async def listed(kit: Kit, actor: Actor) -> Listed:
    """Everything promised in the actor's running pairs, and in those completed not long ago where something is open.

    Raises Refusal where there is none of either.
    """
    async with kit.store.read(actor.team_id) as tx:
        me = await access.person(tx, actor)
        found, waiting, after = [], {}, await _afterwards(tx, me, kit.clock())
        only_after = bool(after) and not await match.running_of(tx, me.id)
        for pair, side in [] if only_after else await access.pairs(tx, actor):
            promised = ordered(await commit.of_pair(tx, pair.id))
            found.append((await people_of(tx, pair), side, promised))
            waiting[pair.id] = await heard_of(tx, pair.id, side, kit.clock())
        return Listed((*found, *after), local_day(kit.clock(), me.zone), me.zone, waiting)


async def _afterwards(tx: Tx, me: Person, now: datetime) -> list[tuple[PairPeople, Side, tuple[Commitment, ...]]]:
    """What is still open in pairs of somebody's that were completed not long ago."""
    found = []
    for pair in await match.ended_of(tx, me.id):
        still_open = await commit.of_pair(tx, pair.id, CommitmentState.OPEN) if is_alive(pair, now) else []
        if still_open:
            side = Side.JUNIOR if pair.junior_id == me.id else Side.SENIOR
            found.append((await people_of(tx, pair), side, ordered(still_open)))
    return found


async def draft_for(kit: Kit, actor: Actor, text: str, pair_id: str = "") -> Draft:
    """The modal of a new commitment, in one of the pairs where the actor is the senior, the named one first.

    Of a proposal, where the actor is a junior only, or in the named pair. Raises Refusal where there is no pair.
    """
    async with kit.store.read(actor.team_id) as tx:
        me = await access.person(tx, actor)
        running = await access.pairs(tx, actor)
        sides = {pair.id: side for pair, side in running}
        mine = sides.get(pair_id) or (Side.SENIOR if Side.SENIOR in sides.values() else Side.JUNIOR)
        pairs = [await people_of(tx, pair) for pair, side in running if side is mine]
        pairs.sort(key=lambda people: people.pair.id != pair_id)
        return Draft(tuple(pairs), text, local_day(kit.clock(), me.zone), mine)


async def to_move(kit: Kit, actor: Actor, commitment_id: str) -> Commitment:
    """The open commitment whose day the senior wants to change."""
    async with kit.store.read(actor.team_id) as tx:
        return (await own(tx, actor, commitment_id, kit.clock()))[0]


async def load_made(kit: Kit, tx: Tx, letter: Letter) -> Shown | None:
    """A new commitment for the pair space, unless it was dropped or undone by now."""
    return await _shown(kit, tx, letter, (CommitmentState.OPEN, CommitmentState.DONE))


async def load_changed(kit: Kit, tx: Tx, letter: Letter) -> Shown | None:
    """What became of a commitment, for the pair space."""
    return await _shown(kit, tx, letter, tuple(CommitmentState))


async def load_due(kit: Kit, tx: Tx, letter: Letter) -> Reminder | None:
    """A reminder to the senior, while the commitment is open."""
    found = await commit.get(tx, letter.params["commitment"])
    pair = await match.get(tx, found.pair_id) if found else None
    if found is None or pair is None or found.state is not CommitmentState.OPEN or not is_alive(pair, kit.clock()):
        return None
    return Reminder(found, await people_of(tx, pair), Moment(letter.params["moment"]))


async def heard_of(tx: Tx, pair_id: str, side: Side, now: datetime) -> tuple[Proposal, ...]:
    """What waits: all of it for the junior; for the senior what can't be undone any more."""
    waiting = await commit.waiting_proposals(tx, pair_id)
    return tuple(one for one in waiting if side is Side.JUNIOR or now - one.created_at >= UNDO)


async def _shown(kit: Kit, tx: Tx, letter: Letter, states: tuple[CommitmentState, ...]) -> Shown | None:
    found = await commit.get(tx, letter.params["commitment"])
    pair = await match.get(tx, found.pair_id) if found else None
    if found is None or pair is None or found.text is None:
        return None
    if found.state not in states or not is_alive(pair, kit.clock()):
        return None
    people = await people_of(tx, pair)
    return Shown(found, people, local_day(kit.clock(), people.senior.zone))
