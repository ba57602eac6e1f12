"""The coordinators' lists: pairs, reporting lines, conflicts of interest."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    PlainTextObject,
    RadioButtonsElement,
    UserSelectElement,
)

from bot.domain.match import Conflicts, Lines, PairLine, PairPeople
from bot.views.common import mention, sentence
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section
from prompts import Words, escape
from storage.records.match import PairState

_SHOWN = 40
_PER_SECTION = 20
_PROPOSALS = (PairState.PROPOSED, PairState.ASKING_SENIOR, PairState.STARTING)


def pairs(words: Words, rows: Sequence[PairLine], withdrawn: PairPeople | None = None) -> Modal:
    """Where every pair and suggestion stands; a suggestion can be withdrawn."""
    say = words.say
    blocks: list[Block] = []
    if withdrawn is not None:
        names = {"junior": mention(words, withdrawn.junior), "senior": mention(words, withdrawn.senior)}
        blocks.append(section(say("match.pairs.withdrawn", **names)))
    if not rows:
        blocks.append(section(say("match.pairs.none")))
    blocks += [section(_pair(words, row), _withdraw(words, row)) for row in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        blocks.append(note(say("match.pairs.more", n=len(rows) - _SHOWN)))
    blocks += [actions(button(say("match.pairs.pair"), "match.pair")), note(say("match.pairs.sees"))]
    return Modal("match.pairs", say("match.pairs.title"), blocks, say("common.buttons.close"))


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


def _pair(words: Words, row: PairLine) -> str:
    say, people = words.say, row.people
    since = words.date((people.pair.active_at or people.pair.created_at).astimezone(ZoneInfo(row.zone)).date())
    facts = [say("match.pairs.cohort", cohort=escape(row.cohort.name), day=since)]
    if people.pair.active_at is not None:
        facts.append(say("match.pairs.held", n=row.held))
    if people.pair.state is PairState.ACTIVE:
        session = row.next_session
        when = words.day_time(session.starts_at, row.zone) if session else None
        facts.append(say("match.pairs.next", when=when) if when else say("match.pairs.no_next"))
    return say(
        "match.pairs.line", junior=mention(words, people.junior), senior=mention(words, people.senior),
        state=say(f"match.pairs.states.{people.pair.state}"), facts=" · ".join(facts),
    )  # fmt: skip


def _withdraw(words: Words, row: PairLine) -> ButtonElement | None:
    pair = row.people.pair
    if pair.state not in _PROPOSALS:
        return None
    pressed = button(words.say("match.pairs.withdraw"), "match.withdraw", pair.id)
    pressed.confirm = ConfirmObject(
        title=PlainTextObject(text=words.say("common.confirm.title")),
        text=PlainTextObject(text=words.say("match.pairs.withdraw_sure")),
        confirm=PlainTextObject(text=words.say("common.confirm.yes")),
        deny=PlainTextObject(text=words.say("common.confirm.no")),
    )
    return pressed


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
