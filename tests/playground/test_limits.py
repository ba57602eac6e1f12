"""Slack's own rate limits: off unless asked for, then a second a channel and a number a minute per method."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.limits import METHOD_TIERS, TIERS
from playground.person import Person
from playground.server import Playground


async def turned_away(call: Any) -> int:
    """The seconds in Retry-After of a call that must be refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
    return int(caught.value.response.headers["Retry-After"])


def forward(pg: Playground, seconds: float) -> None:
    pg.clock.set(pg.clock.now() + timedelta(seconds=seconds))


async def test_without_being_asked_for_no_limit_strikes(slack: AsyncWebClient, ana: Person) -> None:
    for _ in range(5):
        await slack.chat_postMessage(channel=ana.id, text="x")
    assert len(ana.messages()) == 5


async def test_a_channel_takes_one_message_a_second(
    pg: Playground, slack: AsyncWebClient, ana: Person, bo: Person
) -> None:
    pg.limits.on = True
    direct = (await slack.conversations_open(users=ana.id))["channel"]["id"]
    await slack.chat_postMessage(channel=direct, text="first")
    for place in (direct, ana.id):
        assert await turned_away(slack.chat_postMessage(channel=place, text="too soon")) == 1
    await slack.chat_postMessage(channel=bo.id, text="elsewhere")
    forward(pg, 1)
    await slack.chat_postMessage(channel=ana.id, text="second")
    assert [message["text"] for message in ana.messages()] == ["first", "second"]


async def test_a_burst_may_be_allowed(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    pg.limits.on, pg.limits.burst = True, 3
    for number in range(3):
        await slack.chat_postMessage(channel=ana.id, text=str(number))
    assert await turned_away(slack.chat_postMessage(channel=ana.id, text="3")) == 1


async def test_a_method_takes_as_many_calls_a_minute_as_its_tier_says(pg: Playground, slack: AsyncWebClient) -> None:
    pg.limits.on = True
    for _ in range(20):
        await slack.users_list()
    assert await turned_away(slack.users_list()) == 3
    await slack.auth_test()
    forward(pg, 3)
    await slack.users_list()
    assert await turned_away(slack.users_list()) == 3


def test_every_minute_a_method_gets_what_its_tier_allows_and_no_more(pg: Playground) -> None:
    pg.limits.on = True
    for method, tier in METHOD_TIERS.items():
        assert [pg.limits.take(method) > 0 for _ in range(TIERS[tier] + 1)] == [False] * TIERS[tier] + [True]
