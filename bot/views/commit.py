"""How commitments look: in the pair space, in lists with buttons, in the private question to the junior."""

from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, DatePickerElement, InteractiveElement, StaticSelectElement

from bot.domain.commit import (
    DUE_ON,
    TEXT,
    TEXT_LENGTH,
    WHEN,
    WHEN_LENGTH,
    Changed,
    Draft,
    Listed,
    Moment,
    Noticing,
    Reminder,
    Shown,
    Step,
    Stepped,
    Suggested,
    What,
)
from bot.domain.match import PairPeople
from bot.views.common import sentence
from bot.views.parts import Message, Modal, actions, button, field_of, note, options, section, text_field
from prompts import Words, escape
from storage.records.commit import Commitment, CommitmentKind, CommitmentState, Noticed, Proposal
from storage.records.enrol import Side
from storage.records.match import PairState

_OPEN_MOST = 12
_DONE_MOST = 6
_BLOCKS_MOST = 49
"""A message holds 50 blocks: pairs share the room, and the rest waits until something is done."""


def made(words: Words, facts: Shown) -> Message:
    """A new commitment, in the pair space."""
    body = words.say("commit.made.body", senior=facts.people.senior.user_id, **_said(words, facts.commitment))
    return Message(words.say("commit.push.made"), [section(body), note(words.say("commit.list.who"))])


def changed(words: Words, facts: Shown) -> Message:
    """What became of a commitment, in the pair space."""
    it = facts.commitment
    key = "moved" if it.state is CommitmentState.OPEN else it.state.value
    key = "slipping" if it.slipping else key
    times = words.say("commit.changed.times", n=it.moved)
    body = words.say(f"commit.changed.{key}", senior=facts.people.senior.user_id, times=times, **_said(words, it))
    return Message(words.say("commit.push.changed"), [section(body)])


def due(words: Words, facts: Reminder) -> Message:
    """Asks the senior, in private, what became of it."""
    it = facts.commitment
    body = words.say(f"commit.due.{facts.moment}", junior=facts.people.junior.user_id, **_said(words, it))
    push = "commit.push.overdue" if facts.moment is Moment.AFTER else "commit.push.due"
    return Message(words.say(push), [section(body), note(words.say("commit.due.who")), actions(*_choices(words, it))])


def listed(words: Words, facts: Listed) -> Message:
    """All commitments of a person's pairs; the senior's have buttons."""
    blocks = [block for pair in facts.pairs for block in _pair(words, *pair, facts)]
    running = [(people.pair, side) for people, side, _ in facts.pairs if people.pair.state is not PairState.COMPLETED]
    senior = any(side is Side.SENIOR for _, side in running)
    junior = next((pair.id for pair, side in running if side is Side.JUNIOR), None)
    buttons = [button(words.say("commit.list.make"), "commit.make")] if senior else []
    if junior is not None:
        buttons.append(button(words.say("commit.list.propose"), "commit.suggest", junior))
    more = [actions(*buttons)] if buttons else []
    shown = [*blocks[: _BLOCKS_MOST - len(more)], *more]
    return Message(words.say("commit.list.push"), [*shown, note(words.say("commit.list.who"))])


def _pair(
    words: Words, people: PairPeople, side: Side, commitments: tuple[Commitment, ...], facts: Listed
) -> list[Block]:
    mine = side is Side.SENIOR
    other = people.junior if mine else people.senior
    head = section(words.say(f"commit.list.{'yours' if mine else 'theirs'}", other=other.user_id))
    asked = [block for one in facts.proposals.get(people.pair.id, ()) for block in _asked(words, one, mine)]
    if not commitments:
        return [head, section(words.say(f"commit.list.none_{side}")), *asked]
    share = len(facts.pairs)
    waiting = [c for c in commitments if c.state is CommitmentState.OPEN][: _OPEN_MOST // share]
    done = [c for c in commitments if c.state is CommitmentState.DONE][: _DONE_MOST // share]
    rows = [block for c in waiting for block in _row(words, c, facts, mine)]
    return [head, *asked, *rows, *(section(_line(words, c, facts)) for c in done)]


def _row(words: Words, commitment: Commitment, facts: Listed, mine: bool) -> list[Block]:
    row = [section(_line(words, commitment, facts))]
    return [*row, actions(*_choices(words, commitment))] if mine else row


def _line(words: Words, it: Commitment, facts: Listed) -> str:
    said = _said(words, it)
    if it.state is CommitmentState.DONE:
        day = it.done_at.astimezone(ZoneInfo(facts.zone)).date() if it.done_at else it.due_on
        return words.say("commit.list.done", **{**said, "date": words.date(day)})
    times = words.say("commit.changed.times", n=it.moved)
    if it.due_on < facts.today:
        return words.say("commit.list.overdue_slipping" if it.slipping else "commit.list.overdue", times=times, **said)
    if it.due_on == facts.today:
        return words.say("commit.list.due_today", **said)
    return words.say("commit.list.slipping" if it.slipping else "commit.list.open", times=times, **said)


def _choices(words: Words, it: Commitment) -> list[InteractiveElement]:
    return [
        button(words.say("commit.due.done"), "commit.done", it.id, "primary"),
        button(words.say("commit.due.move"), "commit.move", it.id),
        button(words.say("commit.due.drop"), "commit.drop", it.id),
    ]


def new(words: Words, facts: Draft) -> Modal:
    """A commitment made by hand, of any kind; on the junior's side a proposal of one."""
    given, mine = facts.proposal, facts.side is Side.SENIOR
    callback = "commit.reword" if given else "commit.new" if mine else "commit.propose"
    day = DatePickerElement(initial_date=given.due_on.isoformat() if given and given.due_on > facts.today else None)
    return Modal(
        callback,
        words.say("commit.new.title" if mine else "commit.propose.title"),
        [
            *_which(words, facts),
            _kinds(words, given.kind if given else facts.kind),
            when_field(words),
            text_field(
                TEXT,
                words.say("commit.new.text" if mine else "commit.propose.text"),
                initial=facts.text[:TEXT_LENGTH],
                most=TEXT_LENGTH,
                multiline=True,
                hint=words.say("commit.new.text_hint" if mine else "commit.propose.text_hint"),
            ),
            field_of(DUE_ON, words.say("commit.new.due_on"), day),
            note(words.say("commit.new.who" if mine else "commit.propose.who")),
        ],
        words.say("common.buttons.cancel"),
        words.say("common.buttons.save" if mine else "common.buttons.send"),
        {"pair": facts.pairs[0].pair.id, **({"suggestion": given.id} if given else {})},
    )


def when_field(words: Words) -> Block:
    """The first half of *when …, I will …*; what was typed as one sentence needs none."""
    label, hint = words.say("commit.new.when"), words.say("commit.new.when_hint")
    return text_field(WHEN, label, most=WHEN_LENGTH, hint=hint, optional=True)


def sentence_of(words: Words, when: str, text: str, side: Side = Side.SENIOR) -> str:
    """Both halves as the one sentence that is stored. A first half alone is a text of spaces, which is refused."""
    if not when:
        return text
    key = "commit.new.sentence" if side is Side.SENIOR else "commit.propose.sentence"
    return words.say(key, when=when.rstrip(" ,."), will=text) if text else " "


def _which(words: Words, facts: Draft) -> list[Block]:
    if len(facts.pairs) < 2:
        return []
    mine = facts.side is Side.SENIOR
    pairs = options({it.pair.id: (it.junior if mine else it.senior).name[:75] for it in facts.pairs})
    label = words.say("commit.new.pair" if mine else "commit.propose.pair")
    return [field_of("commit.pair", label, StaticSelectElement(options=pairs, initial_option=pairs[0]))]


def _kinds(words: Words, chosen: CommitmentKind) -> Block:
    kinds = options({kind: words.say(f"commit.kinds.{kind}") for kind in CommitmentKind})
    picked = next(option for option in kinds if option.value == chosen)
    return field_of(
        "commit.kind", words.say("commit.new.kind"), StaticSelectElement(options=kinds, initial_option=picked)
    )


def move(words: Words, it: Commitment) -> Modal:
    """Another day for an open commitment."""
    picker = DatePickerElement(initial_date=it.due_on.isoformat())
    return Modal(
        "commit.move",
        words.say("commit.move.title"),
        [
            section(words.say("commit.move.body", **_said(words, it))),
            field_of(DUE_ON, words.say("commit.move.due_on"), picker),
            note(words.say("commit.move.who")),
        ],
        words.say("common.buttons.cancel"),
        words.say("common.buttons.save"),
        {"commitment": it.id},
    )


def after(words: Words, facts: Changed | None) -> Message:
    """Said to the senior who changed something, with a way back; None says that a new one was forgotten."""
    everything = button(words.say("commit.after.all"), "commit.list")
    if facts is None:
        text = words.say("commit.after.forgotten")
        return Message(text, [section(text), actions(everything)])
    text = words.say(f"commit.after.{facts.what}", **_said(words, facts.commitment))
    if facts.what is What.RESTORED:
        return Message(text, [section(text), actions(everything)])
    undo = button(words.say("common.buttons.undo"), f"commit.undo:{facts.what}", facts.commitment.id)
    return Message(text, [section(text), actions(undo, everything), note(words.say("commit.after.undo"))])


def noticing(words: Words, facts: Noticing) -> Message:
    """The private question to the junior."""
    it = facts.commitment
    body = words.say("commit.noticed.body", senior=facts.people.senior.user_id, **_said(words, it))
    choices = [button(words.say(f"commit.noticed.{n}"), f"commit.noticed:{n}", it.id) for n in Noticed]
    who = note(words.say("commit.noticed.who", k=facts.k))
    return Message(words.say("commit.push.noticed"), [section(body), actions(*choices), who])


def noticed(words: Words, facts: Noticing) -> Message:
    """Stands in place of the question once it was answered."""
    if facts.answer is None:
        return noticing(words, facts)
    thanks = sentence(words.say("commit.noticed.thanks", answer=words.say(f"commit.noticed.{facts.answer}")))
    change = button(words.say("commit.noticed.change"), "commit.ask_again", facts.commitment.id)
    return Message(words.say("commit.push.noticed"), [*thanks.blocks, actions(change)])


def proposed(words: Words, facts: Suggested) -> Message:
    """What the junior suggests, to the senior alone: three answers, all fine."""
    junior = facts.people.junior.user_id
    body = words.say("commit.proposed.body", junior=junior, **_proposed(words, facts.proposal))
    who = note(words.say("commit.proposed.who"))
    return Message(words.say("commit.push.proposed"), [section(body), actions(*_answers(words, facts.proposal)), who])


def not_now(words: Words, facts: Suggested) -> Message:
    """To the junior, without a reason."""
    body = words.say("commit.proposed.not_now", senior=facts.people.senior.user_id, **_proposed(words, facts.proposal))
    ask = button(words.say("commit.proposed.ask"), "ask.open", facts.people.pair.id)
    hint = note(words.content.asks.note, words.say("common.who_sees.only_you"))
    return Message(words.say("commit.push.proposal_answered"), [section(body), actions(ask), hint])


def stepped(words: Words, facts: Stepped) -> Message:
    """Said to whoever suggested, withdrew or declined."""
    it, everything = facts.proposal, button(words.say("commit.after.all"), "commit.list")
    text = words.say(f"commit.stepped.{facts.step}", **_proposed(words, it))
    back = {Step.PROPOSED: "commit.withdraw", Step.DECLINED: "commit.reopen"}.get(facts.step)
    if back is None:
        again = _answers(words, it) if facts.step is Step.REOPENED else [everything]
        return Message(text, [section(text), actions(*again)])
    undo = button(words.say("common.buttons.undo"), back, it.id)
    return Message(
        text, [section(text), actions(undo, everything), note(words.say(f"commit.stepped.{facts.step}_undo"))]
    )


def _answers(words: Words, it: Proposal) -> list[InteractiveElement]:
    return [
        button(words.say("commit.proposed.accept"), "commit.accept", it.id, "primary"),
        button(words.say("commit.proposed.reword"), "commit.reword", it.id),
        button(words.say("commit.proposed.decline"), "commit.decline", it.id),
    ]


def _asked(words: Words, it: Proposal, mine: bool) -> list[Block]:
    """A proposal in the list: the senior answers it, the junior can take it back."""
    line = words.say("commit.list.asked" if mine else "commit.list.asking", **_proposed(words, it))
    if mine:
        return [section(line), actions(*_answers(words, it))]
    return [section(line, button(words.say("commit.list.withdraw"), "commit.withdraw", it.id))]


def _proposed(words: Words, it: Proposal) -> dict[str, str]:
    text = words.say("commit.made.removed") if it.text is None else escape(it.text)
    return {"text": text, "date": words.date(it.due_on)}


def _said(words: Words, it: Commitment) -> dict[str, str]:
    text = words.say("commit.made.removed") if it.text is None else escape(it.text)
    return {"text": text, "date": words.date(it.due_on)}
