"""What others are told of themes: whoever one was taken to, and once a month everybody with a pair."""

from collections.abc import Iterable

from slack_sdk.models.blocks import Block

from bot.domain.theme import MonthFacts, NoteFacts, TakenFacts
from bot.views.parts import Message, note, section
from bot.views.theme.named import about_of, label_of, labels
from prompts import Words, escape, tame

_TOGETHER = 4
"""Closed themes in one section: their words together stay within Slack's limit."""


def taken(words: Words, facts: TakenFacts) -> Message:
    """A theme, who brings it, and that nobody knows who named it."""
    say, step = words.say, facts.step
    about, cohort, label = about_of(words, step.theme), escape(facts.cohort.name), label_of(words, step.theme)
    asked = words.join([f"<@{one}>" for one in ((facts.author,) if facts.author else facts.others)])
    key = ("body" if about else "body_bare") if facts.author else ("from_us" if about else "from_us_bare")
    body = say(f"theme.taken.{key}", author=asked, cohort=cohort, label=label, about=about)
    blocks = [section(body), *([section(say("theme.taken.words", words=tame(step.words)))] if step.words else [])]
    blocks.append(
        section("\n".join([say("theme.taken.why"), *([say("theme.taken.next", author=asked)] if asked else [])]))
    )
    return Message(say("theme.taken.text"), [*blocks, note(say("theme.taken.sees"))])


def monthly(words: Words, facts: MonthFacts) -> Message:
    """The same for both sides of every pair: what was done, what was taken further, what took place; by cohort."""
    blocks = [block for part in facts.parts for block in _part(words, part)]
    return Message(words.say("theme.note.text"), [*blocks, note(words.say("theme.note.sees"))])


def _part(words: Words, facts: NoteFacts) -> list[Block]:
    say = words.say
    blocks: list[Block] = [section(say("theme.note.title", cohort=escape(facts.cohort.name)))]
    if facts.closed:
        lines = [_closed(words, *one) for one in facts.closed]
        parts = [lines[n : n + _TOGETHER] for n in range(0, len(lines), _TOGETHER)]
        blocks += [section("\n".join([*([say("theme.note.closed_intro")] if not n else []), *part]))
                   for n, part in enumerate(parts)]  # fmt: skip
    if facts.taken:
        blocks.append(section(say("theme.note.taken", themes=labels(words, facts.taken))))
    if totals := list(_totals(words, facts)):
        blocks.append(section(say("theme.note.totals", totals=words.join(totals))))
    return blocks


def _closed(words: Words, theme: str, told: str | None) -> str:
    text = words.say("common.people.removed") if told is None else tame(told)
    return words.say("theme.note.closed", label=label_of(words, theme), words=text)


def _totals(words: Words, facts: NoteFacts) -> Iterable[str]:
    """What took place, as far as anything did; of a cohort that is over, nothing more."""
    counts = {"held": facts.held, "kept": facts.kept, "ripples": facts.ripples}
    return (words.say(f"theme.note.{name}", n=n) for name, n in counts.items() if n and not facts.over)
