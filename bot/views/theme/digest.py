"""The themes' part of the digest: what enough people named, in words alone."""

from slack_sdk.models.blocks import Block

from bot.domain.report.facts import DigestFacts
from bot.views.parts import section
from prompts import Words
from storage.records.report import FigureKind


def digest_blocks(words: Words, facts: DigestFacts) -> list[Block]:
    """Nothing until a theme is past its threshold: then which ones, without numbers or dates."""
    known = facts.figures.section(FigureKind.THEMES)
    named = {one.name for one in known.published.figures if one.low} if known and known.published else set()
    labels = [tag.label for group in words.content.themes.groups for tag in group.tags if tag.id in named]
    return [section(words.say("report.digest.themes", themes=" · ".join(labels)))] if labels else []
