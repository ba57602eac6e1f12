"""Today: one card with what comes next, what waits, and the buttons for it."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.home import HomeFacts
from bot.views.home.pair import next_session
from bot.views.home.whole import for_you, join_blocks, place_blocks, standing_blocks
from bot.views.parts import Message, actions, button, header
from bot.views.programme.today import decision_blocks
from prompts import Words
from storage.records.enrol import Side

_PAIRS_MOST = 4
_DECISIONS_MOST = 3


def today(words: Words, facts: HomeFacts) -> Message:
    """Only the person who asked sees it."""
    if not facts.enrolled and facts.coordinator is None:
        blocks: list[Block] = [*for_you(words, facts), *join_blocks(words, facts)]
        return Message(words.say("home.today.text"), blocks)
    blocks = [header(words.say("home.today.title"))]
    if facts.coordinator is not None:
        blocks += decision_blocks(words, facts.coordinator.items[:_DECISIONS_MOST])
    blocks += [*standing_blocks(words, facts), *for_you(words, facts, facts.pairs)]
    blocks += [block for card in facts.pairs[:_PAIRS_MOST] for block in next_session(words, card, facts)]
    blocks += place_blocks(words, facts)
    return Message(words.say("home.today.text"), [*blocks, actions(*_buttons(words, facts))])


def _buttons(words: Words, facts: HomeFacts) -> list[ButtonElement]:
    """Three, whoever asks."""
    if not facts.pairs:
        third = button(words.say("home.foot.profile"), "enrol.profile") if facts.enrolled else None
        digest = button(words.say("home.coordinator.digest"), "report.preview") if facts.coordinator else None
        return [*(b for b in (digest, third) if b), button(words.say("home.foot.help"), "help.show:most")]
    pair_id = facts.shown[0].people.pair.id
    side = "home.owed.all", "commit.list"
    if facts.side is Side.JUNIOR:
        side = "home.ask.button", "ask.open"
    return [
        button(words.say(side[0]), side[1], pair_id),
        button(words.say("home.pair.sessions"), "meet.sessions", pair_id),
        button(words.say("home.foot.help"), "help.show:most"),
    ]
