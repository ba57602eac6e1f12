"""All introductions of a person's pairs, in a message and on a Home."""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.domain.intro import IntroList
from bot.domain.match import PairPeople
from bot.views.intro.naming import better_of, for_junior, for_senior, said_of
from bot.views.parts import Message, actions, button, note, section
from prompts import Words
from storage.records.enrol import Side
from storage.records.intro import Introduction, IntroState, Outcome

_ROWS_MOST, _HOME_MOST = 14, 5
_BLOCKS_MOST = 49
"""A message holds 50 blocks: pairs share the room."""
_S = IntroState


def listed(words: Words, facts: IntroList) -> Message:
    """All introductions of a person's pairs, with what that person can do about each."""
    blocks = [block for pair in facts.pairs for block in _pair(words, *pair, facts)]
    more = [actions(_new(words, people, side)) for people, side, _ in facts.pairs][:1]
    shown = [*blocks[: _BLOCKS_MOST - len(more)], *(more if len(facts.pairs) == 1 else [])]
    return Message(words.say("intro.push.list"), [*shown, note(words.say("intro.list.who"))])


def _new(words: Words, people: PairPeople, side: Side) -> InteractiveElement:
    key = "ask" if side is Side.JUNIOR else "offer"
    return button(words.say(f"intro.list.{key}"), "intro.new", people.pair.id)


def _pair(
    words: Words, people: PairPeople, side: Side, introductions: tuple[Introduction, ...], facts: IntroList
) -> list[Block]:
    other = people.other(people.on(side).id)
    title = words.say("intro.list.yours" if side is Side.SENIOR else "intro.list.theirs", other=other.user_id)
    head = section(title, _new(words, people, side) if len(facts.pairs) > 1 else None)
    if not introductions:
        return [head, section(words.say(f"intro.list.none_{side}"))]
    most = max(2, _ROWS_MOST // len(facts.pairs))
    return [head, *(block for it in introductions[:most] for block in _row(words, it, side, facts))]


def _row(words: Words, it: Introduction, side: Side, facts: IntroList) -> list[Block]:
    pressed = for_senior(words, it) if side is Side.SENIOR else for_junior(words, it)
    outcome = facts.outcomes.get(it.id)
    if side is Side.JUNIOR and it.state is _S.MADE:
        pressed = [button(words.say("intro.answers.talked"), "intro.ask_again", it.id)]
    row = section(line(words, it, side, facts.today, facts.zone, outcome))
    return [row, actions(*pressed)] if pressed else [row]


def line(words: Words, it: Introduction, side: Side, today: date, zone: str, outcome: Outcome | None = None) -> str:
    """One introduction in a list, as one side reads it."""
    said = said_of(words, it) | {"better": better_of(words, it)}
    key = _key(it, side, today)
    if it.state is _S.MADE:
        said["date"] = words.date((it.made_at or it.changed_at).astimezone(ZoneInfo(zone)).date())
        if outcome is not None and side is Side.JUNIOR:
            key, said["answer"] = "made_said", words.say(f"intro.talked.{outcome}")
    return words.say(f"intro.list.{key}", **said)


def _key(it: Introduction, side: Side, today: date) -> str:
    if it.state in (_S.ASKED, _S.REDIRECTED) and side is Side.JUNIOR:
        return f"{it.state}_mine"
    if it.state is _S.AGREED and it.due_on is not None and it.due_on < today:
        return "late"
    if it.state is _S.DECLINED and not (it.answer and it.answer.why_not):
        return "declined_gone"
    return "rested" if it.state is _S.WITHDRAWN else str(it.state)


def home(
    words: Words, people: PairPeople, side: Side, shown: Sequence[Introduction],
    outcomes: Mapping[str, Outcome], today: date, zone: str,
) -> list[Block]:  # fmt: skip
    """The part of a Home about one pair: what is open, what was made lately."""
    mine = side is Side.SENIOR
    other = people.other(people.on(side).id).user_id
    title = words.say("intro.home.mine" if mine else "intro.home.title", partner=f"<@{other}>")
    lines = [line(words, it, side, today, zone, outcomes.get(it.id)) for it in shown[:_HOME_MOST]]
    text = "\n".join(lines) or words.say("intro.home.none_mine" if mine else "intro.home.none")
    new = button(words.say("intro.home.offer" if mine else "intro.home.ask"), "intro.new", people.pair.id)
    everything = button(words.say("intro.home.all"), "intro.list", people.pair.id)
    return [section(f"*{title}*\n{text}"[:2900], everything if shown else new)]


def home_waiting(words: Words, people: PairPeople, side: Side, shown: Sequence[Introduction]) -> list[Block]:
    """What waits for this side's answer, at the top of a Home."""
    wanted = _S.ASKED if side is Side.SENIOR else _S.REDIRECTED
    n = len([it for it in shown if it.state is wanted])
    if not n:
        return []
    key = "waits" if side is Side.SENIOR else "better"
    other = people.other(people.on(side).id).user_id
    look = button(words.say("intro.home.look"), "intro.list", people.pair.id)
    text = words.say(f"intro.home.{key}", n=n, partner=f"<@{other}>")
    return [section(text, look), note(words.say("intro.home.sees"))]


def status(words: Words, people: PairPeople, side: Side, shown: Sequence[Introduction]) -> list[str]:
    """What is open, one sentence each."""
    partner = f"<@{people.other(people.on(side).id).user_id}>"
    whose = "mine" if side is Side.SENIOR else "theirs"
    said = []
    for it in shown:
        key = {_S.ASKED: f"waits_{whose}", _S.REDIRECTED: f"better_{whose}"}.get(it.state, whose)
        known = said_of(words, it)
        name = better_of(words, it) if it.state is _S.REDIRECTED else known["whom"]
        said.append(words.say(f"intro.status.{key}", partner=partner, whom=name, day=known["date"]))
    return said
