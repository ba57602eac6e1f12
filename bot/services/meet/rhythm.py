"""How often and how many times a pair meets: the cohort's way, unless the two agreed on another."""

from dataclasses import dataclass

from bot.domain.meet import RhythmFacts, RhythmForm, check_rhythm
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of, redraw_homes
from bot.services.post import post
from bot.services.prepare.pick import Mine, choose, cohort_of, pair_of
from storage import match, meet, prepare, programme
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.records.match import Pair, PairState
from storage.records.meet import Rhythm, RhythmState, SessionState
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Beat:
    """What holds for a pair: days between two sessions, and how many sessions in all."""

    every_days: int
    sessions: int


async def rhythm_of(tx: Tx, pair: Pair) -> Beat:
    """What the two agreed on last, in a contract or by itself, else what their cohort does.

    Raises Refusal when the cohort is gone.
    """
    cohort = await cohort_of(tx, pair)
    agreed, contract = await meet.agreed(tx, pair.id), await prepare.contract_of(tx, pair.id)
    sessions = agreed.sessions if agreed else cohort.sessions
    if contract is None:
        return Beat(agreed.every_days if agreed else cohort.cadence_days, sessions)
    signed_at = max(one.at for one in contract.agreements)
    newer = agreed is not None and agreed.decided_at is not None and agreed.decided_at > signed_at
    return Beat(agreed.every_days if agreed and newer else contract.cadence_days, sessions)


async def met_enough(tx: Tx, pair_id: str) -> bool:
    """Whether a pair has had as many sessions as it wanted."""
    pair = await match.get(tx, pair_id)
    cohort = await programme.cohort(tx, pair.cohort_id) if pair else None
    if pair is None or cohort is None:
        return False
    held = await meet.of_pair(tx, pair_id, SessionState.HELD)
    return len(held) >= (await rhythm_of(tx, pair)).sessions


async def rhythm_form(kit: Kit, actor: Actor, pair_id: str = "") -> RhythmForm:
    """The modal, filled in with what holds now. Raises Refusal when the actor has no running pair."""
    async with kit.store.read(actor.team_id) as tx:
        mine, choices = await choose(tx, actor, pair_id)
        beat = await rhythm_of(tx, mine.pair)
        held = len(await meet.of_pair(tx, mine.pair.id, SessionState.HELD))
    return RhythmForm(mine.people, mine.me, beat.every_days, beat.sessions, held, {} if pair_id else choices)


async def propose_rhythm(kit: Kit, actor: Actor, pair_id: str, every_days: int, sessions: int) -> bool:
    """Suggest another rhythm to the partner; False where nothing would change.

    Raises Refusal under the field for what is no rhythm.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        mine = await pair_of(tx, actor, pair_id)
        held = len(await meet.of_pair(tx, pair_id, SessionState.HELD))
        check_rhythm(every_days, sessions, held)
        if await rhythm_of(tx, mine.pair) == Beat(every_days, sessions):
            return False
        made = Rhythm(new_id(), tx.team, pair_id, mine.me.id, every_days, sessions, RhythmState.OPEN, now)
        await meet.add_rhythm(tx, made)
        await post(tx, Kind.RHYTHM, pair_id, made.id, now, rhythm=made.id)
    return True


async def answer_rhythm(kit: Kit, actor: Actor, rhythm_id: str, *, yes: bool) -> RhythmFacts:
    """The partner agrees, or leaves it as it is; whoever suggested it may take it back.

    Raises Refusal for a suggestion that is not open, and for agreeing with oneself.
    """
    now = kit.clock()
    state = RhythmState.AGREED if yes else RhythmState.DECLINED
    async with kit.store.write(actor.team_id) as tx:
        made, mine = await _mine(tx, actor, rhythm_id)
        if yes and made.person_id == mine.me.id:
            raise Refusal("meet.refused.own_rhythm")
        if made.state is not state and not await meet.decide_rhythm(tx, made.id, state, now):
            raise Refusal("common.errors.gone")
        await redraw_homes(tx, mine.people, now)
        made = await meet.rhythm(tx, rhythm_id) or made
    return RhythmFacts(made, mine.people)


async def load_rhythm(kit: Kit, tx: Tx, letter: Letter) -> RhythmFacts | None:
    """None once it was answered, or the pair does not run."""
    made = await meet.rhythm(tx, letter.params["rhythm"])
    pair = await match.get(tx, made.pair_id) if made else None
    if made is None or pair is None or made.state is not RhythmState.OPEN or pair.state is not PairState.ACTIVE:
        return None
    return RhythmFacts(made, await people_of(tx, pair))


async def _mine(tx: Tx, actor: Actor, rhythm_id: str) -> tuple[Rhythm, Mine]:
    made = await meet.rhythm(tx, rhythm_id)
    if made is None:
        raise Refusal("common.errors.gone")
    await access.pair(tx, actor, made.pair_id)
    return made, await pair_of(tx, actor, made.pair_id)
