"""`demo`: play a whole programme on this machine."""

import asyncio
import os
import sys
from typing import Annotated

import typer

from bot import log as logs
from bot.settings import PREFIX
from cli.saying import english, say

STORIES = ("six_months", "three_hundred", "sixteen_weeks")


def play(
    once: Annotated[bool, typer.Option("--once", help="End when the story ends.")] = False,
    story: Annotated[str, typer.Option(help="A story of playground/stories; without it, all of them.")] = "",
    long: Annotated[bool, typer.Option("--long", help="Play everybody of three_hundred to the end.")] = False,
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.")] = 0,
) -> None:
    """Play three programmes on this machine; on a terminal, leave the page of the last open to go on playing."""
    import demo  # with the playground, which `run` never needs
    from cli.house import open_house

    words = english()
    if any(os.environ.get(f"{PREFIX}SLACK_{kind}_TOKEN") for kind in ("BOT", "APP")):
        say(words, "demo.real_tokens", error=True)
        raise typer.Exit(2)
    logs.configure("ERROR")
    stay = sys.stdout.isatty() and not once
    try:
        asyncio.run(demo.play(open_house, words, [story] if story else STORIES, long=long, port=port, stay=stay))
    except demo.StoryError as problem:
        print(problem, file=sys.stderr)
        raise typer.Exit(1) from None
    except OSError as problem:
        say(words, "demo.port", error=True, port=port, reason=problem.strerror)
        raise typer.Exit(2) from None
