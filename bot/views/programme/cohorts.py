"""Cohorts: the list, the plan, opening, closing, and the message at the end."""

from collections.abc import Sequence
from datetime import date, timedelta

from slack_sdk.models.blocks import Block, CheckboxesElement, DatePickerElement

from bot.domain.programme.cohorts import CADENCES, NAME_LENGTH, PILOT_PAIRS, SESSIONS
from bot.domain.programme.facts import ClosedFacts, ClosingFacts
from bot.domain.programme.today import CohortCard, by_state
from bot.views.close.ending import ending
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section, text_field
from bot.views.programme.fields import full_date, menu
from prompts import Words, escape
from storage.records.programme import Cohort, CohortState, Programme, Purpose

_USUAL_SESSIONS = 6
_USUAL_CADENCE = 28
_USUAL_LENGTH = timedelta(weeks=26)
_SHOWN = 12


def cohorts(words: Words, cards: Sequence[CohortCard], news: str = "") -> Modal:
    """All cohorts with what can be done to each; `news` is a sentence about what has just been done."""
    blocks: list[Block] = [section(news)] if news else []
    if not cards:
        blocks.append(section(words.say("programme.cohorts.none")))
    for state, some in by_state(cards).items():
        newest = some[-_SHOWN:]
        for card in newest:
            blocks += [section(_card(words, card)), *_buttons(words, card.cohort)]
        if len(some) > len(newest):
            blocks.append(note(words.say(f"programme.cohorts.more_{state}", n=len(some) - len(newest))))
    blocks.append(actions(button(words.say("programme.cohorts.new"), "programme.cohort_new")))
    return Modal(
        "programme.cohorts", words.say("programme.cohorts.title"), blocks, words.say("common.buttons.close")
    )  # fmt: skip


def planning(words: Words, programme: Programme, draft: Cohort | None, today: date) -> Modal:
    """A2: plan a cohort, or change a draft."""
    say = words.say
    start = draft.starts_on if draft else _next_monday(today)
    end = draft.ends_on if draft else start + _USUAL_LENGTH - timedelta(days=1)
    purposes = {p.value: say(f"common.purposes.{p}") for p in Purpose}
    cadences = {str(days): say("programme.cohorts.every", n=days // 7) for days in CADENCES}
    sessions = {str(n): say("common.count.sessions", n=n) for n in SESSIONS}
    blocks = [
        text_field("name", say("programme.cohorts.name"), initial=draft.name if draft else "", most=NAME_LENGTH,
                   hint=say("programme.cohorts.name_hint")),
        menu("purpose", say("programme.cohorts.purpose"), purposes, (draft or programme).purpose),
        field_of("starts_on", say("programme.cohorts.starts"), DatePickerElement(initial_date=start.isoformat())),
        field_of("ends_on", say("programme.cohorts.ends"), DatePickerElement(initial_date=end.isoformat())),
        menu("sessions", say("programme.cohorts.sessions"), sessions,
             str(draft.sessions if draft else _USUAL_SESSIONS)),
        menu("cadence_days", say("programme.cohorts.cadence"), cadences,
             str(draft.cadence_days if draft else _USUAL_CADENCE), hint=say("programme.cohorts.cadence_hint")),
        _pilot(words, draft),
        _outsiders(words, draft),
        note(say("programme.cohorts.fixed", k=programme.k), say("programme.cohorts.seen")),
    ]  # fmt: skip
    title = say("programme.cohorts.edit_title" if draft else "programme.cohorts.new_title")
    metadata = {"cohort": draft.id} if draft else {}
    return Modal("programme.cohort", title, blocks, say("common.buttons.cancel"), say("common.buttons.save"), metadata)


def opening(words: Words, programme: Programme, cohort: Cohort) -> Modal:
    """What opening means, before it is done."""
    say = words.say
    blocks = [
        section(say("programme.opening.body", cohort=escape(cohort.name), k=programme.k)),
        note(say("programme.opening.checks")),
    ]
    title = say("programme.opening.title")
    return Modal(
        "programme.cohort_open", title, blocks, say("common.buttons.cancel"), say("programme.opening.submit"),
        {"cohort": cohort.id},
    )  # fmt: skip


def closing(words: Words, facts: ClosingFacts, *, paused: bool = False) -> Modal:
    """What closing ends, counted, before it is done; a draft is only discarded. `paused`: no digest is posted."""
    say, tally, name = words.say, facts.tally, escape(facts.cohort.name)
    if facts.cohort.state is CohortState.DRAFT:
        body, submit = say("programme.closing.draft", cohort=name), say("programme.closing.discard")
    else:
        counted = {
            "pairs": tally.running, "proposals": tally.proposals, "waiting": tally.waiting,
            "sessions": tally.sessions_ahead, "checkins": tally.checkins_open, "promises": tally.promises_open,
        }  # fmt: skip
        lines = [say(f"programme.closing.{key}", n=n) for key, n in counted.items() if n]
        body = "\n".join([say("programme.closing.open", cohort=name), *(f"• {line}" for line in lines)])
        body += f"\n\n{say('programme.closing.after', day=full_date(words, facts.texts_until))}"
        submit = say("programme.closing.submit")
    held_back = paused and facts.cohort.state is CohortState.OPEN
    blocks = [
        section(body),
        *([section(say("programme.closing.paused"))] if held_back else []),
        note(say("programme.closing.last")),
    ]
    title = say("programme.closing.title")
    return Modal(
        "programme.cohort_close", title, blocks, say("common.buttons.cancel"), submit, {"cohort": facts.cohort.id}
    )


def closed(words: Words, facts: ClosedFacts) -> Message:
    """To everybody who was in a cohort that has ended."""
    name = escape(facts.cohort.name)
    if facts.partner is None:
        body = words.say("programme.closed.unpaired", cohort=name)
    else:
        key = "paired" if facts.side is None else "completed"
        body = words.say(f"programme.closed.{key}", cohort=name, partner=f"<@{facts.partner}>")
    blocks: list[Block] = [section(body)]
    if facts.side is not None:
        buttons = actions(*ending(words, facts.pair_id, facts.side, stays=False))
        blocks += [buttons, note(words.say("close.thanks.only_you"))]
    return Message(words.say("programme.closed.text"), blocks)


def line(words: Words, card: CohortCard) -> str:
    """A cohort in one or two lines: name, dates, what it has under way."""
    return _card(words, card)


def _card(words: Words, card: CohortCard) -> str:
    cohort, tally, say = card.cohort, card.tally, words.say
    first = say(
        "programme.cohorts.card", cohort=escape(cohort.name), state=say(f"programme.cohorts.states.{cohort.state}"),
        purpose=say(f"common.purposes.{cohort.purpose}"), start=full_date(words, cohort.starts_on),
        end=full_date(words, cohort.ends_on), sessions=say("common.count.sessions", n=cohort.sessions),
        cadence=say("programme.cohorts.every", n=cohort.cadence_days // 7),
    )  # fmt: skip
    if cohort.pilot:
        first = f"{first} · {say('programme.cohorts.pilot_mark')}"
    if cohort.state is not CohortState.OPEN:
        return first
    counted = {"running": tally.running, "proposals": tally.proposals, "waiting": tally.waiting}
    parts = [say(f"programme.cohorts.{key}", n=n) for key, n in counted.items() if n]
    return f"{first}\n{' · '.join(parts) if parts else say('programme.cohorts.nobody')}"


def _buttons(words: Words, cohort: Cohort) -> list[Block]:
    say = words.say
    close = button(say("programme.cohorts.close"), "programme.cohort_close", cohort.id)
    if cohort.state is CohortState.OPEN:
        return [actions(close)]
    if cohort.state is CohortState.CLOSED:
        return []
    return [
        actions(
            button(say("programme.cohorts.open"), "programme.cohort_open", cohort.id, style="primary"),
            button(say("common.buttons.edit"), "programme.cohort_edit", cohort.id),
            button(say("programme.closing.discard"), "programme.cohort_close", cohort.id),
        )
    ]


def _pilot(words: Words, draft: Cohort | None) -> Block:
    box = options({"pilot": words.say("programme.cohorts.pilot_box", most=PILOT_PAIRS)})
    boxes = CheckboxesElement(options=box, initial_options=box if draft and draft.pilot else None)
    return field_of("pilot", words.say("programme.cohorts.pilot"), boxes, optional=True)


def _outsiders(words: Words, draft: Cohort | None) -> Block:
    """Who else may take part; guests may, unless somebody says otherwise."""
    boxes = options({one: words.say(f"programme.cohorts.{one}") for one in ("guests", "strangers")})
    ticked = (True, False) if draft is None else (draft.guests, draft.strangers)
    chosen = [box for box, so in zip(boxes, ticked, strict=True) if so]
    element = CheckboxesElement(options=boxes, initial_options=chosen or None)
    hint = words.say("programme.cohorts.outsiders_hint")
    return field_of("outsiders", words.say("programme.cohorts.outsiders"), element, hint=hint, optional=True)


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
