"""The senior's reflection, and the dated commitment that comes out of it."""

from datetime import date

from bot.domain.checkin import LEARNED_LENGTH, Reflected, may_answer
from bot.domain.refusals import Refusal, Refusals
from bot.services.checkin.asking import quiet
from bot.services.checkin.finding import mine
from bot.services.checkin.learning import note_learner
from bot.services.checkin.replacing import stop_asking
from bot.services.commit import make
from bot.services.kit import Actor, Kit
from bot.services.post import refresh_homes
from storage import checkin, commit
from storage.records.checkin import CheckinState, Learner, Reflection
from storage.records.commit import CommitmentKind
from storage.records.enrol import Side

_REFLECTABLE = (CheckinState.DUE, CheckinState.SENT, CheckinState.SKIPPED, CheckinState.ANSWERED)


async def reflect(
    kit: Kit,
    actor: Actor,
    checkin_id: str,
    *,
    learned: str,
    shared: bool,
    text: str,
    due_on: date | None,
    said: Learner | None = None,
) -> Reflected:
    """Store what the senior takes away; empty is allowed. A text or a day makes a commitment, once per check-in.

    Raises Refusals under the fields, and Refusal when it is too late.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        it = await mine(tx, actor, checkin_id, Side.SENIOR)
        may_answer(it.checkin, it.people.pair.state, now)
        if len(learned) > LEARNED_LENGTH:
            too_long = Refusal(
                "common.errors.too_long", field="checkin.learned", length=len(learned), limit=LEARNED_LENGTH
            )
            raise Refusals([too_long])
        if not await checkin.move(tx, checkin_id, _REFLECTABLE, CheckinState.ANSWERED, answered_at=now):
            raise Refusal("checkin.refused.closed")
        await checkin.save_reflection(tx, Reflection(checkin_id, it.me.id, learned, shared, now))
        made = None
        if (text or due_on) and await commit.of_checkin(tx, checkin_id) is None:
            made = await make(
                kit, tx, it.people, text=text, due_on=due_on, kind=CommitmentKind.BEHAVIOUR, checkin_id=checkin_id,
                now=now,
            )  # fmt: skip
        learner = await note_learner(tx, it.session, it.me, Side.SENIOR, said, now)
        await quiet(tx, it.checkin, "answered")
        await stop_asking(tx, it, now)
        await refresh_homes(tx, (it.people.junior.user_id, it.people.senior.user_id), now)
        return Reflected(it.checkin, it.me.zone, shared and bool(learned), made, learner)
