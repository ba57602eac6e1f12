"""The transcript: what the people a story follows see and do, line by line; the others are summed up by week."""

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from playground.errors import Json
from playground.story import Step, Story
from playground.workspace import Workspace

Print = Callable[[str], None]
_WIDTH = 108


class Transcript:
    """`out` takes one line at a time. Times are in the story's zone."""

    def __init__(self, story: Story, workspace: Workspace, now: Callable[[], datetime], out: Print) -> None:
        self._story = story
        self._workspace = workspace
        self._now = now
        self._out = out
        self._told: set[str] = set()
        self._about = story.follow
        self._week = 0
        self._others: Counter[str] = Counter()
        self.messages = 0
        self.clicks = 0

    def turn(self, who: str, title: str) -> None:
        """Somebody's turn begins. A title says what happens; then the transcript tells of them, followed or not."""
        self._about = self._story.follow | ({who} if title else set())
        if title:
            self._turn_week()
            self._out(f"\n── {title}")

    def message(self, readers: Collection[str], channel: str, message: Json, private: bool) -> None:
        """A message of the app arrived: whole the first time and in channels, its first line otherwise."""
        self._turn_week()
        self.messages += 1
        followed = [name for name in readers if name in self._story.follow]
        if not followed:
            self._others["messages"] += 1
            return
        where = self._where(channel, followed, private)
        self._out(f"{self._stamp()}  revmentor → {where}: {self._plain(message['text'])[:_WIDTH]}")
        body = "\n".join(line for block in message["blocks"] for line in _lines(block))
        if self._whole(channel, message["text"]):
            self._told.add(message["text"])
            self._body(self._plain(body), self._plain(message["text"]))

    def _whole(self, channel: str, text: str) -> bool:
        again = text in self._story.closely
        if not self._story.closely:
            again = self._workspace.conversations[channel].kind == "private"
        return again or text not in self._told

    def did(self, who: str, step: Step) -> None:
        """Somebody acts."""
        self._turn_week()
        self.clicks += 1
        if who not in self._about:
            self._others["clicks"] += 1
            return
        name = self._name(who)
        for verb, what in (("types", step.run), ("presses", step.press and f"[{step.press}]")):
            if what:
                self._out(f"{self._stamp()}  {name} {verb} {what}")
        if step.fill is not None:
            self._out(f"{self._stamp()}  {name} fills in and sends the modal")
        if step.home:
            self._out(f"{self._stamp()}  {name} opens the Home")

    def filled(self, who: str, values: Collection[str]) -> None:
        """What somebody typed and chose, in a story that is told closely."""
        if self._story.closely and who in self._about:
            self._body("\n".join(f"> {value}" for value in values), "")

    def once_more(self, who: str, times: int) -> None:
        """The same was pressed again, for as long as it was there."""
        self.clicks += times
        if times and who in self._about:
            self._out(f"{' ' * 18}and again, {times} times")

    def screen(self, who: str, view: Json | None) -> None:
        """What stands in the modal that somebody looks at, or on their Home."""
        if view and who in self._about:
            title = view.get("title")
            self._out(f"{' ' * 18}in the window “{title['text']}”:" if title else f"{' ' * 18}on the Home:")
            self._body(self._plain("\n".join(line for block in view["blocks"] for line in _lines(block))), "")

    def errors(self, who: str, text: str) -> None:
        """A modal stayed open with a sentence under a field."""
        if who in self._about:
            self._out(f"{' ' * 18}under the field: {text}")

    def finish(self) -> None:
        """Say what is left to be said of the others."""
        self._sum_up()

    def _turn_week(self) -> None:
        week = min((self._now() - self._story.starts).days // 7 + 1, self._story.weeks)
        if week != self._week:
            self._sum_up()
            self._week = week
            self._out(f"\n═══ Week {week} of {self._story.weeks} {'═' * 60}")

    def _sum_up(self) -> None:
        if self._others:
            told = f"{self._others['messages']} messages, {self._others['clicks']} actions"
            self._out(f"      meanwhile, everybody else: {told}")
            self._others.clear()

    def _plain(self, text: str) -> str:
        return plain(text, self._workspace)

    def _body(self, text: str, first: str) -> None:
        for line in text.splitlines():
            if line.strip() and line.strip() != first.strip():
                for part in textwrap.wrap(line, _WIDTH - 22) or [""]:
                    self._out(f"{' ' * 18}{part}")

    def _stamp(self) -> str:
        return self._now().astimezone(self._story.zone).strftime("%a %d %b %H:%M")

    def _name(self, who: str) -> str:
        return next((u.real_name.split()[0] for u in self._workspace.users.values() if u.name == who), who)

    def _where(self, channel: str, followed: list[str], private: bool) -> str:
        names = " and ".join(self._name(name) for name in sorted(followed))
        place = self._workspace.conversations[channel]
        if private:
            return f"{names} (only {names} sees it)"
        return {"mpim": f"{names}, in their pair space", "private": f"#{place.name}"}.get(place.kind, names)


def plain(text: str, workspace: Workspace) -> str:
    """mrkdwn without its marks, for a terminal: people by name, dates as their fallback says them."""

    def word(found: re.Match[str]) -> str:
        kind, rest = found[1][0], found[1][1:]
        if kind == "@":
            user = workspace.users.get(rest.partition("|")[0])
            return user.real_name.split()[0] if user else "someone"
        if kind == "#":
            place = workspace.conversations.get(rest.partition("|")[0])
            return f"#{place.name}" if place else "#channel"
        return found[1].rpartition("|")[2]

    text = re.sub(r"<([@#!hm][^>]*)>", word, text)
    for mark in ("*", "`", "_"):
        text = text.replace(mark, "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _lines(block: Json) -> list[str]:
    """The words of a block: its label, text, fields, elements' texts, and the labels of its buttons."""
    parts = (block.get("label"), block.get("text"), *block.get("fields", []))
    found = [part["text"] for part in parts if part]
    buttons = []
    for element in [*block.get("elements", []), *filter(None, [block.get("accessory")])]:
        label: Any = element.get("text")
        if element["type"] == "button":
            buttons.append(f"[{label['text']}]")
        elif isinstance(label, str):
            found.append(label)
        elif element["type"].startswith("rich_text"):
            found.append("".join(part.get("text", "") for part in element["elements"]))
    if block["type"] == "image":
        found.append(f"(picture: {block['alt_text']})")
    return [*found, *([" ".join(buttons)] if buttons else [])]
