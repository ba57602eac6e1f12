"""Faults on demand: what the app gets, and whether Slack did the thing."""

import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.faults import Fault, Faults
from playground.person import Person
from playground.server import Playground


async def struck(slack: AsyncWebClient, ana: Person) -> Any:
    """The status and body of a post that went wrong, or the kind of exception."""
    try:
        await slack.chat_postMessage(channel=ana.id, text="x")
    except SlackApiError as trouble:
        return trouble.response.status_code
    except (aiohttp.ClientError, ConnectionError):
        return "dropped"
    return "sent"


@pytest.mark.parametrize(
    ("kind", "seen", "done"),
    [
        ("429", 429, False),
        ("500_before", 500, False),
        ("500_after", 500, True),
        ("internal_error_after", 200, True),
        ("drop_before", "dropped", False),
        ("drop_after", "dropped", True),
        ("slow", "sent", True),
        ("error", 200, False),
        ("html", 502, False),
        ("empty", 200, False),
    ],
)
async def test_after_means_that_slack_did_the_thing(
    pg: Playground, slack: AsyncWebClient, ana: Person, kind: str, seen: Any, done: bool
) -> None:
    pg.faults.rules = [Fault("chat.*", kind, retry_after=0)]
    assert await struck(slack, ana) == seen
    assert [m["text"] for m in ana.messages()] == (["x"] if done else [])
    assert pg.faults.counts == {kind: 1}


async def test_a_429_says_when_to_come_again(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    pg.faults.rules = [Fault("chat.postMessage", "429", retry_after=7)]
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel=ana.id, text="x")
    assert caught.value.response["error"] == "ratelimited"
    assert caught.value.response.headers["Retry-After"] == "7"


@pytest.mark.parametrize("header", ["", "soon", "-1", "1e9", "99999999999"])
async def test_a_429_may_say_something_absurd_or_nothing(
    pg: Playground, slack: AsyncWebClient, ana: Person, header: str
) -> None:
    pg.faults.rules = [Fault("chat.postMessage", "429", header=header)]
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel=ana.id, text="x")
    assert caught.value.response.headers.get("Retry-After", "") == header


async def test_any_of_slacks_errors_can_be_asked_for(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    pg.faults.rules = [Fault("chat.postMessage", "error", error="org_login_required")]
    with pytest.raises(SlackApiError, match="org_login_required"):
        await slack.chat_postMessage(channel=ana.id, text="x")


async def test_a_slow_answer_comes_late(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    pg.faults.rules = [Fault("chat.postMessage", "slow", retry_after=0.05)]
    before = time.monotonic()
    await slack.chat_postMessage(channel=ana.id, text="x")
    assert time.monotonic() - before >= 0.05


async def test_other_methods_are_left_alone(pg: Playground, slack: AsyncWebClient) -> None:
    pg.faults.rules = [Fault("chat.*", "500_before")]
    assert (await slack.auth_test())["ok"]


def test_the_same_seed_strikes_the_same_calls_and_times_bound_them() -> None:
    def strikes(seed: int) -> list[bool]:
        faults = Faults(seed, [Fault("*", "429", chance=0.3, times=10)])
        return [faults.decide("chat.postMessage") is not None for _ in range(200)]

    assert strikes(1) == strikes(1)
    assert strikes(1) != strikes(2)
    assert sum(strikes(1)) == 10


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="one of 429"):
        Fault("*", "meteor")
