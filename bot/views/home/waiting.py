"""What is asked on a calendar and waits on a Home: load and safety, and credit by name."""

from slack_sdk.models.blocks import Block

from bot.domain.home import HomeFacts
from bot.views import credit, pulse
from prompts import Words
from storage.records.enrol import Side


def calendar_blocks(words: Words, facts: HomeFacts) -> list[Block]:
    """Of the side that is shown, as everything else on it."""
    pulses = tuple(one for one in facts.pulses if one.side is facts.side)
    credits = credit.home_lines(words, facts.credit) if facts.side is Side.SENIOR else []
    return [*pulse.home_lines(words, pulses), *credits]
