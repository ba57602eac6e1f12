"""Another junior or senior for a suggestion, with the checks as they are picked; or two suggestions exchange people."""

from dataclasses import replace
from datetime import datetime

from bot.domain.match import STOPS_AT_JUNIOR, Check, Reason, Verdict, line_end, reasons
from bot.domain.match.review import News, Place, SuggestionCard, Swap
from bot.domain.refusals import Refusal
from bot.services.kit import Actor, Kit
from bot.services.match.pairing import grounds_of, judged
from bot.services.match.reviewing import suggestion_of
from bot.services.match.shelves import card_of
from storage import enrol, match, programme
from storage.ids import new_id
from storage.match import runs
from storage.records.enrol import Enrolment, Person, Side
from storage.records.match import RunState, Suggestion, SuggestionState, Unmatched
from storage.store import Tx

FREED = "freed"
"""Why somebody is without a match whom a coordinator swapped out."""


async def swap_form(
    kit: Kit, actor: Actor, suggestion_id: str, place: Place, junior: str | None = None, senior: str | None = None
) -> Swap:
    """The modal, with what the checks say once somebody else was picked. Raises Refusal once it was decided about."""
    async with kit.store.read(actor.team_id) as tx:
        found = await suggestion_of(tx, actor, suggestion_id)
        if found.state not in runs.PENDING:
            raise Refusal("matches.refused.decided")
        return await _form(tx, found, place, junior, senior)


async def swap(
    kit: Kit, actor: Actor, suggestion_id: str, place: Place, junior: str, senior: str, reason: Reason | None
) -> News | Swap:
    """Put somebody else into a suggestion; the form comes back where warnings want a reason.

    Whoever the newcomer was suggested to is suggested to whoever leaves, where no hard check speaks against it; else
    both are without a match. Raises Refusal with the first hard check that fails, when nobody or both were changed,
    and once it was decided about.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        found = await suggestion_of(tx, actor, suggestion_id)
        if found.state not in runs.PENDING:
            raise Refusal("matches.refused.decided", field="match.swap_senior")
        form = await _form(tx, found, place, junior, senior)
        if len(form.changed) != 1:
            raise Refusal(
                f"matches.refused.{'nobody_new' if not form.changed else 'both_new'}", field="match.swap_senior"
            )
        _refuse_hard(form.verdict)
        if form.verdict is not None and form.verdict.soft and reason is None:
            return form
        await _exchange(tx, actor, form, now)
        why = " ".join([*(form.verdict.soft if form.verdict else ()), *([reason] if reason else [])])
        await programme.note(tx, actor.user_id, "match.swap", f"{junior} {senior}", now, why)
        return News("exchanged" if form.exchange else "swapped", (junior, senior))


def _refuse_hard(verdict: Verdict | None) -> None:
    if verdict is not None and verdict.hard:
        check = verdict.hard[0]
        raise Refusal(
            f"match.checks.{check}", field="match.swap_junior" if check in STOPS_AT_JUNIOR else "match.swap_senior"
        )


async def _form(tx: Tx, found: Suggestion, place: Place, junior: str | None, senior: str | None) -> Swap:
    card = await card_of(tx, found)
    form = Swap(card, place, junior or card.junior.user_id, senior or card.senior.user_id)
    juniors, seniors = await _free(tx, found.cohort_id)
    form = replace(form, juniors=juniors, seniors=seniors)
    if len(form.changed) != 1:
        return form
    grounds = await grounds_of(tx, form.junior, form.senior, found.cohort_id)
    verdict, _ = await judged(tx, form.junior, form.senior, grounds)
    other = await _taken_from(tx, form)
    exchange = other is not None and await _fit(tx, _left_over(form, other), found.cohort_id)
    end = line_end(form.junior, grounds.lines) if Check.LINE_ENDS in verdict.checks else ""
    return replace(form, verdict=verdict, line_end=end, other=other, exchange=exchange)


async def _taken_from(tx: Tx, form: Swap) -> SuggestionCard | None:
    """The other suggestion that the newcomer is in, on the same side."""
    side = form.changed[0]
    newcomer = await enrol.find(tx, form.junior if side is Side.JUNIOR else form.senior)
    mine = form.card.suggestion
    if newcomer is None:
        return None
    for one in await runs.of_person(tx, mine.cohort_id, newcomer.id, *runs.PENDING):
        if newcomer.id == (one.junior_id if side is Side.JUNIOR else one.senior_id) and one.id != mine.id:
            return await card_of(tx, one)
    return None


def _left_over(form: Swap, other: SuggestionCard) -> tuple[Person, Person]:
    """Junior and senior who would be left over: who leaves, and to whom the newcomer was suggested."""
    if form.changed[0] is Side.JUNIOR:
        return form.card.junior, other.senior
    return other.junior, form.card.senior


async def _fit(tx: Tx, couple: tuple[Person, Person], cohort_id: str) -> bool:
    one, other = (person.user_id for person in couple)
    verdict, _ = await judged(tx, one, other, await grounds_of(tx, one, other, cohort_id))
    return not verdict.hard


async def _exchange(tx: Tx, actor: Actor, form: Swap, now: datetime) -> None:
    """The old suggestions are over, the new ones are there, and whoever is left over is on the list."""
    old = form.card.suggestion
    for card in (form.card, form.other):
        if card is not None:
            by = actor.user_id
            await runs.decide(tx, card.suggestion.id, runs.PENDING, SuggestionState.SWAPPED, by, now)
    people = await enrol.find(tx, form.junior), await enrol.find(tx, form.senior)
    if people[0] is None or people[1] is None:
        raise Refusal("common.errors.gone")
    await _suggest(tx, actor, old, (people[0], people[1]), now)
    side = form.changed[0]
    leaves = form.card.junior if side is Side.JUNIOR else form.card.senior
    if form.other is None:
        return await _free_up(tx, old, ((leaves, side),))
    left = _left_over(form, form.other)
    if form.exchange:
        return await _suggest(tx, actor, old, left, now)
    await _free_up(tx, old, ((left[0], Side.JUNIOR), (left[1], Side.SENIOR)))


async def _suggest(tx: Tx, actor: Actor, old: Suggestion, couple: tuple[Person, Person], now: datetime) -> None:
    junior, senior = couple
    grounds = await grounds_of(tx, junior.user_id, senior.user_id, old.cohort_id)
    verdict, _ = await judged(tx, junior.user_id, senior.user_id, grounds)
    card = await card_of(tx, replace(old, junior_id=junior.id, senior_id=senior.id))
    made = Suggestion(
        new_id(), tx.team, old.run_id, old.cohort_id, junior.id, senior.id, None,
        reasons(card.junior_profile, card.senior_profile), " ".join((*verdict.soft, *verdict.advice)),
        SuggestionState.OPEN, None, actor.user_id, now,
    )  # fmt: skip
    await runs.add_suggestions(tx, [made])
    if run := await runs.newest(tx, old.cohort_id, RunState.READY):
        for person, side in ((junior, Side.JUNIOR), (senior, Side.SENIOR)):
            await runs.drop_unmatched(tx, run.id, person.id, side)


async def _free_up(tx: Tx, old: Suggestion, people: tuple[tuple[Person, Side], ...]) -> None:
    if run := await runs.newest(tx, old.cohort_id, RunState.READY):
        for person, side in people:
            await runs.drop_unmatched(tx, run.id, person.id, side)
        await runs.add_unmatched(tx, [Unmatched(run.id, person.id, side, FREED) for person, side in people])


async def _free(tx: Tx, cohort_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Slack ids of a cohort's juniors and seniors who wait and are in no pair and no suggestion."""
    waiting = [p for p in await enrol.participants(tx, cohort_id) if p.state is Enrolment.WAITING]
    busy = {one for pair in await match.all_open(tx) for one in (pair.junior_id, pair.senior_id)}
    shown = await runs.of_cohort(tx, cohort_id, *runs.PENDING)
    busy |= {one for suggestion in shown for one in (suggestion.junior_id, suggestion.senior_id)}
    free = [place for place in waiting if place.person_id not in busy]
    known = await enrol.people(tx, [place.person_id for place in free])
    juniors, seniors = (
        tuple(known[place.person_id].user_id for place in free if side in place.profile.sides) for side in Side
    )
    return juniors, seniors
