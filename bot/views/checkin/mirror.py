"""The senior's reflection: what was learned, and one dated promise."""

from slack_sdk.models.blocks import Block, CheckboxesElement, DatePickerElement

from bot.domain.checkin import LEARNED_LENGTH, Mirror, Reflected
from bot.domain.commit import DUE_ON, TEXT, TEXT_LENGTH
from bot.views.checkin.invite import day_of
from bot.views.checkin.learner import learner_field, learner_offer
from bot.views.commit import when_field
from bot.views.common import name_of
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section, text_field
from prompts import Words, escape
from storage.records.commit import Commitment

_ALSO = ("gave", "avoided")


def mirror(words: Words, facts: Mirror) -> Modal:
    """Everything in it may stay empty."""
    date = day_of(words, facts.session.starts_at, facts.zone)
    return Modal(
        "checkin.mirror",
        words.say("checkin.reflection.title"),
        [
            section(words.say("checkin.reflection.when", date=date)),
            note(words.say("checkin.reflection.who")),
            _learned(words, facts),
            _share(words, facts),
            *_will_do(words, facts.commitment),
            learner_field(words, facts.learner),
            note(words.say("checkin.reflection.also", items=" · ".join(_also(words, facts)))),
        ],
        words.say("common.buttons.cancel"),
        words.say("common.buttons.send"),
        {"checkin": facts.checkin.id},
    )


def _learned(words: Words, facts: Mirror) -> Block:
    label = next(item.text for item in words.content.questions.mirror if item.id == "learned")
    earlier = facts.earlier.learned if facts.earlier else None
    return text_field(
        "checkin.learned",
        label,
        initial=earlier or "",
        most=LEARNED_LENGTH,
        multiline=True,
        hint=words.say("checkin.reflection.learned_hint"),
        optional=True,
    )


def _share(words: Words, facts: Mirror) -> Block:
    choices = options({"yes": words.say("checkin.reflection.share_yes")})
    shared = facts.earlier is None or facts.earlier.shared
    box = CheckboxesElement(options=choices, initial_options=choices if shared else None)
    return field_of("checkin.share", words.say("checkin.reflection.share"), box, optional=True)


def _will_do(words: Words, made: Commitment | None) -> list[Block]:
    """One promise per reflection: what was promised already is shown, and changed elsewhere."""
    if made is not None:
        text = escape(made.text or words.say("commit.made.removed"))
        return [section(words.say("checkin.reflection.promised", text=text, date=words.date(made.due_on)))]
    hint = words.say("checkin.reflection.will_do_hint")
    label = words.say("checkin.reflection.will_do")
    return [
        when_field(words),
        text_field(TEXT, label, most=TEXT_LENGTH, multiline=True, hint=hint, optional=True),
        field_of(DUE_ON, words.say("checkin.reflection.by"), DatePickerElement(), optional=True),
    ]


def _also(words: Words, facts: Mirror) -> list[str]:
    junior = escape(name_of(words, facts.people.junior))
    mirror_items = words.content.questions.mirror
    return [words.fill(item.text, junior=junior) for item in mirror_items if item.id in _ALSO]


def reflected(words: Words, facts: Reflected) -> Message:
    """Said after sending; a commitment can be undone for ten minutes."""
    thanks = words.say("checkin.reflection.thanks")
    until = day_of(words, facts.checkin.closes_at, facts.zone)
    blocks: list[Block] = [section(thanks)]
    if (made := facts.commitment) is not None:
        text = words.say("commit.after.made", text=escape(made.text or ""), date=words.date(made.due_on))
        blocks += [
            section(text),
            actions(button(words.say("common.buttons.undo"), "commit.undo:made", made.id)),
            note(words.say("commit.after.undo")),
        ]
    who = words.say("checkin.reflection.shared" if facts.shared else "checkin.reflection.kept")
    blocks += learner_offer(words, facts.learner) if facts.learner else []
    return Message(thanks, [*blocks, note(who, words.say("checkin.reflection.until", date=until))])
