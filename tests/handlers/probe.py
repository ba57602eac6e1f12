"""A step made for tests: handlers that raise, dawdle, refuse and answer in every shape, on every surface."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.refusals import Refusal, Refusals
from bot.services.kit import Kit
from bot.views.common import sentence
from bot.views.parts import HomeView, Message, Modal, actions, button, section, text_field
from handlers.guard import Guard
from handlers.replies import Close, Errors, Meanwhile, Nothing, Redraw, Replace, ReplaceAndShow, Reply, Say, Show
from handlers.router import Router, Who
from handlers.socket import HeldSocket
from handlers.turn import Turn
from playground.person import Person
from playground.server import Playground
from storage.store import Tx

GENERAL = "C07GENERAL"
SECRET = "the plum cake stands behind the printer"
BUTTONS = ("raise", "slow", "refuse", "refuse_many", "say", "replace", "show", "both", "redraw", "nothing", "unknown",
           "later")  # fmt: skip


@dataclass
class Probe:
    """What happened, and the gate at which the slow handler waits."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    done: list[str] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    failures: int = 0

    async def slow(self, turn: Turn) -> Reply:
        await self.gate.wait()
        self.done.append(turn.form.text("wish") or turn.text)
        return Say(sentence("It is done."))

    async def later(self, turn: Turn) -> Reply:
        return Meanwhile(modal("Working"), self._redrawn)

    async def _redrawn(self) -> Reply:
        await self.gate.wait()
        self.done.append("later")
        return Redraw(modal("Redrawn"))

    async def event(self, kit: Kit, tx: Tx, event: dict[str, Any]) -> None:
        self.events.append(event)
        if self.failures:
            self.failures -= 1
            raise RuntimeError(SECRET)


async def refuse(turn: Turn) -> Reply:
    raise Refusal("common.errors.past", field="elsewhere")


async def refuse_many(turn: Turn) -> Reply:
    raise Refusals([Refusal("common.errors.past", field="wish"), Refusal("common.errors.pick_one", field="why")])


async def fail(turn: Turn) -> Reply:
    raise ValueError(SECRET)


def modal(title: str = "Probe", *, inputs: bool = True) -> Modal:
    """Two fields, where it has any, and a button of every kind."""
    rows = [actions(*(button(name, f"probe.{name}", "v1") for name in BUTTONS))]
    fields = [text_field("wish", "Wish", optional=True), text_field("why", "Why", optional=True)] if inputs else []
    return Modal("probe.modal", title, [*fields, *rows], "Close", "Send", {"id": "m1"})


def with_buttons() -> Message:
    return Message("Press one", [section("Press one"), actions(*(button(n, f"probe.{n}", "v1") for n in BUTTONS))])


def answers(reply: Reply) -> Callable[[Turn], Awaitable[Reply]]:
    async def handler(turn: Turn) -> Reply:
        return reply

    return handler


REPLIES: dict[str, Reply] = {
    "say": Say(sentence("Said.")),
    "replace": Replace(sentence("Replaced.")),
    "show": Show(modal("Shown")),
    "both": ReplaceAndShow(sentence("Replaced."), modal("Shown")),
    "redraw": Redraw(modal("Redrawn")),
    "nothing": Nothing(),
    "close": Close(),
    "errors": Errors({"wish": "Not so."}),
}


def router_of(probe: Probe) -> Router:
    """Each behaviour as a command, a button and a modal's submission."""
    router = Router("probe")
    behaviours = {"raise": fail, "slow": probe.slow, "refuse": refuse, "refuse_many": refuse_many,
                  "later": probe.later}  # fmt: skip
    for name, handler in {**behaviours, **{n: answers(r) for n, r in REPLIES.items()}}.items():
        router.command(name, Who.ALL)(handler)
        router.action(f"probe.{name}")(handler)
        router.submission(f"probe.{name}")(handler)
    for name, handler in behaviours.items():
        router.command(f"open_{name}", Who.ALL, opens=True)(handler)
    router.action("probe.opens", opens=True)(answers(Show(modal("Opened"))))
    router.command("buttons", Who.ALL)(answers(Say(with_buttons())))
    router.command("modal", Who.ALL, opens=True)(answers(Show(modal())))
    router.event("app_home_opened")(probe.event)
    return router


@dataclass
class Doors:
    """The real Bolt app behind a real socket, with the probe's routes."""

    pg: Playground
    kit: Kit
    guard: Guard
    socket: HeldSocket
    client: AsyncWebClient
    probe: Probe

    @property
    def ana(self) -> Person:
        return Person(self.pg, next(user.id for user in self.pg.workspace.users.values() if user.name == "ana"))

    def heard(self) -> str:
        """All that Ana reads in #general."""
        return "\n".join(str(message["blocks"] or message["text"]) for message in self.ana.messages(GENERAL))

    async def show_modal(self, callback: str, **shape: Any) -> None:
        """Open a modal whose submission goes to that handler."""
        view = modal(**shape).payload() | {"callback_id": f"probe.{callback}"}
        trigger = self.pg.triggers.issue(self.ana.id)
        await self.client.views_open(trigger_id=trigger, view=view)

    async def show_home(self) -> None:
        await self.client.views_publish(user_id=self.ana.id, view=HomeView(with_buttons().blocks).payload())

    async def press_message(self, name: str) -> Any:
        await self.ana.command("/revmentor buttons")
        shown = self.ana.messages(GENERAL)[-1]
        return await self.ana.press(f"probe.{name}", in_={"channel": GENERAL, "ts": shown["ts"]})

    async def finish(self) -> None:
        """Let slow work go on, and wait for all that follows from it."""
        self.probe.gate.set()
        while self.guard.running:
            await self.guard.drain(5)

    async def under_way(self, count: int) -> None:
        """Wait until so many requests have come in and none of them is answered."""
        async with asyncio.timeout(5):
            while self.socket.busy < count:
                await asyncio.sleep(0.01)
