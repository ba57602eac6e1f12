"""The windows before the check: a list, its columns, and that it is being checked."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block, PlainTextObject, StaticSelectElement
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.domain.roster import PASTED, Checked, Choosing, Desk, Field, letter
from bot.views.parts import Modal, actions, button, field_of, note, options, section, text_field
from prompts import Words, escape

_WITHOUT = "-"
_SHOWN = 20
_MOST = 99
"""Columns that fit into a menu beside "not in this list"."""
_HINTS = (Field.USER, Field.MANAGER)
_FILES = ("csv", "txt", "tsv", "tab")


def give(words: Words, desk: Desk) -> Modal:
    """Where a list is pasted, or a file chosen where files may be read."""
    say = words.say
    blocks: list[Block] = [section(say("roster.give.intro"))]
    if desk.waiting:
        more = button(say("roster.give.waiting_open"), "roster.open", desk.waiting)
        blocks.append(section(say("roster.give.waiting"), more))
    blocks.append(
        text_field(
            "list", say("roster.give.list"), most=PASTED, multiline=True, hint=say("roster.give.list_hint"),
            optional=desk.files,
        )
    )  # fmt: skip
    if desk.files:
        element = FileInputElement(filetypes=list(_FILES), max_files=1)
        blocks.append(
            field_of("file", say("roster.give.file"), element, hint=say("roster.give.file_hint"), optional=True)
        )
    else:
        blocks.append(note(say("roster.give.no_file")))
    blocks.append(note(say("roster.give.sees")))
    return Modal(
        "roster.give", say("roster.give.title"), blocks, say("common.buttons.cancel"), say("roster.give.submit")
    )


def columns(words: Words, facts: Choosing) -> Modal:
    """What each column seems to say, and a menu for each field."""
    say = words.say
    blocks: list[Block] = [section(say("roster.columns.intro", n=facts.rows))]
    if facts.guessed:
        blocks.append(section(say("roster.columns.guessed")))
    blocks += [section("\n".join(_samples(words, facts))[:2900])]
    choices = {str(n): _option(words, facts.headers[n], n) for n in range(min(len(facts.headers), _MOST))}
    blocks += [_menu(words, one, facts, choices) for one in Field]
    blocks.append(note(say("roster.columns.sees")))
    return Modal(
        "roster.columns", say("roster.columns.title"), blocks, say("common.buttons.cancel"),
        say("roster.columns.submit"), {"draft": facts.draft_id},
    )  # fmt: skip


def checking(words: Words, facts: Checked) -> Modal:
    """The check is under way, or could not be made."""
    say = words.say
    if facts.reason and facts.reason != "changed":
        blocks: list[Block] = [section(say("roster.checking.failed", reason=escape(facts.reason)))]
        blocks.append(actions(button(say("roster.checking.again"), "roster.again", facts.draft_id)))
    else:
        blocks = [section(say("roster.checking.changed"))] if facts.reason else []
        blocks.append(section(say("roster.checking.body")))
        if facts.accounts:
            blocks.append(section(say("roster.checking.accounts", n=words.number(facts.accounts))))
        blocks.append(actions(button(say("roster.checking.look"), "roster.look", facts.draft_id)))
    blocks.append(note(say("roster.checking.sees")))
    return Modal("roster.checking", say("roster.checking.title"), blocks, say("common.buttons.close"))


def _samples(words: Words, facts: Choosing) -> list[str]:
    lines = [
        words.say(
            "roster.columns.line", column=escape(f"{letter(n)} {header}".strip()[:40]),
            samples=escape(facts.samples[n]) or words.say("roster.columns.empty"),
        )
        for n, header in enumerate(facts.headers[:_SHOWN])
    ]  # fmt: skip
    hidden = len(facts.headers) - len(lines)
    return [*lines, words.say("roster.columns.more", n=hidden)] if hidden else lines


def _option(words: Words, header: str, n: int) -> str:
    return words.say("roster.columns.option", letter=letter(n), header=header)[:75].rstrip(": ")


def _menu(words: Words, one: Field, facts: Choosing, choices: Mapping[str, str]) -> Block:
    """The account's column has to be chosen; every other field may be missing from a list."""
    required = one is Field.USER
    offered = dict(choices) if required else {_WITHOUT: words.say("roster.columns.without")} | dict(choices)
    known = options(offered)
    chosen = str(facts.columns.get(one, _WITHOUT))
    picked = next((option for option in known if option.value == chosen), None)
    hint = words.say(f"roster.columns.{one}_hint") if one in _HINTS else None
    placeholder = PlainTextObject(text=words.say("roster.columns.without"))
    element = StaticSelectElement(options=known, initial_option=picked, placeholder=placeholder)
    return field_of(one.value, words.say(f"roster.fields.{one}"), element, hint=hint, optional=not required)
