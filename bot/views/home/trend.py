"""What a junior has said so far, on her own Home: while a pair runs, and after it has ended."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.home import HomeFacts, PairCard
from bot.views.checkin.trend import legend, trend
from bot.views.parts import button, note, section
from prompts import Words
from storage.records.enrol import Side
from storage.records.match import PairState


def trend_blocks(words: Words, card: PairCard, facts: HomeFacts) -> list[Block]:
    """Her own answers in one pair, four lines."""
    title = f"*{words.say('checkin.trend.title')}*"
    if not card.trend:
        return [section(f"{title}\n{words.say('checkin.trend.none')}")]
    plain = facts.me is not None and facts.me.prefs.plain
    lines = trend(words, card.trend, plain=plain)
    return [
        section(f"{title}\n{lines}", _button(words)),
        *legend(words, plain=plain),
        note(words.say("checkin.trend.sees")),
    ]


def past_blocks(words: Words, facts: HomeFacts) -> list[Block]:
    """Her way to answers that no running pair shows: they stay hers."""
    shows = any(c.trend and c.side is Side.JUNIOR and c.people.pair.state is PairState.ACTIVE for c in facts.pairs)
    if shows or not facts.answered:
        return []
    return [section(words.say("checkin.trend.past"), _button(words)), note(words.say("checkin.trend.sees"))]


def _button(words: Words) -> ButtonElement:
    return button(words.say("checkin.trend.all_button"), "checkin.over_time")
