"""Modals: what was typed survives everything, and errors stand where they belong."""

from playwright.async_api import Page, expect

from tests.page.conftest import Stage
from tests.thorough import thorough


async def _form(stage: Stage) -> Page:
    page = await stage.open("ana", "general")
    field = page.get_by_role("combobox", name="Message #general")
    await field.fill("/revmentor form")
    await field.press("Enter")
    await expect(page.get_by_role("dialog", name="After your session")).to_be_visible()
    return page


async def test_an_error_stands_under_its_field_and_everything_typed_stays(stage: Stage) -> None:
    page = await _form(stage)
    stage.app.refuse = {"example": "Please leave names out."}
    example = page.get_by_role("textbox", name="An example")
    await example.fill("Bo said so")
    await page.get_by_label("Not yet").check()
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("[data-block-id=example] .field-error")).to_have_text("Please leave names out.")
    await expect(example).to_have_accessible_description("Please leave names out.")
    await expect(example).to_have_value("Bo said so")
    await expect(example).to_be_focused()
    await expect(page.get_by_label("Not yet")).to_be_checked()
    stage.app.refuse = {}
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert stage.app.submitted[-1]["learn"]["value"]["selected_option"]["value"] == "not yet"


@thorough
async def test_a_required_question_left_open_is_named_before_the_app_hears_of_it(stage: Stage) -> None:
    page = await _form(stage)
    await page.get_by_role("textbox", name="An example").fill("kept")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("[data-block-id=learn] .field-error")).to_be_visible()
    await expect(page.get_by_role("textbox", name="An example")).to_have_value("kept")
    assert stage.app.submitted == []


@thorough
async def test_an_app_that_does_not_answer_costs_nothing_that_was_typed(stage: Stage) -> None:
    page = await _form(stage)
    stage.app.deaf, stage.pg.ack_seconds = True, 0.4
    await page.get_by_label("Yes").check()
    await page.get_by_role("textbox", name="An example").fill("long thought about")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="Save")).to_have_attribute("aria-busy", "true")
    await expect(page.get_by_role("alert")).to_contain_text("Nothing you typed is lost")
    await expect(page.get_by_role("textbox", name="An example")).to_have_value("long thought about")
    stage.app.deaf, stage.pg.ack_seconds = False, 3.0
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


@thorough
async def test_an_update_of_the_view_keeps_what_is_typed(stage: Stage) -> None:
    page = await _form(stage)
    await page.get_by_label("No", exact=True).check()
    await page.get_by_role("textbox", name="An example").fill("half a sen")
    await page.get_by_role("button", name="Add a line").click()
    await expect(page.get_by_text("One more line.")).to_be_visible()
    await expect(page.get_by_role("textbox", name="An example")).to_have_value("half a sen")
    await expect(page.get_by_label("No", exact=True)).to_be_checked()


@thorough
async def test_what_was_typed_into_a_field_that_went_is_not_there_when_it_comes_back(stage: Stage) -> None:
    page = await _form(stage)
    example = page.get_by_role("textbox", name="An example")
    await example.fill("for somebody else")
    view = stage.pg.views.top(stage.person("ana").id)
    assert view is not None
    given = view.given
    stage.pg.views.update(view, {**given, "blocks": [block for block in given["blocks"] if block["type"] != "input"]})
    await expect(example).to_have_count(0)
    stage.pg.views.update(view, given)
    await expect(example).to_have_value("")


@thorough
async def test_a_second_modal_lies_on_the_first_and_gives_it_back_as_it_was(stage: Stage) -> None:
    page = await _form(stage)
    await page.get_by_role("textbox", name="An example").fill("underneath")
    await page.get_by_role("button", name="Say more").click()
    await expect(page.get_by_role("dialog", name="In detail")).to_be_visible()
    await page.get_by_role("textbox", name="What happened?").fill("first line")
    await page.get_by_role("button", name="Back").click()
    await expect(page.get_by_role("dialog", name="After your session")).to_be_visible()
    await expect(page.get_by_role("textbox", name="An example")).to_have_value("underneath")
    modal = stage.person("ana").modal
    assert modal is not None and modal["title"]["text"] == "After your session"


@thorough
async def test_chips_people_and_local_times_reach_the_app(stage: Stage) -> None:
    page = await _form(stage)
    await page.get_by_label("Yes").check()
    themes = page.get_by_role("combobox", name="What keeps coming up?")
    await themes.click()
    for name in ("Tools", "Meeting times", "Career paths"):
        await page.get_by_role("option", name=name).click()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Remove Tools").click()
    who = page.get_by_role("combobox", name="Who else?")
    await who.fill("noor")
    await who.press("Enter")
    await who.press("Escape")
    when = page.get_by_label("By when?")
    await expect(when).to_have_value("2026-03-03T09:15")
    await when.fill("2026-03-29T03:30")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    sent = stage.app.submitted[-1]
    assert [one["value"] for one in sent["themes"]["value"]["selected_options"]] == [
        "meeting times",
        "career paths",
    ]
    assert sent["who"]["value"]["selected_users"] == [stage.person("noor").id]
    assert sent["when"]["value"]["selected_date_time"] == 1774747800


@thorough
async def test_text_that_is_too_long_is_counted_and_refused_but_not_cut(stage: Stage) -> None:
    page = await _form(stage)
    await page.get_by_label("Yes").check()
    example = page.get_by_role("textbox", name="An example")
    await example.fill("x" * 43)
    await expect(page.locator(".counter")).to_have_text("-3")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("[data-block-id=example] .field-error")).to_be_visible()
    await expect(example).to_have_value("x" * 43)


@thorough
async def test_what_is_typed_survives_a_reload_of_the_browser_also_below_another_modal(stage: Stage) -> None:
    page = await _form(stage)
    await page.get_by_role("textbox", name="An example").fill("long thought about")
    await page.get_by_label("Not yet").check()
    await page.get_by_role("button", name="Say more").click()
    await page.get_by_role("textbox", name="What happened?").fill("one more thing")
    await page.reload()
    await expect(page.get_by_role("textbox", name="What happened?")).to_have_value("one more thing")
    await page.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_role("textbox", name="An example")).to_have_value("long thought about")
    await expect(page.get_by_label("Not yet")).to_be_checked()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert stage.app.submitted[-1]["example"]["value"]["value"] == "long thought about"
    assert await page.evaluate("Object.keys(sessionStorage)") == []


@thorough
async def test_two_tabs_of_a_person_show_one_modal_and_other_people_see_nothing_of_it(stage: Stage) -> None:
    other, bo = await stage.open("ana", "app:home"), await stage.open("bo", "general")
    page = await _form(stage)
    await expect(other.get_by_role("dialog", name="After your session")).to_be_visible()
    await expect(bo.get_by_role("dialog")).to_have_count(0)
    await other.get_by_label("Not yet").check()
    await other.get_by_role("button", name="Save").click()
    for tab in (other, page):
        await expect(tab.get_by_role("dialog")).to_have_count(0)
    assert len(stage.app.submitted) == 1
