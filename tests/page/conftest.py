"""A browser, a playground and a small app for the tests of the page."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from playground import cast
from playground.clock import Clock
from playground.manifest import EXAMPLE
from playground.person import Person
from playground.server import Playground
from tests.page.small_app import SmallApp

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
COMPLETIONS = [
    {"text": "help", "description": "What there is"},
    {"text": "status", "description": "Your pair and your next session"},
    {"text": "schedule", "description": "Plan a session"},
]
PATIENCE = 10_000  # milliseconds until a test gives up; a busy machine is slow, not broken
MONDAY = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here share one loop, as the browser lives in it; without a browser they are skipped."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
        if not CHROMIUM.exists():
            item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}; set CHROMIUM to its path"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for the whole session."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        await chromium.close()


@dataclass
class Window:
    """What all tests share for speed: one port and one browser profile, so that the page's files stay cached."""

    context: BrowserContext
    port: int
    failures: list[str] = field(default_factory=list)
    idle: list[Page] = field(default_factory=list)
    busy: list[Page] = field(default_factory=list)

    async def page(self) -> Page:
        """An empty page: one that an earlier test has left, or a new one."""
        page = self.idle.pop() if self.idle else await self._new_page()
        self.busy.append(page)
        await page.bring_to_front()  # a page behind another one draws one frame a second
        return page

    async def _new_page(self) -> Page:
        page = await self.context.new_page()
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.set_default_timeout(PATIENCE)
        return page

    async def clear(self) -> None:
        """Empties the pages for the next test."""
        for page in self.busy:
            await page.emulate_media(color_scheme="light")
            await page.goto("about:blank")
        self.idle += self.busy
        self.busy = []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def window(browser: Browser) -> AsyncIterator[Window]:
    """The profile, and a port that was free when it was asked for."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    context = await browser.new_context()
    yield Window(context, port)
    await context.close()


@dataclass
class Stage:
    """A playground with its app, and the ways into its page."""

    pg: Playground
    app: SmallApp
    window: Window

    def person(self, name: str) -> Person:
        """Somebody of the cast, by @name."""
        user = self.pg.workspace.user_named(name)
        assert user is not None
        return Person(self.pg, user.id)

    def channel(self, name: str) -> str:
        """A channel's id."""
        found = self.pg.workspace.channel_named(name)
        assert found is not None
        return found.id

    async def open(self, name: str, place: str = "", *, width: int = 1200, **query: str) -> Page:
        """The page as this person sees it, at a channel's name or one of the app's tabs."""
        page = await self.window.page()
        await page.set_viewport_size({"width": width, "height": 800})
        target = place if ":" in place or not place else self.channel(place)
        more = "".join(f"&{key}={value}" for key, value in query.items())
        await page.goto(f"{self.pg.page_url}?as={self.person(name).id}&open={target}{more}")
        await page.wait_for_selector("html[data-ready][data-live=yes]")
        return page

    async def eventually(self, holds: Callable[[], bool]) -> None:
        """Waits for something that the app is about to do."""
        async with asyncio.timeout(PATIENCE / 1000):
            while not holds():
                await asyncio.sleep(0.01)


@pytest_asyncio.fixture(loop_scope="session")
async def stage(window: Window) -> AsyncIterator[Stage]:
    """A fresh playground on a Monday morning; a script error on the page fails the test."""
    pg = Playground(cast.load(), Clock(MONDAY), EXAMPLE)
    pg.completions["/revmentor"] = [dict(one) for one in COMPLETIONS]
    await pg.start(port=window.port)
    app = SmallApp(pg)
    await app.connect()
    yield Stage(pg, app, window)
    await window.clear()
    await app.close()
    await pg.stop()
    failures, window.failures = window.failures, []
    assert failures == []
