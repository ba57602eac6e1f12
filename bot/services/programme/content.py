"""`admin content`: the programme's own texts, listed, switched off and on, changed, added, and put back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.programme.content import (
    FIELDS,
    MOST_OWN,
    OPTIONAL,
    OWN,
    ContentDraft,
    ContentFacts,
    ContentPage,
    ContentRow,
    EditorFacts,
    Wanted,
    body_of,
    draft_of,
    may_undo,
    page,
    thought_about,
)
from bot.domain.refusals import Refusal, TooLate
from bot.services import access
from bot.services.content import words_of
from bot.services.kit import Actor, Kit
from bot.services.programme.sensitivity import warnings_of
from bot.services.programme.texts import Part, enough_left, kept, part_of, readable, rows_of
from prompts import Change, Content, Words, overlay, tame
from storage import content, enrol, programme
from storage.ids import new_id
from storage.records.content import ContentItem, ContentKind
from storage.store import Tx

_PREVIEWED = f"{OWN}preview"


async def listing(kit: Kit, actor: Actor, wanted: Wanted, news: str = "") -> ContentPage:
    """A page of what is wanted. Raises Refusal for who does not coordinate, as everything here."""
    async with kit.store.read(actor.team_id) as tx:
        found = await _rows(kit, tx, actor)
    return replace(page(found, wanted), news=news)


async def shown(kit: Kit, actor: Actor, wanted: Wanted, item_id: str, news: str = "") -> ContentFacts:
    """One text. Raises Refusal for an id that there is not."""
    async with kit.store.read(actor.team_id) as tx:
        return await _shown(kit, tx, actor, wanted, item_id, news)


async def editor(kit: Kit, actor: Actor, wanted: Wanted, item_id: str = "") -> EditorFacts:
    """The editor of a text, or an empty one for a new text of the kind."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        now = (await _words(kit, tx, actor)).content
        if not item_id:
            return EditorFacts("", _empty(wanted.kind, now), wanted, _sets(now))
        part = part_of(now, wanted.kind, item_id)
        return EditorFacts(item_id, draft_of(wanted.kind, kept(now, part)), wanted, _sets(now))


async def words_now(kit: Kit, actor: Actor) -> Words:
    """The words as they are after a change."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await _words(kit, tx, actor)


async def preview(kit: Kit, actor: Actor, item_id: str, draft: ContentDraft) -> tuple[Words, str]:
    """The words as they would be with the draft in them, and the id under which it is found there.

    Raises Refusal or Refusals for a draft that could not be saved either.
    """
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        words = await _words(kit, tx, actor)
    id = item_id or _PREVIEWED
    change = Change(draft.kind, id, _body(kit, item_id, draft))
    readable(words.content, change)
    return replace(words, content=overlay(words.content, [change])), id


async def save(kit: Kit, actor: Actor, wanted: Wanted, item_id: str, draft: ContentDraft) -> ContentFacts | EditorFacts:
    """Store a text; or the editor again, with what to think about, unless that was read.

    Raises Refusals, each under its field, for what does not fit and what has no place in a prompt.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        words = await _words(kit, tx, actor)
        body = _body(kit, item_id, draft)
        readable(words.content, Change(draft.kind, item_id or _PREVIEWED, body))
        if item_id:
            part_of(words.content, draft.kind, item_id)
        warnings = warnings_of(draft)
        if not thought_about(draft, warnings):
            return EditorFacts(item_id, draft, wanted, _sets(words.content), warnings)
        saved = await _store(tx, actor, draft.kind, item_id, body, now)
        return await _shown(kit, tx, actor, wanted, saved, "changed" if item_id else "added")


async def switch(kit: Kit, actor: Actor, wanted: Wanted, item_id: str, *, off: bool) -> ContentFacts:
    """Offer a text no more, or again. Raises Refusal where too few would be left."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        texts = (await _words(kit, tx, actor)).content
        part = part_of(texts, wanted.kind, item_id)
        if off:
            enough_left(texts, wanted.kind, part)
        before = await content.item(tx, wanted.kind, item_id)
        await _change(tx, wanted.kind, item_id, before, before.body if before else None, off, now)
        await _note(tx, actor, "switched_off" if off else "switched_on", wanted.kind, item_id, now)
        return await _shown(kit, tx, actor, wanted, item_id, "off" if off else "on")


async def restore(kit: Kit, actor: Actor, wanted: Wanted, item_id: str) -> ContentFacts:
    """A shipped text stands as it was shipped. Raises Refusal for an own one."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        before = await content.item(tx, wanted.kind, item_id)
        if before is None or item_id.startswith(OWN):
            raise Refusal("common.errors.gone")
        await _change(tx, wanted.kind, item_id, before, None, False, now)
        await _note(tx, actor, "restored", wanted.kind, item_id, now)
        return await _shown(kit, tx, actor, wanted, item_id, "restored")


async def undo(kit: Kit, actor: Actor, wanted: Wanted, item_id: str) -> ContentFacts:
    """Take the last change back; what was just added is switched off. Raises Refusal after ten minutes."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        last = await content.item(tx, wanted.kind, item_id)
        if last is None or last.before is None or not may_undo(last, now):
            raise TooLate("content.refused.undo_late")
        body = last.body if last.before.get("new") else last.before.get("body")
        await content.save(tx, replace(last, body=body, off=bool(last.before["off"]), before=None, changed_at=now))
        await _note(tx, actor, "undone", wanted.kind, item_id, now)
        return await _shown(kit, tx, actor, wanted, item_id, "undone")


async def _store(tx: Tx, actor: Actor, kind: ContentKind, item_id: str, body: Mapping[str, Any], now: datetime) -> str:
    if item_id:
        before = await content.item(tx, kind, item_id)
        await _change(tx, kind, item_id, before, body, before.off if before else False, now)
        await _note(tx, actor, "changed", kind, item_id, now)
        return item_id
    own = [one for one in await content.items(tx) if one.kind is kind and one.item_id.startswith(OWN)]
    if len(own) >= MOST_OWN[kind]:
        raise Refusal("content.refused.many", n=MOST_OWN[kind])
    made = OWN + new_id().replace("-", "")
    await content.save(tx, ContentItem(kind, made, body, False, now, now, {"new": True, "off": True}))
    await _note(tx, actor, "added", kind, made, now)
    return made


async def _change(
    tx: Tx, kind: ContentKind, item_id: str, before: ContentItem | None, body: Mapping[str, Any] | None, off: bool,
    now: datetime,
) -> None:  # fmt: skip
    was = {"off": before.off if before else False, "body": before.body if before else None}
    added = before.added_at if before else now
    await content.save(tx, ContentItem(kind, item_id, body, off, added, now, was))


async def _note(tx: Tx, actor: Actor, what: str, kind: ContentKind, item_id: str, now: datetime) -> None:
    await programme.note(tx, actor.user_id, f"content.{what}", f"{kind}:{item_id}", now, kind.value)


async def _shown(kit: Kit, tx: Tx, actor: Actor, wanted: Wanted, item_id: str, news: str) -> ContentFacts:
    rows = await _rows(kit, tx, actor)
    row = next((row for row in rows if (row.kind, row.id) == (wanted.kind, item_id)), None)
    if row is None:
        raise Refusal("common.errors.gone")
    last = await content.item(tx, wanted.kind, item_id)
    return ContentFacts(row, may_undo(last, kit.clock()), wanted, news)


async def _rows(kit: Kit, tx: Tx, actor: Actor) -> list[ContentRow]:
    await access.coordinator(tx, actor)
    return rows_of((await _words(kit, tx, actor)).content, await content.items(tx))


async def _words(kit: Kit, tx: Tx, actor: Actor) -> Words:
    me = await enrol.find(tx, actor.user_id)
    return await words_of(kit, tx, me.locale if me else None)


def _body(kit: Kit, item_id: str, draft: ContentDraft) -> dict[str, Any]:
    """What is stored: of a shipped text also what the editor does not show."""
    body = body_of(replace(draft, texts={name: tame(text) for name, text in draft.texts.items()}))
    if not item_id or item_id.startswith(OWN):
        return body
    shipped: Part = part_of(kit.library.content, draft.kind, item_id)
    base = kept(kit.library.content, shipped)
    return {name: value for name, value in base.items() if name not in OPTIONAL} | {
        name: value for name, value in body.items() if name != "set"
    }


def _empty(kind: ContentKind, now: Content) -> ContentDraft:
    purposes = ("free", "technology", "inclusion", "culture") if kind is ContentKind.AGENDA else ()
    first = now.icebreakers.sets[0].id if kind is ContentKind.ICEBREAKER else ""
    track = "junior" if kind is ContentKind.LESSON else ""
    return ContentDraft(kind, dict.fromkeys(FIELDS[kind], ""), first, track, 0, purposes)


def _sets(now: Content) -> dict[str, str]:
    return {group.id: group.title for group in now.icebreakers.sets}
