"""The coordinators' pairing modal with its live checks, and the answer once somebody is asked."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InputBlock, PlainTextObject, StaticSelectElement, UserSelectElement

from bot.domain.match import Check, Desk, Proposed, Reason, Verdict
from bot.views.parts import Message, Modal, field_of, note, options, section
from prompts import Words

_SHOWN = 30


def desk(words: Words, facts: Desk) -> Modal:
    """A5: two pickers; what the checks say appears as soon as both are picked."""
    say = words.say
    blocks: list[Block] = [
        section(say("match.desk.intro")),
        picker("match.junior", say("match.desk.junior"), facts.junior),
        picker("match.senior", say("match.desk.senior"), facts.senior),
    ]
    if facts.verdict is not None:
        blocks += checks(words, facts.verdict, facts.ends_at)
    lines = waiting_lines(words, facts.juniors, facts.seniors)
    if not lines and facts.verdict is None:
        lines = [say("match.desk.nobody")]
    blocks += [note(*lines)] if lines else []
    blocks.append(note(say("match.desk.sees")))
    return Modal(
        "match.pair", say("match.desk.title"), blocks, say("common.buttons.cancel"), say("match.desk.submit")
    )  # fmt: skip


def proposed(words: Words, facts: Proposed) -> Message:
    """To the coordinator: who is asked, and what is worth knowing."""
    people = facts.people
    body = words.say("match.proposed.body", junior=_at(people.junior.user_id), senior=_at(people.senior.user_id))
    advice = [section(check_text(words, check, facts.ends_at)) for check in facts.verdict.advice]
    return Message(body, [section(body), *advice])


def picker(name: str, label: str, picked: str | None) -> Block:
    """Tells us at once who was picked, so that the checks can answer before anything is sent."""
    element = UserSelectElement(action_id=name, initial_user=picked)
    return InputBlock(block_id=name, label=PlainTextObject(text=label), element=element, dispatch_action=True)


def checks(words: Words, verdict: Verdict, ends_at: str) -> list[Block]:
    """What speaks against two people, and the reason that a coordinator gives for going on."""
    say = words.say
    if not verdict.checks:
        return [section(say("match.checks.clear"))]
    lines = [f"• {check_text(words, check, ends_at)}" for check in verdict.checks]
    blocks: list[Block] = [section("\n".join([say("match.desk.warn"), *lines]))]
    if verdict.soft and not verdict.hard:
        reasons = options({reason.value: say(f"match.reasons.{reason}") for reason in Reason})
        label, hint = say("match.reasons.label"), say("match.reasons.hint")
        blocks.append(field_of("reason", label, StaticSelectElement(options=reasons), hint=hint))
    return blocks


def waiting_lines(words: Words, juniors: Sequence[str], seniors: Sequence[str]) -> list[str]:
    """Who is free to be paired, by side; Slack ids."""
    waiting = {"juniors": juniors, "seniors": seniors}
    return [_waiting(words, key, some) for key, some in waiting.items() if some]


def _waiting(words: Words, key: str, user_ids: Sequence[str]) -> str:
    names = " ".join(_at(user_id) for user_id in user_ids[:_SHOWN])
    more = words.say("match.desk.more", n=len(user_ids) - _SHOWN) if len(user_ids) > _SHOWN else ""
    return words.say(f"match.desk.{key}", names=names) + more


def check_text(words: Words, check: Check, ends_at: str) -> str:
    """One thing that speaks against a pair."""
    return words.say(f"match.checks.{check}", end=_at(ends_at))


def _at(user_id: str) -> str:
    return f"<@{user_id}>"
