"""`/revmentor admin content`: the programme's own texts, in one modal."""

from bot.domain.programme.content import FIELDS, SHOWS, ContentDraft, ContentFacts, Wanted, field_name
from bot.domain.refusals import Refusal
from bot.services.programme import content as service
from bot.views.programme import content as view
from bot.views.programme import content_form
from handlers.programme.routing import in_place, router
from handlers.replies import Redraw, Reply, Show
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn
from storage.records.content import ContentKind

_NAMES = {name: kind for kind in ContentKind for name in (kind.value, f"{kind.value}s")}


@router.command("admin content", Who.COORDINATOR, args="[kind] [word]", opens=True)
async def content(turn: Turn) -> Reply:
    """A kind may be named, and a word to look for behind it."""
    first, _, word = turn.typed.partition(" ")
    if first and first.lower() not in _NAMES:
        await service.listing(turn.kit, turn.actor, Wanted())
        raise Refusal("content.refused.which")
    kind = _NAMES[first.lower()] if first else ContentKind.ICEBREAKER
    return await _listed(turn, Wanted(kind, word=word.strip()[:60]))


@router.action("programme.content")
async def from_home(turn: Turn) -> Reply:
    return await _listed(turn, Wanted())


@router.submission("programme.content")
async def find(turn: Turn) -> Reply:
    wanted = _wanted(turn)
    return Show(view.listing(turn.words, await service.listing(turn.kit, turn.actor, wanted)))


@router.action("programme.content_kind")
async def other_kind(turn: Turn) -> Reply:
    before = _wanted(turn)
    return await _listed(turn, Wanted(_NAMES.get(turn.choice, before.kind), before.show, before.word))


@router.action("programme.content_show")
async def other_part(turn: Turn) -> Reply:
    before = _wanted(turn)
    return await _listed(turn, Wanted(before.kind, turn.choice if turn.choice in SHOWS else "all", before.word))


@router.action("programme.content_page")
async def turn_page(turn: Turn) -> Reply:
    before = _wanted(turn)
    return await _listed(turn, Wanted(before.kind, before.show, before.word, number(turn.value, 0)))


@router.action("programme.content_list")
async def back_to_list(turn: Turn) -> Reply:
    return await _listed(turn, _kept(turn))


@router.action("programme.content_open")
async def open_(turn: Turn) -> Reply:
    return _item(turn, await service.shown(turn.kit, turn.actor, _kept(turn), turn.value))


@router.action("programme.content_switch")
async def switch(turn: Turn) -> Reply:
    off = turn.choice == "off"
    return _item(turn, await service.switch(turn.kit, turn.actor, _kept(turn), turn.value, off=off))


@router.action("programme.content_restore")
async def restore(turn: Turn) -> Reply:
    return await _fresh(turn, await service.restore(turn.kit, turn.actor, _kept(turn), turn.value))


@router.action("programme.content_undo")
async def undo(turn: Turn) -> Reply:
    return await _fresh(turn, await service.undo(turn.kit, turn.actor, _kept(turn), turn.value))


@router.action("programme.content_add")
async def add(turn: Turn) -> Reply:
    facts = await service.editor(turn.kit, turn.actor, _kept(turn))
    return in_place(turn, content_form.editor(turn.words, facts))


@router.action("programme.content_edit")
async def edit(turn: Turn) -> Reply:
    facts = await service.editor(turn.kit, turn.actor, _kept(turn), turn.value)
    return in_place(turn, content_form.editor(turn.words, facts))


@router.action("programme.content_preview")
async def preview(turn: Turn) -> Reply:
    """What was typed so far, on top of the editor."""
    draft = _draft(turn)
    words, item_id = await service.preview(turn.kit, turn.actor, turn.metadata.get("item", ""), draft)
    return Show(view.preview(words, draft.kind, item_id))


@router.action("programme.content_back")
async def back(turn: Turn) -> Reply:
    item_id = turn.metadata.get("item", "")
    if not item_id:
        return await _listed(turn, _kept(turn))
    return _item(turn, await service.shown(turn.kit, turn.actor, _kept(turn), item_id))


@router.submission("programme.content_save")
async def save(turn: Turn) -> Reply:
    """Stored; or once more, with what to think of."""
    item_id = turn.metadata.get("item", "")
    done = await service.save(turn.kit, turn.actor, _kept(turn), item_id, _draft(turn))
    if not isinstance(done, ContentFacts):
        return Show(content_form.editor(turn.words, done))
    return await _fresh(turn, done)


async def _listed(turn: Turn, wanted: Wanted) -> Reply:
    return in_place(turn, view.listing(turn.words, await service.listing(turn.kit, turn.actor, wanted)))


async def _fresh(turn: Turn, facts: ContentFacts) -> Reply:
    """The text as it stands now: the words of this turn were read before it changed."""
    words = await service.words_now(turn.kit, turn.actor)
    modal = view.item(words, facts)
    return Redraw(modal)


def _item(turn: Turn, facts: ContentFacts) -> Reply:
    return in_place(turn, view.item(turn.words, facts))


def _kept(turn: Turn) -> Wanted:
    """What the list showed, as the modal carries it."""
    held = turn.metadata
    show = held.get("show", "")
    return Wanted(
        _NAMES.get(held.get("kind", ""), ContentKind.ICEBREAKER), show if show in SHOWS else "all",
        held.get("word", "")[:60], number(held.get("start", ""), 0),
    )  # fmt: skip


def _wanted(turn: Turn) -> Wanted:
    """What the list shows, with the word that stands in its field; from the first page on."""
    held = _kept(turn)
    word = turn.form.text(view.WORD) if turn.form.has(view.WORD) else held.word
    return Wanted(held.kind, held.show, word[:60])


def _draft(turn: Turn) -> ContentDraft:
    kind, form = _kept(turn).kind, turn.form
    session = form.choice(field_name("session")) or form.choice(field_name("before"))
    return ContentDraft(
        kind, {name: form.text(field_name(name)) for name in FIELDS[kind]}, form.choice(field_name("set")) or "",
        form.choice(field_name("track")) or "", number(session, 0), form.choices(field_name("purposes")),
        "yes" in form.choices(content_form.ANYWAY), frozenset(turn.metadata.get("warned", "").split(",")),
    )  # fmt: skip
