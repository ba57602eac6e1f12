"""Coordinators' own content over a real database: everybody who reads a text sees what they made of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.programme.content import ContentDraft, ContentFacts, EditorFacts, Wanted
from bot.domain.refusals import Refusal, Refusals
from bot.services.content import words_of
from bot.services.kit import Actor, Kit
from bot.services.prepare import icebreakers
from bot.services.programme import content as service
from prompts.content import Content
from storage import content as stored
from storage import programme
from storage.records.content import ContentKind
from tests.clockwork import MovableClock
from tests.services.prepare.steps import COORDINATOR, JUNIOR
from tests.world import TEAM, World

ICE, AGENDA, LESSON, PRINCIPLE, NUDGE = (Wanted(kind) for kind in ContentKind)
QUESTION = ContentDraft(ContentKind.ICEBREAKER, {"text": "What made you smile this week?", "note": ""}, set="warmup")
LINES = "5 Arrive\n40 min: A walk\n15 – Next date"
WALK = ContentDraft(
    ContentKind.AGENDA,
    {"title": "A walk", "lines": LINES, "junior_prepares": "A way.", "senior_prepares": "Shoes.", "reading": ""},
    session=2, purposes=("free", "technology"),
)  # fmt: skip
OWN_LESSON = ContentDraft(
    ContentKind.LESSON, {"title": "Names", "text": "Say names.", "action": "Learn one."}, track="junior", session=2
)


async def now(kit: Kit) -> Content:
    async with kit.store.read(TEAM) as tx:
        return (await words_of(kit, tx, None)).content


async def saved(kit: Kit, draft: ContentDraft, item_id: str = "") -> ContentFacts:
    done = await service.save(kit, COORDINATOR, Wanted(draft.kind), item_id, draft)
    assert isinstance(done, ContentFacts)
    return done


async def wrong(kit: Kit, draft: ContentDraft) -> dict[str | None, str]:
    """Field → why it was refused."""
    with pytest.raises(Refusals) as caught:
        await service.save(kit, COORDINATOR, Wanted(draft.kind), "", draft)
    return {problem.field: problem.key.rpartition(".")[2] for problem in caught.value.problems}


async def audited(kit: Kit) -> list[str]:
    async with kit.store.read(TEAM) as tx:
        return [line.action for line in await programme.audit_since(tx, kit.clock() - timedelta(days=1))][::-1]


async def test_an_own_question_is_asked_and_one_that_is_off_is_not(kit: Kit, world: World) -> None:
    made = await saved(kit, QUESTION)
    for n in range(1, 6):
        await service.switch(kit, COORDINATOR, ICE, f"warmup_{n:02}", off=True)
    shown = (await icebreakers.preview(kit, JUNIOR, wanted="warmup", count=10)).items
    assert made.row.id in shown
    assert not {"warmup_01", "warmup_05"} & set(shown)
    assert (await now(kit)).icebreaker("warmup_01").retired, "old messages still find it"
    assert await audited(kit) == ["content.added", *["content.switched_off"] * 5]


async def test_a_set_a_session_and_a_contract_keep_what_they_need(kit: Kit, world: World) -> None:
    async def off(wanted: Wanted, item_id: str) -> str:
        with pytest.raises(Refusal) as caught:
            await service.switch(kit, COORDINATOR, wanted, item_id, off=True)
        return caught.value.key.rpartition(".")[2]

    for n in range(1, 6):
        await service.switch(kit, COORDINATOR, ICE, f"warmup_{n:02}", off=True)
    assert await off(ICE, "warmup_06") == "few_questions"
    first = (await now(kit)).agenda("free", 1)
    assert await off(AGENDA, first.id) == "no_agenda"
    principles = [one.id for one in (await now(kit)).principles()]
    for item_id in principles[5:]:
        await service.switch(kit, COORDINATOR, PRINCIPLE, item_id, off=True)
    assert await off(PRINCIPLE, principles[0]) == "few_principles"


async def test_an_own_agenda_is_suggested_for_its_session_and_keeps_its_minutes(kit: Kit, world: World) -> None:
    made = await saved(kit, WALK)
    agenda = (await now(kit)).agenda("technology", 2)
    assert agenda.id == made.row.id
    assert [(line.minutes, line.text) for line in agenda.lines] == [(5, "Arrive"), (40, "A walk"), (15, "Next date")]
    again = await service.editor(kit, COORDINATOR, AGENDA, made.row.id)
    assert again.draft.texts["lines"] == "5 Arrive\n40 A walk\n15 Next date"
    assert await saved(kit, again.draft, made.row.id)


async def test_a_shipped_text_can_be_changed_and_put_back(kit: Kit, world: World) -> None:
    editor = await service.editor(kit, COORDINATOR, ICE, "technology_08")
    draft = replace(editor.draft, texts={**editor.draft.texts, "text": "What do you leave to machines?"})
    facts = await saved(kit, draft, "technology_08")
    changed = (await now(kit)).icebreaker("technology_08")
    assert (facts.row.changed, changed.text, changed.depth) == (True, "What do you leave to machines?", 2)
    back = await service.restore(kit, COORDINATOR, ICE, "technology_08")
    assert not back.row.changed
    assert await now(kit) == kit.library.content


async def test_an_own_word_to_seniors_can_be_sent_and_a_shipped_one_left_out(kit: Kit, world: World) -> None:
    made = await saved(kit, ContentDraft(ContentKind.NUDGE, {"text": "Thank somebody by name."}))
    await service.switch(kit, COORDINATOR, NUDGE, "offer_help", off=True)
    known = [one.id for one in (await now(kit)).to_all_seniors()]
    assert known[0] == made.row.id
    assert "offer_help" not in known


async def test_every_change_can_be_taken_back_for_ten_minutes(kit: Kit, world: World, clock: MovableClock) -> None:
    made = (await saved(kit, OWN_LESSON)).row.id
    assert made in [one.id for one in (await now(kit)).track("junior")]
    assert (await service.shown(kit, COORDINATOR, LESSON, made)).row.before == 2
    await service.undo(kit, COORDINATOR, LESSON, made)
    assert made not in [one.id for one in (await now(kit)).track("junior")]
    await service.switch(kit, COORDINATOR, LESSON, "j1", off=True)
    await service.undo(kit, COORDINATOR, LESSON, "j1")
    assert not (await now(kit)).lesson("j1").retired
    await service.switch(kit, COORDINATOR, LESSON, "j1", off=True)
    clock.set(clock.now + timedelta(minutes=11))
    with pytest.raises(Refusal, match="undo_late"):
        await service.undo(kit, COORDINATOR, LESSON, "j1")
    await service.switch(kit, COORDINATOR, LESSON, "j1", off=False)
    assert not (await now(kit)).lesson("j1").retired


async def test_what_has_no_place_in_a_prompt_is_refused_under_its_field(kit: Kit, world: World) -> None:
    asked = {"text": "As a woman, what do you think?", "note": ""}
    assert await wrong(kit, replace(QUESTION, texts=asked, anyway=True)) == {"content.text": "group"}
    assert await wrong(kit, replace(OWN_LESSON, texts={**OWN_LESSON.texts, "text": "Be a mentor."})) == {
        "content.text": "ranks"
    }


async def test_what_needs_a_second_look_is_stored_only_after_it(kit: Kit, world: World) -> None:
    draft = replace(QUESTION, texts={"text": "What do your kids teach you?", "note": ""})
    editor = await service.save(kit, COORDINATOR, ICE, "", replace(draft, anyway=True))
    assert isinstance(editor, EditorFacts)
    assert editor.warnings == {"text": ("family",)}
    async with kit.store.read(TEAM) as tx:
        assert await stored.items(tx) == ()
    thought = replace(draft, anyway=True, warned=frozenset({"family"}))
    assert (await saved(kit, thought)).row.own
    other = replace(thought, texts={"text": "Which wine do your kids like?", "note": ""})
    assert isinstance(await service.save(kit, COORDINATOR, ICE, "", other), EditorFacts), "that was not warned of yet"


async def test_what_does_not_fit_is_said_field_by_field(kit: Kit, world: World) -> None:
    assert await wrong(kit, replace(QUESTION, texts={"text": "x" * 201, "note": "{x}"})) == {
        "content.text": "too_long", "content.note": "braces",
    }  # fmt: skip
    for lines, why in (
        ("Arrive", "line"),
        ("5 Arrive", "lines"),
        ("99 Arrive", "line"),
        ("5 " + "x" * 151, "line_long"),
    ):
        bad = replace(WALK, texts={**WALK.texts, "lines": lines}, purposes=("free",))
        assert await wrong(kit, bad) == {"content.lines": why}
    assert await wrong(kit, replace(WALK, purposes=())) == {"content.purposes": "pick_one"}
    long = replace(OWN_LESSON, texts={**OWN_LESSON.texts, "text": "word " * 199})
    assert await wrong(kit, long) == {"content.text": "words"}
    with pytest.raises(Refusal, match="pick_one"):
        await service.save(kit, COORDINATOR, ICE, "", replace(QUESTION, set="gone"))


async def test_a_text_cannot_call_everybody(kit: Kit, world: World) -> None:
    made = await saved(kit, replace(QUESTION, texts={"text": "Who would you <!channel> for?", "note": ""}))
    assert made.row.first == "Who would you ‹!channel› for?"


async def test_a_draft_is_shown_as_it_would_appear_and_stores_nothing(kit: Kit, world: World) -> None:
    words, item_id = await service.preview(kit, COORDINATOR, "", WALK)
    assert words.content.agenda_by_id(item_id).title == "A walk"
    assert await now(kit) == kit.library.content


async def test_the_list_finds_words_and_shows_a_page_at_a_time(kit: Kit, world: World) -> None:
    await saved(kit, QUESTION)
    await service.switch(kit, COORDINATOR, ICE, "warmup_01", off=True)
    page = await service.listing(kit, COORDINATOR, ICE)
    assert (page.total, len(page.rows), page.newer, page.older) == (81, 8, None, 8)
    last = await service.listing(kit, COORDINATOR, replace(ICE, start=5000))
    assert (last.wanted.start, last.older) == (80, None)
    shows = {show: (await service.listing(kit, COORDINATOR, replace(ICE, show=show))).total for show in ("off", "own")}
    assert shows == {"off": 1, "own": 1}
    assert [row.own for row in (await service.listing(kit, COORDINATOR, replace(ICE, word="SMILE"))).rows] == [True]


@pytest.mark.parametrize("actor", [JUNIOR, Actor(TEAM, "U07NOBODY0")])
async def test_content_is_for_coordinators_only(kit: Kit, world: World, actor: Actor) -> None:
    for work in (
        service.listing(kit, actor, ICE), service.shown(kit, actor, ICE, "warmup_01"),
        service.editor(kit, actor, ICE), service.preview(kit, actor, "", QUESTION),
        service.save(kit, actor, ICE, "", QUESTION), service.switch(kit, actor, ICE, "warmup_01", off=True),
        service.restore(kit, actor, ICE, "warmup_01"), service.undo(kit, actor, ICE, "warmup_01"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="not_coordinator"):
            await work
