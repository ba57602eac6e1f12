"""The editor of one of the programme's own texts: its fields, and what to think of before it is saved."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block, CheckboxesElement, StaticMultiSelectElement

from bot.domain.programme.content import FIELDS, OPTIONAL, EditorFacts, field_name, longest
from bot.views.parts import Modal, actions, button, field_of, menu, note, options, section, text_field
from bot.views.programme.content import packed
from prompts import Words
from storage.records.content import ContentKind

ANYWAY = field_name("anyway")
_LONG = frozenset({"lines", "text"})
_SESSIONS = range(1, 7)
_PURPOSES = ("free", "technology", "inclusion", "culture")


def editor(words: Words, facts: EditorFacts) -> Modal:
    """For a new text or a known one. Warnings stand under the field that they are about."""
    say, kind = words.say, facts.draft.kind
    verb = "change" if facts.id else "add"
    blocks: list[Block] = _picks(words, facts)
    for name in FIELDS[kind]:
        blocks += [_field(words, facts, name), *_warned(words, facts, name)]
    if facts.warnings:
        yes = CheckboxesElement(options=options({"yes": say("content.edit.anyway_yes")}))
        blocks.append(field_of(ANYWAY, say("content.edit.anyway"), yes, optional=True))
    ways = (
        button(say("content.edit.preview"), "programme.content_preview", facts.id),
        button(say("content.edit.back"), "programme.content_back", facts.id),
    )
    blocks += [actions(*ways), note(say("content.edit.language"), say("content.item.sees"))]
    warned = sorted({topic for topics in facts.warnings.values() for topic in topics})
    return Modal(
        "programme.content_save", say(f"content.edit.{verb}_{kind}"), blocks, say("common.buttons.cancel"),
        say("common.buttons.save"), packed(facts.wanted) | {"item": facts.id, "warned": ",".join(warned)},
    )  # fmt: skip


def _field(words: Words, facts: EditorFacts, name: str) -> Block:
    kind = facts.draft.kind
    key = f"{name}_{kind}" if name == "text" else name
    hint = f"content.hint.{key}"
    long = name in _LONG or name.endswith("_prepares")
    most = longest(kind, name)
    return text_field(
        field_name(name), words.say(f"content.field.{key}"), initial=facts.draft.texts.get(name, "")[:most], most=most,
        multiline=long, hint=words.say(hint) if words.has(hint) else None, optional=name in OPTIONAL,
    )  # fmt: skip


def _warned(words: Words, facts: EditorFacts, name: str) -> list[Block]:
    topics = facts.warnings.get(name, ())
    return [section(words.say("content.edit.warned", what=words.say(f"content.warn.{topic}"))) for topic in topics]


def _picks(words: Words, facts: EditorFacts) -> list[Block]:
    """What is chosen rather than typed: set, track, session, purposes."""
    draft = facts.draft
    match draft.kind:
        case ContentKind.ICEBREAKER:
            return [] if facts.id else [_menu(words, "set", facts.sets, draft.set)]
        case ContentKind.LESSON:
            tracks = {track: words.say(f"learn.tracks.{track}") for track in ("junior", "senior", "coordinator")}
            return [
                _menu(words, "track", tracks, draft.track),
                _menu(words, "before", _sessions(words, "on_request"), str(draft.session)),
            ]
        case ContentKind.AGENDA:
            purposes = options({one: words.say(f"common.purposes.{one}") for one in _PURPOSES})
            chosen = [option for option in purposes if option.value in draft.purposes]
            many = StaticMultiSelectElement(options=purposes, initial_options=chosen or None)
            label = words.say("content.field.purposes")
            return [
                _menu(words, "session", _sessions(words, "no_session"), str(draft.session)),
                field_of(field_name("purposes"), label, many),
            ]
    return []


def _sessions(words: Words, none: str) -> dict[str, str]:
    numbered = {str(n): words.say("content.where.sessions", n=n) for n in _SESSIONS}
    return {"0": words.say(f"content.field.{none}"), **numbered}


def _menu(words: Words, name: str, choices: Mapping[str, str], chosen: str) -> Block:
    hint = f"content.hint.{name}"
    return field_of(
        field_name(name), words.say(f"content.field.{name}"),
        menu(choices, chosen, empty=True),
        hint=words.say(hint) if words.has(hint) else None,
    )  # fmt: skip
