"""Themes that coordinators add: the list of them, and the form for one more."""

from slack_sdk.models.blocks import Block

from bot.domain.theme import ABOUT, ABOUT_LENGTH, LABEL, LABEL_LENGTH, TagsFacts, may_forget
from bot.views.parts import Modal, actions, button, note, section, text_field
from prompts import Words, escape
from storage.records.theme import Tag

_MOST = 44


def tags(words: Words, facts: TagsFacts, cohort_id: str) -> Modal:
    """Those that are offered first, newest on top, then those left out."""
    say = words.say
    ordered = sorted(reversed(facts.tags), key=lambda tag: tag.retired_at is not None)
    blocks: list[Block] = [section(say("theme.tags.intro"))]
    blocks += [block for tag in ordered[:_MOST] for block in _tag(words, facts, tag)]
    if not ordered:
        blocks.append(note(say("theme.tags.none")))
    presses = [button(say("theme.tags.add"), "theme.tag", cohort_id, "primary")]
    blocks.append(actions(*presses, button(say("common.buttons.back"), "theme.back", cohort_id)))
    meta = {"cohort": cohort_id}
    title, close = say("theme.tags.title"), say("common.buttons.close")
    return Modal("theme.tags", title, [*blocks, note(say("common.who_sees.coordinators_only"))], close, metadata=meta)


def tag_form(words: Words, cohort_id: str) -> Modal:
    """A name and what it is about."""
    say = words.say
    return Modal(
        "theme.tag", say("theme.tag.title"),
        [
            text_field(LABEL, say("theme.tag.label"), most=LABEL_LENGTH, hint=say("theme.tag.label_hint")),
            text_field(ABOUT, say("theme.tag.about"), most=ABOUT_LENGTH, hint=say("theme.tag.about_hint"),
                       optional=True),
            actions(button(say("common.buttons.back"), "theme.tags", cohort_id)),
        ],
        say("common.buttons.cancel"), say("theme.tag.submit"), {"cohort": cohort_id},
    )  # fmt: skip


def _tag(words: Words, facts: TagsFacts, tag: Tag) -> list[Block]:
    say = words.say
    if tag.retired_at is not None:
        text, press = say("theme.tags.retired", label=escape(tag.label)), ("theme.tags.restore", "theme.tag_restore")
    else:
        text = say("theme.tags.tag", label=escape(tag.label), about=escape(tag.about)).rstrip()
        undone = may_forget(tag, facts.used, facts.now)
        press = ("common.buttons.undo", "theme.tag_undo") if undone else ("theme.tags.retire", "theme.tag_retire")
    return [section(text, button(say(press[0]), press[1], tag.id))]
