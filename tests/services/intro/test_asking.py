"""A junior asks for an introduction, a senior offers one: what is refused, who hears of it and when."""

from dataclasses import replace

import pytest

from bot.domain.intro import Draft
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import home
from bot.services import intro as intros
from bot.services.kit import Actor, Kit
from storage import enrol, intro
from storage.records.delivery import DueState
from storage.records.intro import IntroState
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, end_pair, letters, pair_up, pass_time, planned
from tests.services.commit.steps import TEN_MINUTES
from tests.services.intro.steps import DAY, MAX, OFFER, WISH, account, asked, now_, offered
from tests.world import ANA, BO, CHI, TEAM, World


async def test_the_senior_alone_hears_of_it_ten_minutes_later(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await asked(kit, world)
    assert await letters(kit) == []
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    told = await letters(kit)
    assert [(letter.kind, letter.to, letter.params["intro"]) for letter in told] == [(Kind.INTRO_ASKED, BO, it.id)]
    async with kit.store.read(TEAM) as tx:
        facts = await intros.load_asked(kit, tx, told[0])
    assert facts is not None and (facts.intro.why, facts.intro.line) == (WISH.why, WISH.line)


async def test_until_then_it_stands_on_her_home_and_list_and_on_neither_of_his(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await asked(kit, world)
    with pytest.raises(Refusal, match=r"common.errors.gone"):
        await intros.made(kit, SENIOR, it.id)
    seen = []
    for _ in range(2):
        homes = [(await home.today(kit, who)).pairs[0].introductions for who in (JUNIOR, SENIOR)]
        lists = [(await intros.listed(kit, who)).pairs[0][2] for who in (JUNIOR, SENIOR)]
        assert homes == lists
        seen.append([[one.id for one in shown] for shown in homes])
        clock.set(kit.clock() + TEN_MINUTES)
    assert seen == [[[it.id], []], [[it.id], [it.id]]]


async def test_undone_or_taken_back_before_he_hears_of_it_he_never_does(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    one, other = await asked(kit, world), await asked(kit, world, replace(WISH, whom="the designers"))
    assert await intros.undo(kit, JUNIOR, one.id, "asked") is None
    await intros.let_go(kit, JUNIOR, other.id)
    await pass_time(kit, clock, clock.now + 30 * TEN_MINUTES)
    assert await letters(kit) == []
    assert (await intros.listed(kit, SENIOR)).pairs[0][2] == ()


async def test_taken_back_and_that_undone_he_hears_of_it_after_all(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await asked(kit, world)
    await intros.let_go(kit, JUNIOR, it.id)
    await intros.undo(kit, JUNIOR, it.id, "withdrawn")
    await pass_time(kit, clock, clock.now + 2 * TEN_MINUTES)
    assert [letter.kind for letter in await letters(kit)] == [Kind.INTRO_ASKED]


async def test_what_is_wrong_is_said_under_each_field_and_nothing_is_stored(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await enrol.set_line(tx, ANA, "U07IVY0000")
        await enrol.set_line(tx, BO, MAX)
    tries = {
        "nobody": (replace(WISH, whom=""), None), "both": (replace(WISH, user=CHI), account(CHI)),
        "junior_herself": (Draft(ANA, "", "x", "y"), account(ANA)),
        "your_senior": (Draft(BO, "", "x", "y"), account(BO)),
        "own_line": (Draft("U07IVY0000", "", "x", "y"), account("U07IVY0000")),
        "not_here": (Draft(MAX, "", "x", "y"), account(MAX)),
        "no_account": (Draft(CHI, "", "x", "y"), account(CHI, bot=True)),
        "unknown_person": (Draft(CHI, "", "x", "y"), None),
    }  # fmt: skip
    for key, (draft, picked) in tries.items():
        with pytest.raises(Refusals) as refused:
            await intros.ask(kit, JUNIOR, world.pair.id, draft, picked)
        assert [problem.key.rpartition(".")[2] for problem in refused.value.problems] == [key]
    async with kit.store.read(TEAM) as tx:
        assert await intro.of_pair(tx, world.pair.id) == []


async def test_the_same_one_is_asked_for_once_and_five_may_wait(kit: Kit, world: World) -> None:
    for n in range(5):
        await asked(kit, world, replace(WISH, whom=f"team {n}"))
    for whom, key in (("Team 3", "doubled"), ("team 6", "many_waiting")):
        with pytest.raises((Refusal, Refusals), match=key):
            await asked(kit, world, replace(WISH, whom=whom))


async def test_a_senior_offers_one_and_the_junior_may_say_that_it_is_not_needed(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await offered(kit, world)
    assert (it.state, it.due_on, it.author_id) == (IntroState.AGREED, DAY, world.bo.id)
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    await intros.let_go(kit, JUNIOR, it.id)
    await pass_time(kit, clock, clock.now + TEN_MINUTES)
    told = [(letter.kind, letter.to) for letter in await letters(kit)]
    assert told == [(Kind.INTRO_TOLD, ANA), (Kind.INTRO_LET_GO, BO)]
    pending = [item for item in await planned(kit, Job.INTRO_DUE, it.id) if item.state is DueState.PENDING]
    assert pending == []


async def test_one_that_is_made_already_is_noted_and_the_junior_is_asked_about_it(kit: Kit, world: World) -> None:
    it = await offered(kit, world, replace(OFFER, made=True, due_on=None))
    assert (it.state, it.made_at) == (IntroState.MADE, kit.clock())
    assert len(await planned(kit, Job.ASK_TALKED, it.id)) == 2


async def test_only_the_junior_asks_only_the_senior_offers_and_each_in_a_pair_that_runs(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        zoe = await enrol.meet_person(tx, "U07ZOE0000", name="Zoe", zone="Europe/Berlin", locale="en")
    other = await pair_up(kit, world, world.ana, zoe)
    for actor, pair in ((SENIOR, world.pair), (Actor(TEAM, CHI), world.pair), (SENIOR, other)):
        with pytest.raises(Refusal, match=r"common.errors.gone"):
            await intros.ask(kit, actor, pair.id, WISH, None)
    for actor, pair in ((JUNIOR, world.pair), (Actor("T0OTHER", BO), world.pair), (SENIOR, other)):
        with pytest.raises(Refusal, match=r"common.errors.gone"):
            await intros.offer(kit, actor, pair.id, OFFER, account(MAX))
    await end_pair(kit, world)
    with pytest.raises(Refusal, match=r"pair_ended"):
        await asked(kit, world)


async def test_asked_anew_the_form_starts_with_ones_own_words_and_never_with_somebody_elses(
    kit: Kit, world: World
) -> None:
    it = await asked(kit, world)
    assert (await intros.form_for(kit, JUNIOR, again=it.id)).draft == WISH
    assert (await intros.form_for(kit, SENIOR, again=it.id)).draft == Draft()
    assert (await now_(kit, it)) == it
