"""The coordinators' lists: pairs, reporting lines, conflicts of interest."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    RadioButtonsElement,
    UserSelectElement,
)

from bot.domain.match import Conflicts, Lines, PairPeople
from bot.views.common import mention, sentence
from bot.views.parts import Message, Modal, field_of, note, options, section
from prompts import Words
from storage.records.match import PairState

_SHOWN = 40
_PER_SECTION = 20
_PROPOSALS = (PairState.PROPOSED, PairState.ASKING_SENIOR, PairState.STARTING)


def lines(words: Words, facts: Lines) -> Modal:
    """The lines that are known, with what came of the last change on top."""
    say = words.say
    box = options({"yes": say("match.lines.nobody_box")})
    blocks: list[Block] = [section(text) for text in _news_of_lines(words, facts)]
    blocks += [
        section(say("match.lines.intro")),
        _person("person", say("match.lines.person")),
        _person("manager", say("match.lines.manager"), hint=say("match.lines.manager_hint"), optional=True),
        field_of("top", say("match.lines.nobody"), CheckboxesElement(options=box), optional=True),
        *_in_sections([_line(words, user, manager) for user, manager in facts.lines], words, "match.lines"),
        note(say("match.lines.sees")),
    ]
    return Modal(
        "match.lines", say("match.lines.title"), blocks, say("common.buttons.close"), say("common.buttons.save")
    )  # fmt: skip


def lines_said(words: Words, facts: Lines) -> Message:
    """The answer to a typed change."""
    return sentence("\n".join(_news_of_lines(words, facts)))


def conflicts(words: Words, facts: Conflicts) -> Modal:
    """The declared conflicts, with what came of the last change on top."""
    say = words.say
    what = options({"declare": say("match.conflict.declare"), "remove": say("match.conflict.remove")})
    couples = [
        say("match.conflict.line", one=_at(one), other=_at(other)) for one, other in facts.couples
    ]  # fmt: skip
    blocks: list[Block] = [section(text) for text in _news_of_conflicts(words, facts)]
    blocks += [
        section(say("match.conflict.intro")),
        _person("first", say("match.conflict.first")),
        _person("second", say("match.conflict.second")),
        field_of("what", say("match.conflict.what"), RadioButtonsElement(options=what, initial_option=what[0])),
        *_in_sections(couples, words, "match.conflict"),
        note(say("match.conflict.sees")),
    ]
    return Modal(
        "match.conflict", say("match.conflict.title"), blocks, say("common.buttons.close"), say("common.buttons.save")
    )


def conflicts_said(words: Words, facts: Conflicts) -> Message:
    """The answer to a typed change."""
    return sentence("\n".join(_news_of_conflicts(words, facts)))


def _news_of_lines(words: Words, facts: Lines) -> list[str]:
    say = words.say
    if not facts.changed:
        return []
    if facts.circle:
        return [say("match.lines.circle", chain=" → ".join(_at(one) for one in facts.circle))]
    manager = dict(facts.lines).get(facts.changed)
    key = "saved_unknown" if manager is None else "saved" if manager else "saved_top"
    news = [say(f"match.lines.{key}", person=_at(facts.changed), manager=_at(manager or ""))]
    if facts.touched:
        news.append(say("match.lines.touched", pairs=words.join(_couple(words, p) for p in facts.touched[:10])))
    return news


def _news_of_conflicts(words: Words, facts: Conflicts) -> list[str]:
    if facts.changed is None:
        return []
    one, other = facts.changed
    key = "removed" if facts.removed else "declared"
    news = [words.say(f"match.conflict.{key}", one=_at(one), other=_at(other))]
    return [*news, words.say("match.conflict.touched")] if facts.touched else news


def _in_sections(rows: Sequence[str], words: Words, step: str) -> list[Block]:
    """Many short lines in few blocks, and how many are left out."""
    if not rows:
        return [section(words.say(f"{step}.none"))]
    shown = rows[: 4 * _PER_SECTION]
    found = [shown[n : n + _PER_SECTION] for n in range(0, len(shown), _PER_SECTION)]
    blocks: list[Block] = [section("\n".join(some)) for some in found]
    if len(rows) > len(shown):
        blocks.append(note(words.say(f"{step}.more", n=len(rows) - len(shown))))
    return blocks


def _line(words: Words, user: str, manager: str) -> str:
    above = _at(manager) if manager else words.say("match.lines.top")
    return words.say("match.lines.line", person=_at(user), manager=above)


def _couple(words: Words, people: PairPeople) -> str:
    return words.say("match.lines.couple", junior=mention(words, people.junior), senior=mention(words, people.senior))


def _person(name: str, label: str, *, hint: str | None = None, optional: bool = False) -> Block:
    return field_of(name, label, UserSelectElement(), hint=hint, optional=optional)


def _at(user_id: str) -> str:
    return f"<@{user_id}>"
