"""A junior suggests a commitment; the senior takes it on, words it anew, or says not now."""

import pytest

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import commit as commits
from bot.services import home
from bot.services.kit import Actor, Kit
from storage import commit
from storage.records.commit import CommitmentKind, Proposal, ProposalState
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters
from tests.services.commit.steps import DAY, TEN_MINUTES, TEXT
from tests.world import ANA, BO, CHI, TEAM, World


async def suggested(kit: Kit, world: World, text: str = TEXT) -> Proposal:
    stepped = await commits.propose(
        kit, JUNIOR, world.pair.id, kind=CommitmentKind.HELP, text=text, due_on=DAY
    )  # fmt: skip
    return stepped.proposal


async def answered(kit: Kit, it: Proposal) -> ProposalState:
    async with kit.store.read(TEAM) as tx:
        found = await commit.proposal(tx, it.id)
    assert found is not None
    return found.state


async def test_a_suggestion_reaches_the_senior_alone_and_ten_minutes_later(kit: Kit, world: World) -> None:
    it = await suggested(kit, world)
    told = await letters(kit)
    assert [(letter.kind, letter.to, letter.params) for letter in told] == [
        (Kind.COMMITMENT_PROPOSED, BO, {"proposal": it.id})
    ]
    assert told[0].due_at >= kit.clock() + TEN_MINUTES
    assert (await commits.listed(kit, JUNIOR)).proposals[world.pair.id] == (it,)
    assert (await commits.listed(kit, SENIOR)).proposals[world.pair.id] == ()


async def test_a_suggestion_waits_on_the_seniors_home_once_he_has_heard_of_it(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await suggested(kit, world)
    seen = []
    for _ in range(2):
        seen.append([(await home.today(kit, who)).pairs[0].proposals for who in (JUNIOR, SENIOR)])
        clock.set(kit.clock() + TEN_MINUTES)
    assert seen == [[0, 0], [0, 1]]


async def test_taken_back_before_the_senior_hears_of_it_he_never_does(kit: Kit, world: World) -> None:
    it = await suggested(kit, world)
    await commits.withdraw(kit, JUNIOR, it.id)
    assert await letters(kit) == []
    for act in (commits.accept, commits.decline, commits.to_reword):
        with pytest.raises(Refusal, match=r"already_done"):
            await act(kit, SENIOR, it.id)


async def test_taken_on_it_is_a_commitment_like_any_other_and_undone_it_waits_again(kit: Kit, world: World) -> None:
    it = await suggested(kit, world)
    changed = await commits.accept(kit, SENIOR, it.id)
    it_is = changed.commitment
    assert (it_is.text, it_is.due_on, it_is.owner_id) == (f"As suggested: {TEXT}", DAY, world.bo.id)
    with pytest.raises(Refusal, match=r"already_done"):
        await commits.accept(kit, SENIOR, it.id)
    assert await commits.undo(kit, SENIOR, changed.commitment.id, "made") is None
    assert await answered(kit, it) is ProposalState.WAITING


async def test_worded_anew_it_is_the_seniors_own_text(kit: Kit, world: World) -> None:
    it = await suggested(kit, world)
    with pytest.raises(Refusals):
        await commits.reworded(kit, SENIOR, it.id, kind=CommitmentKind.HELP, text=" ", due_on=DAY)
    changed = await commits.reworded(kit, SENIOR, it.id, kind=CommitmentKind.CREDIT, text="Mine", due_on=DAY)
    assert (changed.commitment.text, await answered(kit, it)) == ("Mine", ProposalState.ACCEPTED)


async def test_not_now_is_told_without_a_reason_and_can_be_taken_back(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    it = await suggested(kit, world)
    for _ in range(2):
        await commits.decline(kit, SENIOR, it.id)
        await commits.reopen(kit, SENIOR, it.id)
    assert await letters(kit, Kind.PROPOSAL_DECLINED) == []
    await commits.decline(kit, SENIOR, it.id)
    assert [letter.to for letter in await letters(kit, Kind.PROPOSAL_DECLINED)] == [ANA]
    clock.move(minutes=11)
    with pytest.raises(Refusal, match=r"declined_late"):
        await commits.reopen(kit, SENIOR, it.id)


async def test_a_suggestion_whose_day_has_passed_needs_another_day(kit: Kit, world: World, clock: MovableClock) -> None:
    it = await suggested(kit, world)
    clock.move(days=20)
    with pytest.raises(Refusal, match=r"day_gone"):
        await commits.accept(kit, SENIOR, it.id)


async def test_only_the_junior_suggests_and_only_the_senior_answers(kit: Kit, world: World) -> None:
    it = await suggested(kit, world)
    answers = (commits.accept, commits.decline, commits.reopen, commits.to_reword)
    tries = [*((act, JUNIOR) for act in answers), (commits.withdraw, SENIOR)]
    tries += [(act, Actor(TEAM, CHI)) for act in (*answers, commits.withdraw)]
    for act, actor in tries:
        with pytest.raises(Refusal, match=r"common.errors.gone"):
            await act(kit, actor, it.id)
    with pytest.raises(Refusal, match=r"common.errors.gone"):
        await commits.propose(kit, SENIOR, world.pair.id, kind=CommitmentKind.HELP, text=TEXT, due_on=DAY)
    assert await answered(kit, it) is ProposalState.WAITING


async def test_at_most_five_suggestions_wait(kit: Kit, world: World) -> None:
    for n in range(5):
        await suggested(kit, world, f"{n}")
    with pytest.raises(Refusal, match=r"many_waiting"):
        await suggested(kit, world)
