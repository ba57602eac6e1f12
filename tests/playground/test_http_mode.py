"""HTTP mode: signed requests that Slack's own verifier accepts, and their answers."""

import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from playground.person import Person
from playground.server import Playground

SECRET = "a signing secret"


class Receiver:
    """An app behind a request URL."""

    def __init__(self) -> None:
        self.answer = web.Response
        self.bodies: list[tuple[str, bytes]] = []
        self.retries: list[str | None] = []
        self.verified: list[bool] = []
        self.status, self.text = 200, ""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {key: value for key, value in request.headers.items()}
        self.verified.append(SignatureVerifier(SECRET).is_valid_request(body, headers))
        self.bodies.append((request.content_type, body))
        self.retries.append(request.headers.get("X-Slack-Retry-Num"))
        return web.Response(status=self.status, text=self.text)


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
    assert json.loads(receiver.bodies[0][1])["event"]["type"] == "app_home_opened"


async def test_a_failing_app_fails_the_command(receiver: Receiver, ana: Person) -> None:
    receiver.status = 404
    assert (await ana.command("/revmentor help")).error == "dispatch_failed"
