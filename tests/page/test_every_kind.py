"""Every kind of block and element that the playground lets through is drawn, named, and reaches the app."""

from collections.abc import Iterator
from typing import Any

from playwright.async_api import FilePayload, expect

from playground.blocks.layout import BLOCKS, ELEMENTS
from tests.page import views
from tests.page.conftest import Stage
from tests.playground.samples import building as made

TWO = views.options("One", "Two")
FIELDS: dict[str, dict[str, Any]] = {
    "Words": {"type": "plain_text_input"},
    "Styled words": {"type": "rich_text_input"},
    "Number": {"type": "number_input", "is_decimal_allowed": False},
    "Mail": {"type": "email_text_input"},
    "Address": {"type": "url_text_input"},
    "Day": {"type": "datepicker"},
    "Time": {"type": "timepicker"},
    "Instant": {"type": "datetimepicker"},
    "One of several": {"type": "static_select", "options": TWO},
    "Some of several": {"type": "multi_static_select", "options": TWO},
    "One choice": {"type": "radio_buttons", "options": TWO},
    "Some choices": {"type": "checkboxes", "options": TWO},
    "Somebody": {"type": "users_select"},
    "Some people": {"type": "multi_users_select"},
    "Conversation": {"type": "conversations_select", "filter": {"include": ["private"]}},
    "Conversations": {"type": "multi_conversations_select"},
    "Channel": {"type": "channels_select"},
    "Channels": {"type": "multi_channels_select"},
    "Files": {"type": "file_input", "filetypes": ["csv"]},
}
MESSAGE = [
    {"type": "header", "text": views.plain("A header")},
    {"type": "divider"},
    views.section("A section", accessory={"type": "overflow", "options": TWO}),
    views.section("Beside a picture", accessory=made.image()),
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "Context"}]},
    views.actions(views.button("Press", "press"), {"type": "datepicker"}),
    made.image(title=views.plain("A chart")),
    made.rich({"type": "text", "text": "Rich text", "style": {"bold": True}}),
    made.table([[made.cell("Who"), made.cell("Sessions")], [made.cell("Ana"), made.cell("3")]]),
    {"type": "markdown", "text": "**Markdown**"},
    views.field("asked", "Asked in a message", {"type": "plain_text_input"}),
]


def kinds(blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        yield block["type"]
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", [])):
            if isinstance(element, dict):
                yield element["type"]


async def test_every_field_is_drawn_named_and_reaches_the_app(stage: Stage) -> None:
    fields = [views.field(f"f{n}", label, element, optional=True) for n, (label, element) in enumerate(FIELDS.items())]
    assert set(kinds(fields)) | set(kinds(MESSAGE)) >= set(BLOCKS) | set(ELEMENTS)
    page = await stage.open("chi", "general")
    trigger = stage.pg.triggers.issue(stage.person("chi").id)
    await stage.app.client.views_open(trigger_id=trigger, view=views.modal("Everything", *fields))
    dialog = page.get_by_role("dialog", name="Everything")
    await expect(dialog).to_be_visible()
    assert "cannot draw" not in await dialog.inner_text()
    await dialog.get_by_role("textbox", name="Styled words").fill("Thank you")
    await dialog.get_by_role("combobox", name="Conversation", exact=True).fill("prog")
    await page.keyboard.press("Enter")
    await dialog.get_by_role("combobox", name="Channels", exact=True).fill("gen")
    await page.keyboard.press("Enter")
    await dialog.get_by_label("Day").fill("2026-03-04")
    for name in ("one.csv", "two.csv"):
        file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": b"a;b"}
        await dialog.get_by_label("Files", exact=True).set_input_files(file)
        await expect(dialog.get_by_text(name, exact=True)).to_be_visible()
    await dialog.get_by_role("button", name="Take out one.csv").click()
    for label in FIELDS:
        grouped = dialog.get_by_role("group", name=label).or_(dialog.get_by_role("radiogroup", name=label))
        await expect(dialog.get_by_label(label).or_(grouped).first).to_be_visible()
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0)
    sent = {label: stage.app.submitted[-1][f"f{n}"]["value"] for n, label in enumerate(FIELDS)}
    assert sent["Styled words"]["rich_text_value"] == made.rich({"type": "text", "text": "Thank you"})
    assert sent["Conversation"]["selected_conversation"] == stage.channel("programme-team")
    assert sent["Channels"]["selected_channels"] == [stage.channel("general")]
    assert [(file["name"], file["size"]) for file in sent["Files"]["files"]] == [("two.csv", 3)]
    assert sent["Day"]["selected_date"] == "2026-03-04"


async def test_every_block_is_drawn_in_a_message(stage: Stage) -> None:
    channel = stage.channel("programme-team")
    await stage.app.client.chat_postMessage(channel=channel, text="Everything", blocks=MESSAGE)
    page = await stage.open("chi", "programme-team")
    message = page.locator(".message")
    await expect(message.get_by_role("table")).to_be_visible()
    assert "cannot draw" not in await message.inner_text()
    for role, name in (
        ("columnheader", "Sessions"),
        ("cell", "3"),
        ("heading", "A header"),
        ("button", "More actions"),
    ):
        await expect(message.get_by_role(role, name=name)).to_be_visible()  # type: ignore[arg-type]
    assert await message.locator(".block").count() == len(MESSAGE)
