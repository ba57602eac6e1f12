"""Words for asking: for juniors of a running pair, onto an agenda only by her own press, and nothing else is sent."""

import pytest

from bot.domain.ask import BLANK
from bot.domain.refusals import Refusal
from bot.services import ask
from bot.services.kit import Actor, Kit
from storage import enrol, prepare
from storage.records.prepare import LineKind
from tests.held import JUNIOR, SENIOR, end_pair, letters, pair_up
from tests.services.meet.steps import booked
from tests.world import CHI, TEAM, World

TEXT = "Could you help me with the rota?"


async def test_a_junior_asks_in_her_pair_and_of_several_in_the_one_she_names(kit: Kit, world: World) -> None:
    facts = await ask.facts_for(kit, JUNIOR)
    assert (facts.people.pair.id, len(facts.choices)) == (world.pair.id, 1)
    async with kit.store.write(TEAM) as tx:
        max_ = await enrol.meet_person(tx, "U07MAX0000", name="Max", zone="Europe/Berlin", locale="en")
    second = await pair_up(kit, world, world.ana, max_)
    facts = await ask.facts_for(kit, JUNIOR, second.id)
    assert (facts.people.senior.name, len(facts.choices)) == ("Max", 2)


async def test_a_senior_is_told_what_there_is_instead_and_others_what_they_always_are(kit: Kit, world: World) -> None:
    for actor, key in ((SENIOR, "ask.refused.senior"), (Actor(TEAM, CHI), "common.errors.not_enrolled")):
        with pytest.raises(Refusal) as refused:
            await ask.facts_for(kit, actor, world.pair.id)
        assert refused.value.key == key
    await end_pair(kit, world)
    with pytest.raises(Refusal, match=r"common.errors.not_paired"):
        await ask.facts_for(kit, JUNIOR, world.pair.id)


async def test_without_a_next_session_it_is_parked_and_with_one_it_goes_there(kit: Kit, world: World) -> None:
    before = {letter.kind for letter in await letters(kit)}
    parked = await ask.add(kit, JUNIOR, world.pair.id, TEXT)
    assert (parked.session, parked.waits) == (None, False)
    async with kit.store.read(TEAM) as tx:
        (line,) = await prepare.parked(tx, world.pair.id)
    assert (line.text, line.kind, line.author_id) == (TEXT, LineKind.PARKED, world.ana.id)
    sent = {str(letter.kind) for letter in await letters(kit)} - {str(kind) for kind in before}
    assert sent <= {"home.publish"}, "nobody is written to"
    await booked(kit, world)
    added = await ask.add(kit, JUNIOR, world.pair.id, TEXT)
    assert added.waits or added.session is not None


async def test_what_is_unfinished_empty_too_long_or_another_pairs_is_refused_and_nothing_is_kept(
    kit: Kit, world: World
) -> None:
    for text, key in (
        (f"Help me with {BLANK}", "ask.refused.gap"),
        ("x" * 301, "common.errors.too_long"),
    ):
        with pytest.raises(Refusal) as refused:
            await ask.add(kit, JUNIOR, world.pair.id, text, field="ask.line")
        assert (refused.value.key, refused.value.field) == (key, "ask.line")
    for actor, pair_id in ((SENIOR, world.pair.id), (JUNIOR, "no-such-id"), (Actor(TEAM, CHI), world.pair.id)):
        with pytest.raises(Refusal, match=r"common.errors.gone"):
            await ask.add(kit, actor, pair_id, TEXT)
    async with kit.store.read(TEAM) as tx:
        assert await prepare.parked(tx, world.pair.id) == []
