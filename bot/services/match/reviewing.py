"""Coordinators decide about suggestions: approve, hold, take either back; and the junior is asked ten minutes later."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.jobs import Job
from bot.domain.match.review import News, Place, Review, unseen, warned
from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO
from bot.services.kit import Actor, Kit
from bot.services.match.asking import ask, was_asked
from bot.services.match.pairing import add_pair, grounds_of, judged, still_fits
from bot.services.match.people import people_of, redraw_homes
from bot.services.match.running import cohort_for
from bot.services.match.shelves import page_of
from bot.services.post import plan, refresh_homes, unplan
from storage import enrol, match, programme
from storage.match import runs
from storage.records.delivery import Due
from storage.records.enrol import Side
from storage.records.match import PairState, Suggestion, SuggestionState
from storage.store import Tx

_NOT_ANY_MORE = "a hard check fails by now"


async def review(kit: Kit, actor: Actor, place: Place, news: tuple[News, ...] = ()) -> Review:
    """One page of a cohort's suggestions. Raises Refusal for anybody but coordinators."""
    async with kit.store.read(actor.team_id) as tx:
        return await page_of(tx, await cohort_for(tx, actor, place.cohort_id), place, kit.clock(), news)


async def approve(kit: Kit, actor: Actor, suggestion_ids: Sequence[str]) -> tuple[News, ...]:
    """Make pairs of suggestions; each junior is asked in ten minutes, so that it can be taken back.

    Everything is checked again. Tells what came of each that was not simply approved, and how many were.
    Raises Refusal for anybody but coordinators.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        news = [await _approve(tx, actor, await suggestion_of(tx, actor, one), now) for one in suggestion_ids]
        await refresh_homes(tx, [c.user_id for c in await programme.coordinators(tx)], now)
    good = [one for one in news if one.what == "approved"]
    others = tuple(one for one in news if one.what != "approved")
    if len(good) > 1:
        return (News("approved_many", n=len(good)), *others)
    return (*good, *others)


async def undo_approval(kit: Kit, actor: Actor, suggestion_id: str) -> News:
    """Take an approval back within ten minutes: nobody has heard of it. Raises Refusal when it is too late."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        found = await suggestion_of(tx, actor, suggestion_id)
        pair = await match.get(tx, found.pair_id) if found.pair_id else None
        if found.state is not SuggestionState.APPROVED or pair is None or pair.state is not PairState.PROPOSED:
            raise TooLate("matches.refused.too_late")
        if await was_asked(tx, pair, Side.JUNIOR) or not await unplan(tx, Job.ASK_JUNIOR, pair.id, "undone"):
            raise TooLate("matches.refused.too_late")
        await runs.decide(tx, found.id, (found.state,), SuggestionState.OPEN, actor.user_id, now)
        await runs.drop_pair(tx, pair.id)
        couple = await couple_of(tx, found)
        await programme.note(tx, actor.user_id, "match.unapprove", " ".join(couple), now)
        return News("undone", couple)


async def hold(kit: Kit, actor: Actor, suggestion_id: str, *, back: bool = False) -> News:
    """Set a suggestion aside, or take it up again (`back`). Whoever is second is told that somebody was quicker."""
    now = kit.clock()
    before, after = SuggestionState.OPEN, SuggestionState.HELD
    if back:
        before, after = after, before
    async with kit.store.write(actor.team_id) as tx:
        found = await suggestion_of(tx, actor, suggestion_id)
        couple = await couple_of(tx, found)
        if not await runs.decide(tx, found.id, (before,), after, actor.user_id, now):
            return News("decided", couple)
        await programme.note(tx, actor.user_id, f"match.{'unhold' if back else 'hold'}", " ".join(couple), now)
        return News("taken_up" if back else "held", couple)


async def do_ask_junior(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes after the approval: the junior is asked, if it still is a pair that may be."""
    pair = await match.get(tx, due.subject)
    if pair is None or pair.state is not PairState.PROPOSED or await was_asked(tx, pair, Side.JUNIOR):
        return "taken back"
    people = await people_of(tx, pair)
    if await still_fits(tx, people):
        await ask(tx, people, Side.JUNIOR, kit.clock())
        await redraw_homes(tx, people, kit.clock())
        return None
    for one in await runs.of_person(tx, pair.cohort_id, pair.junior_id, SuggestionState.APPROVED):
        if one.pair_id == pair.id:
            await runs.decide(tx, one.id, (one.state,), SuggestionState.REFUSED, "", kit.clock())
    await runs.drop_pair(tx, pair.id)
    return _NOT_ANY_MORE


async def _approve(tx: Tx, actor: Actor, found: Suggestion, now: datetime) -> News:
    couple = await couple_of(tx, found)
    if found.state not in runs.PENDING:
        return News("decided", couple)
    verdict, persons = await judged(tx, *couple, await grounds_of(tx, *couple, found.cohort_id))
    if verdict.hard or verdict.cohort_id is None or persons is None:
        await runs.decide(tx, found.id, runs.PENDING, SuggestionState.REFUSED, actor.user_id, now)
        return News("refused", couple, check=verdict.hard[0] if verdict.hard else None)
    if fresh := unseen(found, verdict):
        known = dict.fromkeys((*warned(found), *verdict.soft))
        await runs.warn(tx, found.id, " ".join(known))
        return News("look_again", couple, check=fresh[0])
    people = await add_pair(tx, actor, persons, found.cohort_id, now)
    values = {"pair_id": people.pair.id}
    await runs.decide(tx, found.id, runs.PENDING, SuggestionState.APPROVED, actor.user_id, now, **values)
    await plan(tx, Job.ASK_JUNIOR, people.pair.id, now + UNDO)
    await programme.note(tx, actor.user_id, "match.approve", people.pair.id, now, " ".join(verdict.soft))
    return News("approved", couple)


async def suggestion_of(tx: Tx, actor: Actor, suggestion_id: str) -> Suggestion:
    """A suggestion of an open cohort, for a coordinator. Missing and forbidden give the same answer."""
    found = await runs.suggestion(tx, suggestion_id)
    await cohort_for(tx, actor, found.cohort_id if found else "")
    if found is None:
        raise Refusal("common.errors.gone")
    return found


async def couple_of(tx: Tx, found: Suggestion) -> tuple[str, str]:
    """The Slack ids of the two."""
    people = await enrol.people(tx, [found.junior_id, found.senior_id])
    return people[found.junior_id].user_id, people[found.senior_id].user_id
