"""A junior asks for an introduction, or a senior offers one or notes one made."""

from dataclasses import replace
from datetime import datetime

from bot.domain.enrol import SlackProfile
from bot.domain.intro import (
    PERSON,
    WAITING_MOST,
    WHOM,
    Did,
    Draft,
    IntroDone,
    IntroForm,
    doubled,
    problems,
    wrong_person,
)
from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal, Refusals
from bot.domain.when import local_day
from bot.services import access
from bot.services.intro.changing import follow, refresh
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import enrol, intro
from storage.ids import new_id
from storage.match import RUNNING
from storage.records.enrol import Person, Side
from storage.records.intro import Introduction, IntroState
from storage.store import Tx


async def form_for(kit: Kit, actor: Actor, pair_id: str = "", *, again: str = "") -> IntroForm:
    """The modal of a new one: in the named pair on the actor's side there, else in those where they are the junior.

    `again` is an earlier one of the junior's own, whose words it starts with. Raises Refusal where there is no pair.
    """
    async with kit.store.read(actor.team_id) as tx:
        me = await access.person(tx, actor)
        running = await access.pairs(tx, actor)
        earlier = await intro.get(tx, again) if again else None
        mine = earlier is not None and earlier.author_id == me.id
        pair_id = earlier.pair_id if earlier is not None and mine else pair_id
        sides = {pair.id: side for pair, side in running}
        side = sides.get(pair_id) or (Side.JUNIOR if Side.JUNIOR in sides.values() else Side.SENIOR)
        pairs = [await people_of(tx, pair) for pair, mine in running if mine is side]
        pairs.sort(key=lambda people: people.pair.id != pair_id)
        draft = _draft_of(earlier) if earlier is not None and mine else Draft()
        return IntroForm(tuple(pairs), side, local_day(kit.clock(), me.zone), draft)


async def shown_again(kit: Kit, actor: Actor, pair_id: str, draft: Draft) -> IntroForm:
    """The junior's form as it was filled in, with what the senior would read."""
    form = await form_for(kit, actor, pair_id)
    if form.side is not Side.JUNIOR:
        raise Refusal("common.errors.gone")
    return replace(form, draft=draft, preview=True)


async def ask(kit: Kit, actor: Actor, pair_id: str, draft: Draft, picked: SlackProfile | None) -> IntroDone:
    """The senior hears of it in ten minutes. `picked` is what Slack says about the account in the draft.

    Raises Refusals under the fields, Refusal when it is not the junior's pair.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        people, me = await _pair(tx, actor, pair_id, Side.JUNIOR)
        known = await _checked(tx, people, Side.JUNIOR, draft, picked, now)
        if len([it for it in known if it.state is IntroState.ASKED]) >= WAITING_MOST:
            raise Refusal("intro.refused.many_waiting", field=WHOM, limit=WAITING_MOST)
        return await _add(tx, _new(tx, people, me, draft, now), people, Did.ASKED, now)


async def offer(kit: Kit, actor: Actor, pair_id: str, draft: Draft, picked: SlackProfile | None) -> IntroDone:
    """The junior hears of it in ten minutes: a day until when, or that it is made. Raises as `ask` does."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        people, me = await _pair(tx, actor, pair_id, Side.SENIOR)
        await _checked(tx, people, Side.SENIOR, draft, picked, now)
        made = _new(tx, people, me, replace(draft, line=""), now)
        if draft.made:
            made = replace(made, state=IntroState.MADE, made_at=now)
            return await _add(tx, made, people, Did.LOGGED, now)
        made = replace(made, state=IntroState.AGREED, due_on=draft.due_on)
        return await _add(tx, made, people, Did.OFFERED, now)


async def checked_person(
    tx: Tx, people: PairPeople, by: Side, draft: Draft, picked: SlackProfile | None
) -> list[Refusal]:
    """What is wrong with the account that was picked, under its field."""
    if not draft.user:
        return []
    if picked is None or picked.user_id != draft.user:
        return [Refusal("programme.refused.unknown_person", field=PERSON)]
    key = wrong_person(picked, people, by, await enrol.lines(tx))
    return [Refusal(key, field=PERSON)] if key else []


async def _checked(
    tx: Tx, people: PairPeople, by: Side, draft: Draft, picked: SlackProfile | None, now: datetime
) -> list[Introduction]:
    wrong = problems(draft, by, local_day(now, people.on(by).zone))
    wrong += await checked_person(tx, people, by, draft, picked)
    known = await intro.of_pair(tx, people.pair.id)
    if not wrong and doubled(draft, known):
        wrong.append(Refusal("intro.refused.doubled", field=PERSON if draft.user else WHOM))
    if wrong:
        raise Refusals(wrong)
    return known


async def _add(tx: Tx, made: Introduction, people: PairPeople, did: Did, now: datetime) -> IntroDone:
    await intro.add(tx, made)
    await follow(tx, made, people)
    await refresh(tx, people, now)
    return IntroDone(made, people, did)


def _new(tx: Tx, people: PairPeople, me: Person, draft: Draft, now: datetime) -> Introduction:
    return Introduction(
        id=new_id(), team_id=tx.team, pair_id=people.pair.id, author_id=me.id, to_user=draft.user, whom=draft.whom,
        why=draft.why, line=draft.line, state=IntroState.ASKED, due_on=None, made_at=None, instead=False,
        created_at=now, changed_at=now, changed_by=me.id,
    )  # fmt: skip


async def _pair(tx: Tx, actor: Actor, pair_id: str, side: Side) -> tuple[PairPeople, Person]:
    pair, me, mine = await access.pair(tx, actor, pair_id)
    if mine is not side:
        raise Refusal("common.errors.gone")
    if pair.state not in RUNNING:
        raise Refusal("common.errors.pair_ended")
    return await people_of(tx, pair), me


def _draft_of(earlier: Introduction) -> Draft:
    return Draft(earlier.to_user, earlier.whom or "", earlier.why or "", earlier.line or "")
