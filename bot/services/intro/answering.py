"""The senior's answers: yes by a day, somebody better, not now with a reason, made."""

from datetime import date

from bot.domain.enrol import SlackProfile
from bot.domain.intro import (
    REASON,
    WORD,
    Did,
    Draft,
    IntroDone,
    IntroFacts,
    answered,
    as_seen,
    day_problems,
    may,
    whom_problems,
    word_problems,
)
from bot.domain.refusals import Refusal, Refusals
from bot.domain.when import local_day
from bot.services.intro.asking import checked_person
from bot.services.intro.changing import own, step
from bot.services.kit import Actor, Kit
from storage import intro
from storage.records.enrol import Side
from storage.records.intro import IntroState


async def facts_for(kit: Kit, actor: Actor, intro_id: str, did: Did) -> IntroFacts:
    """What the modal of an answer is drawn from. Raises Refusal where that answer can't be given any more."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        it, people, me = await own(tx, actor, intro_id, now)
        seen = as_seen(it, me.id, now) or it
        may(seen, _day_step(seen.state) if did is Did.AGREED else did, people.side_of(me.id))
        return IntroFacts(seen, people, local_day(now, me.zone))


async def agree(kit: Kit, actor: Actor, intro_id: str, due_on: date | None) -> IntroDone:
    """Yes, by a day; another day for what was agreed. Raises Refusals under the field when it is not ahead."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people, me = await own(tx, actor, intro_id, now)
        did = _day_step(before.state)
        may(before, did, people.side_of(me.id))
        known = before.due_on if did is Did.MOVED else None
        if wrong := day_problems(due_on, known, local_day(now, people.senior.zone)):
            raise Refusals(wrong)
        return await step(tx, before, people, me, did, now, due_on=due_on)


async def better(
    kit: Kit, actor: Actor, intro_id: str, draft: Draft, word: str, picked: SlackProfile | None
) -> IntroDone:
    """Somebody else suits better: whom, and a word if there is one. Raises Refusals under the fields."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people, me = await own(tx, actor, intro_id, now)
        may(before, Did.BETTER, people.side_of(me.id))
        wrong = [*whom_problems(draft), *word_problems(WORD, word, needed=False)]
        wrong += await checked_person(tx, people, Side.SENIOR, draft, picked)
        if wrong:
            raise Refusals(wrong)
        told = answered(before, me.id, to_user=draft.user, whom=draft.whom, word=word)
        await intro.save_answer(tx, people.pair.id, told, now)
        return await step(tx, before, people, me, Did.BETTER, now)


async def decline(kit: Kit, actor: Actor, intro_id: str, reason: str) -> IntroDone:
    """Not now, and why: the junior reads the reason. Raises Refusals under the field without one."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people, me = await own(tx, actor, intro_id, now)
        may(before, Did.DECLINED, people.side_of(me.id))
        if wrong := word_problems(REASON, reason, needed=True):
            raise Refusals(wrong)
        await intro.save_answer(tx, people.pair.id, answered(before, me.id, why_not=reason), now)
        return await step(tx, before, people, me, Did.DECLINED, now)


async def made(kit: Kit, actor: Actor, intro_id: str) -> IntroDone:
    """The senior says that it is made. Ten days later the junior is asked, in private, what came of it."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before, people, me = await own(tx, actor, intro_id, now)
        if people.side_of(me.id) is not Side.SENIOR:
            raise Refusal("common.errors.gone")
        return await step(tx, before, people, me, Did.MADE, now, made_at=now)


def _day_step(state: IntroState) -> Did:
    return Did.MOVED if state is IntroState.AGREED else Did.AGREED
