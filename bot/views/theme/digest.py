"""The themes' part of the digest: what enough people named, in words alone."""

from slack_sdk.models.blocks import Block

from bot.domain.report.facts import DigestFacts
from bot.domain.theme import ThemeState
from bot.views.parts import button, section
from bot.views.theme.named import labels
from prompts import Words

_SAID = {ThemeState.OPEN: "open", ThemeState.TAKEN: "taken", ThemeState.CLOSED: "closed"}


def digest_blocks(words: Words, facts: DigestFacts) -> list[Block]:
    """Nothing until a theme is past its threshold: then which ones and how they stand, without numbers or dates."""
    by_state = {state: [one for one, stands in facts.figures.themes if stands is state] for state in ThemeState}
    lines = [
        words.say(f"theme.digest.{_SAID[state]}", themes=labels(words, found), n=len(found))
        for state, found in by_state.items()
        if found
    ]
    if not lines:
        return []
    text = "theme.digest.button" if by_state[ThemeState.OPEN] else "theme.digest.look"
    return [section("\n".join(lines), button(words.say(text), "theme.open", facts.cohort.id))]
