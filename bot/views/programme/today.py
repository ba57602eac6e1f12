"""The coordinators' Today: one card, every decision with its button."""

from collections import Counter
from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block

from bot.domain.programme.today import Decision, Failure, Item, TodayFacts
from bot.views.parts import Message, Modal, actions, button, header, note, section
from bot.views.programme.cohorts import line
from bot.views.programme.fields import hour, weekday
from bot.views.programme.reasons import why
from prompts import Words, escape
from storage.records.programme import CohortState

BUTTONS: dict[Decision, str] = {
    Decision.FAILED: "programme.failed",
    Decision.DIGEST_HELD: "report.channel",
    Decision.COHORT_OVER: "programme.cohort_close",
    Decision.COHORT_STARTS: "programme.cohort_open",
    Decision.WISHES: "match.wishes",
    Decision.REVIEW: "match.review",
    Decision.PAIR: "match.runs",
    Decision.PILOT_ENDS: "steer.desk",
    Decision.NO_COHORT: "programme.cohort_new",
    Decision.COHORT_DRAFT: "programme.cohort_open",
    Decision.ALONE: "programme.coordinator_add",
    Decision.DIGEST_PAUSED: "report.schedule",
}
"""Which button answers which decision."""


def today(words: Words, facts: TodayFacts) -> Message:
    """What needs a decision, then what is under way, then the places to go."""
    title = words.say("programme.today.title")
    blocks: list[Block] = [header(title), *decision_blocks(words, facts.items)]
    running = [card for card in facts.cohorts if card.cohort.state is CohortState.OPEN]
    if running:
        blocks.append(section("\n".join(line(words, card) for card in running[-10:])))
    blocks += [_places(words), _digest(words, facts)]
    return Message(words.say("programme.today.text", n=len(facts.items)), blocks)


def decision_blocks(words: Words, items: Iterable[Item]) -> list[Block]:
    """One line and one button per decision; a sentence where there is none."""
    shown = list(items)
    if not shown:
        return [section(words.say("programme.today.nothing"))]
    return [_item(words, item) for item in shown[:15]]


def failures(words: Words, failed: Sequence[Failure]) -> Modal:
    """What could not be sent: receiver and reason, the same once, never what it was about."""
    alike = Counter(
        words.say("programme.failed.line", to=_receiver(words, one), reason=why(words, one)) for one in failed
    )
    said = [line if n == 1 else words.say("programme.failed.times", line=line, n=n) for line, n in alike.items()][:10]
    blocks = [
        section(words.say("programme.failed.body" if said else "programme.failed.none")),
        *([section("\n".join(said))] if said else []),
        note(words.say("programme.failed.hint")),
    ]
    title = words.say("programme.failed.title")
    return Modal("programme.failed", title, blocks, words.say("common.buttons.close"))


def _receiver(words: Words, failure: Failure) -> str:
    if not failure.to:
        return words.say("programme.failed.work" if failure.work else "programme.failed.pair_space")
    return f"<@{failure.to}>" if failure.to.startswith(("U", "W")) else f"<#{failure.to}>"


def _item(words: Words, item: Item) -> Block:
    text = words.say(f"programme.decisions.{item.decision}.text", n=item.n, cohort=escape(item.name))
    label = words.say(f"programme.decisions.{item.decision}.button")
    return section(text, button(label, BUTTONS[item.decision], item.subject))


def _places(words: Words) -> Block:
    return actions(
        button(words.say("enrol.people.title"), "enrol.people"),
        button(words.say("matches.title"), "match.runs"),
        button(words.say("programme.today.pair"), "match.pair"),
        button(words.say("programme.today.pairs"), "match.pairs"),
        button(words.say("programme.today.preview"), "report.preview"),
        button(words.say("programme.cohorts.title"), "programme.cohorts"),
        button(words.say("programme.coordinators.title"), "programme.coordinators"),
        button(words.say("programme.today.settings"), "programme.setup"),
    )


def _digest(words: Words, facts: TodayFacts) -> Block:
    known = facts.programme
    key = "programme.today.digest_paused" if known.digest_paused else "programme.today.digest"
    return note(
        words.say(
            key, day=weekday(words, known.digest_weekday), hour=hour(words, known.digest_hour), zone=known.zone,
            channel=f"<#{known.channel_id}>",
        )
    )  # fmt: skip
