"""`admin content`: the list, one text as it appears, and the editor with its warnings."""

from slack_sdk.models.blocks import Block

from bot.domain.programme.content import SHOWS, ContentFacts, ContentPage, ContentRow, Wanted
from bot.views.learn import lesson_text
from bot.views.parts import Modal, actions, button, menu, note, section, text_field
from bot.views.prepare import numbered
from prompts import Words
from storage.records.content import ContentKind

WORD = "content.word"
_FIRST = 200


def listing(words: Words, facts: ContentPage) -> Modal:
    """Texts of one kind, a page at a time; the field above finds a word in them."""
    say, hint = words.say, words.say("content.list.search_hint")
    blocks: list[Block] = [
        section(say("content.list.intro")),
        _choosing(words, facts.wanted),
        text_field(WORD, say("content.list.search"), initial=facts.wanted.word, most=60, optional=True, hint=hint),
        note(say("content.list.count", n=facts.total)),
        *([_row(words, row) for row in facts.rows] or [section(say("content.list.none"))]),
        *_turning(words, facts),
        note(say("common.who_sees.coordinators_only")),
    ]
    return Modal(
        "programme.content", say("content.list.title"), blocks, say("common.buttons.close"),
        say("content.list.submit"), packed(facts.wanted),
    )  # fmt: skip


def item(words: Words, facts: ContentFacts) -> Modal:
    """One text as it appears, how it stands, and what can be done about it."""
    say, row = words.say, facts.row
    blocks: list[Block] = []
    if facts.news:
        back = button(say("common.buttons.undo"), "programme.content_undo", row.id) if facts.undo else None
        blocks.append(section(say(f"content.item.news_{facts.news}"), back))
    blocks += [note(where(words, row)), section(say("content.item.preview")), *appears(words, row.kind, row.id)]
    blocks += [note(say("content.item.is_off" if row.off else "content.item.is_on"))]
    switch = "on" if row.off else "off"
    buttons = [
        button(say("content.item.edit"), "programme.content_edit", row.id),
        button(say(f"content.item.{switch}"), f"programme.content_switch:{switch}", row.id),
    ]
    if row.changed:
        buttons.append(button(say("content.item.restore"), "programme.content_restore", row.id))
    buttons.append(button(say("content.item.back"), "programme.content_list"))
    blocks += [actions(*buttons), note(say("content.item.sees"))]
    return Modal(
        "programme.content_item", say(f"content.one.{row.kind}"), blocks, say("common.buttons.close"),
        metadata=packed(facts.wanted) | {"item": row.id},
    )  # fmt: skip


def preview(words: Words, kind: ContentKind, item_id: str) -> Modal:
    """A draft as it would appear; nothing is stored."""
    blocks = appears(words, kind, item_id)
    return Modal("programme.content_preview", words.say("content.edit.seen"), blocks, words.say("common.buttons.back"))


def appears(words: Words, kind: ContentKind, item_id: str) -> list[Block]:
    """A text the way that people see it."""
    say, content = words.say, words.content
    match kind:
        case ContentKind.ICEBREAKER:
            question = content.icebreaker(item_id)
            key = "content.item.icebreaker_note" if question.note else "content.item.icebreaker"
            return [section(say(key, text=question.text, note=question.note))]
        case ContentKind.LESSON:
            return lesson_text(words, item_id)
        case ContentKind.NUDGE:
            return [section(content.nudge(item_id).text)]
        case ContentKind.PRINCIPLE:
            principle = content.principle(item_id)
            return [section(say("content.item.principle_label", label=principle.label, text=principle.text))]
    agenda = content.agenda_by_id(item_id)
    sides = {side: say(f"common.sides.{side}").capitalize() for side in ("junior", "senior")}
    prepares = [
        say("prepare.agenda.junior_prepares", junior=sides["junior"], text=agenda.junior_prepares),
        say("prepare.agenda.senior_prepares", senior=sides["senior"], text=agenda.senior_prepares),
    ]
    lines = numbered(words, [(line.text, line.minutes) for line in agenda.lines])
    reading = [section(agenda.reading)] if agenda.reading else []
    return [
        section(say("content.item.agenda_title", title=agenda.title)),
        *lines,
        section("\n".join(prepares)),
        *reading,
    ]


def where(words: Words, row: ContentRow) -> str:
    """Its set, track or session, and how it differs from what was shipped."""
    told = [_group(words, row)]
    if row.before is not None:
        told.append(words.say("content.where.before", n=row.before))
    if row.purposes:
        purposes = words.join(words.say(f"common.purposes.{purpose}") for purpose in row.purposes)
        told.append(words.say("content.where.for", purposes=purposes))
    states = {"off": row.off, "own": row.own, "changed": row.changed}
    told += [words.say(f"content.where.{state}") for state, so in states.items() if so]
    return words.say("content.where.between").join(part for part in told if part)


def packed(wanted: Wanted) -> dict[str, str]:
    """What is looked for, as a modal carries it."""
    return {"kind": wanted.kind.value, "show": wanted.show, "word": wanted.word, "start": str(wanted.start)}


def _group(words: Words, row: ContentRow) -> str:
    match row.kind:
        case ContentKind.ICEBREAKER:
            return words.content.icebreaker_set(row.group).title
        case ContentKind.AGENDA:
            return (
                words.say("content.where.sessions", n=row.group) if row.group != "0" else words.say("content.where.any")
            )
        case ContentKind.LESSON:
            return words.say(f"learn.tracks.{row.group}")
        case ContentKind.PRINCIPLE | ContentKind.NUDGE:
            return words.say(f"content.one.{row.kind}")


def _row(words: Words, row: ContentRow) -> Block:
    text = words.say("content.list.line", first=row.first[:_FIRST], where=where(words, row))
    return section(text, button(words.say("content.list.open"), "programme.content_open", row.id))


def _choosing(words: Words, wanted: Wanted) -> Block:
    kinds = {kind.value: words.say(f"content.kinds.{kind}") for kind in ContentKind}
    shows = {show: words.say(f"content.show.{show}") for show in SHOWS}
    return actions(
        menu(kinds, wanted.kind, action="programme.content_kind"),
        menu(shows, wanted.show, action="programme.content_show"),
        button(words.say("content.list.add"), "programme.content_add", style="primary"),
    )


def _turning(words: Words, facts: ContentPage) -> list[Block]:
    """To the pages beside this one, where there are any."""
    starts = {"newer": facts.newer, "older": facts.older}
    buttons = [
        button(words.say(f"content.list.{way}"), f"programme.content_page:{way}", str(start))
        for way, start in starts.items()
        if start is not None
    ]
    return [actions(*buttons)] if buttons else []
