"""A suggestion as each side reads it, what follows an answer, and how it ends."""

from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.domain.match import Answered, Closed, Proposal, Question
from bot.views.common import mention, sentence
from bot.views.enrol.told import topics
from bot.views.parts import Message, actions, button, header, note, section
from prompts import Words, escape
from storage.records.enrol import Profile


def proposal(words: Words, facts: Proposal) -> Message:
    """F2: who, why it might work, and three buttons."""
    blocks = [header(words.say(f"match.proposal.title_{facts.asked}")), *_card(words, facts)]
    return Message(words.say(f"match.proposal.text_{facts.asked}"), blocks)


def reminder(words: Words, facts: Proposal) -> Message:
    """The same once more, with how long it is open."""
    body = words.say("match.reminder.body", day=words.day_time(facts.until, facts.zone))
    return Message(words.say("match.reminder.text"), [section(body), *_card(words, facts)])


def answered(words: Words, facts: Answered) -> Message:
    """Stands in place of the suggestion: what was said, and Undo."""
    say = words.say
    said = "yes" if facts.yes else "no"
    partner = facts.people.other(facts.people.on(facts.side).id)
    day = words.date(facts.until.astimezone(ZoneInfo(facts.people.on(facts.side).zone)).date())
    body = say(f"match.answered.{said}_{facts.side}", partner=f"<@{partner.user_id}>", day=day)
    undo = actions(button(say("common.buttons.undo"), "match.undo", facts.people.pair.id))
    return Message(say("match.answered.text"), [section(body), undo, note(say("match.answered.undo"))])


def coordinator_told(words: Words, coordinator: str) -> Message:
    return sentence(words.say("match.answered.asked_coordinator", coordinator=f"<@{coordinator}>"))


def closed(words: Words, facts: Closed) -> Message:
    """It came to nothing; the same words whoever said what."""
    key = "lapsed" if facts.lapsed else "closed"
    body = words.say(f"match.closed.{key}", partner=mention(words, facts.other))
    return Message(words.say("match.closed.text"), [section(body)])


def question(words: Words, facts: Question) -> Message:
    """To the coordinator: somebody wants to talk first."""
    say = words.say
    body = say("match.question.body", person=f"<@{facts.asked_by.user_id}>", partner=f"<@{facts.about.user_id}>")
    return Message(say("match.question.text"), [section(body), note(say("match.question.foot"))])


def profile_lines(words: Words, profile: Profile) -> list[str]:
    """What somebody said they can share and want to learn, topics first: two lines at most."""
    texts = {"share": (profile.offers, profile.share), "learn": (profile.wants, profile.learn)}
    said = {key: topics(words, codes, _one_line(text)) for key, (codes, text) in texts.items()}
    return [words.say(f"match.proposal.{key}", text=text) for key, text in said.items() if text]


def _card(words: Words, facts: Proposal) -> list[Block]:
    say, profile = words.say, facts.other.profile
    card = say(
        "match.proposal.card", partner=f"<@{facts.other.person.user_id}>", level=say(f"enrol.levels.{profile.level}"),
        department=escape(profile.department), location=escape(profile.location),
    )  # fmt: skip
    why = " ".join(say(f"match.why.{code}") for code in facts.pair.why.split())
    every = say("common.count.every", n=max(1, round(facts.cadence_days / 7)))
    pair_id = facts.pair.id
    return [
        section("\n".join([card, *profile_lines(words, profile)])),
        *([section(say("match.proposal.why", why=why))] if why else []),
        section(say(f"match.proposal.{facts.asked}", every=every)),
        actions(
            button(say(f"match.proposal.accept_{facts.asked}"), "match.accept", pair_id, style="primary"),
            button(say("match.proposal.decline"), "match.decline", pair_id),
            button(say(f"match.proposal.ask_{facts.asked}"), "match.ask", pair_id),
        ),
        note(say("match.proposal.until", day=words.day_time(facts.until, facts.zone))),
    ]


def _one_line(text: str) -> str:
    """Shortened, not escaped."""
    shown = " ".join(text.split())
    return shown if len(shown) <= 200 else f"{shown[:199]}…"
