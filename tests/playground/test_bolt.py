"""A Bolt app, as everybody writes one, lives on the playground in Socket Mode and over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.person import Person
from playground.server import Playground
from tests.playground.drawing import ask, modal, plain

SECRET = "a signing secret"


def bot(client: AsyncWebClient) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)

    async def command(ack: Any, command: dict[str, Any], client: AsyncWebClient) -> None:
        fields = [ask("name", {"type": "plain_text_input"})]
        await client.views_open(trigger_id=command["trigger_id"], view=modal(*fields))
        await ack()

    async def submitted(ack: Any, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        name = view["state"]["values"]["name"]["answer"]["value"]
        if name == "nobody":
            await ack(response_action="errors", errors={"name": "Somebody, please."})
            return
        button = {"type": "button", "text": plain("Thanks"), "action_id": "thanks"}
        blocks = [{"type": "actions", "elements": [button]}]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Hello {name}", blocks=blocks)
        await ack()

    app.command("/revmentor")(command)
    app.view("asking")(submitted)
    reacting(app)
    return app


def reacting(app: AsyncApp) -> None:
    async def thanked(ack: Any, respond: Any) -> None:
        await respond(text="You are welcome", replace_original=True)
        await ack()

    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        blocks = [{"type": "header", "text": plain("Home")}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    app.action("thanks")(thanked)
    app.event("app_home_opened")(opened)


async def walk(ana: Person) -> None:
    assert (await ana.command("/revmentor")).ok
    refused = await ana.submit({"Name": "nobody"})
    assert refused.errors == {"name": "Somebody, please."}
    assert (await ana.submit({"Name": "Ana"})).closed
    assert [message["text"] for message in ana.messages()] == ["Hello Ana"]
    assert (await ana.press("Thanks")).ok
    assert [message["text"] for message in ana.messages()] == ["You are welcome"]
    assert (await ana.open_home()).ok
    assert ana.home is not None


@pytest.fixture
async def over_http(pg: Playground, slack: AsyncWebClient) -> AsyncIterator[None]:
    app = bot(slack)

    async def take(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    application = web.Application()
    application.router.add_post("/slack/events", take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pg.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events", SECRET)
    yield
    await pg.channel.close()
    await runner.cleanup()


async def test_a_bolt_app_lives_in_socket_mode(pg: Playground, slack: AsyncWebClient, ana: Person) -> None:
    handler = AsyncSocketModeHandler(bot(slack), pg.app_token)
    await handler.connect_async()
    assert await pg.socket.wait_for(1, 5)
    await walk(ana)
    await handler.close_async()


async def test_a_bolt_app_lives_behind_a_request_url(over_http: None, ana: Person) -> None:
    await walk(ana)
