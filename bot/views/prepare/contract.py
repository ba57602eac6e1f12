"""How a pair works together: in its space, to read, on a Home, and at the review."""

from slack_sdk.models.blocks import Block, ButtonElement, StaticSelectElement

from bot.domain.prepare import ContractCard, ContractFacts, ContractView, ReviewFacts
from bot.views.common import mention
from bot.views.parts import Message, Modal, actions, button, note, options, section
from prompts import Words, escape
from storage.records.enrol import Person
from storage.records.prepare import Contract, ContractField

_SHOWN = 5
_MOST = 2900


def contract(words: Words, facts: ContractFacts) -> Message:
    """In the pair's space: what was chosen, and who agrees. What the two wrote themselves is behind Read."""
    one = facts.contract
    body = [_by(words, facts), *_labels(words, one), numbers(words, one)]
    if own := len(one.lines):
        body.append(words.say("prepare.contract.more", n=own))
    blocks = [section("\n".join(body)[:_MOST]), *_states(words, facts), actions(*_buttons(words, facts, read=True))]
    foot = [] if facts.replaced else [words.say("prepare.contract.resets")]
    return Message(words.say("prepare.contract.text"), [*blocks, note(*foot, words.say("prepare.contract.sees"))])


def contract_modal(words: Words, view: ContractView) -> Modal:
    """All of it, for one of the two."""
    facts, one = view.facts, view.facts.contract
    sentences = "\n".join(
        words.say("prepare.contract_form.principle", n=n, text=words.content.principle(id).text)
        for n, id in enumerate(one.principles, 1)
    )
    blocks = [
        *_choices(words, view),
        section(f"{_by(words, facts)}\n{sentences}"[:_MOST]),
        section(_topics(words, one)),
        section(f"{words.say('prepare.contract.exceptions_title')}\n{exceptions(words, view.exceptions)}"[:_MOST]),
        section("\n".join(_own(words, facts))[:_MOST]),
        *_states(words, facts),
        *_pressed(words, view),
        note(words.say("prepare.contract.resets"), words.say("prepare.contract.sees")),
    ]
    return Modal(
        "prepare.contract_read", words.say("prepare.contract.title"), blocks, words.say("common.buttons.close")
    )


def review(words: Words, facts: ReviewFacts) -> Message:
    """Halfway, what to talk about; and does what they agreed still fit? Either side says so, or changes it."""
    above = _together(words, facts) if facts.together else []
    one, key = facts.contract, "together" if facts.together else "contract_review"
    if one is None:
        return Message(words.say("prepare.together.text"), [*above, note(words.say("common.who_sees.pair"))])
    fits = [p for p in (facts.people.junior, facts.people.senior) if (a := one.agreement(p.id)) and a.fits_at]
    said = [words.say("prepare.contract_review.said", who=mention(words, person)) for person in fits]
    if len(fits) == 2:
        said = [words.say("prepare.contract_review.both")]
    pressed = [
        button(words.say("prepare.contract_review.change"), "prepare.contract_edit", facts.people.pair.id),
        button(words.say("prepare.contract.read"), "prepare.contract", facts.people.pair.id),
    ]
    if len(fits) < 2:
        pressed = [button(words.say("prepare.contract_review.fits"), "prepare.fits", one.id, "primary"), *pressed]
    body = [words.say(f"prepare.{key}.body"), *_labels(words, one), numbers(words, one)]
    return Message(
        words.say(f"prepare.{key}.text"),
        [
            *above,
            section("\n".join(body)[:_MOST]),
            *[note(one) for one in said],
            actions(*pressed),
            note(words.say("prepare.contract.resets"), words.say("prepare.contract.sees")),
        ],
    )


def _together(words: Words, facts: ReviewFacts) -> list[Block]:
    """What the two might talk about for twenty minutes, and a way to have it on their next agenda."""
    pack = words.content.review("together")
    lines = "\n".join(f"• {item.text}" for item in pack.items)
    body = words.say("prepare.together.talk", title=pack.title, intro=pack.intro, questions=lines)
    press = button(words.say("prepare.together.add"), "review.together", facts.people.pair.id, "primary")
    return [section(body), actions(press), note(words.say("prepare.together.all"))]


def home_card(words: Words, card: ContractCard, partner: str, me: Person, pair_id: str) -> list[Block]:
    """Short, on a Home: what holds, what waits for whom, or that nothing was agreed in time."""
    look = button(words.say("prepare.contract_home.button"), "prepare.contract", pair_id)
    blocks: list[Block] = []
    if card.holds is not None:
        labels = "\n".join(_labels(words, card.holds))
        text = words.say(
            "prepare.contract_home.holds", partner=partner, principles=labels, numbers=numbers(words, card.holds)
        )
        topics = [escape(t) for t in card.holds.said(ContractField.OFF_LIMITS) if t is not None]
        if topics:
            shown = " · ".join(topics[:_SHOWN])
            text += "\n" + words.say("prepare.contract_home.off_limits", topics=shown)
        blocks.append(section(text[:_MOST], look))
    if card.waits is not None and not waits_for(card, me):
        blocks.append(section(words.say("prepare.contract_home.waits_other", partner=partner), look))
    elif not card.waits and card.late:
        write = button(words.say("prepare.contract_home.write"), "prepare.contract", pair_id)
        blocks.append(section(words.say("prepare.contract_home.late", partner=partner), write))
    return blocks


def waiting(words: Words, card: ContractCard, partner: str, me: Person, pair_id: str) -> list[Block]:
    """Among what waits for somebody: the version that they have not agreed to."""
    if not waits_for(card, me):
        return []
    look = button(words.say("prepare.contract.read"), "prepare.contract", pair_id)
    text = words.say("prepare.contract_home.waits", partner=partner)
    return [section(text, look), note(words.say("prepare.contract.sees"))]


def waits_for(card: ContractCard, me: Person) -> bool:
    return card.waits is not None and card.waits.agreement(me.id) is None


def numbers(words: Words, one: Contract) -> str:
    """How often, how long, and how late is too late."""
    return words.say(
        "prepare.contract.numbers", every=every(words, one.cadence_days), notice=notice_of(words, one.notice_hours),
        minutes=words.say("common.count.minutes", n=one.minutes),
    )  # fmt: skip


def every(words: Words, days: int) -> str:
    """ "2 weeks", for a rhythm in days."""
    weeks, rest = divmod(days, 7)
    return words.say("prepare.contract.days", n=days) if rest else words.say("prepare.contract.weeks", n=weeks)


def notice_of(words: Words, hours: int) -> str:
    """ "2 days", or hours where it is no full day."""
    days, rest = divmod(hours, 24)
    if rest or not days:
        return words.say("prepare.contract_form.notice_hours", n=hours)
    return words.say("common.count.days", n=days)


def exceptions(words: Words, own: str) -> str:
    """The organisation's text, else the usual sentence."""
    return escape(own) if own else usual_exceptions(words)


def usual_exceptions(words: Words) -> str:
    return next(field.hint for field in words.content.contract.fields if field.id == "exceptions")


def _by(words: Words, facts: ContractFacts) -> str:
    people = facts.people
    author = people.junior if facts.contract.author_id == people.junior.id else people.senior
    key = "body" if facts.contract.version == 1 else "body_again"
    return words.say(f"prepare.contract.{key}", author=mention(words, author))


def _labels(words: Words, one: Contract) -> list[str]:
    known = [words.content.principle(id) for id in one.principles]
    return [words.say("prepare.contract.principles", label=principle.label) for principle in known]


def _topics(words: Words, one: Contract) -> str:
    removed = words.say("common.people.removed")
    topics = [
        words.say("prepare.contract.topic", topic=escape(text) if text is not None else removed)
        for text in one.said(ContractField.OFF_LIMITS)
    ]
    return "\n".join([words.say("prepare.contract.off_limits"), *(topics or [words.say("prepare.contract.none")])])[
        :_MOST
    ]


def _own(words: Words, facts: ContractFacts) -> list[str]:
    one = facts.contract
    lines = [words.say("prepare.contract.rhythm", numbers=numbers(words, one))]
    for field in (ContractField.PLACE, ContractField.DISAGREEING):
        for text in one.said(field):
            said = escape(text) if text is not None else words.say("common.people.removed")
            lines.append(words.say(f"prepare.contract.{field}", text=said))
    return [*lines, words.say("prepare.contract.review", day=words.date(facts.review_on))]


def _states(words: Words, facts: ContractFacts) -> list[Block]:
    """Who agrees, and what holds meanwhile."""
    if facts.replaced:
        return [section(words.say("prepare.contract.replaced"))]
    missing = facts.missing
    if not missing:
        last = max(one.at for one in facts.contract.agreements)
        key = "both" if facts.review_on > last.date() else "both_past"
        day, again = words.date(last.date()), words.date(facts.review_on)
        said = [words.say(f"prepare.contract.{key}", day=day, review=again)]
    elif len(missing) == 2:
        said = [words.say("prepare.contract.nobody")]
    else:
        other = missing[0]
        agreed = facts.people.other(other.id)
        said = [words.say("prepare.contract.one", who=mention(words, agreed), other=mention(words, other))]
    if missing and facts.standing:
        said.append(words.say("prepare.contract.standing"))
    if facts.undo:
        said.append(words.say("prepare.contract.undo_who"))
    return [section(" ".join(said))]


def _buttons(words: Words, facts: ContractFacts, *, read: bool) -> list[ButtonElement]:
    one, pair_id = facts.contract, facts.people.pair.id
    shown = [button(words.say("prepare.contract.read"), "prepare.contract", pair_id)] if read else []
    if facts.replaced:
        return shown
    if facts.missing:
        shown.append(button(words.say("prepare.contract.agree"), "prepare.contract_agree", one.id, "primary"))
    if facts.undo:
        shown.append(button(words.say("common.buttons.undo"), "prepare.contract_undo", one.id))
    return [*shown, button(words.say("prepare.contract.change"), "prepare.contract_edit", pair_id)]


def _pressed(words: Words, view: ContractView) -> list[Block]:
    """For one reader: Agree only where it is theirs to agree, Undo where they just did."""
    mine = view.facts.contract.agreement(view.me.id)
    unfit = "prepare.contract_agree" if mine else "prepare.contract_undo"
    shown = [one for one in _buttons(words, view.facts, read=False) if one.action_id != unfit]
    return [actions(*shown)] if shown else []


def _choices(words: Words, view: ContractView) -> list[Block]:
    """Another partner's, for whoever has several."""
    if not view.choices:
        return []
    listed = options({id: name[:75] for id, name in view.choices.items()})
    first = next((one for one in listed if one.value == view.facts.people.pair.id), None)
    return [actions(StaticSelectElement(options=listed, initial_option=first, action_id="prepare.contract_with"))]
