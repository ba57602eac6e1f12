"""What coordinators see of the programme's content, whole: the list, a text of each kind, the editor with warnings."""

from dataclasses import replace

import pytest

from bot.domain.programme.content import PAGE, ContentDraft, ContentFacts, ContentPage, ContentRow, EditorFacts, Wanted
from bot.views.programme import content, content_form
from prompts import Change, Words, overlay
from storage.records.content import ContentKind
from tests.golden import same_as_golden

ICE = Wanted(ContentKind.ICEBREAKER, word="song", start=8)
SONG = ContentRow(
    ContentKind.ICEBREAKER, "warmup_01", "warmup", "What is a song?", "", off=True, own=False, changed=True
)  # fmt: skip
MINE = ContentRow(ContentKind.ICEBREAKER, "own_1", "paths", "Which <b> *path*?", "", off=False, own=True, changed=False)
AGENDA = ContentRow(
    ContentKind.AGENDA, "getting_to_know", "1", "Getting to know", "", False, False, False, ("technology", "culture")
)  # fmt: skip
DRAFTS = {
    ContentKind.ICEBREAKER: ContentDraft(ContentKind.ICEBREAKER, {"text": "Do your kids sing?", "note": ""}, "warmup"),
    ContentKind.AGENDA: ContentDraft(
        ContentKind.AGENDA, {"title": "A walk", "lines": "5 Arrive\n40 Walk\n5 Next"}, session=2, purposes=("free",)
    ),
    ContentKind.LESSON: ContentDraft(ContentKind.LESSON, {"title": "Names"}, track="senior", session=0),
    ContentKind.PRINCIPLE: ContentDraft(ContentKind.PRINCIPLE, {"label": "We walk", "text": "We walk."}),
    ContentKind.NUDGE: ContentDraft(ContentKind.NUDGE, {"text": "Thank somebody."}),
}


def test_the_list(words: Words) -> None:
    page = ContentPage(ICE, (SONG, MINE), 30)
    same_as_golden("content/list", content.listing(words, page).payload())
    same_as_golden("content/list_empty", content.listing(words, ContentPage(Wanted(), (), 0)).payload())
    assert len(content.listing(words, replace(page, rows=(SONG,) * PAGE)).payload()["blocks"]) <= 20


def test_one_text_with_what_can_be_done_about_it(words: Words) -> None:
    same_as_golden("content/item", content.item(words, ContentFacts(SONG, True, ICE, "off")).payload())
    agenda = replace(AGENDA, id=words.content.agenda("technology", 1).id)
    facts = ContentFacts(agenda, False, Wanted(ContentKind.AGENDA))
    same_as_golden("content/item_agenda", content.item(words, facts).payload())


@pytest.mark.parametrize("kind", ContentKind)
def test_every_shipped_text_can_be_looked_at(words: Words, kind: ContentKind) -> None:
    texts = {
        ContentKind.ICEBREAKER: [one.id for group in words.content.icebreakers.sets for one in group.questions],
        ContentKind.AGENDA: [one.id for one in words.content.agendas.templates],
        ContentKind.LESSON: [one.id for one in words.content.lessons.lessons],
        ContentKind.PRINCIPLE: [one.id for one in words.content.principles()],
        ContentKind.NUDGE: [one.id for one in words.content.to_all_seniors()],
    }
    assert all(content.preview(words, kind, item_id).payload()["blocks"] for item_id in texts[kind])


@pytest.mark.parametrize("kind", ContentKind)
def test_the_editor_of_each_kind(words: Words, kind: ContentKind) -> None:
    wanted, sets = Wanted(kind), {"warmup": "Warm-up", "paths": "Paths"}
    same_as_golden(
        f"content/add_{kind}", content_form.editor(words, EditorFacts("", DRAFTS[kind], wanted, sets)).payload()
    )


def test_the_editor_says_under_the_field_what_to_think_of(words: Words) -> None:
    facts = EditorFacts("own_1", DRAFTS[ContentKind.ICEBREAKER], ICE, {}, {"text": ("family", "for_the_eye")})
    same_as_golden("content/warned", content_form.editor(words, facts).payload())


def test_an_own_question_appears_with_its_note(words: Words) -> None:
    body = {"set": "warmup", "text": "What hums?", "note": "quietly"}
    mine = replace(words, content=overlay(words.content, [Change("icebreaker", "own_1", body)]))
    assert "• What hums? _(quietly)_" in str(content.preview(mine, ContentKind.ICEBREAKER, "own_1").payload())
