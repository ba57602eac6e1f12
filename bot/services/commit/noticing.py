"""*Did you notice it?*: asked of the junior alone; the senior never learns that, or what, she answered."""

from dataclasses import replace
from datetime import datetime

from bot.domain.commit import Noticing, What, is_alive, may_undo
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import access, report
from bot.services.calendar import waking
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post, refresh_home, unplan
from storage import commit, enrol, match, programme
from storage.records.commit import Commitment, CommitmentState, Noticed
from storage.records.delivery import Due, Letter
from storage.records.enrol import Side
from storage.records.match import Pair
from storage.records.report import FigureKind
from storage.store import Tx


async def do_ask_noticed(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Ask three days after *done*, unless that was taken back."""
    found = await commit.get(tx, item.subject)
    junior = await enrol.get(tx, item.recipient)
    if found is None or junior is None or found.state is not CommitmentState.DONE:
        return "not done after all"
    pair = await match.get(tx, found.pair_id)
    if pair is None or not is_alive(pair, kit.clock()) or junior.deactivated:
        return "the pair is paused or has ended"
    key = f"{found.id}:{item.occurrence}"
    await post(tx, Kind.NOTICED, junior.user_id, key, waking(junior, kit.clock()), commitment=found.id)
    return None


async def load_noticing(kit: Kit, tx: Tx, letter: Letter) -> Noticing | None:
    """The question, while the commitment is done and unanswered."""
    found = await commit.get(tx, letter.params["commitment"])
    pair = await match.get(tx, found.pair_id) if found else None
    if found is None or pair is None or found.state is not CommitmentState.DONE:
        return None
    if await commit.noticed(tx, found.id, pair.junior_id) is not None:
        return None
    return await _question(tx, found, pair)


async def notice(kit: Kit, actor: Actor, commitment_id: str, answer: str) -> Noticing:
    """Store the junior's answer; again replaces it. Raises Refusal for anybody else, as for a missing one."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        asked = await _asked(tx, actor, commitment_id, now)
        if answer not in set(Noticed):
            raise Refusal("common.errors.gone")
        noticed, junior = Noticed(answer), asked.people.junior
        await commit.save_noticed(tx, commitment_id, junior.id, noticed, now)
        await unplan(tx, Job.ASK_NOTICED, commitment_id, "answered")
        await report.remember(kit, tx, asked.people.pair, FigureKind.SAY_DO, commitment_id, now)
        await refresh_home(tx, junior.user_id, now)
        return replace(asked, answer=noticed)


async def ask_again(kit: Kit, actor: Actor, commitment_id: str) -> Noticing:
    """The question once more, for a junior who wants to change her answer."""
    async with kit.store.read(actor.team_id) as tx:
        return await _asked(tx, actor, commitment_id, kit.clock())


async def _asked(tx: Tx, actor: Actor, commitment_id: str, now: datetime) -> Noticing:
    """Once *done* cannot be taken back: an answer to what is open again would stand for ever."""
    found = await commit.get(tx, commitment_id)
    if found is None or found.state is not CommitmentState.DONE or may_undo(found, What.DONE, now):
        raise Refusal("common.errors.gone")
    pair, _, side = await access.pair(tx, actor, found.pair_id)
    if side is not Side.JUNIOR:
        raise Refusal("common.errors.gone")
    return await _question(tx, found, pair)


async def _question(tx: Tx, found: Commitment, pair: Pair) -> Noticing:
    cohort = await programme.cohort(tx, pair.cohort_id)
    if cohort is None:
        raise Refusal("common.errors.gone")
    return Noticing(found, await people_of(tx, pair), cohort.k)
