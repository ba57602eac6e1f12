"""Exceptions of the Slack client as values with one bit that matters."""

from collections.abc import Awaitable, Callable

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.delivery import Failure, failure_of
from storage.store import Tx

Then = Callable[[Tx], Awaitable[None]]


class NoPlace(Exception):
    """There is nowhere to send it: its pair or one of its people is gone, or others read in its channel.

    `then` is done in the transaction that ends the letter, and only there: what is kept of a letter can be sent again,
    so the letter itself must have ended for good.
    """

    def __init__(self, reason: str, then: Then | None = None) -> None:
        super().__init__(reason)
        self.then = then


def failure_from(problem: Exception) -> Failure:
    """What an exception out of a call means. A call that never reached Slack is certain not to have happened."""
    if isinstance(problem, SlackApiError):
        return _answered(problem)
    if isinstance(problem, aiohttp.ClientConnectorError):
        return Failure("no_connection")
    if isinstance(problem, aiohttp.ClientError | TimeoutError | OSError | SlackClientError):
        return Failure("no_answer", ambiguous=True)
    return Failure(f"no_answer_{type(problem).__name__}", ambiguous=True)


def word_of(problem: SlackApiError) -> str:
    """Slack's error code; empty where a gateway or a broken Slack answered with something else."""
    data = getattr(problem.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _answered(problem: SlackApiError) -> Failure:
    response = problem.response
    status = int(getattr(response, "status_code", None) or getattr(response, "status", 0) or 0)
    code = word_of(problem)
    if status == 200 and not code:
        return Failure("unreadable_answer", ambiguous=True)
    return failure_of(code, status, _seconds(response))


def _seconds(response: object) -> float | None:
    headers = getattr(response, "headers", None) or {}
    value = next((v for k, v in headers.items() if k.lower() == "retry-after"), None)
    try:
        return float(value) if value is not None else None
    except ValueError:
        return None
