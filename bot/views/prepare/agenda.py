"""The agenda: in the pair space, and in the modal where it is edited."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, StaticMultiSelectElement, StaticSelectElement

from bot.domain.prepare import LINE_LENGTH, LINES_MOST, AgendaFacts, AgendaForm, line_fields
from bot.views.common import moment
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section, text_field
from prompts import Words, escape
from storage.records.programme import Purpose

_SECTION = 2900
"""Slack takes 3,000 characters in one section."""

WAITING_SHOWN = 4
OWED_SHOWN = 5


def agenda(words: Words, facts: AgendaFacts) -> Message:
    """The agreed agenda, or the suggestion with what can be done about it."""
    session, agreed = facts.session, facts.agenda.agreed
    when = moment(words, session.starts_at, facts.people.junior.zone)
    title = words.say("prepare.agenda.title", number=session.number, when=when, title=facts.agenda.title)
    state = words.say("prepare.agenda.agreed" if agreed else "prepare.agenda.suggested")
    buttons = [
        button(words.say("prepare.agenda.edit"), "prepare.agenda", session.id),
        button(words.say("prepare.agenda.park"), "prepare.park", facts.people.pair.id),
    ]
    if not agreed:
        buttons = [button(words.say("prepare.agenda.use"), "prepare.use", session.id, "primary"), *buttons]
    blocks = [section(title), *_owed(words, facts), *_lines(words, facts), *_prepares(words, facts)]
    blocks += [actions(*buttons), note(state, words.say("common.who_sees.pair"))]
    return Message(words.say("prepare.agenda.text_agreed" if agreed else "prepare.agenda.text"), blocks)


def last_agenda(words: Words, facts: AgendaFacts) -> Message:
    """The agenda of a session that is over: nothing to press."""
    when = moment(words, facts.session.starts_at, facts.people.junior.zone)
    title = words.say("prepare.agenda.last", number=facts.session.number, when=when)
    blocks = [section(title), *_lines(words, facts), note(words.say("common.who_sees.pair"))]
    return Message(words.say("prepare.agenda.text"), blocks)


def edit_agenda(words: Words, form: AgendaForm) -> Modal:
    """Six lines, filled with what stands there now, and the rest of the parking lot to pick from."""
    when = moment(words, form.session.starts_at, form.me.zone)
    intro = words.say(
        "prepare.edit.intro", number=form.session.number, partner=escape(form.partner.name), when=when
    )  # fmt: skip
    texts = [line.text for line in form.agenda.lines] + [""] * LINES_MOST
    fields = [
        text_field(
            name, words.say("prepare.edit.line", n=n), initial=text[:LINE_LENGTH], most=LINE_LENGTH,
            optional=True,
        )
        for n, (name, text) in enumerate(zip(line_fields(form.start), texts, strict=False), 1)
    ]  # fmt: skip
    return Modal(
        "prepare.agenda",
        words.say("prepare.edit.title"),
        [
            section(intro),
            *_starts(words, form),
            *fields,
            *_picks(words, form),
            note(words.say("common.who_sees.pair_space")),
        ],
        words.say("common.buttons.cancel"),
        words.say("prepare.edit.submit"),
        {"session": form.session.id, "start": form.start},
    )


def _starts(words: Words, form: AgendaForm) -> list[Block]:
    """Other agendas to start from: by purpose, and the extras that fit at any time."""
    if not form.starts:
        return []
    choices = {"as_it_is": words.say("prepare.edit.as_it_is")}
    choices |= {start: _start(words, start) for start in form.starts}
    listed = options(choices)
    chosen = next((one for one in listed if one.value == form.start), listed[0])
    menu = StaticSelectElement(options=listed, initial_option=chosen, action_id="prepare.template")
    return [section(words.say("prepare.edit.start"), menu)]


def _start(words: Words, start: str) -> str:
    if start in set(Purpose):
        return words.say("prepare.edit.purpose", purpose=words.say(f"common.purposes.{start}"))
    return words.content.agenda_by_id(start).title


def numbered(words: Words, lines: Sequence[tuple[str, int | None]]) -> list[Block]:
    """Lines as people's text with a number before each, in as few sections as Slack allows."""
    texts = [
        words.say("prepare.agenda.line_minutes" if minutes else "prepare.agenda.line", n=n, text=escape(text),
                  minutes=minutes or 0)
        for n, (text, minutes) in enumerate(lines, 1)
    ]  # fmt: skip
    return _sections(texts)


def _sections(texts: Sequence[str]) -> list[Block]:
    chunks: list[str] = []
    for text in texts:
        if chunks and len(chunks[-1]) + len(text) < _SECTION:
            chunks[-1] += f"\n{text}"
        else:
            chunks.append(text[:_SECTION])
    return [section(chunk) for chunk in chunks]


def _lines(words: Words, facts: AgendaFacts) -> list[Block]:
    blocks = numbered(words, [(line.text, line.minutes) for line in facts.agenda.lines])
    if facts.agenda.waiting:
        topics = [escape(line.text[:120]) for line in facts.agenda.waiting[:WAITING_SHOWN]]
        blocks.append(note(words.say("prepare.agenda.waiting", topics=" · ".join(topics))))
    return blocks


def _owed(words: Words, facts: AgendaFacts) -> list[Block]:
    known = [(c.text, c.due_on) for c in facts.commitments if c.text is not None]
    if not known:
        return []
    lines = [
        words.say("prepare.agenda.owed_line", text=escape(text[:LINE_LENGTH]), day=words.date(due_on))
        for text, due_on in known[:OWED_SHOWN]
    ]
    return _sections([words.say("prepare.agenda.owed"), *lines])


def _prepares(words: Words, facts: AgendaFacts) -> list[Block]:
    junior, senior = (f"<@{p.user_id}>" for p in (facts.people.junior, facts.people.senior))
    text = "\n".join(
        [
            words.say("prepare.agenda.junior_prepares", junior=junior, text=facts.agenda.junior_prepares),
            words.say("prepare.agenda.senior_prepares", senior=senior, text=facts.agenda.senior_prepares),
        ]
    )
    return [section(text)]


def _picks(words: Words, form: AgendaForm) -> list[Block]:
    if not form.parked:
        return []
    choices = {line.id or "": line.text[:75] for line in form.parked[:100]}
    element = StaticMultiSelectElement(options=options(choices))
    return [field_of("prepare.parked", words.say("prepare.edit.parked"), element, optional=True)]
