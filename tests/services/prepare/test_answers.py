"""Icebreakers answered ahead, over a real database."""

import pytest

from bot.domain.messages import Kind
from bot.domain.prepare import ANSWER_MOST, AnswersFacts
from bot.domain.refusals import Refusal
from bot.services.kit import Kit
from bot.services.prepare import answers, load_answers
from storage import privacy, tables
from tests.services.prepare.steps import COORDINATOR, JUNIOR, SENIOR, letters
from tests.world import ANA, TEAM, World

ONE, TWO = "warmup_01", "warmup_02"


async def shown(kit: Kit) -> AnswersFacts | None:
    """What the newest message would say now."""
    letter = (await letters(kit, Kind.ANSWERS))[-1]
    async with kit.store.read(TEAM) as tx:
        return await load_answers(kit, tx, letter)


async def keep(kit: Kit, world: World, who: str, **texts: str) -> None:
    await answers.keep_ahead(kit, JUNIOR if who == "ana" else SENIOR, world.pair.id, texts)


async def test_an_answer_is_ones_own_until_both_have_answered_the_same_question(kit: Kit, world: World) -> None:
    await keep(kit, world, "ana", warmup_01="Dancing Queen", warmup_02="Porto")
    await keep(kit, world, "bo", warmup_03="Soup")
    theirs = await answers.ahead_form(kit, SENIOR, world.pair.id, [ONE, TWO])
    assert theirs.mine == {} and theirs.opened == () and not await letters(kit, Kind.ANSWERS)
    kept = await answers.keep_ahead(kit, SENIOR, world.pair.id, {ONE: "Waterloo", TWO: ""})
    assert (kept.kept, kept.opened) == (0, 1)
    facts = await shown(kit)
    assert facts is not None
    assert [(one.item, one.junior, one.senior) for one in facts.opened] == [(ONE, "Dancing Queen", "Waterloo")]
    assert (await answers.ahead_form(kit, JUNIOR, world.pair.id, [ONE, TWO])).mine == {TWO: "Porto"}


async def test_it_can_be_changed_and_taken_back_until_then(kit: Kit, world: World) -> None:
    await keep(kit, world, "ana", warmup_01="Dancing Queen", warmup_02="Porto")
    await keep(kit, world, "ana", warmup_01="Fernando", warmup_02="")
    await keep(kit, world, "bo", warmup_01="Waterloo", warmup_02="Oslo")
    facts = await shown(kit)
    assert facts is not None and [(one.item, one.junior) for one in facts.opened] == [(ONE, "Fernando")]


async def test_what_was_shown_stays_as_it_was_and_that_is_said(kit: Kit, world: World) -> None:
    await keep(kit, world, "ana", warmup_01="Fernando")
    await keep(kit, world, "bo", warmup_01="Waterloo")
    kept = await answers.keep_ahead(kit, JUNIOR, world.pair.id, {ONE: "Something better"})
    assert kept.late == {ONE: "Something better"}  # and is not lost
    assert (await answers.keep_ahead(kit, JUNIOR, world.pair.id, {ONE: "Fernando"})).late == {}
    facts = await shown(kit)
    assert facts is not None and facts.opened[0].junior == "Fernando" and len(await letters(kit, Kind.ANSWERS)) == 1


async def test_either_takes_their_own_out_again_and_the_message_follows(kit: Kit, world: World) -> None:
    await keep(kit, world, "ana", warmup_01="Fernando")
    await keep(kit, world, "bo", warmup_01="Waterloo")
    async with kit.store.write(TEAM) as tx:
        sent = tables.outbox.update().where(tables.outbox.c.kind == Kind.ANSWERS)
        await tx.conn.execute(sent.values(channel="G1", ts="1.0", state="sent"))
    mine = (await answers.ahead_form(kit, JUNIOR, world.pair.id, [ONE])).removable[ONE]
    with pytest.raises(Refusal, match="gone"):
        await answers.remove(kit, SENIOR, world.pair.id, [ONE], mine)
    form = await answers.remove(kit, JUNIOR, world.pair.id, [ONE], mine)
    assert form.removable == {} and form.opened[0].junior is None and len(await letters(kit, Kind.REDRAW)) == 1
    facts = await shown(kit)
    assert facts is not None and (facts.opened[0].junior, facts.opened[0].senior) == (None, "Waterloo")
    theirs = (await answers.ahead_form(kit, SENIOR, world.pair.id, [ONE])).removable[ONE]
    await answers.remove(kit, SENIOR, world.pair.id, [ONE], theirs)
    assert await shown(kit) is None


async def test_after_an_erasure_only_the_partners_is_left(kit: Kit, world: World) -> None:
    await keep(kit, world, "ana", warmup_01="Fernando")
    await keep(kit, world, "bo", warmup_01="Waterloo")
    async with kit.store.write(TEAM) as tx:
        await privacy.erase(tx, ANA, world.ana.id)
    facts = await shown(kit)
    assert facts is not None and (facts.opened[0].junior, facts.opened[0].senior) == (None, "Waterloo")


async def test_it_is_nobody_elses_business_and_knows_its_questions(kit: Kit, world: World) -> None:
    for attempt in (
        answers.ahead_form(kit, COORDINATOR, world.pair.id, [ONE]),
        answers.keep_ahead(kit, COORDINATOR, world.pair.id, {ONE: "x"}),
        answers.ahead_form(kit, JUNIOR, world.pair.id, ["no_such_question"]),
        answers.keep_ahead(kit, JUNIOR, world.pair.id, {"no_such_question": "x"}),
    ):
        with pytest.raises(Refusal, match="gone"):
            await attempt
    with pytest.raises(Refusal, match="too_long") as refused:
        await answers.keep_ahead(kit, JUNIOR, world.pair.id, {ONE: "x" * (ANSWER_MOST + 1)})
    assert refused.value.field == f"prepare.answer.{ONE}"
