"""The agenda: in the pair space, and in the modal where it is edited."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, StaticMultiSelectElement, StaticSelectElement

from bot.domain.prepare import LINE_LENGTH, LINES_MOST, AgendaFacts, AgendaForm, EarlyFacts, Line, line_fields
from bot.views.common import mention, moment
from bot.views.intro import whom
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section, text_field
from bot.views.prepare.contract import notice_of
from prompts import Words, escape
from storage.records.programme import Purpose

_SECTION = 2900
"""Slack takes 3,000 characters in one section."""

_FIELD = LINE_LENGTH + 12
"""A line with its minutes before it."""

WAITING_SHOWN = 4
OWED_SHOWN = 5


def agenda(words: Words, facts: AgendaFacts) -> Message:
    """The agreed agenda, or the suggestion with what can be done about it."""
    session, agreed = facts.session, facts.agenda.agreed
    when = moment(words, session.starts_at, facts.people.junior.zone)
    title = words.say("prepare.agenda.title", number=session.number, when=when, title=facts.agenda.title)
    key = "agreed" if agreed else "locked" if facts.agenda.locked else "suggested"
    state = words.say(f"prepare.agenda.{key}")
    buttons = _buttons(words, facts, key)
    blocks = [section(title), *_owed(words, facts), *_lines(words, facts), *_prepares(words, facts)]
    if facts.contract:
        blocks.append(section(words.say(f"prepare.agenda.contract_{facts.contract}")))
    if facts.notice_hours is not None:
        state += " " + words.say("prepare.agenda.notice", notice=notice_of(words, facts.notice_hours))
    blocks += [actions(*buttons), note(*_edited(words, facts), state, words.say("common.who_sees.pair"))]
    return Message(words.say("prepare.agenda.text_agreed" if agreed else "prepare.agenda.text"), blocks)


def _buttons(words: Words, facts: AgendaFacts, key: str) -> list[ButtonElement]:
    """What can be done about it; a first session's can only be parked for, or opened by both."""
    session_id, pair_id = facts.session.id, facts.people.pair.id
    edit = button(
        words.say("prepare.agenda.open" if key == "locked" else "prepare.agenda.edit"), "prepare.agenda", session_id
    )
    buttons = [edit, button(words.say("prepare.agenda.park"), "prepare.park", pair_id)]
    if key == "locked":
        buttons.reverse()
    if key == "suggested":
        buttons = [button(words.say("prepare.agenda.use"), "prepare.use", session_id, "primary"), *buttons]
    if facts.contract:
        buttons.append(button(words.say("prepare.agenda.contract"), "prepare.contract", pair_id))
    return buttons


def last_agenda(words: Words, facts: AgendaFacts) -> Message:
    """The agenda of a session that is over: nothing to press."""
    when = moment(words, facts.session.starts_at, facts.people.junior.zone)
    title = words.say("prepare.agenda.last", number=facts.session.number, when=when)
    blocks = [section(title), *_lines(words, facts), note(words.say("common.who_sees.pair"))]
    return Message(words.say("prepare.agenda.text"), blocks)


def edit_agenda(words: Words, form: AgendaForm) -> Modal:
    """Six lines, filled with what stands there now, and the rest of the parking lot to pick from."""
    if form.agenda.locked:
        return locked_agenda(words, form)
    when = moment(words, form.session.starts_at, form.me.zone)
    intro = words.say(
        "prepare.edit.intro", number=form.session.number, partner=escape(form.partner.name), when=when
    )  # fmt: skip
    blocks = [
        *_theirs(words, form), section(intro), *_starts(words, form), *_owed(words, form),
        *_fields(words, form), *_picks(words, form), note(words.say("common.who_sees.pair_space")),
    ]  # fmt: skip
    return Modal(
        "prepare.agenda", words.say("prepare.edit.title"), blocks, words.say("common.buttons.cancel"),
        words.say("prepare.edit.submit"), {"session": form.session.id, "start": form.start, "base": form.base},
    )  # fmt: skip


def locked_agenda(words: Words, form: AgendaForm) -> Modal:
    """The first session's: to read, with the button that asks the partner to open it."""
    when = moment(words, form.session.starts_at, form.me.zone)
    title = words.say("prepare.agenda.title", number=form.session.number, when=when, title=form.agenda.title)
    lines = numbered(words, [(line.text, line.minutes) for line in form.agenda.lines])
    return Modal(
        "prepare.agenda_locked", words.say("prepare.edit.title"),
        [section(title), *lines, section(words.say("prepare.early.locked")), *_asking(words, form)],
        words.say("common.buttons.close"),
        None, {"session": form.session.id},
    )  # fmt: skip


def _asking(words: Words, form: AgendaForm) -> list[Block]:
    partner = escape(form.partner.name)
    if form.asked is not None and form.asked.id == form.me.id:
        return [note(words.say("prepare.early.asked", partner=partner))]
    said = [note(words.say("prepare.early.asked_you", partner=partner))] if form.asked is not None else []
    return [*said, actions(button(words.say("prepare.early.ask"), "prepare.early", form.session.id))]


def early(words: Words, facts: EarlyFacts) -> Message:
    """In the pair's space: one asks, the other agrees, or it stays as it is."""
    if facts.open or facts.gone:
        said = words.say("prepare.early.open" if facts.open else "prepare.early.gone")
        return Message(words.say("prepare.early.text"), [section(said), note(words.say("common.who_sees.pair"))])
    pair_id = facts.people.pair.id
    buttons = [
        button(words.say("prepare.early.agree"), "prepare.early_yes", pair_id, "primary"),
        button(words.say("prepare.early.keep"), "prepare.early_no", pair_id),
    ]
    body = words.say("prepare.early.body", who=mention(words, facts.asked_by))
    blocks = [section(body), actions(*buttons), note(words.say("common.who_sees.pair"))]
    return Message(words.say("prepare.early.text"), blocks)


def _theirs(words: Words, form: AgendaForm) -> list[Block]:
    """What the partner made of it while this modal was open."""
    if form.theirs is None:
        return []
    lines = numbered(words, [(line.text, line.minutes) for line in form.theirs.lines])
    theirs = section(words.say("prepare.edit.theirs", partner=escape(form.partner.name)))
    return [theirs, *lines, section(words.say("prepare.edit.yours")), DividerBlock()]


def _fields(words: Words, form: AgendaForm) -> list[Block]:
    texts = list(form.typed) if form.theirs is not None else [_timed(words, line) for line in form.agenda.lines]
    return [
        text_field(
            name, words.say("prepare.edit.line", n=n), initial=text[:_FIELD], most=_FIELD, optional=True,
        )
        for n, (name, text) in enumerate(zip(line_fields(form.start), texts + [""] * LINES_MOST, strict=False), 1)
    ]  # fmt: skip


def _timed(words: Words, line: Line) -> str:
    return words.say("prepare.edit.timed", minutes=line.minutes, text=line.text) if line.minutes else line.text


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
    agenda = facts.agenda
    added = facts.edit.added if facts.edit is not None else frozenset()
    texts = [
        words.say("prepare.agenda.new", line=_line(words, n, line)) if line.id in added else _line(words, n, line)
        for n, line in enumerate(agenda.lines, 1)
    ]
    blocks = _sections(texts)
    if minutes := sum(line.minutes or 0 for line in agenda.lines):
        open_ended = any(not line.minutes for line in agenda.lines)
        key = "total_over" if minutes > facts.session.minutes else "total_open" if open_ended else "total"
        if key != "total" or minutes < facts.session.minutes:
            blocks.append(note(words.say(f"prepare.agenda.{key}", n=minutes, minutes=facts.session.minutes)))
    if agenda.waiting:
        topics = [escape(line.text[:120]) for line in agenda.waiting[:WAITING_SHOWN]]
        blocks.append(note(words.say("prepare.agenda.waiting", topics=" · ".join(topics))))
    return blocks


def _line(words: Words, number: int, line: Line) -> str:
    key = "prepare.agenda.line_minutes" if line.minutes else "prepare.agenda.line"
    return words.say(key, n=number, text=escape(line.text), minutes=line.minutes or 0)


def _edited(words: Words, facts: AgendaFacts) -> list[str]:
    """Who changed it last, and what went out."""
    if facts.edit is None:
        return []
    said = [words.say("prepare.agenda.edited", who=mention(words, facts.edit.by))]
    removed = words.say("common.people.removed")
    for key, texts in (("dropped", facts.edit.dropped), ("parked", facts.edit.parked)):
        shown = [escape(text[:120]) if text is not None else removed for text in texts[:WAITING_SHOWN]]
        said += [words.say(f"prepare.agenda.{key}", topics=" · ".join(shown))] if shown else []
    return said


def _owed(words: Words, facts: AgendaFacts | AgendaForm) -> list[Block]:
    """Due first: promises and introductions that are still open from before."""
    known = [(c.due_on, escape(c.text[:LINE_LENGTH])) for c in facts.commitments if c.text is not None]
    for it in facts.introductions:
        told = words.say("intro.agenda.line", whom=whom(words, it))
        known += [(it.due_on, told)] if it.due_on is not None else []
    if not known:
        return []
    lines = [
        words.say("prepare.agenda.owed_line", text=text, day=words.date(due_on))
        for due_on, text in sorted(known)[:OWED_SHOWN]
    ]
    return _sections([words.say("prepare.agenda.owed"), *lines])


def _prepares(words: Words, facts: AgendaFacts) -> list[Block]:
    junior, senior = (f"<@{p.user_id}>" for p in (facts.people.junior, facts.people.senior))
    lines = [
        words.say("prepare.agenda.junior_prepares", junior=junior, text=facts.agenda.junior_prepares),
        words.say("prepare.agenda.senior_prepares", senior=senior, text=facts.agenda.senior_prepares),
    ]
    if facts.agenda.reading:
        lines.append(words.say("prepare.agenda.reading", text=escape(facts.agenda.reading)))
    return [section("\n".join(lines))]


def _picks(words: Words, form: AgendaForm) -> list[Block]:
    if not form.parked:
        return []
    choices = {line.id or "": line.text[:75] for line in form.parked[:100]}
    listed = options(choices)
    chosen = [one for one in listed if one.value in form.picked]
    element = StaticMultiSelectElement(options=listed, initial_options=chosen or None)
    return [field_of("prepare.parked", words.say("prepare.edit.parked"), element, optional=True)]
