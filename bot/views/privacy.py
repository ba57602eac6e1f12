"""One's own data: the table of who sees what, everything that is stored, and the forms for a file and for deleting."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.domain.paging import page_within
from bot.domain.privacy import ErasePlan, Exported, Overview, OwnData
from bot.views.common import moment, sentence
from bot.views.help import matrix_rows
from bot.views.paging import turning
from bot.views.parts import Message, Modal, actions, button, note, section, text_field
from bot.views.programme.fields import clock, full_date
from bot.views.stored import in_words
from prompts import Words, escape

_SECTION = 2800
_PER_PAGE = 20
_VALUE = 600
_ANSWER = ("question", "content")


def overview(words: Words, facts: Overview) -> Modal:
    """Who sees what, and three ways on."""
    say = words.say
    ways = actions(
        button(say("privacy.overview.data"), "privacy.data"),
        button(say("privacy.overview.export"), "privacy.export"),
        button(say("privacy.overview.erase"), "privacy.erase", style="danger"),
    )
    blocks = [section(say("privacy.overview.intro")), ways, *matrix_rows(words, facts.k)]
    blocks.append(section(say("help.privacy.plainly", k=facts.k)))
    if facts.contacts:
        people = words.join(f"<@{contact}>" for contact in facts.contacts)
        blocks.append(note(say("help.privacy.contacts", contacts=people)))
    blocks.append(note(say("privacy.overview.sees")))
    return Modal("privacy.overview", say("privacy.overview.title"), blocks, say("common.buttons.close"))


def data(words: Words, facts: OwnData, page: int) -> Modal:
    """One page of everything that is stored about the reader."""
    say = words.say
    pages = _pages(words, facts)
    page = page_within(page, len(pages))
    blocks: list[Block] = [note(say("privacy.data.intro"))]
    blocks += [section(text) for text in pages[page]] if pages else [section(say("privacy.data.none"))]
    if len(pages) > 1:
        ways = actions(*turning(words, "privacy.page", page, len(pages)))
        blocks += [note(say("privacy.data.page", page=page + 1, pages=len(pages))), ways]
    return Modal("privacy.data", say("privacy.data.title"), blocks, say("common.buttons.close"))


def export(words: Words) -> Modal:
    """A warning first: the file lies in Slack."""
    say = words.say
    blocks = [section(say("privacy.export.body")), note(say("privacy.export.sees"))]
    title, submit = say("privacy.export.title"), say("privacy.export.submit")
    return Modal("privacy.export", title, blocks, say("common.buttons.cancel"), submit)


def export_asked(words: Words) -> Message:
    return sentence(words.say("privacy.export.asked"))


def exported(words: Words, facts: Exported) -> Message:
    """Below the file."""
    body = words.say("privacy.export.sent", when=moment(words, facts.until, facts.zone))
    return Message(words.say("privacy.export.text"), [section(body), note(words.say("privacy.export.sent_sees"))])


def erase(words: Words, facts: ErasePlan) -> Modal:
    """What goes and what stays, and a word to type."""
    say = words.say
    extra = [say("privacy.erase.first", n=facts.pairs), say("privacy.erase.told")] if facts.pairs else []
    extra += [say("privacy.erase.coordinator")] if facts.coordinator else []
    extra += [say("privacy.erase.named")] if facts.named else []
    label = say("privacy.erase.label", word=say("privacy.erase.word"))
    return Modal(
        "privacy.erase",
        say("privacy.erase.title"),
        [
            section(say("privacy.erase.goes")),
            section(say("privacy.erase.stays")),
            *([section("\n".join(extra))] if extra else []),
            text_field("privacy.word", label, most=40, hint=say("privacy.erase.hint")),
            note(say("privacy.erase.sees")),
        ],
        say("common.buttons.cancel"),
        say("privacy.erase.submit"),
    )


def erased(words: Words) -> Message:
    return sentence(words.say("privacy.erase.done"))


def _pages(words: Words, facts: OwnData) -> list[list[str]]:
    sections = [text for name, rows in facts.tables.items() for text in _table(words, facts, name, rows)]
    return [sections[start : start + _PER_PAGE] for start in range(0, len(sections), _PER_PAGE)]


def _table(words: Words, facts: OwnData, name: str, rows: Sequence[dict[str, Any]]) -> Iterable[str]:
    """A title with its rows, in as many sections as they need."""
    text = f"*{words.say(f'privacy.tables.{name}')}*"
    for row in rows:
        line = f"• {_row(words, facts, row)}"
        if len(text) + len(line) >= _SECTION:
            yield text
            text = line
        else:
            text = f"{text}\n{line}"
    yield text


def _row(words: Words, facts: OwnData, row: dict[str, Any]) -> str:
    """Its cells in order, those that have a label; opaque ids and what the machinery notes are left to the file."""
    if all(row.get(name) for name in _ANSWER):
        return _answer(words, row)
    told = {name: in_words(words, name, value) for name, value in row.items() if words.has(f"privacy.columns.{name}")}
    shown = [
        words.say("privacy.data.cell", label=words.say(f"privacy.columns.{name}"), value=_value(words, facts, value))
        for name, value in told.items()
        if value not in (None, "", [], {})
    ]
    return " · ".join(shown) or words.say("privacy.data.empty")


def _answer(words: Words, row: dict[str, Any]) -> str:
    """An answer as it was chosen, with its example and date."""
    question, content = words.content.question(row["question"]), json.loads(row["content"])
    due = content["by_when"]
    parts = [question.option(content["option"]).text, content["example"], full_date(words, _day(due)) if due else ""]
    said = " · ".join(escape(part) for part in parts if part)
    return words.say("privacy.data.cell", label=question.title, value=said)


def _value(words: Words, facts: OwnData, value: Any) -> str:
    text = words.say(f"common.confirm.{'yes' if value else 'no'}") if isinstance(value, bool) else _plain(value)
    if isinstance(value, str) and "T" in value and value.endswith("+00:00"):
        local = datetime.fromisoformat(value).astimezone(ZoneInfo(facts.zone))
        text = f"{full_date(words, local.date())}, {clock(words, local.time())}"
    return escape(text if len(text) <= _VALUE else f"{text[:_VALUE]} {words.say('privacy.data.cut')}")


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
