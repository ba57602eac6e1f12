"""Screens as people see them, each kept as a picture in build/screens, each with something that must hold."""

import os
from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Page, expect

from playground.person import Person
from storage import programme
from tests.end_to_end.conftest import Town
from tests.screens.conftest import PHONE, WIDE, Screens
from tests.screens.guide import GUIDE
from tests.screens.scene import FOUR, PARKED, PROMISE, SECRET, TEAM_CHANNEL
from tests.thorough import thorough

QUESTIONS = (
    "What is Bo learning from you",
    "Has Bo done something to help you?",
    "has Bo spoken up for you",
    "Has Bo introduced you",
)
HOMES = {
    "ada": ("not-enrolled", ("Open now: Spring.", "Join", "What is stored?")),
    "ana": ("junior", ("Next session", "Your check-in waits.", PROMISE, "What you have said so far", "Draft an ask")),
    "bo": ("senior", ("Next session", "Your look back waits.", PROMISE, "2 of 2 sessions kept", "Only you see this.")),
    "juno": ("both", ("As a junior", "As a senior", "No session with @Ivy Chen is planned.", "Book a session")),
    "chi": ("coordinator", ("Spring, week 3 of 26", "What juniors say", "Pair people", "Settings")),
}

EVERY = os.environ.get("PICTURES") == "all"
"""Whether every picture of the guide is taken, as `make pictures` does."""
FEW = ("attention", "home", "pair")
WIDTHS = (WIDE, PHONE) if EVERY else (PHONE,)


async def check_in(screens: Screens, width: int) -> Page:
    """Ana opens the modal from the invitation, with the mouse."""
    page = await screens.look("ana", "app:messages", width=width)
    await page.get_by_role("button", name="Answer", exact=True).last.click()
    await expect(page.get_by_role("dialog", name="After your session")).to_be_visible()
    await expect(page.get_by_role("button", name="Send")).to_be_visible()
    return page


async def put_away(person: Person) -> None:
    while person.modal is not None:
        await person.dismiss()


def pair_space(person: Person) -> str:
    return next(str(one["id"]) for one in person.conversations() if one["kind"] == "mpim")


async def seen(page: Page) -> str:
    """All that can be read on the page, alt texts and what fields hold included."""
    texts = await page.locator("body").inner_text()
    held = await page.evaluate("[...document.querySelectorAll('input, textarea')].map((one) => one.value).join(' ')")
    alts = await page.evaluate("[...document.images].map((one) => one.alt).join(' ')")
    return f"{texts} {held} {alts}"


@pytest.mark.parametrize("width", [WIDE, PHONE])
@thorough
async def test_four_questions_in_one_modal_say_who_sees_the_answers(screens: Screens, width: int) -> None:
    page = await check_in(screens, width)
    dialog = page.get_by_role("dialog")
    for question in QUESTIONS:
        await expect(dialog.get_by_text(question)).to_be_attached()
    assert await dialog.get_by_role("radiogroup").count() == 5, "four questions, and who was learning"
    await expect(dialog.get_by_text("Only you see your answers.")).to_be_visible()
    await screens.keep(page, f"checkin-{width}", dialog)
    await put_away(screens.town.person("ana"))


@thorough
async def test_an_error_stands_under_its_field_and_is_read_out_with_it(screens: Screens) -> None:
    page = await check_in(screens, WIDE)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Offered, with a date").check()
    day = dialog.locator("[data-block-id='checkin.by_when:help'] input")
    await day.fill("2026-03-01")
    await dialog.get_by_role("button", name="Send").click()
    error = dialog.locator("[data-block-id='checkin.by_when:help'] .field-error")
    await expect(error).to_have_text("That day has passed. Please pick one ahead, or another answer.")
    described = (await day.get_attribute("aria-describedby") or "").split()
    assert await error.get_attribute("id") in described
    await expect(day).to_have_attribute("aria-invalid", "true")
    await expect(day).to_have_value("2026-03-01")
    await screens.keep(page, "checkin-error", dialog)
    await put_away(screens.town.person("ana"))


@pytest.mark.parametrize("name", HOMES)
@thorough
async def test_a_home_shows_what_comes_next_for_its_reader(screens: Screens, name: str) -> None:
    role, texts = HOMES[name]
    page = await screens.look(name, "app:home")
    for text in texts:
        await expect(page.locator("#main")).to_contain_text(text)
    await screens.keep(page, f"home-{role}")


@thorough
async def test_a_home_in_the_dark_on_a_phone(screens: Screens) -> None:
    page = await screens.look("ana", "app:home", width=PHONE, scheme="dark")
    await expect(page.get_by_role("heading", name="Next session")).to_be_visible()
    ground, ink = await page.evaluate(
        "['backgroundColor', 'color'].map((one) => getComputedStyle(document.querySelector('#main'))[one]"
        ".match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0))"
    )
    assert ground < 200 < 500 < ink
    await screens.keep(page, "home-junior-dark-phone")


@pytest.mark.parametrize("width", [WIDE, PHONE])
@thorough
async def test_the_digest_says_its_figures_and_draws_them(screens: Screens, width: int) -> None:
    page = await screens.look("chi", TEAM_CHANNEL, width=width)
    newest = page.locator(".message").filter(has_text="Spring, week 2 of 26").last
    await newest.scroll_into_view_if_needed()
    await expect(newest).to_contain_text("in 2 releases")
    await expect(newest).to_contain_text("One thing this week")
    chart = newest.get_by_role("img", name="Helped me")
    await expect(chart).to_be_visible()
    await page.wait_for_function("(one) => one.complete && one.naturalWidth > 600", arg=await chart.element_handle())
    said = await chart.get_attribute("alt") or ""
    for name in ("Learned and changed", "Helped me", "Spoke up for me", "Introduced me, and we talked"):
        assert f"{name}: " in said
    await screens.keep(page, f"digest-{width}", newest)


@thorough
async def test_the_agenda_waits_in_the_pair_space(screens: Screens) -> None:
    page = await screens.look("bo", pair_space(screens.town.person("bo")))
    newest = page.locator(".message").filter(has_text="A suggestion.").last
    await newest.scroll_into_view_if_needed()
    for text in ("Session 3", PROMISE, PARKED, "You and your partner both see this."):
        await expect(newest).to_contain_text(text)
    for name in ("Use this", "Edit", "Park something"):
        await expect(newest.get_by_role("button", name=name)).to_be_visible()
    await screens.keep(page, "agenda", newest)


@thorough
async def test_what_ana_answered_is_on_no_screen_but_hers(screens: Screens) -> None:
    town = screens.town
    bo, chi = town.person("bo"), town.person("chi")
    hers: list[Any] = [SECRET, *(str(value) for key, value in FOUR.items() if ":learn" in key or ":help" in key)]
    general = next(str(one["id"]) for one in chi.conversations() if one["name"] == "general")
    pages = {name: await screens.look(name, general) for name in ("bo", "chi")}
    places = [("bo", place) for place in ("app:home", "app:messages", pair_space(bo))]
    places += [("chi", place) for place in ("app:home", "app:messages", TEAM_CHANNEL)]
    for name, place in places:
        text = await seen(await screens.go(pages[name], name, place))
        assert len(text) > 200
        assert [secret for secret in hers if secret in text] == [], (name, place)
    assert (await chi.command("/revmentor admin digest preview")).ok
    assert (await bo.command("/revmentor status")).ok
    for name, page in pages.items():
        assert SECRET not in await seen(await screens.go(page, name, general))
    await town.person("ana").command("/revmentor checkin")
    page = await screens.look("ana", "app:home")
    assert FOUR["checkin.option:learn"] in await seen(page)
    await put_away(town.person("ana"))


@pytest.mark.parametrize("name", GUIDE if EVERY else FEW)
@thorough
async def test_the_coordinators_guide_shows_what_is_really_there(screens: Screens, name: str) -> None:
    view = await GUIDE[name](screens)
    await screens.keep(view.page, f"guide-{name}", view.part)
    for person in ("ada", "ana", "chi"):
        await put_away(screens.town.person(person))


@thorough
async def test_a_pair_reads_french_in_its_messages_its_homes_and_its_space(screens: Screens) -> None:
    """The last one here: from now on Ana, Bo and the pair spaces speak French."""
    town = screens.town
    ana, bo = town.person("ana"), town.person("bo")
    await french(town)
    for name in ("ana", "bo"):
        await put_away(town.person(name))
        await town.person(name).command("/revmentor prefs")
        assert (await town.person(name).submit({"prefs.language": "fr"})).ok
        await put_away(town.person(name))
    await town.settle()
    for width in WIDTHS:
        home = await screens.look("ana", "app:home", width=width)
        for text in ("Prochaine séance", "Ton point t’attend.", "Ce que tu as répondu jusqu’ici"):
            await expect(home.locator("#main")).to_contain_text(text)
        await screens.keep(home, f"french-home-junior-{width}", home.locator("#main .home"))
        home = await screens.look("bo", "app:home", width=width)
        await expect(home.locator("#main")).to_contain_text("Ton bilan de séance t’attend.")
        await screens.keep(home, f"french-home-senior-{width}", home.locator("#main .home"))
        await ana.command("/revmentor checkin")
        sheet = await screens.look("ana", "app:messages", width=width)
        dialog = sheet.get_by_role("dialog", name="Après votre séance")
        await expect(dialog).to_contain_text("Est-ce que Bo a fait quelque chose pour t’aider ?")
        await screens.keep(sheet, f"french-checkin-{width}", dialog)
        await put_away(ana)
    page = await screens.look("bo", pair_space(bo))
    await page.get_by_role("button", name="Use this", exact=True).last.click()
    await town.settle()
    for width in WIDTHS:
        page = await screens.look("bo", pair_space(bo), width=width)
        agenda = page.locator(".message").filter(has_text="Séance 3").last
        for text in ("Convenu.", "Prochaine date", "Ton binôme et toi le voyez tous les deux."):
            await expect(agenda).to_contain_text(text)
        await agenda.scroll_into_view_if_needed()
        await screens.keep(page, f"french-agenda-{width}", agenda)


async def french(town: Town) -> None:
    """Pair spaces speak French from now on."""
    async with town.house.kit.store.write(town.pg.workspace.team_id) as tx:
        known = await programme.get(tx)
        assert known is not None
        await programme.save(tx, replace(known, language="fr"))
