"""The pictures of the coordinators' guide: for each, who does what to get there, and what must stand in it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.end_to_end.cohort import join
from tests.screens.conftest import Screens

LIST = """user;employee_id;department;level;manager_id
@tom;7;Data;2;12
Nils Berg;12;Operations;director;none
@nobody;3;Data;1;12
@yara;9;Data;wizard;7
@lia;10;Data;1;99
@tom;7;Data;2;12
"""
LINKS = "Counselling, day and night: extension 4400\nStaff representatives: room 12, Tuesdays from 14:00"


@dataclass(frozen=True, slots=True)
class View:
    """A page with the part of it that the guide shows."""

    page: Page
    part: Locator


async def setup(screens: Screens) -> View:
    return await _dialog(screens, "admin setup", "The digest's themes and figures are theirs to act on.")


async def cohort(screens: Screens) -> View:
    return await _dialog(screens, "admin cohort new", "Pilot")


async def consent(screens: Screens) -> View:
    return await _dialog(screens, "join", "never of fewer than", name="ada")


async def pair(screens: Screens) -> View:
    """Otto has not said whom he reports to: a warning, and a reason to give."""
    for name, side in (("jan", "junior"), ("otto", "senior")):
        await (await join(screens.town, name, side)).dismiss()
    chi = screens.town.person("chi")
    jan, otto = (screens.town.person(name).id for name in ("jan", "otto"))
    await chi.command("/revmentor admin pair")
    await chi.press("match.junior", value=jan)
    await chi.press("match.senior", value=otto)
    return await _open(screens, "Ask the junior")


async def home(screens: Screens) -> View:
    page = await screens.look("chi", "app:home")
    await expect(page.locator("#main")).to_contain_text("Needs your decision")
    return View(page, page.locator("#main .home"))


async def attention(screens: Screens) -> View:
    chi = screens.town.person("chi")
    await chi.command("/revmentor admin digest preview")
    await chi.press("Open list")
    return await _open(screens, "no first session")


async def support(screens: Screens) -> View:
    chi = screens.town.person("chi")
    await chi.command("/revmentor admin support")
    await chi.submit({"support.links": LINKS})
    await chi.dismiss()
    return await _dialog(screens, "support", "Counselling", name="ana")


async def sample(screens: Screens) -> View:
    """The message that asks a junior, as a coordinator sees it in a test."""
    chi = screens.town.person("chi")
    await chi.command("/revmentor admin test")
    await chi.submit({"step": "checkin"})
    await chi.dismiss()
    await screens.town.settle()
    page = await screens.look("chi", "app:messages")
    newest = page.locator(".message").filter(has_text="checkin.invite").last
    await expect(newest).to_contain_text("Test:")
    return View(page, newest)


async def importing(screens: Screens) -> View:
    """A list with four mistakes in it, before anything is saved."""
    chi = screens.town.person("chi")
    await chi.command("/revmentor admin import")
    await chi.submit({"list": LIST})
    await chi.submit()
    await screens.town.forward(seconds=2)
    return await _open(screens, "would be saved")


async def closing(screens: Screens) -> View:
    chi = screens.town.person("chi")
    await chi.command("/revmentor admin cohort close")
    return await _open(screens, "pairs")


GUIDE: dict[str, Callable[[Screens], Awaitable[View]]] = {
    "setup": setup, "cohort": cohort, "consent": consent, "support": support, "attention": attention, "home": home,
    "pair": pair, "sample": sample, "closing": closing, "import": importing,
}  # fmt: skip
FRENCH = {"french": "french-home-junior-400", "question": "french-checkin-400"}
SHOWN = {"checkin": "checkin-400", "digest": "digest-400"} | FRENCH | {name: f"guide-{name}" for name in GUIDE}
"""Every picture in docs/pictures, and under which name the tests keep it."""


async def _dialog(screens: Screens, line: str, holds: str, *, name: str = "chi") -> View:
    await screens.town.person(name).command(f"/revmentor {line}")
    return await _open(screens, holds, name=name)


async def _open(screens: Screens, holds: str, *, name: str = "chi") -> View:
    """The modal that is open for somebody."""
    page = await screens.look(name, "app:messages")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text(holds)
    return View(page, dialog)
