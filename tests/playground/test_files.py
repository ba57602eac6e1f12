"""Uploading a picture in three steps, showing it, and taking it away."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground import manifest
from playground.person import Person
from playground.server import Playground

TEAM = "C07TEAM001"
PNG = b"\x89PNG\r\n\x1a\n0000"


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def uploaded(slack: AsyncWebClient, **more: Any) -> str:
    sent = await slack.files_upload_v2(
        content=PNG, filename="chart.png", title="Chart", alt_txt="a chart", request_file_info=False, **more
    )
    return str(sent["files"][0]["id"])


def image(file_id: str) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": file_id}, "alt_text": "a chart"}]


async def test_a_shared_file_stands_in_the_channel_and_can_be_fetched(
    pg: Playground, slack: AsyncWebClient, chi: Person
) -> None:
    file_id = await uploaded(slack, channel=TEAM, initial_comment="This week")
    message = chi.messages(TEAM)[-1]
    assert message["text"] == "This week"
    assert message["files"][0]["alt_txt"] == "a chart"
    url = pg.base_url + message["files"][0]["url"]
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", PNG)
    assert (await slack.files_info(file=file_id))["file"]["title"] == "Chart"


async def test_a_private_upload_can_be_shown_in_an_image_block(slack: AsyncWebClient, ana: Person) -> None:
    file_id = await uploaded(slack)
    await slack.chat_postMessage(channel=ana.id, text="A chart", blocks=image(file_id))
    assert ana.messages()[0]["blocks"][0]["slack_file"] == {"id": file_id}


async def test_a_file_that_is_still_processed_or_unknown_cannot_be_shown(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    pg.processing_seconds = 60
    file_id = await uploaded(slack)
    for unusable in (file_id, "F404"):
        call = slack.chat_postMessage(channel=ana.id, text="A chart", blocks=image(unusable))
        assert await refused(call) == "invalid_blocks"


async def test_an_upload_of_another_length_is_refused(pg: Playground, slack: AsyncWebClient) -> None:
    begun = await slack.files_getUploadURLExternal(filename="chart.png", length=5)
    async with aiohttp.ClientSession() as session, session.post(begun["upload_url"], data=PNG) as answer:
        assert answer.status == 400
    call = slack.files_completeUploadExternal(files=[{"id": begun["file_id"], "title": "x"}])
    assert await refused(call) == "file_not_found"


async def test_a_deleted_file_leaves_a_gap_in_the_message_and_nothing_on_the_server(
    pg: Playground, slack: AsyncWebClient, chi: Person
) -> None:
    file_id = await uploaded(slack, channel=TEAM)
    url = pg.base_url + chi.messages(TEAM)[-1]["files"][0]["url"]
    await slack.files_delete(file=file_id)
    shown = chi.messages(TEAM)[-1]
    assert (shown["files"], shown["files_deleted"]) == ([], 1)
    message = pg.workspace.conversations[TEAM].messages[shown["ts"]]
    assert pg.message(message)["files"] == [{"id": file_id, "mode": "tombstone"}]
    assert await refused(slack.files_info(file=file_id)) == "file_deleted"
    assert await refused(slack.files_delete(file=file_id)) == "file_deleted"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 404


async def test_a_file_in_a_dm_says_in_which_message_it_stands_once_it_is_processed(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    pg.processing_seconds = 60
    direct = (await slack.conversations_open(users=ana.id))["channel"]["id"]
    file_id = await uploaded(slack, channel=direct, initial_comment="Your data")
    assert "shares" not in (await slack.files_info(file=file_id))["file"]
    pg.workspace.files[file_id].ready_at = 0.0
    shares = (await slack.files_info(file=file_id))["file"]["shares"]
    assert [share["ts"] for share in shares["private"][direct]] == [ana.messages()[0]["ts"]]
    await slack.chat_delete(channel=direct, ts=ana.messages()[0]["ts"])
    assert ana.messages() == []
    assert (await slack.files_info(file=file_id))["ok"]


async def test_a_user_id_is_no_channel_id_but_may_stand_among_channels(slack: AsyncWebClient, ana: Person) -> None:
    assert await refused(uploaded(slack, channel=ana.id)) == "channel_not_found"
    begun = await slack.files_getUploadURLExternal(filename="chart.png", length=len(PNG))
    async with aiohttp.ClientSession() as session, session.post(begun["upload_url"], data=PNG) as answer:
        assert answer.status == 200
    files = [{"id": begun["file_id"]}]
    await slack.api_call("files.completeUploadExternal", json={"files": files, "channels": ana.id})
    assert [file["name"] for file in ana.messages()[0]["files"]] == ["chart.png"]


FIELD = {"type": "file_input", "action_id": "file", "filetypes": ["csv"], "max_files": 1}
ASKING = {
    "type": "modal", "callback_id": "list", "title": {"type": "plain_text", "text": "List"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {"type": "input", "block_id": "file", "label": {"type": "plain_text", "text": "A file"}, "element": FIELD},
    ],
}  # fmt: skip


def chosen(name: str = "list.csv", content: bytes = b"a;b") -> dict[str, Any]:
    return {"file": {"name": name, "content": content}}


async def test_a_field_for_files_wants_a_scope_of_its_own(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    without = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    whole, pg.manifest = pg.manifest, manifest.parse(without)
    assert await refused(slack.views_open(trigger_id=pg.triggers.issue(ana.id), view=ASKING)) == "missing_scope"
    pg.manifest = whole
    await slack.views_open(trigger_id=pg.triggers.issue(ana.id), view=ASKING)


async def test_a_chosen_file_is_checked_like_in_a_client_and_opens_with_the_token_alone(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    await slack.views_open(trigger_id=pg.triggers.issue(ana.id), view=ASKING)
    assert "one of these types" in (await ana.submit(chosen("list.pdf"))).errors["file"]
    assert "10 MB" in (await ana.submit(chosen(content=bytes(10_000_001)))).errors["file"]
    two = {"file": [chosen()["file"], chosen()["file"]]}
    assert "1 at most" in (await ana.submit(two)).errors["file"]
    await ana.submit(chosen())
    file = list(pg.workspace.files.values())[-1]
    told = (await slack.files_info(file=file.id))["file"]
    assert (told["user"], told["filetype"], told["size"]) == (ana.id, "csv", 3)
    for headers, wanted in (({}, b"Sign in"), ({"Authorization": f"Bearer {pg.bot_token}"}, b"a;b")):
        async with aiohttp.ClientSession() as session, session.get(told["url_private"], headers=headers) as answer:
            assert answer.status == 200 and wanted in await answer.read()
