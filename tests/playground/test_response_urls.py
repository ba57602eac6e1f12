"""response_url: five uses within thirty minutes, replacing, deleting, for one or for all."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from playground.person import Person
from playground.server import Playground
from tests.playground.conftest import RecordingApp

TEAM = "C07TEAM001"
BLOCKS: list[dict[str, Any]] = [
    {
        "type": "actions",
        "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}],
    }
]


@pytest.fixture
async def answer(app: RecordingApp, slack: AsyncWebClient, chi: Person) -> AsyncWebhookClient:
    await slack.chat_postMessage(channel=TEAM, text="before", blocks=BLOCKS)
    await chi.press("Go")
    session = slack.session
    return AsyncWebhookClient(app.payloads[0]["response_url"], session=session, retry_handlers=[])


async def test_an_answer_is_for_the_one_who_clicked_unless_it_says_otherwise(
    pg: Playground, answer: AsyncWebhookClient, chi: Person
) -> None:
    assert (await answer.send(text="for you")).status_code == 200
    assert (await answer.send(text="for all", response_type="in_channel")).status_code == 200
    dee = Person(pg, "U07DEE0000")
    assert [m["text"] for m in chi.messages(TEAM)] == ["before", "for you", "for all"]
    assert [m["text"] for m in dee.messages(TEAM)] == ["before", "for all"]


async def test_the_message_itself_can_be_replaced_and_deleted(answer: AsyncWebhookClient, chi: Person) -> None:
    await answer.send(text="after", replace_original=True)
    assert [(m["text"], m["blocks"]) for m in chi.messages(TEAM)] == [("after", [])]
    await answer.send(delete_original=True)
    assert chi.messages(TEAM) == []


async def test_nobody_else_hears_that_an_ephemeral_message_changed_or_went(
    pg: Playground, slack: AsyncWebClient, app: RecordingApp, chi: Person
) -> None:
    await slack.chat_postEphemeral(channel=TEAM, user=chi.id, text="psst", blocks=BLOCKS)
    await chi.press("Go")
    told: list[tuple[str, list[str] | None]] = []
    pg.live.listen(lambda kind, audience, _: told.append((kind, sorted(audience) if audience else None)))
    answer = AsyncWebhookClient(app.payloads[-1]["response_url"], session=slack.session, retry_handlers=[])
    await answer.send(text="after", replace_original=True)
    await answer.send(delete_original=True)
    changes = [(kind, audience) for kind, audience in told if kind != "request"]
    assert changes == [("message_changed", [chi.id]), ("message_deleted", [chi.id])]


async def test_an_address_is_good_five_times(answer: AsyncWebhookClient) -> None:
    statuses = [(await answer.send(text="x")).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [404]


async def test_an_address_runs_out_after_thirty_minutes(pg: Playground, answer: AsyncWebhookClient) -> None:
    pg.clock.set(pg.clock.now() + timedelta(minutes=30))
    assert (await answer.send(text="just in time")).status_code == 200
    pg.clock.set(pg.clock.now() + timedelta(seconds=1))
    late = await answer.send(text="too late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_bad_blocks_are_refused_here_too(answer: AsyncWebhookClient) -> None:
    refused = await answer.send(text="x", blocks=[{"type": "header"}])
    assert (refused.status_code, "invalid_blocks" in refused.body) == (400, True)
