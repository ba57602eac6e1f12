"""An agenda that two people write, and a first session that both may open; over a real database."""

import pytest

from bot.domain.messages import Kind
from bot.domain.prepare import AgendaFacts, AgendaForm
from bot.domain.refusals import Refusal
from bot.services.kit import Kit
from bot.services.prepare import agenda, early, editing, lines
from storage import prepare as stored
from tests.services.prepare.steps import COORDINATOR, JUNIOR, SENIOR, booked, drawn, fields, letters
from tests.world import TEAM, World


async def shown(kit: Kit) -> AgendaFacts:
    facts = await drawn(kit, Kind.AGENDA)
    assert isinstance(facts, AgendaFacts)
    return facts


async def test_the_other_sees_who_changed_what(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    await editing.save_agenda(kit, JUNIOR, session.id, fields("10 min · The rota", "Hiring"), [])
    await editing.save_agenda(kit, SENIOR, session.id, fields("The rota", "20 min: Budget"), [])
    facts = await shown(kit)
    assert facts.edit is not None and facts.edit.by.id == world.bo.id and facts.edit.dropped == ("Hiring",)
    new = [line.text for line in facts.agenda.lines if line.id in facts.edit.added]
    assert new == ["Budget"]
    assert [(line.text, line.minutes) for line in facts.agenda.lines] == [("The rota", None), ("Budget", 20)]
    async with kit.store.read(TEAM) as tx:
        authors = {line.text: line.author_id for line in await stored.lines(tx, session.id)}
    assert authors == {"The rota": world.ana.id, "Budget": world.bo.id}


async def test_lines_of_the_suggestion_are_not_called_new(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    form = await agenda.agenda_form(kit, JUNIOR, session_id=session.id)
    kept = [f"{line.minutes} min · {line.text}" for line in form.agenda.lines[:4]]
    await editing.save_agenda(kit, JUNIOR, session.id, fields(*kept, "Something of ours"), [], base=form.base)
    facts = await shown(kit)
    assert facts.edit is not None
    assert [line.text for line in facts.agenda.lines if line.id in facts.edit.added] == ["Something of ours"]
    assert [line.minutes for line in facts.agenda.lines] == [*[line.minutes for line in form.agenda.lines[:4]], None]


async def test_a_topic_that_was_parked_is_parked_again_when_somebody_leaves_it_out(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    topic = await lines.park(kit, JUNIOR, "the rota")
    await editing.save_agenda(kit, JUNIOR, session.id, fields("Hello"), [topic.line_id])
    await editing.save_agenda(kit, SENIOR, session.id, fields("Goodbye"), [])
    facts = await shown(kit)
    assert facts.edit is not None and (facts.edit.dropped, facts.edit.parked) == (("Hello",), ("the rota",))
    async with kit.store.read(TEAM) as tx:
        assert [line.text for line in await stored.parked(tx, world.pair.id)] == ["the rota"]


async def test_two_who_write_at_once_lose_nothing(kit: Kit, world: World) -> None:
    session = await booked(kit, world)
    hers, his = [await agenda.agenda_form(kit, who, session_id=session.id) for who in (JUNIOR, SENIOR)]
    assert await editing.save_agenda(kit, JUNIOR, session.id, fields("Hers"), [], base=hers.base) is None
    both = await editing.save_agenda(kit, SENIOR, session.id, fields("His", "5 min · And this"), [], base=his.base)
    assert isinstance(both, AgendaForm) and both.theirs is not None
    assert both.typed[:2] == ("His", "5 min · And this") and [line.text for line in both.theirs.lines] == ["Hers"]
    assert [line.text for line in (await shown(kit)).agenda.lines] == ["Hers"]
    await editing.save_agenda(kit, SENIOR, session.id, fields("His"), [], base=both.base)
    assert [line.text for line in (await shown(kit)).agenda.lines] == ["His"]
    assert len(await letters(kit, Kind.AGENDA)) == 2


async def test_the_first_session_opens_when_the_other_one_agrees(kit: Kit, world: World) -> None:
    session = await booked(kit, world, early=False)
    brought = await lines.bring(kit, JUNIOR, world.pair.id, "the rota")
    assert brought.waits and brought.session is None
    with pytest.raises(Refusal, match="locked_first"):
        await editing.save_agenda(kit, JUNIOR, session.id, fields("the rota"), [])
    assert (await agenda.agenda_form(kit, JUNIOR, purpose="visit")).agenda.title == "Getting to know each other"
    for _ in range(2):
        await early.ask(kit, JUNIOR, session.id)
    assert len(await letters(kit, Kind.EARLY_TOPICS)) == 1
    with pytest.raises(Refusal, match="early_partner"):
        await early.agree(kit, JUNIOR, world.pair.id)
    assert (await early.agree(kit, SENIOR, world.pair.id)).open
    form = await agenda.agenda_form(kit, JUNIOR, session_id=session.id)
    assert not form.agenda.locked and "the rota" in [line.text for line in form.agenda.lines]
    await editing.save_agenda(kit, JUNIOR, session.id, fields("the rota"), [])


async def test_it_stays_as_it_is_and_can_be_asked_again_and_two_who_ask_agree(kit: Kit, world: World) -> None:
    session = await booked(kit, world, early=False)
    await early.ask(kit, JUNIOR, session.id)
    assert (await early.keep_locked(kit, SENIOR, world.pair.id)).gone
    with pytest.raises(Refusal, match="gone"):
        await early.agree(kit, SENIOR, world.pair.id)
    await early.ask(kit, SENIOR, session.id)
    await early.ask(kit, JUNIOR, session.id)
    assert not (await agenda.agenda_form(kit, SENIOR, session_id=session.id)).agenda.locked
    with pytest.raises(Refusal, match="gone"):
        await early.agree(kit, COORDINATOR, world.pair.id)
