"""The coordinators' part of a Home: decisions, cohorts, lights, figures past the gate, and where to change things."""

from collections.abc import Mapping
from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain.home import Closed, CoordinatorCard, Strip
from bot.views import learn, theme
from bot.views.parts import actions, button, header, note, section
from bot.views.programme.today import decision_blocks
from bot.views.report import care, phrases
from prompts import Words, escape

_STRIPS_MOST, _CLOSED_MOST = 6, 3


def coordinator_blocks(words: Words, card: CoordinatorCard, now: datetime) -> list[Block]:
    """Most urgent first; names only behind the buttons."""
    blocks: list[Block] = [header(words.say("home.coordinator.queue")), *decision_blocks(words, card.items)]
    blocks += learn.offer(words, card.lesson)
    for strip in card.strips[:_STRIPS_MOST]:
        blocks += _strip(words, strip)
    for one in card.closed[:_CLOSED_MOST]:
        blocks += _closed(words, one)
    return [*blocks, *_settings(words)]


def _strip(words: Words, strip: Strip) -> list[Block]:
    """Activity, lights and figures; the figures are those of the last releases, in the digest's words."""
    cohort, figures = strip.digest.cohort, strip.digest.figures
    key, day = "home.coordinator.strip_ahead" if strip.digest.ahead else "home.coordinator.strip", cohort.starts_on
    lines = [
        words.say(key, cohort=escape(cohort.name), week=figures.week, weeks=figures.weeks, day=words.date(day)),
        phrases.sessions(words, figures.activity),
    ]
    if strip.days_since is not None:
        lines.append(words.say("home.coordinator.days", n=strip.days_since))
    if lights := phrases.lights(words, figures.lights):
        lines.append(lights)
    opened = button(words.say("home.coordinator.open_list"), "report.list", cohort.id)
    return [
        section("\n".join(lines), opened if figures.concerns else None),
        section(phrases.says(words, figures.reciprocity)),
        note(phrases.gap(words, figures.say_do)),
        *([section(care.lines(words, figures))] if figures.more else []),
        *theme.digest_blocks(words, strip.digest),
    ]


def _closed(words: Words, closed: Closed) -> list[Block]:
    """The figures that stand, and when it is told what came of the cohort."""
    digest = closed.digest
    final = digest is not None and digest.figures.final
    key = "home.coordinator.closed" if final else "home.coordinator.closing"
    outcome = words.say("home.coordinator.outcome", day=words.date(closed.outcome_after))
    told = section(f"{words.say(key, cohort=escape(closed.cohort.name))}\n{outcome}")
    if digest is None or not (final or digest.figures.reciprocity.published):
        return [told]
    figures = digest.figures
    return [
        told,
        section(phrases.stands(words, figures.reciprocity)),
        note(phrases.gap(words, figures.say_do)),
        *([section(care.lines(words, figures))] if figures.more else []),
        *theme.digest_blocks(words, digest),
    ]


_PLACES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "people": (
        ("enrol.people.title", "enrol.people"), ("home.coordinator.invite", "enrol.invite"),
        ("home.coordinator.import", "roster.import"), ("home.coordinator.lines", "match.lines"),
        ("home.coordinator.conflicts", "match.conflict"),
    ),
    "pairs": (
        ("matches.title", "match.runs"), ("home.coordinator.pair", "match.pair"),
        ("home.coordinator.pairs", "match.pairs"), ("home.coordinator.health", "report.health"),
        ("home.coordinator.nudge", "tell.nudge"), ("home.coordinator.quotes", "close.quotes"),
    ),
    "programme": (
        ("home.coordinator.announce", "tell.announce"), ("home.coordinator.digest", "report.preview"),
        ("home.coordinator.schedule", "report.schedule"), ("home.coordinator.themes", "theme.open"),
        ("home.coordinator.report", "report.paper"), ("home.coordinator.content", "programme.content"),
        ("home.coordinator.confidentiality", "prepare.confidentiality"),
        ("home.coordinator.links", "support.edit_links"),
    ),
    "settings": (
        ("home.coordinator.cohorts", "programme.cohorts"), ("home.coordinator.coordinators", "programme.coordinators"),
        ("home.coordinator.steering", "steer.desk"), ("home.coordinator.settings", "programme.setup"),
        ("home.coordinator.audit", "programme.audit"),
    ),
}  # fmt: skip
"""Where coordinators go from their Home: rows of buttons, each under a word of what they are about."""


def _settings(words: Words) -> list[Block]:
    say = words.say
    rows = [
        (note(say(f"home.coordinator.rows.{row}")), actions(*(button(say(key), action) for key, action in places)))
        for row, places in _PLACES.items()
    ]
    return [block for row in rows for block in row]
