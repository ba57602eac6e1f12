"""A junior suggests what the senior could commit to; the senior takes it on, words it anew, or doesn't."""

from datetime import date, datetime, timedelta

from bot.domain.commit import (
    TEXT,
    TEXT_LENGTH,
    WAITING_MOST,
    Changed,
    Draft,
    Step,
    Stepped,
    Suggested,
    What,
    problems,
)
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.domain.when import UNDO, local_day
from bot.services import access
from bot.services.commit.making import make, refresh_both
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post
from bot.services.prepare.pick import pair_words
from storage import commit, match, outbox
from storage.ids import new_id
from storage.match import RUNNING
from storage.records.commit import CommitmentKind, Proposal, ProposalState
from storage.records.delivery import Letter
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.store import Tx

_WAITING = ProposalState.WAITING


async def propose(
    kit: Kit, actor: Actor, pair_id: str, *, kind: CommitmentKind, text: str, due_on: date | None
) -> Stepped:
    """The senior hears of it in ten minutes. Raises Refusals under the fields, Refusal when it is not her pair."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        people = await _own_pair(tx, actor, pair_id, Side.JUNIOR)
        wrong = problems(text, due_on, local_day(now, people.junior.zone))
        if wrong or due_on is None:
            raise Refusals(wrong)
        if len(await commit.waiting_proposals(tx, pair_id)) >= WAITING_MOST:
            raise Refusal("commit.refused.many_waiting", field=TEXT, limit=WAITING_MOST)
        made = Proposal(new_id(), tx.team, pair_id, people.junior.id, kind, text.strip(), due_on, _WAITING, now, now)
        await commit.add_proposal(tx, made)
        await post(tx, Kind.COMMITMENT_PROPOSED, people.senior.user_id, made.id, now + UNDO, proposal=made.id)
        await refresh_both(tx, people, now)
        return Stepped(made, Step.PROPOSED)


async def withdraw(kit: Kit, actor: Actor, proposal_id: str) -> Stepped:
    """The junior takes it back, for as long as it waits; the senior who has not heard of it never does."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await _own(tx, actor, proposal_id, Side.JUNIOR)
        await _move(tx, it, ProposalState.WITHDRAWN, now)
        await outbox.cancel(tx, Kind.COMMITMENT_PROPOSED, it.proposal.id, "withdrawn")
        return Stepped(it.proposal, Step.WITHDRAWN)


async def accept(kit: Kit, actor: Actor, proposal_id: str) -> Changed:
    """It becomes the senior's commitment, in the junior's words, marked so. Raises Refusal when its day has passed."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await _own(tx, actor, proposal_id, Side.SENIOR)
        if it.proposal.due_on <= local_day(now, it.people.senior.zone):
            raise Refusal("commit.refused.day_gone")
        text = await _marked(kit, tx, it.proposal.text or "")
        return await _take_on(kit, tx, it, it.proposal.kind, text, it.proposal.due_on, now)


async def reworded(
    kit: Kit, actor: Actor, proposal_id: str, *, kind: CommitmentKind, text: str, due_on: date | None
) -> Changed:
    """It becomes a commitment in the senior's own words. Raises Refusals under the fields."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await _own(tx, actor, proposal_id, Side.SENIOR)
        words = await _marked(kit, tx, text) if text and text == it.proposal.text else text
        return await _take_on(kit, tx, it, kind, words, due_on, now)


async def to_reword(kit: Kit, actor: Actor, proposal_id: str) -> Draft:
    """The modal of a commitment, filled with what was suggested."""
    async with kit.store.read(actor.team_id) as tx:
        it = await _own(tx, actor, proposal_id, Side.SENIOR)
        today = local_day(kit.clock(), it.people.senior.zone)
        return Draft((it.people,), it.proposal.text or "", today, proposal=it.proposal)


async def decline(kit: Kit, actor: Actor, proposal_id: str) -> Stepped:
    """Not now: the junior hears so in ten minutes, without a reason."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await _own(tx, actor, proposal_id, Side.SENIOR)
        changed = await _move(tx, it, ProposalState.DECLINED, now)
        key = _key(it.proposal, changed)
        await post(tx, Kind.PROPOSAL_DECLINED, it.people.junior.user_id, key, now + UNDO, proposal=it.proposal.id)
        return Stepped(it.proposal, Step.DECLINED)


async def reopen(kit: Kit, actor: Actor, proposal_id: str) -> Stepped:
    """Take *not now* back within ten minutes. Raises Refusal later."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await _own(tx, actor, proposal_id, Side.SENIOR, ProposalState.DECLINED)
        if now - it.proposal.changed_at >= UNDO:
            raise Refusal("commit.refused.declined_late")
        await outbox.cancel(tx, Kind.PROPOSAL_DECLINED, _key(it.proposal, it.proposal.changed_at), "undone")
        await _move(tx, it, _WAITING, now, before=ProposalState.DECLINED)
        return Stepped(it.proposal, Step.REOPENED)


async def load_proposed(kit: Kit, tx: Tx, letter: Letter) -> Suggested | None:
    """While it waits and its author has not been erased."""
    it = await _load(tx, letter, _WAITING)
    return it if it is not None and it.proposal.text is not None else None


async def load_declined(kit: Kit, tx: Tx, letter: Letter) -> Suggested | None:
    return await _load(tx, letter, ProposalState.DECLINED)


async def _load(tx: Tx, letter: Letter, state: ProposalState) -> Suggested | None:
    found = await commit.proposal(tx, letter.params["proposal"])
    pair = await match.get(tx, found.pair_id) if found else None
    if found is None or pair is None or found.state is not state or pair.state is not PairState.ACTIVE:
        return None
    return Suggested(found, await people_of(tx, pair))


async def _marked(kit: Kit, tx: Tx, text: str) -> str:
    """The junior's words, marked as hers: *you would put my name forward* says something else as the senior's own."""
    marked = (await pair_words(kit, tx)).say("commit.proposed.taken", text=text)
    return marked if text and len(marked) <= TEXT_LENGTH else text


async def _take_on(
    kit: Kit, tx: Tx, it: Suggested, kind: CommitmentKind, text: str, due_on: date | None, now: datetime
) -> Changed:
    made = await make(kit, tx, it.people, text=text, due_on=due_on, kind=kind, checkin_id=None, now=now)
    if not await commit.move_proposal(tx, it.proposal.id, _WAITING, ProposalState.ACCEPTED, now, commitment_id=made.id):
        raise Refusal("common.errors.already_done")
    return Changed(made, What.MADE)


async def _move(
    tx: Tx, it: Suggested, after: ProposalState, now: datetime, *, before: ProposalState = _WAITING
) -> datetime:
    """Always later than the change before, for what follows from each is queued under its time."""
    changed_at = max(now, it.proposal.changed_at + timedelta(microseconds=1))
    if not await commit.move_proposal(tx, it.proposal.id, before, after, changed_at):
        raise Refusal("common.errors.already_done")
    await refresh_both(tx, it.people, now)
    return changed_at


async def _own(tx: Tx, actor: Actor, proposal_id: str, side: Side, state: ProposalState = _WAITING) -> Suggested:
    """A proposal in the actor's own pair. Missing, somebody else's and the other side's give the same answer."""
    found = await commit.proposal(tx, proposal_id)
    if found is None:
        raise Refusal("common.errors.gone")
    people = await _own_pair(tx, actor, found.pair_id, side)
    if found.state is not state:
        raise Refusal("common.errors.already_done")
    return Suggested(found, people)


async def _own_pair(tx: Tx, actor: Actor, pair_id: str, side: Side) -> PairPeople:
    pair, _, mine = await access.pair(tx, actor, pair_id)
    if mine is not side:
        raise Refusal("common.errors.gone")
    if pair.state not in RUNNING:
        raise Refusal("common.errors.pair_ended")
    return await people_of(tx, pair)


def _key(proposal: Proposal, changed_at: datetime) -> str:
    return f"{proposal.id}:{changed_at:%Y%m%dT%H%M%S%f}"
