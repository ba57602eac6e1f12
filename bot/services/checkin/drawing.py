"""The facts from which the two modals are drawn, read in the caller's transaction."""

from dataclasses import replace
from datetime import datetime

from bot.domain.checkin import Mine, Mirror, Sheet, copied, may_answer, shown_again
from bot.domain.refusals import Refusal
from bot.domain.when import local_day
from bot.services.checkin.learning import learner_of
from bot.services.kit import Kit
from bot.services.theme import vocabulary
from storage import checkin, commit, programme
from storage.records.checkin import AnswerSheet, CheckinState
from storage.records.enrol import Side
from storage.store import Tx


async def sheet(kit: Kit, tx: Tx, it: Mine, now: datetime, typed: AnswerSheet | None = None) -> Sheet:
    """The four questions, filled with what was typed, or answered before. Raises Refusal when it is too late."""
    may_answer(it.checkin, it.people.pair.state, now)
    cohort = await programme.cohort(tx, it.people.pair.cohort_id)
    if cohort is None:
        raise Refusal("common.errors.gone")
    today = local_day(now, it.me.zone)
    own = await checkin.sheet(tx, it.checkin)
    last = await checkin.last_answered(tx, it.checkin.pair_id, it.me.id, but=it.checkin.id)
    before = await checkin.sheet(tx, last) if last else None
    filled = AnswerSheet(())
    if own or before:
        filled = shown_again(own or before or filled, today, examples=own is not None)
    said = (await learner_of(tx, it.session, it.me, Side.JUNIOR)).said
    filled = replace(filled, learner=said or filled.learner)
    return Sheet(
        checkin=it.checkin, session=it.session, senior=it.people.senior, zone=it.me.zone, k=cohort.k,
        themes=await vocabulary(kit, tx, cohort), filled=typed or filled, again=own is None and before is not None,
        copyable=own is None and before is not None and copied(before, today) is not None,
    )  # fmt: skip


async def mirror(tx: Tx, it: Mine, now: datetime) -> Mirror:
    """The senior's reflection. Raises Refusal when it is too late."""
    may_answer(it.checkin, it.people.pair.state, now)
    earlier = await checkin.reflection(tx, it.checkin.id)
    answered = it.checkin.state is CheckinState.ANSWERED
    promise = await commit.of_checkin(tx, it.checkin.id)
    said = (await learner_of(tx, it.session, it.me, Side.SENIOR)).said
    return Mirror(it.checkin, it.session, it.people, it.me.zone, earlier if answered else None, promise, said)
