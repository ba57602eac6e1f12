"""A no and an avoid list, seen from outside: two workspaces that differ in nothing else look the same."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.match import Check, Reason, Terms
from bot.domain.match.review import Place
from bot.domain.refusals import Refusals
from bot.domain.when import UNDO
from bot.services import enrol, match
from bot.services.kit import Actor, Kit
from prompts import Library, Words
from storage import match as pairs
from storage.ids import new_id
from storage.match import runs
from storage.privacy.suggested import ASKED
from storage.records.enrol import Side
from storage.records.match import MatchRun, RunState, Suggestion, SuggestionState
from tests.clockwork import MovableClock
from tests.services.match.eyes import JUNIORS, SENIORS, Twin, pass_time, twins
from tests.services.town_hall import IVY, JUNO, MAX, OTTO, account
from tests.thorough import few, thorough

MOMENTS = (timedelta(0), UNDO, timedelta(days=3), timedelta(days=9))


@pytest.fixture
def words(library: Library) -> Words:
    return library.words("en")


@pytest.mark.parametrize("side", few(list(Side)))
async def test_a_no_looks_like_no_answer_to_coordinators_at_every_moment(
    kit: Kit, clock: MovableClock, words: Words, side: Side
) -> None:
    silent, no = both = await twins(kit)
    for twin in both:
        await match.propose(kit, twin.chi, JUNO, MAX)
    if side is Side.SENIOR:
        for twin in both:
            await twin.answer(JUNO, MAX, yes=True)
        await pass_time(kit, clock, UNDO)
    await no.answer(*((JUNO, MAX) if side is Side.JUNIOR else (MAX, JUNO)), yes=False)
    for wait in MOMENTS:
        await pass_time(kit, clock, wait)
        assert await no.seen(words) == await silent.seen(words), wait
    for twin in both:
        assert await _against(twin) == (Check.FORMER,)
        run, _ = await match.begin(kit, twin.chi, twin.world.cohort.id)
        await match.compute(kit, twin.team, run.id)
    assert await no.seen(words) == await silent.seen(words)
    assert '"declined_at": "2' not in await no.own(JUNO if side is Side.SENIOR else MAX)


async def test_one_s_own_data_names_a_suggestion_only_once_one_is_asked(kit: Kit, clock: MovableClock) -> None:
    twin = await Twin.make(kit, "T07ONE0001")
    await match.propose(kit, twin.chi, JUNO, MAX)
    await twin.answer(JUNO, MAX, yes=False)
    mine, theirs = await twin.own(JUNO), await twin.own(MAX)
    assert '"state": "proposed"' in mine and '"declined_at": "2026' in mine
    assert '"pair"' not in theirs
    await pass_time(kit, clock, timedelta(days=12))
    assert '"state": "not_come"' in await twin.own(JUNO)
    assert await twin.own(MAX) == theirs
    await match.propose(kit, twin.chi, IVY, OTTO)
    await twin.answer(IVY, OTTO, yes=True)
    assert '"pair"' not in await twin.own(OTTO)
    await pass_time(kit, clock, timedelta(days=1))
    assert '"state": "asking_senior"' in await twin.own(OTTO)
    await twin.answer(OTTO, IVY, yes=False)
    assert '"declined_at": "2026' in await twin.own(OTTO) and '"declined_at": null' in await twin.own(IVY)


async def test_whoever_was_not_asked_may_leave_a_side_and_is_told_nothing_by_a_refusal(kit: Kit) -> None:
    twin = await Twin.make(kit, "T07ONE0001")
    await match.propose(kit, twin.chi, JUNO, MAX)
    await _leave_side(twin, MAX, Side.SENIOR)
    with pytest.raises(Refusals) as refused:
        await _leave_side(twin, JUNO, Side.JUNIOR)
    assert [one.key for one in refused.value.problems] == ["enrol.refused.bound_junior"]
    await twin.answer(JUNO, MAX, yes=False)
    await _leave_side(twin, JUNO, Side.JUNIOR)


async def _leave_side(twin: Twin, user: str, side: Side) -> None:
    actor = Actor(twin.team, user)
    known = (await enrol.edit_form(twin.kit, actor)).known
    other = replace(known.profile, sides=frozenset(Side) - {side})
    await enrol.edit(twin.kit, actor, account(user), replace(known, profile=other))


def test_the_work_that_own_data_asks_about_is_the_end_of_a_wait() -> None:
    from bot.domain.jobs import Job

    assert ASKED == Job.EXPIRE_PROPOSAL


async def test_a_suggestion_that_was_said_no_to_is_withdrawn_like_any_other(kit: Kit, words: Words) -> None:
    silent, no = both = await twins(kit)
    for twin in both:
        await match.propose(kit, twin.chi, JUNO, MAX)
    await no.answer(JUNO, MAX, yes=False)
    for twin in both:
        async with kit.store.read(twin.team) as tx:
            (pair,) = await pairs.between(tx, twin.persons[JUNO].id, twin.persons[MAX].id)
        await match.withdraw(kit, twin.chi, pair.id)
    assert await no.seen(words) == await silent.seen(words)
    for twin in both:
        assert await _against(twin) == ()


def test_nothing_that_draws_or_lists_knows_of_a_no() -> None:
    root = Path(__file__).parents[3]
    readers = {
        str(path.relative_to(root)) for folder in ("bot", "handlers", "cli") for path in (root / folder).rglob("*.py")
        if "declined_at" in path.read_text(encoding="utf-8")
    }  # fmt: skip
    assert readers == {
        "bot/services/match/asking.py", "bot/services/match/letters.py", "bot/services/match/starting.py",
        "bot/services/programme/cohorts.py",
    }  # fmt: skip


@pytest.mark.parametrize("seed", few(range(2)))
@thorough
async def test_whoever_avoids_whom_coordinators_and_the_avoided_see_the_same(
    kit: Kit, clock: MovableClock, words: Words, seed: int
) -> None:
    """But for whom a match suggests: both workspaces have the same suggestions here."""
    dice = random.Random(seed)
    everybody = JUNIORS + SENIORS
    avoids = {user: tuple(dice.sample([o for o in everybody if o != user], dice.randint(1, 3))) for user in everybody}
    both = open_, shy = await twins(kit, avoids)
    for twin in both:
        await _suggest(twin, ((JUNO, MAX), (IVY, OTTO)))
    junior, senior = dice.choice(JUNIORS), dice.choice(SENIORS)
    for step in (_swap, _approve, _by_hand):
        said = [await step(twin, junior, senior) for twin in both]
        assert said[0] == said[1]
        assert await shy.seen(words) == await open_.seen(words)
    for wait in (UNDO, timedelta(days=1)):
        await pass_time(kit, clock, wait)
        assert await shy.seen(words) == await open_.seen(words)
    for user in everybody:
        assert await shy.own(user) == await open_.own(user)


async def _suggest(twin: Twin, couples: tuple[tuple[str, str], ...]) -> None:
    """What a run would have found, without its looking at anything."""
    usual = Terms()
    run = MatchRun(
        new_id(), twin.team, twin.world.cohort.id, RunState.READY, {}, usual.floor, 2, 2, twin.chi.user_id,
        twin.kit.clock(),
    )  # fmt: skip
    async with twin.kit.store.write(twin.team) as tx:
        await runs.add_run(tx, run)
        await runs.add_suggestions(tx, [
            Suggestion(
                new_id(), twin.team, run.id, run.cohort_id, twin.persons[one].id, twin.persons[other].id, 60, "fresh",
                "", SuggestionState.OPEN,
            ) for one, other in couples
        ])  # fmt: skip


async def _pending(twin: Twin, junior: str) -> str:
    async with twin.kit.store.read(twin.team) as tx:
        found = await runs.of_cohort(tx, twin.world.cohort.id, *runs.PENDING)
    return next(one.id for one in found if one.junior_id == twin.persons[junior].id)


async def _swap(twin: Twin, junior: str, _senior: str) -> str:
    """Every senior is tried, the other one is taken."""
    one, place = await _pending(twin, junior), Place(twin.world.cohort.id)
    forms = [await match.swap_form(twin.kit, twin.chi, one, place, junior, senior) for senior in SENIORS]
    other = next(form.senior for form in forms if form.changed)
    done = await match.swap(twin.kit, twin.chi, one, place, junior, other, Reason.OTHER)
    return str([(form.verdict, form.exchange, form.juniors, form.seniors) for form in forms] + [done]).replace(
        twin.world.cohort.id, ""
    )


async def _approve(twin: Twin, junior: str, _senior: str) -> str:
    return str(await match.approve(twin.kit, twin.chi, [await _pending(twin, junior)]))


async def _by_hand(twin: Twin, junior: str, senior: str) -> str:
    """Whoever is left over, suggested by hand; what is refused is refused alike."""
    free = next(one for one in JUNIORS if one != junior)
    try:
        return str(type(await match.propose(twin.kit, twin.chi, free, senior, reason=Reason.ASKED)))
    except Exception as refused:
        return str(refused)


async def test_the_avoided_are_asked_by_hand_like_anybody_and_the_senior_may_say_no(kit: Kit) -> None:
    twin = await Twin.make(kit, "T07ONE0001", {JUNO: (MAX,)})
    await match.propose(kit, twin.chi, JUNO, MAX)
    answered = await match.answer(kit, Actor(twin.team, JUNO), await _pair(twin), yes=False)
    assert answered.until > kit.clock()


async def _against(twin: Twin) -> tuple[Check, ...]:
    verdict = (await match.survey(twin.kit, twin.chi, JUNO, MAX)).verdict
    assert verdict is not None
    return verdict.hard


async def _pair(twin: Twin) -> str:
    async with twin.kit.store.read(twin.team) as tx:
        return (await pairs.between(tx, twin.persons[JUNO].id, twin.persons[MAX].id))[-1].id
