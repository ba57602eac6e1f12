"""Whom an introduction is about, and what each side can press: the shared parts of its drawings."""

from slack_sdk.models.blocks import InteractiveElement

from bot.domain.intro import meant
from bot.views.parts import button
from prompts import Words, escape
from storage.records.intro import Introduction, IntroState

_S = IntroState


def for_senior(words: Words, it: Introduction) -> list[InteractiveElement]:
    say = words.say
    made = button(say("intro.answers.made"), "intro.made", it.id)
    not_now = button(say("intro.answers.not_now"), "intro.decline", it.id)
    if it.state is _S.AGREED:
        move = button(say("intro.answers.move"), "intro.agree", it.id)
        return [button(say("intro.answers.made"), "intro.made", it.id, "primary"), move, not_now]
    yes = button(say("intro.answers.yes"), "intro.agree", it.id, "primary")
    if it.state is _S.LAPSED:
        return [yes, made]
    if it.state is not _S.ASKED:
        return []
    better = [] if it.instead else [button(say("intro.answers.better"), "intro.better", it.id)]
    return [yes, *better, not_now, made]


def for_junior(words: Words, it: Introduction) -> list[InteractiveElement]:
    say = words.say
    rest = {_S.ASKED: "withdraw", _S.AGREED: "no_thanks", _S.REDIRECTED: "rest"}.get(it.state)
    pressed: list[InteractiveElement] = []
    if rest:
        pressed.append(button(say(f"intro.answers.{rest}"), "intro.let_go", it.id))
    if it.state is _S.REDIRECTED:
        pressed.insert(0, button(say("intro.answers.take"), "intro.take", it.id, "primary"))
    if it.state in (_S.DECLINED, _S.LAPSED, _S.RESTED):
        pressed.append(button(say("intro.answers.again"), "intro.again", it.id))
    return pressed


def whom(words: Words, it: Introduction) -> str:
    """Whom it is about, for mrkdwn."""
    return _person(words, *meant(it))


def better_of(words: Words, it: Introduction) -> str:
    """Whom the senior named instead, for mrkdwn."""
    return _person(words, it.answer.to_user, it.answer.whom) if it.answer else words.say("intro.person.removed")


def _person(words: Words, user: str, told: str | None) -> str:
    if user:
        return f"<@{user}>"
    return escape(told) if told else words.say("intro.person.removed")


def said_of(words: Words, it: Introduction) -> dict[str, str]:
    day = words.date(it.due_on) if it.due_on is not None else ""
    reason = (it.answer.why_not if it.answer is not None else "") or ""
    return {"whom": whom(words, it), "date": day, "text": escape(reason)}
