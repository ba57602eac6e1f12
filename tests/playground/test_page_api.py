"""The page's own API: what it shows, what it does, and what it is told while it is open."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.person import Person
from playground.server import Playground
from tests.playground.conftest import RecordingApp

GENERAL = "C07GENERAL"
TEAM = "C07TEAM001"


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


MODAL: dict[str, Any] = {
    "type": "modal",
    "title": plain("T"),
    "submit": plain("S"),
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": plain("Name"),
            "element": {"type": "plain_text_input", "action_id": "answer"},
        }
    ],
}
BUTTON: list[dict[str, Any]] = [
    {
        "type": "actions",
        "block_id": "choices",
        "elements": [{"type": "button", "text": plain("Go"), "action_id": "go", "value": "7"}],
    }
]


class Page:
    """The browser's side."""

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        self.base, self.session = base, session

    async def get(self, path: str) -> Any:
        async with self.session.get(self.base + path) as answer:
            return await answer.json()

    async def post(self, path: str, **body: Any) -> Any:
        async with self.session.post(self.base + path, json=body) as answer:
            return await answer.json()


@pytest.fixture
async def page(pg: Playground) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(pg.base_url, session)


async def test_the_state_shows_a_person_their_own_workspace(page: Page, ana: Person) -> None:
    state = await page.get(f"/page/state?as={ana.id}")
    assert state["me"]["real_name"] == "Ana Silva"
    kinds = {place["name"]: place["kind"] for place in state["conversations"]}
    assert kinds == {"general": "channel", "ana": "app"}
    assert state["app"]["messages_tab_read_only"] is True
    assert state["commands"][0]["command"] == "/revmentor"
    assert [preset["id"] for preset in state["clock"]["presets"]] == ["hour", "day", "morning", "monday"]
    assert state["modal"] is None


async def test_a_command_a_click_and_a_modal_go_through(
    pg: Playground, page: Page, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    command = {"as": ana.id, "channel": GENERAL, "text": "/revmentor help"}
    assert await page.post("/page/command", **command) == {"ok": True}
    sent = await slack.chat_postMessage(channel=ana.id, text="x", blocks=BUTTON)
    container = {"type": "message", "channel": sent["channel"], "ts": sent["ts"]}
    click = {"as": ana.id, "container": container, "block_id": "choices", "action_id": "go", "value": None}
    assert await page.post("/page/action", **click) == {"ok": True}
    view = (await slack.views_open(trigger_id=pg.triggers.issue(ana.id), view=MODAL))["view"]
    empty = await page.post("/page/submit", **{"as": ana.id, "view_id": view["id"], "values": {}})
    assert (empty["ok"], list(empty["errors"])) == (False, ["name"])
    values = {"name": {"answer": "Ana"}}
    done = await page.post("/page/submit", **{"as": ana.id, "view_id": view["id"], "values": values})
    assert done == {"ok": True, "closed": True}
    kinds = [payload.get("type", "command") for payload in app.payloads]
    assert kinds == ["command", "block_actions", "view_submission"]


async def test_a_failed_command_says_why(page: Page, ana: Person) -> None:
    answer = await page.post("/page/command", **{"as": ana.id, "channel": GENERAL, "text": "/revmentor"})
    assert answer == {"ok": False, "error": "dispatch_failed"}


async def test_an_old_button_and_a_private_channel_are_refused_in_words(page: Page, ana: Person) -> None:
    container = {"type": "message", "channel": GENERAL, "ts": "1.000000"}
    click = {"as": ana.id, "container": container, "block_id": "x", "action_id": "y", "value": None}
    assert (await page.post("/page/action", **click))["error"] == "message_not_found"
    assert (await page.get(f"/page/conversation/{TEAM}?as={ana.id}"))["error"] == "channel_not_found"


async def test_what_people_say_is_read_and_marked(pg: Playground, page: Page, chi: Person) -> None:
    dee = Person(pg, "U07DEE0000")
    assert (await page.post("/page/say", **{"as": dee.id, "channel": TEAM, "text": "hello"}))["ok"]
    messages = (await page.get(f"/page/conversation/{TEAM}?as={chi.id}"))["messages"]
    assert [(m["text"], m["user"], m["is_bot"]) for m in messages] == [("hello", dee.id, False)]
    await page.post("/page/read", **{"as": chi.id, "channel": TEAM})
    assert {place["unread"] for place in chi.conversations()} == {0}


async def test_the_clock_moves_by_preset_and_to_an_instant_but_not_back(page: Page, ana: Person) -> None:
    assert (await page.post("/page/clock", **{"as": ana.id, "preset": "hour"}))["now_iso"].startswith(
        "2026-03-02T10:00"
    )
    later = await page.post("/page/clock", to="2026-03-05T08:00:00+01:00")
    assert later["now_iso"] == "2026-03-05T07:00:00+00:00"
    assert "forward" in (await page.post("/page/clock", to="2026-03-01T00:00:00+00:00"))["error"]


async def test_a_home_is_shown_and_a_modal_is_closed(
    pg: Playground, page: Page, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await slack.views_publish(user_id=ana.id, view={"type": "home", "blocks": BUTTON})
    assert (await page.get(f"/page/home?as={ana.id}"))["view"]["blocks"][0]["block_id"] == "choices"
    assert await page.post("/page/open_home", **{"as": ana.id, "tab": "home"}) == {"ok": True}
    assert app.payloads[0]["event"]["view"]["type"] == "home"
    view = (await slack.views_open(trigger_id=pg.triggers.issue(ana.id), view=MODAL))["view"]
    await page.post("/page/close", **{"as": ana.id, "view_id": view["id"]})
    assert ana.modal is None


async def test_an_open_page_hears_of_its_own_persons_changes_only(
    pg: Playground, page: Page, slack: AsyncWebClient, ana: Person, bo: Person
) -> None:
    async with page.session.ws_connect(f"{page.base}/page/live?as={ana.id}") as live:
        await slack.chat_postMessage(channel=bo.id, text="not for Ana")
        sent = await slack.chat_postMessage(channel=ana.id, text="for Ana")
        await slack.chat_delete(channel=sent["channel"], ts=sent["ts"])
        view = (await slack.views_open(trigger_id=pg.triggers.issue(ana.id), view=MODAL))["view"]
        pg.problem("something failed", ana.id)
        seen: list[Any] = []
        while not seen or seen[-1]["type"] != "problem":
            seen.append(await live.receive_json(timeout=5))
    kinds = [item["type"] for item in seen if item["type"] != "request"]
    assert kinds == ["conversation", "message", "message_deleted", "view_open", "problem"]
    assert seen[-1]["text"] == "something failed"
    assert [i["view"]["id"] for i in seen if i["type"] == "view_open"] == [view["id"]]
    assert [item["message"]["text"] for item in seen if item["type"] == "message"] == ["for Ana"]


async def test_the_request_panel_shows_both_directions_without_tokens(
    pg: Playground, page: Page, slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    await ana.command("/revmentor help")
    await slack.chat_postMessage(channel=ana.id, text=f"never show {pg.bot_token}")
    rows = await page.get("/page/requests?limit=50")
    assert {row["direction"] for row in rows} == {"bot→slack", "slack→bot"}
    assert [row["n"] for row in rows] == sorted(row["n"] for row in rows)
    assert rows[-1]["what"] == "chat.postMessage"
    assert rows[-1]["response"]["ok"] is True
    assert pg.bot_token not in str(rows)
    assert pg.app_token not in str(rows)
