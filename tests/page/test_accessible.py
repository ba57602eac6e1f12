"""The page in both themes, looked over as a checker of accessibility does."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.page import views
from tests.page.conftest import Stage
from tests.page.test_every_kind import FIELDS, MESSAGE
from tests.thorough import thorough

AUDIT = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")
NOTHING: dict[str, list[str]] = {"faint": [], "unnamed": [], "twice": [], "dangling": []}


async def audited(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = await page.evaluate(AUDIT)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@thorough
async def test_nothing_is_faint_nameless_or_ambiguous(stage: Stage, theme: str) -> None:
    chi, channel = stage.person("chi").id, stage.channel("programme-team")
    for blocks in (views.DIGEST, MESSAGE):
        await stage.app.client.chat_postMessage(channel=channel, text="Blocks", blocks=list(blocks))
    await stage.app.client.chat_postEphemeral(channel=channel, user=chi, text=f"Psst <@{chi}> <!here>")
    page = await stage.open("chi", "programme-team", theme=theme)
    await page.get_by_role("button", name="Requests", exact=True).click()
    await page.locator(".request-list summary").first.click()
    await expect(page.locator(".request-list pre").first).to_be_visible()
    assert await audited(page) == NOTHING
    await page.get_by_role("link", name="revmentor").click()
    await expect(page.get_by_role("button", name="Answer")).to_be_visible()
    assert await audited(page) == NOTHING
    hint = {"hint": views.plain("A hint")}
    fields = [views.field(f"f{n}", label, element, **hint) for n, (label, element) in enumerate(FIELDS.items())]
    await stage.app.client.views_open(trigger_id=stage.pg.triggers.issue(chi), view=views.modal("Everything", *fields))
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator(".field-error").first).to_be_visible()
    await page.get_by_role("combobox", name="Some people").click()
    await expect(page.get_by_role("option").first).to_be_visible()
    assert await audited(page) == NOTHING


@thorough
async def test_a_jump_of_the_clock_is_spoken(stage: Stage) -> None:
    page = await stage.open("ana", "general")
    await page.get_by_role("button", name="+1 hour").click()
    await expect(page.get_by_role("status").filter(has_text="It is now Mon, 2 Mar 2026 10:20")).to_have_count(1)


@thorough
async def test_the_audit_sees_what_it_is_there_for(stage: Stage) -> None:
    page = await stage.window.page()
    await page.set_content(
        "<body style='background:#fff'><p id=a style='color:#999'>faint</p><button id=a></button><label for=b>x</label>"
    )
    found = await audited(page)
    assert found["faint"][0].startswith("faint 2.8")
    assert (len(found["unnamed"]), found["twice"], found["dangling"]) == (1, ["a"], ["for b"])
