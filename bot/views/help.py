"""The help: what one needs most, every command, and four topics."""

import re
from collections.abc import Iterable

from slack_sdk.models.blocks import Block

from bot.domain.help import HelpFacts, HelpLine, Reader, Topic, all_for, most_used
from bot.domain.privacy import MATRIX, Datum
from bot.views.parts import Message, actions, button, header, note, section
from prompts import Words

_SECTION = 3000
"""How many characters a section takes."""
_WORD = re.compile(r"date time|[a-z]+")
_TOPICS = (Topic.SESSIONS, Topic.CHECKIN, Topic.COORDINATOR)


def screen(words: Words, facts: HelpFacts) -> Message:
    """One screen, and buttons to the others."""
    title = words.say(f"help.{facts.topic}.title")
    return Message(title, [header(title), *_body(words, facts), _others(words, facts)])


def one(words: Words, line: HelpLine) -> Message:
    """A single command, asked for by its name."""
    text = _line(words, line, aliases=True)
    return Message(text, [section(text)])


def _body(words: Words, facts: HelpFacts) -> list[Block]:
    if facts.topic is Topic.MOST:
        return [section(_lines(words, most_used(facts.reader, facts.lines))), note(words.say("help.most.hint"))]
    if facts.topic is Topic.ALL:
        return _all(words, facts)
    if facts.topic is Topic.PRIVACY:
        return _privacy(words, facts.reader)
    blocks = [section(words.say(f"help.{facts.topic}.body", k=facts.reader.k))]
    mine = [line for line in all_for(facts.reader, facts.lines) if line.name in _ABOUT[facts.topic]]
    if facts.topic is Topic.COORDINATOR:
        mine = [line for line in all_for(facts.reader, facts.lines) if line.who == "coordinator"]
    return [*blocks, *_sections(words, mine)]


_ABOUT: dict[Topic, tuple[str, ...]] = {
    Topic.SESSIONS: ("schedule", "sessions", "met", "cancel", "rhythm", "agenda", "park", "icebreaker"),
    Topic.CHECKIN: ("checkin", "commit", "commitments"),
    Topic.COORDINATOR: (),
}


def _all(words: Words, facts: HelpFacts) -> list[Block]:
    """Every command of this person, a section per step; what is not theirs yet is said, not hidden."""
    mine = all_for(facts.reader, facts.lines)
    steps = dict.fromkeys(line.step for line in mine)
    blocks = [section(_lines(words, [line for line in mine if line.step == step], aliases=True)) for step in steps]
    reader = facts.reader
    if not reader.enrolled:
        blocks.append(note(words.say("help.all.more_joined")))
    elif not reader.sides:
        blocks.append(note(words.say("help.all.more_paired")))
    return blocks


def _privacy(words: Words, reader: Reader) -> list[Block]:
    """The visibility matrix, and what it cannot promise."""
    blocks = [section(words.say("help.privacy.intro")), *matrix_rows(words, reader.k)]
    blocks.append(section(words.say("help.privacy.plainly", k=reader.k)))
    blocks.append(actions(button(words.say("help.privacy.mine"), "privacy.show")))
    if reader.contacts:
        people = words.join(f"<@{contact}>" for contact in reader.contacts)
        blocks.append(note(words.say("help.privacy.contacts", contacts=people)))
    return blocks


def matrix_rows(words: Words, k: int) -> list[Block]:
    """Who sees what: a section per datum."""
    return [section(_row(words, datum, k)) for datum in MATRIX]


def _row(words: Words, datum: Datum, k: int) -> str:
    cells = (
        words.say("help.privacy.cell", reader=words.say(f"help.privacy.readers.{viewer}"),
                  what=words.say(f"help.privacy.sights.{sight}", k=k))
        for viewer, sight in MATRIX[datum].items()
    )  # fmt: skip
    return f"*{words.say(f'help.privacy.rows.{datum}')}*\n" + " · ".join(cells)


def _lines(words: Words, lines: Iterable[HelpLine], *, aliases: bool = False) -> str:
    return "\n".join(_line(words, line, aliases=aliases) for line in lines)


def _sections(words: Words, lines: Iterable[HelpLine]) -> list[Block]:
    """The same in as many sections as Slack needs: in some languages a long list is more than one may hold."""
    parts: list[list[HelpLine]] = []
    for line in lines:
        if not parts or len(_lines(words, [*parts[-1], line])) > _SECTION:
            parts.append([])
        parts[-1].append(line)
    return [section(_lines(words, part)) for part in parts]


def _line(words: Words, line: HelpLine, *, aliases: bool) -> str:
    typed = " ".join(part for part in ("/revmentor", line.name, _args(words, line.args)) if part)
    said = words.say("help.line", command=typed, does=words.say(line.key))
    if not (aliases and line.aliases):
        return said
    names = words.join(f"`{alias}`" for alias in line.aliases)
    return words.say("help.line_with_aliases", line=said, aliases=names)


def _args(words: Words, args: str) -> str:
    """What may follow a command, with the words that stand for something in the reader's language."""

    def said(found: re.Match[str]) -> str:
        name = found[0].replace(" ", "_")
        return words.say(f"help.args.{name}") if words.has(f"help.args.{name}") else found[0]

    return _WORD.sub(said, args)


def _others(words: Words, facts: HelpFacts) -> Block:
    topics = [Topic.MOST, Topic.ALL, Topic.PRIVACY, *_TOPICS]
    shown = [t for t in topics if t is not facts.topic and (t is not Topic.COORDINATOR or facts.reader.coordinator)]
    return actions(*(button(words.say(f"help.{topic}.button"), f"help.turn:{topic}") for topic in shown))
