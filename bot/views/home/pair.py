"""The part of a Home that is about a pair, drawn for one of its two people."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.home import HomeFacts, PairCard
from bot.domain.meet import OfferFacts
from bot.views import ask, close, intro
from bot.views.common import moment
from bot.views.home.trend import trend_blocks
from bot.views.meet import ask_blocks, choice
from bot.views.parts import actions, button, header, note, section
from bot.views.prepare import home_card, waiting
from prompts import Words, escape
from storage.records.commit import Commitment, CommitmentState
from storage.records.enrol import Side
from storage.records.match import PairState

_PROMISES_MOST = 6


def partner_of(card: PairCard) -> str:
    """The other one, as a mention."""
    other = card.people.senior if card.side is Side.JUNIOR else card.people.junior
    return f"<@{other.user_id}>"


def waiting_blocks(words: Words, cards: Sequence[PairCard]) -> list[Block]:
    """What waits for an answer in these pairs, each with who will see it."""
    blocks: list[Block] = []
    for card in cards:
        if card.ask is not None:
            blocks += ask_blocks(words, card.ask)
        if card.waiting is not None:
            key = "checkin" if card.side is Side.JUNIOR else "reflection"
            answer = button(words.say("home.for_you.answer"), "checkin.answer", card.waiting.id, style="primary")
            blocks.append(section(words.say(f"home.for_you.{key}", partner=partner_of(card)), answer))
            blocks.append(note(words.say(f"home.for_you.{key}_sees")))
        if card.proposals:
            look = button(words.say("home.for_you.look"), "commit.list", card.people.pair.id)
            blocks.append(section(words.say("home.for_you.proposed", n=card.proposals, partner=partner_of(card)), look))
            blocks.append(note(words.say("home.for_you.proposed_sees")))
        if card.people.pair.state is PairState.ACTIVE:
            blocks += intro.home_waiting(words, card.people, card.side, card.introductions)
        if card.contract is not None and card.people.pair.state is PairState.ACTIVE:
            me = card.people.on(card.side)
            blocks += waiting(words, card.contract, partner_of(card), me, card.people.pair.id)
    return [header(words.say("home.for_you.title")), *blocks] if blocks else []


def next_session(words: Words, card: PairCard, facts: HomeFacts) -> list[Block]:
    """The next session, two times to pick from, or whose turn it is to book one."""
    ahead = card.next_session
    if ahead is None:
        return _offered(words, card, card.offer) if card.offer is not None else _no_date(words, card, facts)
    length = words.say("common.count.minutes", n=ahead.minutes)
    when = moment(words, ahead.starts_at, facts.zone)
    lines = [words.say("home.next.with", moment=when, partner=partner_of(card), length=length)]
    if ahead.place:
        lines.append(words.say("home.next.place", place=escape(ahead.place)))
    return [section("\n".join(lines), button(words.say("home.next.edit_agenda"), "prepare.agenda", ahead.id))]


def _no_date(words: Words, card: PairCard, facts: HomeFacts) -> list[Block]:
    """Whose turn it is is said; both may book, nobody's where they have met as often as they wanted. What waits for an
    answer comes before it."""
    key = "none" if card.turn is None else "your_turn" if card.turn is card.side else "their_turn"
    mine = card.turn is card.side
    first = mine and not any(one.waiting or one.ask for one in facts.pairs)
    offer = button(words.say("meet.buttons.offer"), "meet.offer", card.people.pair.id, "primary" if first else None)
    book = button(words.say("home.next.book"), "meet.book", card.people.pair.id)
    ways = [book] if card.turn is None else [offer, book]
    return [section(words.say(f"home.next.{key}", partner=partner_of(card))), actions(*ways)]


def _offered(words: Words, card: PairCard, facts: OfferFacts) -> list[Block]:
    """Two times: to pick from, or one's own that wait."""
    if facts.to.id == card.people.on(card.side).id:
        return [section(words.say("meet.offered.waiting", by=partner_of(card))), *choice(words, facts)]
    return [section(words.say("home.next.offered", partner=partner_of(card)))]


def pair_blocks(words: Words, card: PairCard, facts: HomeFacts, lesson: Sequence[Block] = ()) -> list[Block]:
    """Session and agenda, the next lesson, promises, the junior's own trend, and the pair's tools."""
    if card.people.pair.state is PairState.PAUSED:
        title = words.say("home.pair.title", partner=partner_of(card))
        until = card.paused_until
        line = words.say("pause.card.pair_until", day=words.date(until)) if until else words.say("pause.card.pair")
        return [section(f"*{title}*\n{line}"), *lesson]
    blocks: list[Block] = [header(words.say("home.next.title")), *next_session(words, card, facts)]
    blocks += close.wrap_line(words, card.wrap_up, card.people.pair.id, card.side)
    blocks += [*_agenda(words, card), *lesson]
    blocks += _promises(words, card, facts.today)
    blocks += _introductions(words, card, facts)
    if card.side is Side.JUNIOR:
        blocks += [*_shared(words, card), *trend_blocks(words, card, facts), *_ask(words, card)]
    contract = _contract(words, card)
    return [*blocks, *contract, _tools(words, card, contract=not contract)]


def _agenda(words: Words, card: PairCard) -> list[Block]:
    if card.next_session is None:
        return []
    if not card.agenda:
        first = card.next_session.number == 1
        return [note(words.say("home.next.agenda_first" if first else "home.next.agenda_none"))]
    removed = words.say("common.people.removed")
    title = "home.next.agenda_suggested" if card.suggested else "home.next.agenda"
    lines = "\n".join(f"{n}. {escape(text) if text else removed}" for n, text in enumerate(card.agenda[:6], 1))
    return [section(f"{words.say(title)}\n{lines}"[:2900])]


def _promises(words: Words, card: PairCard, today: date) -> list[Block]:
    mine = card.side is Side.SENIOR
    title = words.say("home.owed.mine" if mine else "home.owed.title", partner=partner_of(card))
    shown = card.promises[:_PROMISES_MOST]
    if shown:
        text = "\n".join(_promise(words, one, today) for one in shown)
    else:
        text = words.say("home.owed.mine_none" if mine else "home.owed.none", partner=partner_of(card))
    pressed = ("commit.list", "home.owed.all") if shown else ("commit.make", "home.owed.make") if mine else None
    accessory = button(words.say(pressed[1]), pressed[0], card.people.pair.id) if pressed else None
    return [section(f"*{title}*\n{text}"[:2900], accessory)]


def _introductions(words: Words, card: PairCard, facts: HomeFacts) -> list[Block]:
    return intro.home(
        words, card.people, card.side, card.introductions, card.outcomes, facts.today, facts.zone
    )  # fmt: skip


def _promise(words: Words, one: Commitment, today: date) -> str:
    text = escape(one.text)[:300] if one.text else words.say("common.people.removed")
    if one.state is CommitmentState.DONE:
        return words.say("home.owed.done", text=text)
    late = "late_slipping" if one.slipping else "late"
    key = late if one.due_on < today else "slipping" if one.slipping else "line"
    return words.say(f"home.owed.{key}", text=text, day=words.date(one.due_on))


def _shared(words: Words, card: PairCard) -> list[Block]:
    if not card.shared:
        return []
    title = words.say("home.shared.title", partner=partner_of(card))
    lines = "\n".join(words.say("home.shared.line", text=escape(text)[:600]) for text in card.shared)
    return [section(f"*{title}*\n{lines}"[:2900])]


def _ask(words: Words, card: PairCard) -> list[Block]:
    """Her way to the wordings; where some were offered to her, that offer."""
    if card.offer_to_ask is not None:
        return ask.offer(words, card.offer_to_ask, card.people.pair.id, key="home")
    press = button(words.say("home.ask.button"), "ask.open", card.people.pair.id)
    return [section(words.say("home.ask.body", partner=partner_of(card)), press)]


def _contract(words: Words, card: PairCard) -> list[Block]:
    """How the two work: what holds, what waits, or that it is late; in the last stretch nobody is urged to begin."""
    if card.contract is None or (card.wrap_up is not None and not card.contract.holds and not card.contract.waits):
        return []
    return home_card(words, card.contract, partner_of(card), card.people.on(card.side), card.people.pair.id)


def _tools(words: Words, card: PairCard, *, contract: bool) -> Block:
    pair_id = card.people.pair.id
    work = [button(words.say("prepare.contract_home.button"), "prepare.contract", pair_id)] if contract else []
    return actions(
        *work,
        button(words.say("home.pair.sessions"), "meet.sessions", pair_id),
        button(words.say("home.pair.icebreaker"), "prepare.icebreaker", pair_id),
        button(words.say("home.pair.park"), "prepare.park", pair_id),
        button(words.say("ripple.home.button", n=card.ripples) if card.ripples else words.say("ripple.button"),
               "ripple.list", pair_id),
    )  # fmt: skip
