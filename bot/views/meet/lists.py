"""A person's sessions, with what can be done about those that are planned."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.match import PairPeople
from bot.domain.meet import SessionList
from bot.views.common import moment
from bot.views.parts import Message, actions, button, note, section
from prompts import Words, escape
from storage.records.meet import Session, SessionState

PAST = 8
AHEAD = 4


def sessions(words: Words, found: SessionList) -> Message:
    """Planned ones first, with buttons; then the past, newest first."""
    blocks: list[Block] = []
    for people, all_of in found.pairs:
        partner = people.other(found.me.id)
        blocks.append(section(words.say("meet.list.title", partner=f"<@{partner.user_id}>")))
        blocks += _of_pair(words, found, people, all_of)
        blocks.append(_below(words, people.pair.id))
    return Message(words.say("meet.list.text"), blocks[:50])


def _below(words: Words, pair_id: str) -> Block:
    return actions(
        button(words.say("meet.buttons.book"), "meet.book", pair_id),
        button(words.say("meet.buttons.offer"), "meet.offer", pair_id),
        button(words.say("meet.buttons.rhythm"), "meet.rhythm", pair_id),
    )


def _of_pair(words: Words, found: SessionList, people: PairPeople, all_of: Sequence[Session]) -> list[Block]:
    if not all_of:
        return [section(words.say("meet.list.none"))]
    open_ones = [s for s in all_of if s.state is SessionState.PLANNED]
    past = [s for s in reversed(all_of) if s.state is not SessionState.PLANNED]
    blocks = [block for s in open_ones[:AHEAD] for block in _open(words, found, s)]
    lines = [_line(words, found, people, session) for session in past[:PAST]]
    if len(past) > PAST:
        lines.append(words.say("meet.list.more", n=len(past) - PAST))
    return [*blocks, note("\n".join(lines))] if lines else blocks


def _open(words: Words, found: SessionList, session: Session) -> list[Block]:
    begun = session.ends_at <= found.now
    key = "undecided" if begun else "planned_at" if session.place else "planned"
    minutes = words.say("common.count.minutes", n=session.minutes)
    when = moment(words, session.starts_at, found.me.zone)
    place = escape(session.place)
    line = section(words.say(f"meet.list.{key}", number=session.number, when=when, minutes=minutes, place=place))
    move = button(words.say("meet.buttons.move"), "meet.reschedule", session.id)
    if begun:
        met = button(words.say("meet.ask.met"), "meet.met", session.id, "primary")
        return [line, actions(met, button(words.say("meet.ask.not_met"), "meet.not_met", session.id), move)]
    off = button(words.say("meet.buttons.cancel"), "meet.cancel", session.id)
    return [line, actions(move, off, button(words.say("meet.buttons.calendar"), "meet.calendar", session.id))]


def _line(words: Words, found: SessionList, people: PairPeople, session: Session) -> str:
    key = session.state.value
    if session.state is SessionState.CANCELLED:
        # What one side said afterwards is not shown to the other; who called it off beforehand is.
        told = session.decided_at is not None and session.decided_at > session.starts_at
        key = "not_held" if told else f"cancelled_{session.hindrance or 'other'}"
    when = moment(words, session.starts_at, found.me.zone)
    return words.say(
        f"meet.list.{key}", number=session.number, when=when, junior=escape(people.junior.name),
        senior=escape(people.senior.name),
    )  # fmt: skip
