"""`doctor`: looks over an installation, also beside a running bot, and says for each thing what to do."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from bot.clock import system_clock
from bot.domain.doctor import (
    Level,
    Line,
    Scopes,
    about_memory,
    about_programme,
    about_slack,
    about_zones,
    worst,
)
from bot.settings import Settings, load, master_keys
from cli.manifest import MANIFEST
from cli.saying import english, problems_in_words
from prompts import Words
from storage.beside import open_existing
from storage.doctor import look
from storage.records.doctor import Memory
from storage.store import StoreUnusable

_COLOURS = {Level.OK: "green", Level.WARNING: "yellow", Level.WRONG: "bold red"}
_DOT = {"title": "", "subtitle": "", "rows": [], "strip": "", "held": "", "planned": "", "weeks": []}
"""The smallest chart that can be drawn."""


def examine() -> None:
    """Look over settings, tokens, channel, database, keys and clock; ends with 0, 1 (worth a look) or 2 (wrong)."""
    words = english()
    with problems_in_words(words):
        settings = load(Settings)
    lines = asyncio.run(_examine(settings, system_clock()))
    _print(words, [Line(Level.OK, "settings", "good"), *lines])
    raise typer.Exit(int(worst(lines)))


async def _examine(settings: Settings, now: datetime) -> list[Line]:
    from bot.delivery.doctor import ask  # where it is used: other commands do without

    masters = master_keys(settings.master_keys)
    lines: list[Line] = []
    memory: Memory | None = None
    try:
        store, running = open_existing(settings.database_url, masters)
        try:
            memory = await look(store, running, now)
        finally:
            await store.close()
        lines += about_memory(memory, masters[0].id)
    except StoreUnusable as problem:
        lines.append(Line(Level.WRONG, "database", "unusable", {"reason": problem}))
    app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else None
    rows = memory.programmes if memory else ()
    bot_token = settings.slack_bot_token.get_secret_value()
    outside = await ask(bot_token, app_token, settings.slack_api_url, system_clock, rows)
    lines += about_slack(outside, manifest_scopes())
    if outside.team_id and memory is not None:
        lines += about_programme(next((row for row in rows if row.team_id == outside.team_id), None), outside)
    zones = {"Europe/Berlin", *(row.zone for row in rows)}
    lines.append(about_zones(version("tzdata"), now.year, filter(_unknown_zone, zones)))
    lines.append(await _chart())
    return lines


def manifest_scopes() -> Scopes:
    """What `manifest.yaml` asks for."""
    import yaml  # where it is used, as rich below: `run` does without

    scopes = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]
    return Scopes(frozenset(scopes["bot"]), frozenset(scopes.get("bot_optional", ())))


def _unknown_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, such as "Europe", is a file error
        return True
    return False


async def _chart() -> Line:
    from bot.delivery.charts import Drawer

    drawer = Drawer()
    try:
        await drawer.draw(_DOT)
    except (OSError, EOFError):
        return Line(Level.WRONG, "chart", "broken")
    finally:
        drawer.close()
    return Line(Level.OK, "chart", "good")


def _print(words: Words, lines: list[Line]) -> None:
    """Coloured on a terminal, plain words elsewhere."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for level, subject, sentence in _said(words, lines):
        verdict = words.say(f"doctor.level.{level.name.lower()}")
        console.print(Text.assemble((f"{verdict:8}", _COLOURS[level]), (f"{subject:18}", "bold"), sentence))


def _said(words: Words, lines: list[Line]) -> Iterator[tuple[Level, str, str]]:
    for line in lines:
        params = dict(line.params)
        if "breaks" in params:
            params["breaks"] = words.say(f"doctor.breaks.{params['breaks']}")
        sentence = words.say(f"doctor.{line.subject}.{line.key}", **params)
        yield line.level, words.say(f"doctor.subject.{line.subject}"), sentence
