"""Exceptions of the client, told apart by what they say about the message."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.delivery.errors import failure_from


def answer(status: int, data: object, **headers: str) -> Any:
    return SimpleNamespace(status_code=status, data=data, headers=headers)


async def test_a_connection_that_was_never_made_is_certain() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError) as refused:
            await session.get("http://127.0.0.1:9/")
    assert not failure_from(refused.value).ambiguous


@pytest.mark.parametrize(
    "problem", [aiohttp.ServerDisconnectedError(), TimeoutError(), ConnectionResetError(), AttributeError("get")]
)
def test_a_call_that_ended_without_an_answer_is_ambiguous(problem: Exception) -> None:
    assert failure_from(problem).ambiguous


def test_slacks_word_and_its_wait_are_read_from_the_answer() -> None:
    gone = failure_from(SlackApiError("", answer(200, {"ok": False, "error": "channel_not_found"})))
    early = failure_from(SlackApiError("", answer(429, {"ok": False}, **{"Retry-After": "30"})))
    assert gone.permanent and gone.reason == "channel_not_found"
    assert early.retry_after is not None and early.retry_after.total_seconds() == 30


@pytest.mark.parametrize("data", [b"<html>", "Internal Server Error", None, {}])
def test_an_answer_that_nobody_can_read_is_ambiguous(data: object) -> None:
    assert failure_from(SlackApiError("", answer(500, data))).ambiguous
    assert failure_from(SlackApiError("", answer(200, data))).ambiguous


def test_a_wait_that_is_no_number_is_a_second() -> None:
    early = failure_from(SlackApiError("", answer(429, {}, **{"Retry-After": "soon"})))
    assert early.retry_after is not None and early.retry_after.total_seconds() == 1
