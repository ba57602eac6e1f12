"""Questions now and then: the private message that asks, the modal drawn from the pack, the thanks after it."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextInputElement, RadioButtonsElement

from bot.domain.review import FIGURES, TEXT_LENGTH, ReviewSheet, field_of, pack_of
from bot.views.checkin.invite import day_of
from bot.views.common import mention, name_of
from bot.views.parts import Message, Modal, actions, button, note, options, section
from bot.views.parts import field_of as input_of
from prompts import Words, escape
from prompts.parts import ReviewItem
from storage.records.enrol import Person
from storage.records.review import ReviewKind, ReviewState

_LATER = (ReviewKind.LATER_90, ReviewKind.LATER_180)
_MOST = 75
"""Characters that Slack lets an option have."""


def asked(words: Words, facts: ReviewSheet) -> Message:
    """The question to one of a pair; once it was answered or left out, the same message says so."""
    match facts.review.state:
        case ReviewState.ANSWERED:
            return _answered(words, facts)
        case ReviewState.SKIPPED:
            return skipped(words, facts)
        case _:
            body = f"review.invite.{facts.review.kind}"
            return _ask(words, facts, f"review.push.{_set(facts)}", body)


def reminder(words: Words, facts: ReviewSheet) -> Message:
    """The one reminder."""
    return _ask(words, facts, "review.push.reminder", "review.invite.reminder")


def skipped(words: Words, facts: ReviewSheet) -> Message:
    """In place of the question after *Skip this time*, or once answers were taken back."""
    text = words.say("review.invite.skipped", date=_until(words, facts))
    again = button(words.say("review.invite.answer_after_all"), "review.answer", facts.review.id)
    return Message(text, [section(text), actions(again)])


def form(words: Words, facts: ReviewSheet) -> Modal:
    """Every question may be left out; what was answered before is in it."""
    pack = words.content.review(pack_of(facts.review.kind, facts.review.side))
    intro = words.say("review.sheet.about", partner=mention(words, _partner(facts)), intro=pack.intro)
    given = facts.given.answers if facts.given else {}
    partner = escape(name_of(words, _partner(facts)))
    return Modal(
        "review.sheet",
        pack.title,
        [
            section(intro),
            note(_who(words, facts)),
            *(_item(words, item, given, partner) for item in pack.for_side(facts.review.side.value)),
        ],
        words.say("common.buttons.cancel"),
        words.say("common.buttons.send"),
        {"review": facts.review.id},
    )


def thanks(words: Words, facts: ReviewSheet) -> Modal:
    """Said after sending; until it closes everything can be changed."""
    pair_id = facts.review.pair_id
    quote = [button(words.say("close.quote.button"), "close.quote", pair_id, "primary")] if facts.quotable else []
    change = actions(*quote, *_changing(words, facts))
    until = words.say("review.thanks.until", date=_until(words, facts))
    blocks: list[Block] = [section(words.say("review.thanks.body")), change, note(until)]
    return Modal("review.thanks", words.say("review.thanks.title"), blocks, words.say("common.buttons.close"))


def waiting(words: Words, facts: ReviewSheet, *, first: bool = True) -> list[Block]:
    """On a Home and in Today: what waits, with who will see it; the `first` of them is marked."""
    text = words.say(f"review.waiting.{_set(facts)}", partner=mention(words, _partner(facts)))
    press = button(words.say("review.invite.answer"), "review.answer", facts.review.id, "primary" if first else None)
    return [section(text, press), note(_who(words, facts))]


def line(words: Words, facts: ReviewSheet, day: str) -> str:
    """The same in `/revmentor status`; `day` says until when."""
    return words.say("review.waiting.status", partner=mention(words, _partner(facts)), day=day)


def _ask(words: Words, facts: ReviewSheet, push: str, body: str) -> Message:
    until = words.say("review.invite.until", date=_until(words, facts))
    return Message(
        words.say(push),
        [
            section(words.say(body, partner=mention(words, _partner(facts)))),
            note(_who(words, facts), until),
            actions(
                button(words.say("review.invite.answer"), "review.answer", facts.review.id, "primary"),
                button(words.say("review.invite.skip"), "review.skip", facts.review.id),
            ),
        ],
    )


def _who(words: Words, facts: ReviewSheet) -> str:
    """What was said halfway is for its person alone; of the rest there are totals."""
    if facts.review.kind is ReviewKind.MIDPOINT:
        return words.say("common.who_sees.no_totals")
    return words.say("common.who_sees.coordinators_figures", k=facts.k)


def _answered(words: Words, facts: ReviewSheet) -> Message:
    text = words.say("review.invite.answered", date=_until(words, facts))
    return Message(text, [section(text), actions(*_changing(words, facts))])


def _changing(words: Words, facts: ReviewSheet) -> tuple[ButtonElement, ButtonElement]:
    about = facts.review.id
    return (
        button(words.say("review.invite.change"), "review.answer", about),
        button(words.say("review.invite.take_back"), "review.skip", about),
    )


def _item(words: Words, item: ReviewItem, given: Mapping[str, str], partner: str) -> Block:
    label = words.fill(item.text, junior=partner, senior=partner)
    name, said = field_of(item.id), given.get(item.id, "")
    if item.kind == "text":
        element = PlainTextInputElement(
            initial_value=said or None, max_length=TEXT_LENGTH, multiline=True,
            placeholder=words.say("review.sheet.own_words"),
        )  # fmt: skip
        return input_of(name, label, element, hint=item.hint or None, optional=True)
    choices = _scale(words, item) if item.kind == "scale" else {one.code: one.text for one in item.options}
    drawn = options(choices)
    chosen = next((one for one in drawn if one.value == said), None)
    radio = RadioButtonsElement(options=drawn, initial_option=chosen)
    return input_of(name, label, radio, hint=item.hint or None, optional=True)


def _scale(words: Words, item: ReviewItem) -> dict[str, str]:
    """One to five, with words at the ends."""
    ends = {
        FIGURES[0]: item.low or words.say("review.sheet.low"),
        FIGURES[-1]: item.high or words.say("review.sheet.high"),
    }
    said = {one: words.say("review.sheet.end", figure=one, words=text)[:_MOST] for one, text in ends.items()}
    return {figure: said.get(figure, figure) for figure in FIGURES}


def _set(facts: ReviewSheet) -> str:
    return "later" if facts.review.kind in _LATER else facts.review.kind.value


def _partner(facts: ReviewSheet) -> Person:
    return facts.people.other(facts.review.person_id)


def _until(words: Words, facts: ReviewSheet) -> str:
    return day_of(words, facts.review.closes_at, facts.zone)
