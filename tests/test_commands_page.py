"""The page of commands is the registry, printed.

Run the test with GOLDEN=write to print it anew.
"""

import os
from pathlib import Path

from handlers import routes
from handlers.router import Command
from prompts import Library, Words

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"

INTRO = """# Commands

Every command works in any channel, and only the person who typed it sees the answer. In the app's own direct messages
Slack runs no commands: there, use the buttons and the Home. `/revmentor help` shows each person those that are theirs.

| command | may be followed by | also | for | does |
|---|---|---|---|---|
"""
FOR = {
    "all": "everybody",
    "enrolled": "who takes part",
    "reader": "who takes part or coordinates",
    "paired": "who has a partner",
    "coordinator": "coordinators",
}


def row(words: Words, command: Command) -> str:
    typed = f"/revmentor {command.name}".strip()
    args = command.args.replace("|", "\\|")
    also = ", ".join(f"`{alias}`" for alias in command.aliases)
    cells = (f"`{typed}`", f"`{args}`" if args else "", also, FOR[command.who], words.say(command.help_key))
    return f"| {' | '.join(cells)} |"


def page(library: Library) -> str:
    """The whole page, commands in alphabetical order."""
    words = library.words("en")
    commands = sorted(dict.fromkeys(routes().commands.values()), key=lambda command: command.name)
    return INTRO + "\n".join(row(words, command) for command in commands) + "\n"


def test_the_page_of_commands_is_what_the_registry_says(library: Library) -> None:
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(page(library), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(library), "GOLDEN=write prints docs/commands.md anew"


def test_every_help_text_fits_one_line(library: Library) -> None:
    words = library.words("en")
    commands = routes().commands.values()
    assert [c.name for c in commands if len(words.say(c.help_key)) > 100] == []
