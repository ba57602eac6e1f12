"""One town in the middle of its programme, and a browser that looks at it and keeps pictures in build/screens."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from prompts import load
from tests.end_to_end.conftest import Town, open_town
from tests.page.conftest import CHROMIUM, FLAGS, PATIENCE
from tests.screens.scene import play

PICTURES = Path(__file__).parents[2] / "build" / "screens"
WIDE, PHONE = 1280, 400
TALLEST = 3200

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HIDDEN_HEIGHT = """() => Math.max(0, ...[...document.querySelectorAll("#main *, dialog *")]
  .filter((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowY))
  .map((one) => one.scrollHeight - one.clientHeight))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests here share one loop, one town and one browser; without a browser they are skipped."""
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
        if not CHROMIUM.exists():
            item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}; set CHROMIUM to its path"))


@dataclass
class Screens:
    """The ways to look at the town: as somebody, at a place, in a width and a colour scheme."""

    town: Town
    browser: Browser
    failures: list[str] = field(default_factory=list)
    open_pages: list[Page] = field(default_factory=list)

    async def look(
        self, name: str, place: str, *, width: int = WIDE, scheme: Literal["light", "dark"] = "light"
    ) -> Page:
        """The page as this person sees it: `place` is a conversation's id, app:home or app:messages."""
        locale = self.town.person(name).user.locale
        page = await self.browser.new_page(color_scheme=scheme, locale=locale, viewport={"width": width, "height": 800})
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        self.open_pages.append(page)
        return await self.go(page, name, place)

    async def go(self, page: Page, name: str, place: str) -> Page:
        """The same window, at another place."""
        person = self.town.person(name)
        if place == "app:home":
            await person.open_home()
            await self.town.settle()
        await page.goto(f"{self.town.pg.page_url}?as={person.id}&open={place}")
        await page.wait_for_selector("html[data-ready][data-live=yes]")
        return page

    async def keep(self, page: Page, name: str, part: Locator | None = None) -> None:
        """A picture of all there is to scroll to, for somebody to look at; nothing may stick out sideways."""
        width = (page.viewport_size or {"width": WIDE})["width"]
        height = 800
        while (more := int(await page.evaluate(HIDDEN_HEIGHT))) and height < TALLEST:
            height = min(height + more, TALLEST)
            await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate(OVERFLOW) <= 0, f"{name} has to be scrolled sideways"
        PICTURES.mkdir(parents=True, exist_ok=True)
        await (part or page).screenshot(path=PICTURES / f"{name}.png", animations="disabled")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """Three weeks in: Ana and Bo have met, twenty-three other pairs too, and two digests have come."""
    async with open_town(tmp_path_factory.mktemp("screens"), load()) as one:
        await play(one)
        yield one


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def screens(town: Town, browser: Browser) -> AsyncIterator[Screens]:
    """A script error on any page fails the test."""
    screens = Screens(town, browser)
    yield screens
    for page in screens.open_pages:
        await page.close()
    assert screens.failures == []
