"""How leaving looks: the form, what was asked for, the end as both read it, and what coordinators are told."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, RadioButtonsElement, StaticSelectElement

from bot.domain.leave import ALL, NOTE_LENGTH, Asked, Crossing, Ended, LeaveForm, LinesFlag, PartForm, Parting, Told
from bot.domain.match import PairPeople
from bot.domain.when import UNDO
from bot.views.common import mention, moment, name_of, sentence
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section, text_field
from prompts import Words, escape
from storage.records.enrol import Person
from storage.records.leave import LeaveReason

_PAIRS_MOST = 9


def form(words: Words, facts: LeaveForm) -> Modal:
    """What to leave; reason and line are for coordinators and may stay empty."""
    say = words.say
    choices = {p.pair.id: say("leave.form.pair", partner=p.other(facts.me.id).name)[:75] for p in facts.pairs}
    choices = dict(list(choices.items())[:_PAIRS_MOST]) | {ALL: say("leave.form.all")}
    reasons = options({reason: say(f"leave.reasons.{reason}") for reason in LeaveReason})
    what = options(choices)
    blocks: list[Block] = [
        section(say("leave.form.intro")),
        field_of("leave.what", say("leave.form.what"), RadioButtonsElement(options=what, initial_option=what[0])),
        field_of("leave.reason", say("leave.form.reason"), StaticSelectElement(options=reasons), optional=True),
        text_field(
            "leave.note", say("leave.form.note"), most=NOTE_LENGTH, multiline=True, hint=say("leave.form.note_hint"),
            optional=True,
        ),
        note(say("leave.form.sees")),
    ]  # fmt: skip
    return Modal("leave.ask", say("leave.form.title"), blocks, say("leave.form.stay"), say("leave.form.submit"))


def asked(words: Words, facts: Asked) -> Message:
    """Nothing has happened yet, and for ten minutes nothing does."""
    key, names = ("all", {}) if facts.partner is None else ("pair", {"partner": mention(words, facts.partner)})
    text = words.say(f"leave.asked.{key}", **names)
    undo = button(words.say("leave.asked.undo"), "leave.undo", facts.leaving.id)
    return Message(text, [section(text), actions(undo), note(words.say("leave.asked.foot"))])


def pending(words: Words, facts: Sequence[Asked], zone: str) -> list[Block]:
    """What is about to happen, with the way back, wherever somebody sees where they stand."""
    blocks: list[Block] = []
    for one in facts:
        when = moment(words, one.leaving.at + UNDO, zone)
        text = words.say("leave.card.all", when=when)
        if one.partner is not None:
            text = words.say("leave.card.pair", when=when, partner=mention(words, one.partner))
        blocks.append(section(text, button(words.say("leave.asked.undo"), "leave.undo", one.leaving.id)))
    return blocks


def stayed(words: Words) -> Message:
    return sentence(words.say("leave.asked.stayed"))


def ended(words: Words, facts: Ended) -> Message:
    """The same for both, whoever asked."""
    say = words.say
    partner = facts.people.other(facts.reader.id)
    blocks: list[Block] = [section(say("leave.ended.body", partner=mention(words, partner)))]
    if facts.asks and facts.said is None:
        yes = button(say("leave.ended.yes"), "leave.word:yes", facts.people.pair.id)
        no = button(say("leave.ended.no"), "leave.word:no", facts.people.pair.id)
        blocks += [section(say("leave.ended.question", n=facts.held)), actions(yes, no), note(say("leave.ended.sees"))]
    blocks += _looking(words, facts)
    return Message(say("leave.ended.text"), blocks)


def answered(words: Words, facts: Ended) -> Message:
    """In place of the question."""
    if facts.said is None:
        return ended(words, facts)
    text = words.say("leave.answered.yes" if facts.said else "leave.answered.no")
    change = button(words.say("leave.answered.change"), "leave.reword", facts.people.pair.id)
    return Message(words.say("leave.ended.text"), [section(text), actions(change), *_looking(words, facts)])


def _looking(words: Words, facts: Ended) -> list[Block]:
    """Whether somebody new is looked for, and the way to say otherwise."""
    if facts.looks is None:
        return []
    pair_id, key = facts.people.pair.id, "on" if facts.looks else "off"
    press = button(words.say(f"leave.look.{key}_button"), f"leave.look:{'no' if facts.looks else 'yes'}", pair_id)
    return [section(words.say(f"leave.look.{key}"), press), note(words.say("leave.look.sees"))]


def looked(words: Words, facts: Ended) -> Message:
    """After somebody said whether they want somebody new."""
    return answered(words, facts) if facts.said is not None else ended(words, facts)


def part_form(words: Words, facts: PartForm) -> Modal:
    """Before a coordinator ends a pair: which, and what everybody reads."""
    say, kind = words.say, "rematch" if facts.rematch else "unpair"
    blocks: list[Block] = []
    if len(facts.pairs) > 1:
        names = {
            p.pair.id: say("leave.part.pair", junior=name_of(words, p.junior), senior=name_of(words, p.senior))[:75]
            for p in facts.pairs[:_PAIRS_MOST]
        }
        choices = options(names)
        blocks.append(
            field_of(
                "leave.pair",
                say("leave.part.which"),
                RadioButtonsElement(options=choices, initial_option=choices[0]),
            )
        )
    else:
        blocks.append(section(say("leave.part.one", **_couple(words, facts.pairs[0]))))
    blocks += [section(say(f"leave.part.{kind}")), section(say("leave.part.told")), note(say("leave.part.sees"))]
    return Modal(
        "leave.part", say("leave.part.title"), blocks, say("leave.part.keep"), say("leave.part.submit"),
        {"pair": facts.pairs[0].pair.id, "rematch": "yes" if facts.rematch else ""},
    )  # fmt: skip


def parting(words: Words, facts: Parting) -> Message:
    """To the coordinator: nothing has happened yet."""
    text = words.say("leave.part.asked", **_couple(words, facts.people))
    undo = button(words.say("common.buttons.undo"), "leave.unpart", facts.people.pair.id)
    return Message(text, [section(text), actions(undo), note(words.say("leave.part.undo"))])


def parting_undone(words: Words, facts: Parting) -> Message:
    return sentence(words.say("leave.part.undone", **_couple(words, facts.people)))


def back_in_pool(words: Words, person: Person) -> Message:
    return sentence(words.say("leave.part.in_pool", person=mention(words, person)))


def _couple(words: Words, people: PairPeople) -> dict[str, str]:
    return {"junior": mention(words, people.junior), "senior": mention(words, people.senior)}


def asked_again(words: Words, facts: Ended) -> Message:
    """The question once more, for somebody who changes their mind."""
    return ended(words, Ended(facts.people, facts.reader, facts.held, facts.asks, looks=facts.looks))


def told(words: Words, facts: Told) -> Message:
    """To a coordinator."""
    say = words.say
    who = say("common.people.someone") if facts.person is None else mention(words, facts.person)
    lines = [say("leave.told.all" if facts.whole else "leave.told.pair", person=who)]
    if facts.waiting:
        lines.append(say("leave.told.waiting", people=words.join(mention(words, one) for one in facts.waiting)))
    if facts.reason is not None:
        lines.append(say("leave.told.reason", reason=say(f"leave.reasons.{facts.reason}")))
    if facts.note:
        lines.append(say("leave.told.note", text=escape(facts.note)))
    pairs = button(say("leave.told.pairs"), "match.pairs")
    return Message(say("leave.told.text"), [section("\n".join(lines)), actions(pairs), note(say("leave.told.sees"))])


def crossing(words: Words, facts: Crossing) -> Message:
    """The same question to both: go on, or end it."""
    say, pair_id = words.say, facts.people.pair.id
    buttons = (
        button(say("leave.crossing.go"), "leave.go_on", pair_id),
        button(say("leave.crossing.end"), "leave.cross_out", pair_id),
    )
    body = section(say("leave.crossing.body", partner=mention(words, facts.partner)))
    return Message(say("leave.crossing.text"), [body, actions(*buttons), note(say("leave.crossing.sees"))])


def crossing_answered(words: Words, facts: Crossing) -> Message:
    """What was said, with the way back."""
    say, partner = words.say, mention(words, facts.partner)
    key, other = ("ends", "leave.go_on") if facts.ends else ("goes_on", "leave.cross_out")
    text = say(f"leave.crossing.{key}", partner=partner)
    press = button(say(f"leave.crossing.{key}_change"), other, facts.people.pair.id)
    return Message(text, [section(text), actions(press), note(say("leave.crossing.sees"))])


def lines_flag(words: Words, facts: LinesFlag) -> Message:
    """To a coordinator."""
    say, pair = words.say, facts.people
    names = {"junior": mention(words, pair.junior), "senior": mention(words, pair.senior)}
    press = button(say("leave.lines_flag.end"), "leave.part:rematch", pair.pair.id)
    lines = [say("leave.lines_flag.body", **names), say(f"leave.lines_flag.{facts.check}", **names)]
    blocks = [section("\n".join(lines)), actions(press), note(say("leave.lines_flag.sees"))]
    return Message(say("leave.lines_flag.text"), blocks)
