"""Which handler answers what: each step owns a Router, and `handlers.routes()` adds them up."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from bot.services.kit import Kit
from handlers.replies import Reply
from handlers.turn import Turn
from storage.store import Tx

Handler = Callable[[Turn], Awaitable[Reply]]
EventHandler = Callable[[Kit, Tx, dict[str, Any]], Awaitable[None]]


class Who(StrEnum):
    """Who a command is for, as the help shows it; services check for themselves."""

    ALL = "all"
    ENROLLED = "enrolled"
    READER = "reader"
    PAIRED = "paired"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Command:
    """`name` is one word or `admin` and a word; its help text is `<step>.help.<name with _>`."""

    name: str
    step: str
    who: Who
    handler: Handler
    args: str = ""
    aliases: tuple[str, ...] = ()
    opens: bool = False

    @property
    def help_key(self) -> str:
        return f"{self.step}.help.{self.name.replace(' ', '_').replace('-', '_') or 'today'}"


@dataclass(frozen=True, slots=True)
class Press:
    """A button or select; `opens` opens a modal before anything slow happens, for the trigger lives 3 s."""

    handler: Handler
    opens: bool = False


@dataclass
class Router:
    """The commands, actions, submissions and events of one step."""

    step: str
    commands: list[Command] = field(default_factory=list)
    actions: dict[str, Press] = field(default_factory=dict)
    submissions: dict[str, Handler] = field(default_factory=dict)
    events: dict[str, EventHandler] = field(default_factory=dict)

    def command(
        self, name: str, who: Who, *, args: str = "", aliases: tuple[str, ...] = (), opens: bool = False
    ) -> Callable[[Handler], Handler]:
        """`/revmentor <name> <args>`. With `opens`, the handler answers Show(modal)."""

        def keep(handler: Handler) -> Handler:
            self.commands.append(Command(name, self.step, who, handler, args, aliases, opens))
            return handler

        return keep

    def action(self, action_id: str, *, opens: bool = False) -> Callable[[Handler], Handler]:
        """A button or select whose action id is `step.verb`, with or without `:choice` behind it."""

        def keep(handler: Handler) -> Handler:
            self.actions[action_id] = Press(handler, opens)
            return handler

        return keep

    def submission(self, callback_id: str) -> Callable[[Handler], Handler]:
        """A modal with this callback id was submitted."""

        def keep(handler: Handler) -> Handler:
            self.submissions[callback_id] = handler
            return handler

        return keep

    def event(self, kind: str) -> Callable[[EventHandler], EventHandler]:
        """An Events API event; the handler works in the transaction that stores the event id."""

        def keep(handler: EventHandler) -> EventHandler:
            self.events[kind] = handler
            return handler

        return keep


class Routes:
    """All routers added up. Raises ValueError when two steps claim the same name."""

    def __init__(self, routers: Iterable[Router]) -> None:
        self.commands: dict[str, Command] = {}
        self.actions: dict[str, Press] = {}
        self.submissions: dict[str, Handler] = {}
        self.events: dict[str, EventHandler] = {}
        for router in routers:
            for command in router.commands:
                self._add(self.commands, dict.fromkeys((command.name, *command.aliases), command))
            self._add(self.actions, router.actions)
            self._add(self.submissions, router.submissions)
            self._add(self.events, router.events)

    def find_command(self, text: str) -> tuple[Command | None, str]:
        """The command that a typed line means, and the rest of the line."""
        words = text.split()
        for length in (2, 1):
            name = " ".join(words[:length]).lower()
            if len(words) >= length and name in self.commands:
                return self.commands[name], text.split(maxsplit=length)[length] if len(words) > length else ""
        return (self.commands.get(""), "") if not words else (None, text)

    def nearest(self, text: str, under: str = "") -> str | None:
        """The command that somebody may have meant; `under` is a beginning, such as "admin ", that is certain."""
        words = text.lower().split()
        known = [name.removeprefix(under) for name in self.commands if name.startswith(under) and name != under]
        tries = (" ".join(words[:2]), *words[:1])
        found = (m[0] for t in tries if (m := get_close_matches(t, known, 1, 0.6)))
        return next((under + name for name in found), None)

    @staticmethod
    def _add(into: dict[str, Any], more: dict[str, Any]) -> None:
        doubled = into.keys() & more.keys()
        if doubled:
            raise ValueError(f"claimed twice: {', '.join(sorted(doubled))}")
        into.update(more)
