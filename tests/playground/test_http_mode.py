"""HTTP mode: signed requests that Slack's own verifier accepts, and their answers."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from playground.http_mode import HttpMode
from playground.person import Person
from playground.server import Playground

SECRET = "a signing secret"


class Receiver:
    """An app behind a request URL."""

    def __init__(self) -> None:
        self.bodies: list[tuple[str, bytes]] = []
        self.retries: list[str | None] = []
        self.verified: list[bool] = []
        self.reasons: list[str | None] = []
        self.status, self.text = 200, ""
        self.headers: dict[str, str] = {}
        self.echo = False

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {key: value for key, value in request.headers.items()}
        self.verified.append(SignatureVerifier(SECRET).is_valid_request(body, headers))
        self.bodies.append((request.content_type, body))
        self.retries.append(request.headers.get("X-Slack-Retry-Num"))
        self.reasons.append(request.headers.get("X-Slack-Retry-Reason"))
        text = json.loads(body)["challenge"] if self.echo else self.text
        return web.Response(status=self.status, text=text, headers=self.headers)


@pytest.fixture
async def receiver(pg: Playground) -> AsyncIterator[Receiver]:
    made = Receiver()
    application = web.Application()
    application.router.add_post("/slack/events", made.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pg.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events", SECRET)
    yield made
    await pg.channel.close()
    await runner.cleanup()


async def test_a_command_is_a_signed_form_and_its_answer_is_shown(receiver: Receiver, ana: Person) -> None:
    receiver.text = json.dumps({"text": "Here you are."})
    assert (await ana.command("/revmentor help")).ok
    kind, body = receiver.bodies[0]
    form: dict[str, Any] = parse_qs(body.decode())
    assert kind == "application/x-www-form-urlencoded"
    assert (form["command"], form["text"]) == (["/revmentor"], ["help"])
    assert receiver.verified == [True]
    assert ana.messages("C07GENERAL")[-1]["text"] == "Here you are."


async def test_an_event_is_json_and_comes_again_after_a_500(pg: Playground, receiver: Receiver, ana: Person) -> None:
    pg.events.retry_delays = (0.0, 0.0, 0.0)
    receiver.status = 500
    await ana.open_home()
    await pg.events.settle()
    assert receiver.retries == [None, "1", "2", "3"]
    assert receiver.reasons == [None, *["http_error"] * 3]
    assert receiver.verified == [True] * 4
    assert json.loads(receiver.bodies[0][1])["event"]["type"] == "app_home_opened"


async def test_a_failing_app_fails_the_command(receiver: Receiver, ana: Person) -> None:
    receiver.status = 404
    assert (await ana.command("/revmentor help")).error == "dispatch_failed"


async def test_an_app_may_ask_for_no_retry(pg: Playground, receiver: Receiver, ana: Person) -> None:
    receiver.status, receiver.headers = 500, {"X-Slack-No-Retry": "1"}
    await ana.open_home()
    await pg.events.settle()
    assert receiver.retries == [None]


async def test_an_endless_redirection_and_a_closed_door_are_told_apart(
    pg: Playground, receiver: Receiver, ana: Person
) -> None:
    pg.events.retry_delays = (0.0, 0.0, 0.0)
    receiver.status, receiver.headers = 307, {"Location": "/slack/events"}
    await ana.open_home()
    await pg.events.settle()
    assert receiver.reasons[-1] == "too_many_redirects"
    closed = HttpMode("http://127.0.0.1:1/slack/events", SECRET)
    assert (await closed.send("events_api", {}, 3)).reason == "connection_failed"
    await closed.close()


async def test_an_answer_that_comes_too_late_counts_as_none(pg: Playground, receiver: Receiver) -> None:
    ack = await pg.channel.send("events_api", {}, 0.0001)
    assert (ack.ok, ack.error, ack.reason) == (False, "operation_timeout", "http_timeout")


async def test_an_address_is_taken_once_it_answers_the_challenge(pg: Playground, receiver: Receiver) -> None:
    assert isinstance(pg.channel, HttpMode)
    assert not await pg.channel.verify()
    receiver.echo = True
    assert await pg.channel.verify()
