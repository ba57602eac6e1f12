"""Running commands from the composer and from the sidebar."""

from playwright.async_api import expect

from tests.page.conftest import Stage
from tests.thorough import thorough


async def test_a_slash_lists_commands_and_their_words_and_enter_sends_the_line(stage: Stage) -> None:
    page = await stage.open("ana", "general")
    field = page.get_by_role("combobox", name="Message #general")
    await field.fill("/rev")
    await expect(page.get_by_role("option")).to_have_text(["/revmentor [help]Reverse mentoring"])
    await field.press("Enter")
    await expect(field).to_have_value("/revmentor ")
    await field.press_sequentially("s")
    await expect(page.get_by_role("option")).to_contain_text(["/revmentor status", "/revmentor schedule"])
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(field).to_have_value("/revmentor status")
    await field.press("Enter")
    await expect(page.locator(".message.ephemeral")).to_contain_text("Only visible to you")
    await expect(page.locator(".message.ephemeral")).to_contain_text("You said status")


@thorough
async def test_a_name_is_completed_and_reaches_the_app_as_a_mention(stage: Stage) -> None:
    page = await stage.open("ana", "general")
    field = page.get_by_role("combobox", name="Message #general")
    await field.fill("/revmentor admin lines @noo")
    await field.press("Tab")
    await expect(field).to_have_value("/revmentor admin lines @noor ")
    await field.press("Enter")
    await expect(page.locator(".message.ephemeral .mention")).to_have_text("@Noor Haddad")


@thorough
async def test_the_command_box_answers_in_general_wherever_one_is(stage: Stage) -> None:
    page = await stage.open("ana", "app:home")
    box = page.get_by_label("Run a command")
    await box.fill("/revmentor help")
    await box.press("Enter")
    await expect(page.locator(".message.ephemeral")).to_contain_text("You said help")
    await expect(page.get_by_role("heading", name="general")).to_be_visible()


@thorough
async def test_a_command_that_the_app_ignores_says_so(stage: Stage) -> None:
    stage.pg.ack_seconds = 0.2
    page = await stage.open("ana", "general")
    field = page.get_by_role("combobox", name="Message #general")
    await field.fill("/revmentor silence")
    await field.press("Enter")
    notice = page.locator(".toast")
    await expect(notice).to_have_text("/revmentor failed with the error operation_timeout")
    await expect(field).to_have_value("/revmentor silence")


@thorough
async def test_nobody_can_write_to_the_app(stage: Stage) -> None:
    page = await stage.open("ana", "app:messages")
    await expect(page.get_by_text("You cannot write to revmentor here")).to_be_visible()
    await expect(page.get_by_role("main").get_by_role("combobox")).to_have_count(0)
    await page.get_by_role("main").get_by_role("link", name="Home").first.click()
    await expect(page.get_by_role("heading", name="Hello")).to_be_visible()


@thorough
async def test_what_a_person_writes_is_read_by_the_others(stage: Stage) -> None:
    ana, bo = await stage.open("ana", "general"), await stage.open("bo", "app:home")
    field = ana.get_by_role("combobox", name="Message #general")
    await field.fill("Good morning")
    await field.press("Enter")
    await expect(ana.locator(".message .prose")).to_have_text("Good morning")
    await expect(bo.get_by_role("link", name="general 1 unread")).to_be_visible()
    await bo.get_by_role("link", name="general").click()
    await expect(bo.locator(".message .prose")).to_have_text("Good morning")
    await expect(bo.locator(".sidebar .count")).to_have_count(0)
