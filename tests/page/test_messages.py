"""What messages look like, and that nothing written in them can do more than be read."""

from base64 import b64decode

from aiohttp import ClientSession
from playwright.async_api import expect

from tests.page import views
from tests.page.conftest import Stage
from tests.thorough import thorough

DOT = b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==")


async def test_what_people_type_is_shown_as_text(stage: Stage) -> None:
    line = "<script>document.title='hacked'</script> <!channel> <b>bold</b> 1 < 2 & *strong*"
    stage.person("ana").say(stage.channel("general"), line)
    page = await stage.open("bo", "general")
    shown = page.locator(".message .prose")
    await expect(shown).to_contain_text(
        "<script>document.title='hacked'</script> <!channel> <b>bold</b> 1 < 2 & strong"
    )
    await expect(shown.locator("strong")).to_have_text("strong")
    assert await page.locator("#main script, #main b, #main .mention-loud").count() == 0
    assert "hacked" not in await page.title()


@thorough
async def test_markup_of_the_app_becomes_elements(stage: Stage) -> None:
    bo = stage.person("bo").id
    text = (
        f"*bold* _italic_ ~gone~ `code *not bold*` snake_case_word 3*4*5 <@{bo}> <https://a.example/x_y_z|a link> "
        "<javascript:alert(1)|no link> &lt;!channel&gt;\n> quoted\n• first\n• second\n```pre *formatted*```"
    )
    await stage.app.client.chat_postMessage(channel=stage.channel("programme-team"), text=text)
    shown = (await stage.open("chi", "programme-team")).locator(".message .prose")
    for selector, words in {
        "strong": "bold",
        "em": "italic",
        "s": "gone",
        "code": "code *not bold*",
        "blockquote": "quoted",
        "pre": "pre *formatted*",
        ".mention": "@Bo Lindgren",
        "a": "a link",
    }.items():
        await expect(shown.locator(selector)).to_have_text(words)
    await expect(shown.locator("li")).to_have_text(["first", "second"])
    await expect(shown).to_contain_text("snake_case_word 3*4*5")
    await expect(shown).to_contain_text("<javascript:alert(1)|no link> <!channel>")


@thorough
async def test_a_time_is_shown_in_the_zone_of_whoever_reads_it(stage: Stage) -> None:
    text = "See you <!date^1772525700^{date_short_pretty} at {time}|tomorrow>"
    await stage.app.client.chat_postMessage(channel=stage.channel("programme-team"), text=text)
    berlin = await stage.open("chi", "programme-team")
    await expect(berlin.locator(".message .prose")).to_have_text("See you tomorrow at 09:15")
    new_york = await stage.open("dee", "programme-team")
    await expect(new_york.locator(".message .prose")).to_have_text("See you tomorrow at 3:15 AM")


@thorough
async def test_messages_are_grouped_by_author_and_replies_stand_under_their_parent(stage: Stage) -> None:
    general, ana, bo = stage.channel("general"), stage.person("ana"), stage.person("bo")
    first = ana.say(general, "one")
    ana.say(general, "two")
    bo.say(general, "three")
    stage.pg.workspace.post(general, bo.id, "a reply", stage.pg.clock.now(), thread_ts=first.ts)
    page = await stage.open("chi", "general")
    await expect(page.locator(".message .prose")).to_have_text(["one", "a reply", "two", "three"])
    await expect(page.locator(".message.reply .prose")).to_have_text("a reply")
    await expect(page.locator(".day")).to_have_text(["Today"])
    assert await page.locator(".message").nth(3).locator(".avatar").count() == 1


async def test_blocks_are_drawn_with_alt_text_and_a_button_reaches_the_app(stage: Stage) -> None:
    channel = stage.channel("programme-team")
    await stage.app.client.chat_postMessage(channel=channel, text="Week 7", blocks=list(views.DIGEST))
    page = await stage.open("chi", "programme-team")
    await expect(page.get_by_role("heading", name="Week 7 of 26")).to_be_visible()
    await expect(page.locator(".block-image")).to_contain_text("About half changed something, most helped.")
    await page.get_by_role("button", name="Preview").click()
    await stage.eventually(lambda: [one["action_id"] for one in stage.app.actions] == ["preview"])


@thorough
async def test_an_uploaded_image_is_shown_where_a_block_names_it(stage: Stage) -> None:
    channel, client = stage.channel("programme-team"), stage.app.client
    stage.pg.processing_seconds = 0.0
    ticket = await client.files_getUploadURLExternal(filename="dot.gif", length=len(DOT))
    async with ClientSession() as web:
        await web.post(ticket["upload_url"], data=DOT)
    await client.files_completeUploadExternal(files=[{"id": ticket["file_id"], "title": "A dot"}])
    image = {"type": "image", "slack_file": {"id": ticket["file_id"]}, "alt_text": "One dot"}
    await client.chat_postMessage(channel=channel, text="A dot", blocks=[image])
    page = await stage.open("chi", "programme-team")
    drawn = page.get_by_role("main").get_by_role("img", name="One dot")
    await expect(drawn).to_have_js_property("naturalWidth", 1)


@thorough
async def test_a_confirmation_that_is_declined_sends_nothing(stage: Stage) -> None:
    channel = stage.channel("programme-team")
    await stage.app.client.chat_postMessage(channel=channel, text="Week 7", blocks=list(views.DIGEST))
    page = await stage.open("chi", "programme-team")
    await page.get_by_role("button", name="Pause digest").click()
    await page.get_by_role("dialog", name="Pause the digest?").get_by_role("button", name="Keep it").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("button", name="Pause digest").click()
    await page.get_by_role("button", name="Pause it").click()
    await stage.eventually(lambda: len(stage.app.actions) == 1)


@thorough
async def test_a_change_and_a_deletion_show_at_once(stage: Stage) -> None:
    client, channel = stage.app.client, stage.channel("programme-team")
    page = await stage.open("chi", "programme-team")
    posted = await client.chat_postMessage(channel=channel, text="before")
    await expect(page.locator(".message .prose")).to_have_text("before")
    await client.chat_update(channel=channel, ts=posted["ts"], text="after")
    await expect(page.locator(".message .prose")).to_have_text("after (edited)")
    await client.chat_delete(channel=channel, ts=posted["ts"])
    await expect(page.locator(".message")).to_have_count(0)


@thorough
async def test_what_is_new_is_marked_in_the_list_the_sidebar_and_the_tabs_name(stage: Stage) -> None:
    client, channel = stage.app.client, stage.channel("programme-team")
    await client.chat_postMessage(channel=channel, text="seen")
    stage.person("chi").read(channel)
    for text in ("first news", "more news"):
        await client.chat_postMessage(channel=channel, text=text)
    page = await stage.open("chi", "general")
    await expect(page.get_by_role("link", name="programme-team 2 unread")).to_be_visible()
    await expect(page).to_have_title("(2) general · Northlight")
    await page.get_by_role("link", name="programme-team").click()
    await expect(page.locator(".messages > li:not(:first-child)")).to_contain_text(
        ["seen", "New", "first news", "more news"]
    )
    await expect(page).to_have_title("programme-team · Northlight")
    await page.get_by_role("link", name="general").click()
    await page.get_by_role("link", name="programme-team").click()
    await expect(page.get_by_text("more news")).to_be_visible()
    await expect(page.get_by_role("heading", name="New", exact=True)).to_have_count(0)
