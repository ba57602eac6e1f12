"""What is said about introductions in private messages: asked, answered, reminded of, and the junior's own question."""

from slack_sdk.models.blocks import Block

from bot.domain.commit import Moment
from bot.domain.intro import Asking, Did, IntroDone, IntroFacts, IntroReminder
from bot.domain.match import PairPeople
from bot.views.intro.naming import better_of, for_junior, for_senior, said_of, whom
from bot.views.parts import Message, actions, button, note, section
from prompts import Words, escape
from storage.records.checkin import Question
from storage.records.enrol import Side
from storage.records.intro import Introduction, IntroState, Outcome

_S = IntroState


def asked(words: Words, facts: IntroFacts) -> Message:
    """A junior's question, to the senior alone: four answers, all fine."""
    return Message(words.say("intro.push.asked"), [*question(words, facts), actions(*for_senior(words, facts.intro))])


def waiting(words: Words, facts: IntroFacts) -> Message:
    """The one reminder of it."""
    blocks = question(words, facts, "waiting")
    return Message(words.say("intro.push.asked"), [*blocks, actions(*for_senior(words, facts.intro))])


def question(words: Words, facts: IntroFacts, key: str = "") -> list[Block]:
    """What the senior reads of it: whom, why, the line to forward, and who sees the answer."""
    it = facts.intro
    key = key or ("again" if it.instead else "body")
    why = escape(it.why) if it.why is not None else words.say("intro.person.removed")
    body = words.say(f"intro.asked.{key}", junior=facts.people.junior.user_id, whom=whom(words, it), why=why)
    line = " ".join((it.line or "").split())
    forward = [section(words.say("intro.asked.forward", line=escape(line)))] if line else []
    return [section(body), *forward, note(words.say("intro.asked.who"))]


def told(words: Words, facts: IntroFacts) -> Message:
    """To the junior: what has become of it."""
    it, senior = facts.intro, facts.people.senior.user_id
    said = {**said_of(words, it), "senior": senior, "better": better_of(words, it)}
    lines = [words.say(f"intro.told.{_news(it, facts.people)}", **said)]
    if word := _word(it, facts.people):
        lines.append(words.say("intro.told.word", text=escape(word)))
    pressed = for_junior(words, it)
    if it.state is _S.DECLINED:
        ask = f"ask.open:{Question.INTRODUCE}"
        pressed.append(button(words.say("intro.answers.words"), ask, facts.people.pair.id))
    who = note(words.say("intro.told.who"))
    return Message(
        words.say("intro.push.told"), [section("\n".join(lines)), *([actions(*pressed)] if pressed else []), who]
    )


def _news(it: Introduction, people: PairPeople) -> str:
    if it.state is _S.AGREED:
        if it.state_before is _S.AGREED:
            return "moved"
        return "offered" if it.author_id == people.senior.id else "agreed"
    if it.state is _S.DECLINED:
        return "declined" if it.answer is not None and it.answer.why_not else "declined_gone"
    return {_S.REDIRECTED: "better", _S.MADE: "made"}.get(it.state, "lapsed")


def _word(it: Introduction, people: PairPeople) -> str:
    """What the senior added in their own words."""
    if it.state is _S.REDIRECTED:
        return (it.answer.word if it.answer is not None else "") or ""
    offered = it.author_id == people.senior.id and it.state in (_S.AGREED, _S.MADE)
    return (it.why or "") if offered else ""


def let_go(words: Words, facts: IntroFacts) -> Message:
    """To the senior: nothing to do any more."""
    key = "withdrawn" if facts.intro.state is _S.WITHDRAWN else "rested"
    junior = facts.people.junior.user_id
    text = words.say(f"intro.let_go.{key}", junior=junior, whom=whom(words, facts.intro))
    return Message(words.say("intro.push.let_go"), [section(text)])


def due(words: Words, facts: IntroReminder) -> Message:
    """Asks the senior, in private, what became of one that was agreed on."""
    it = facts.intro
    body = words.say(f"intro.due.{facts.moment}", junior=facts.people.junior.user_id, **said_of(words, it))
    push = "intro.push.overdue" if facts.moment is Moment.AFTER else "intro.push.due"
    pressed = actions(*for_senior(words, it))
    return Message(words.say(push), [section(body), note(words.say("intro.due.who")), pressed])


def talked(words: Words, facts: Asking) -> Message:
    """The private question to the junior."""
    it = facts.intro
    body = words.say("intro.talked.body", senior=facts.people.senior.user_id, whom=whom(words, it))
    choices = [button(words.say(f"intro.talked.{one}"), f"intro.talked:{one}", it.id) for one in Outcome]
    who = note(words.say("intro.talked.who"))
    return Message(words.say("intro.push.talked"), [section(body), actions(*choices), who])


def said(words: Words, facts: Asking) -> Message:
    """Stands in place of the question once it was answered."""
    if facts.outcome is None:
        return talked(words, facts)
    thanks = words.say("intro.talked.thanks", answer=words.say(f"intro.talked.{facts.outcome}"))
    more = words.say(f"intro.talked.thanks_{facts.outcome}")
    pressed = [button(words.say("intro.talked.change"), "intro.ask_again", facts.intro.id)]
    if facts.outcome is Outcome.NOT:
        pressed.append(button(words.say("intro.answers.again"), "intro.again", facts.intro.id))
    return Message(words.say("intro.push.talked"), [section(f"{thanks}\n{more}"), actions(*pressed)])


def done(words: Words, facts: IntroDone | None) -> Message:
    """Said to whoever did something, with a way back; None says that a new one was forgotten."""
    everything = button(words.say("intro.done.all"), "intro.list")
    if facts is None:
        text = words.say("intro.done.forgotten")
        return Message(text, [section(text), actions(everything)])
    it = facts.intro
    text = words.say(f"intro.done.{facts.did}", **said_of(words, it), better=better_of(words, it))
    if facts.did is Did.RESTORED:
        return Message(text, [section(text), actions(everything)])
    undo = button(words.say("common.buttons.undo"), f"intro.undo:{facts.did}", it.id)
    return Message(text, [section(text), actions(undo, everything), note(words.say(f"intro.done.{_hears(facts)}"))])


def _hears(facts: IntroDone) -> str:
    side = Side.JUNIOR if facts.did in (Did.ASKED, Did.TAKEN, Did.RESTED, Did.WITHDRAWN) else Side.SENIOR
    quiet = facts.did is Did.WITHDRAWN and facts.intro.unheard
    return "undo_quiet" if quiet else f"undo_{side}"
