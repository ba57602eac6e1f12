"""The frame around the messages: people, clock, themes, keyboard, narrow screens, requests."""

import json
import re

import pytest
from playwright.async_api import Page, expect
from slack_sdk.errors import SlackApiError

from tests.page import views
from tests.page.conftest import Stage
from tests.thorough import thorough


async def _focused(page: Page) -> str:
    return str(await page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent"))


async def test_another_person_sees_only_what_is_hers(stage: Stage) -> None:
    ana, bot, now = stage.person("ana").id, stage.pg.bot_id, stage.pg.clock.now()
    stage.pg.workspace.post_ephemeral(stage.channel("general"), bot, "For Ana alone", now, ephemeral_to=ana)
    page = await stage.open("ana", "general")
    await expect(page.get_by_text("For Ana alone")).to_be_visible()
    await page.keyboard.press("Control+k")
    search = page.get_by_role("combobox", name="Search people")
    await search.fill("coordinator, incl")
    await expect(page.get_by_role("option")).to_have_count(1)
    await search.press("Enter")
    await expect(page.get_by_role("button", name="You are: Chi Okafor")).to_be_visible()
    await expect(page.get_by_text("For Ana alone")).to_have_count(0)
    await expect(page.get_by_role("link", name="programme-team")).to_be_visible()
    assert f"as={stage.person('chi').id}" in page.url


async def test_a_walk_with_the_keyboard_alone(stage: Stage) -> None:
    page = await stage.open("ana")
    await page.keyboard.press("Tab")
    assert await _focused(page) == "Skip to the conversation"
    await page.get_by_role("link", name="general").focus()
    await page.keyboard.press("End")
    assert "revmentor" in await _focused(page)
    await page.keyboard.press("Enter")
    answer = page.get_by_role("button", name="Answer")
    await expect(answer).to_be_visible()
    for _ in range(12):
        await page.keyboard.press("Tab")
        if await _focused(page) == "Answer":
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="After your session")).to_be_visible()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_label("Not yet")).to_be_checked()
    await page.keyboard.press("Tab")
    await page.keyboard.type("by keyboard")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(answer).to_be_focused()
    assert stage.app.submitted[-1]["example"]["value"]["value"] == "by keyboard"


@thorough
async def test_focus_stays_in_a_modal_and_escape_closes_it(stage: Stage) -> None:
    page = await stage.open("ana", "app:home")
    await page.get_by_role("button", name="Answer").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    for key in ["Tab"] * 14 + ["Shift+Tab"] * 16:
        await page.keyboard.press(key)
        assert await page.evaluate("document.activeElement.closest('dialog') !== null")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    assert stage.person("ana").modal is None


@thorough
async def test_dark_is_dark_and_the_switch_remembers(stage: Stage) -> None:
    page = await stage.open("ana", "general", theme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert await page.evaluate(paper) == "rgb(22, 25, 27)"
    await page.get_by_role("button", name="Use the light theme").click()
    assert await page.evaluate(paper) == "rgb(255, 255, 255)"
    await page.reload()
    await expect(page.get_by_role("button", name="Use the dark theme")).to_be_visible()
    assert await page.evaluate(paper) == "rgb(255, 255, 255)"
    await page.evaluate("localStorage.clear()")


@thorough
async def test_the_system_decides_until_somebody_switches(stage: Stage) -> None:
    page = await stage.open("ana", "general")
    await page.emulate_media(color_scheme="dark")
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 25, 27)"
    await expect(page.get_by_role("button", name="Use the light theme")).to_be_visible()


@thorough
async def test_nothing_sticks_out_at_380_pixels(stage: Stage) -> None:
    channel = stage.channel("programme-team")
    await stage.app.client.chat_postMessage(channel=channel, text="Week 7", blocks=list(views.DIGEST))
    page = await stage.open("chi", "general", width=380)
    menu = page.get_by_role("button", name="Conversations")
    for place, landmark in (("programme-team", "Preview"), ("revmentor", "Answer"), ("general", "Send")):
        await menu.click()
        await page.get_by_role("navigation", name="Conversations").get_by_role("link", name=place).click()
        await expect(page.get_by_role("main").get_by_role("button", name=landmark)).to_be_visible()
        await expect(page.locator(".sidebar")).not_to_be_in_viewport()
        assert await page.evaluate("document.documentElement.scrollWidth") <= 380
        assert await page.evaluate("document.querySelector('.scroll').scrollWidth") <= 380


async def test_the_clock_moves_and_shows_the_viewers_zone(stage: Stage) -> None:
    berlin, new_york = await stage.open("ana", "general"), await stage.open("dee", "general")
    await expect(berlin.locator(".clock-now")).to_have_text(re.compile("Mon.* 2 Mar 2026 *09:20"))
    await expect(new_york.locator(".clock-now")).to_have_text(re.compile("Mon, Mar 2, 2026 *3:20.AM"))
    await berlin.get_by_role("button", name="next morning").click()
    await expect(new_york.locator(".clock-time")).to_have_text(re.compile("3:55.AM"))


@thorough
async def test_a_select_on_the_home_tells_the_app_at_once(stage: Stage) -> None:
    page = await stage.open("ana", "app:home")
    select = page.get_by_role("combobox", name="Language")
    await select.focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(select).to_have_value("Deutsch")
    await stage.eventually(lambda: [one["selected_option"]["value"] for one in stage.app.actions] == ["deutsch"])


@thorough
async def test_the_request_panel_shows_calls_without_tokens(stage: Stage) -> None:
    page = await stage.open("ana", "app:home")
    await page.get_by_role("button", name="Requests", exact=True).click()
    panel = page.get_by_role("complementary", name="Requests")
    await expect(panel.locator(".what", has_text="views.publish").first).to_be_visible()
    await page.get_by_role("button", name="Answer").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await panel.get_by_label("Filter requests").fill("views.open")
    await panel.locator("summary").first.click()
    await expect(panel.locator("pre").first).to_contain_text("trigger_id")
    assert stage.pg.bot_token not in await panel.inner_text()


@thorough
async def test_the_panel_is_filtered_by_what_is_inside_and_by_what_failed_and_copied(stage: Stage) -> None:
    channel = stage.channel("programme-team")
    await stage.app.client.chat_postMessage(channel=channel, text="A needle")
    with pytest.raises(SlackApiError):
        await stage.app.client.chat_postMessage(channel="C404", text="Another needle")
    page = await stage.open("chi", "general")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Requests", exact=True).click()
    panel = page.get_by_role("complementary", name="Requests")
    await panel.get_by_label("Filter requests").fill("needle")
    await expect(panel.locator("summary")).to_have_count(2)
    await panel.get_by_label("Only what failed").check()
    await expect(panel.locator("summary")).to_have_text([re.compile("chat.postMessage.*channel_not_found")])
    await panel.locator("summary").press("Enter")
    await panel.get_by_role("button", name="Copy the response").click()
    await expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    copied = json.loads(await page.evaluate("navigator.clipboard.readText()"))
    assert copied == {"ok": False, "error": "channel_not_found"}


@thorough
async def test_a_person_opens_in_a_tab_of_her_own_and_this_one_stays(stage: Stage) -> None:
    page = await stage.open("chi", "general")
    await page.keyboard.press("Control+k")
    await page.get_by_role("combobox", name="Search people").fill("ana sil")
    async with page.context.expect_page() as opened:
        await page.keyboard.press("Control+Enter")
    other = await opened.value
    await expect(other.get_by_role("button", name="You are: Ana Silva")).to_be_visible()
    await other.close()
    await expect(page.get_by_role("button", name="You are: Chi Okafor")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


@thorough
async def test_the_focus_goes_into_the_panel_and_the_narrow_sidebar_and_comes_back(stage: Stage) -> None:
    page = await stage.open("chi", "general", width=700)
    requests = page.get_by_role("button", name="Requests", exact=True)
    await requests.press("Enter")
    await expect(page.get_by_label("Filter requests")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(requests).to_be_focused()
    menu = page.get_by_role("button", name="Conversations")
    await menu.press("Enter")
    await expect(page.get_by_role("link", name="general")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(menu).to_be_focused()
    await expect(page.locator(".sidebar")).not_to_be_in_viewport()
    await menu.press("Enter")
    await expect(page.get_by_role("link", name="general")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="programme-team")).to_be_visible()


@thorough
async def test_the_landmarks_have_names(stage: Stage) -> None:
    page = await stage.open("ana", "general")
    for role, name in (("navigation", "Conversations"), ("main", "general"), ("banner", None)):
        await expect(page.get_by_role(role, name=name).first).to_be_visible()  # type: ignore[arg-type]
    unnamed = await page.evaluate(
        "[...document.querySelectorAll('button, a[href]')]"
        ".filter((n) => n.checkVisibility() && !(n.ariaLabel || n.textContent.trim())).map((n) => n.outerHTML)"
    )
    assert unnamed == []
