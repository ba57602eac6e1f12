"""Socket Mode with the SDK's own client: commands, events, retries, disconnects."""

import asyncio
import json
from dataclasses import replace

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from playground.person import Person
from playground.server import Playground
from tests.playground.conftest import RecordingApp

GENERAL = "C07GENERAL"


async def test_a_command_arrives_as_slack_sends_it(pg: Playground, app: RecordingApp, ana: Person, bo: Person) -> None:
    result = await ana.command("/revmentor pair @bo #general <!channel>")
    assert result.ok
    sent = app.payloads[0]
    assert app.requests[0].accepts_response_payload is True
    assert (sent["command"], sent["user_id"], sent["channel_id"]) == ("/revmentor", ana.id, GENERAL)
    assert sent["text"] == f"pair <@{bo.id}|bo> <#{GENERAL}|general> &lt;!channel&gt;"
    assert sent["trigger_id"]
    assert sent["response_url"].startswith(pg.base_url)


async def test_an_answer_in_the_acknowledgement_is_seen_by_the_caller_only(
    app: RecordingApp, ana: Person, bo: Person
) -> None:
    async def answer(_: SocketModeRequest) -> dict[str, str]:
        return {"text": "Here you are."}

    app.reply = answer
    await ana.command("/revmentor help")
    assert [(m["text"], m["ephemeral"]) for m in ana.messages(GENERAL)] == [("Here you are.", True)]
    assert bo.messages(GENERAL) == []


async def test_an_answer_that_slack_refuses_fails_the_command(app: RecordingApp, ana: Person) -> None:
    async def answer(_: SocketModeRequest) -> dict[str, object]:
        return {"text": "x", "blocks": [{"type": "header"}]}

    app.reply = answer
    assert (await ana.command("/revmentor help")).error == "invalid_blocks"
    assert ana.messages(GENERAL) == []


async def test_a_private_channel_is_recognised_only_by_its_members(app: RecordingApp, ana: Person, chi: Person) -> None:
    for person in (ana, chi):
        await person.command("/revmentor digest #programme-team")
    texts = [payload["text"] for payload in app.payloads]
    assert texts == ["digest #programme-team", "digest <#C07TEAM001|programme-team>"]


async def test_a_command_that_nobody_acknowledges_times_out_and_the_person_is_told(
    pg: Playground, app: RecordingApp, ana: Person
) -> None:
    pg.ack_seconds = 0.05
    app.silent = 1
    result = await ana.command("/revmentor help")
    assert (result.ok, result.error) == (False, "operation_timeout")
    assert list(pg.problems) == ["/revmentor failed with the error operation_timeout"]


async def test_without_a_connection_a_command_fails_at_once(ana: Person) -> None:
    result = await ana.command("/revmentor help")
    assert (result.ok, result.error) == (False, "dispatch_failed")


async def test_a_command_that_is_not_in_the_manifest_never_leaves_the_client(app: RecordingApp, ana: Person) -> None:
    result = await ana.command("/other help")
    assert not result.ok
    assert app.requests == []


async def test_commands_are_not_available_in_the_read_only_dm(
    slack: AsyncWebClient, app: RecordingApp, ana: Person
) -> None:
    direct = (await slack.conversations_open(users=ana.id))["channel"]["id"]
    assert (await ana.command("/revmentor", direct)).error == "command_not_available_here"


async def test_an_event_is_acknowledged_and_not_sent_again(app: RecordingApp, ana: Person) -> None:
    result = await ana.open_home()
    assert result.ok
    event = app.payloads[0]["event"]
    assert (event["type"], event["user"], event["tab"]) == ("app_home_opened", ana.id, "home")
    assert app.requests[0].accepts_response_payload is False
    assert len(app.requests) == 1


async def test_an_event_that_nobody_acknowledges_comes_three_times_more(
    pg: Playground, app: RecordingApp, ana: Person
) -> None:
    pg.ack_seconds, pg.events.retry_delays = 0.05, (0.0, 0.0, 0.0)
    app.silent = 9
    assert not (await ana.open_home()).ok
    await pg.events.settle()
    assert [request.retry_attempt for request in app.requests] == [None, 1, 2, 3]
    assert app.requests[1].retry_reason == "timeout"
    assert len({payload["event_id"] for payload in app.payloads}) == 1


async def test_retries_end_once_an_event_is_acknowledged(pg: Playground, app: RecordingApp, ana: Person) -> None:
    pg.ack_seconds, pg.events.retry_delays = 0.05, (0.0, 0.0, 0.0)
    app.silent = 1
    await ana.open_home()
    await pg.events.settle()
    assert [request.retry_attempt for request in app.requests] == [None, 1]


async def test_events_that_the_manifest_does_not_ask_for_stay_away(pg: Playground, app: RecordingApp) -> None:
    await pg.send_event({"type": "channel_created", "channel": {"id": GENERAL}})
    assert app.requests == []


async def test_a_change_of_a_person_is_an_event(pg: Playground, app: RecordingApp, ana: Person) -> None:
    await pg.change_user(ana.id, deleted=True)
    event = app.payloads[0]["event"]
    assert (event["type"], event["user"]["id"], event["user"]["deleted"]) == ("user_change", ana.id, True)


async def test_who_takes_the_app_out_kills_its_token_and_the_app_is_told(
    pg: Playground, app: RecordingApp, slack: AsyncWebClient
) -> None:
    pg.manifest = replace(pg.manifest, events=frozenset({"app_uninstalled", "tokens_revoked"}))
    await pg.revoke_tokens()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await slack.auth_test()
    await pg.uninstall()
    with pytest.raises(SlackApiError, match="account_inactive"):
        await slack.auth_test()
    assert [payload["event"]["type"] for payload in app.payloads] == ["tokens_revoked"] * 2 + ["app_uninstalled"]
    assert app.payloads[0]["event"]["tokens"] == {"oauth": [], "bot": [pg.bot_id]}


async def test_two_connections_are_served_in_turn(pg: Playground, app: RecordingApp, ana: Person) -> None:
    other = RecordingApp(pg, app.web)
    await other.connect()
    for _ in range(4):
        await ana.command("/revmentor")
    await other.close()
    assert (len(app.requests), len(other.requests)) == (2, 2)


async def test_the_eleventh_connection_is_turned_away(pg: Playground, slack: AsyncWebClient) -> None:
    async with aiohttp.ClientSession() as session:
        open_ones = []
        for _ in range(11):
            url = (await slack.apps_connections_open(app_token=pg.app_token))["url"]
            open_ones.append(await session.ws_connect(url))
        hellos = [await one.receive_json() for one in open_ones]
        assert [hello["type"] for hello in hellos] == ["hello"] * 10 + ["disconnect"]
        assert hellos[9]["num_connections"] == 10
        for one in open_ones:
            await one.close()


async def test_a_ticket_is_good_for_one_connection(pg: Playground, slack: AsyncWebClient) -> None:
    url = (await slack.apps_connections_open(app_token=pg.app_token))["url"]
    again = url.replace("ws", "http", 1)
    async with aiohttp.ClientSession() as session, session.ws_connect(url), session.get(again) as answer:
        assert answer.status == 403


async def test_a_client_that_is_told_to_refresh_comes_back(pg: Playground, app: RecordingApp, ana: Person) -> None:
    await pg.socket.refresh()
    assert pg.socket.count == 0
    assert await pg.socket.wait_for(1, 10)
    assert (await ana.command("/revmentor")).ok


async def disconnects(socket: aiohttp.ClientWebSocketResponse) -> list[str]:
    """The reasons that are given until the connection ends."""
    return [json.loads(message.data)["reason"] async for message in socket if message.type is aiohttp.WSMsgType.TEXT]


async def test_a_connection_is_warned_and_refreshed_before_it_ends(pg: Playground, slack: AsyncWebClient) -> None:
    pg.socket.lifetime, pg.socket.grace = 0.0, 0.0
    url = (await slack.apps_connections_open(app_token=pg.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        assert (await socket.receive_json())["connection_info"] == {"app_id": pg.app_id}
        assert await disconnects(socket) == ["warning", "refresh_requested"]


async def test_a_connection_that_is_only_warned_is_still_served(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    url = (await slack.apps_connections_open(app_token=pg.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        await pg.socket.warn()
        assert (await socket.receive_json())["reason"] == "warning"
        asked = asyncio.create_task(ana.command("/revmentor"))
        await socket.send_json({"envelope_id": (await socket.receive_json())["envelope_id"]})
        assert (await asked).ok


async def test_what_a_leaving_connection_acknowledges_counts(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    url = (await slack.apps_connections_open(app_token=pg.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        asked = asyncio.create_task(ana.command("/revmentor"))
        envelope = await socket.receive_json()
        await pg.socket.refresh()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert (await asked).ok
        assert (await ana.command("/revmentor")).error == "dispatch_failed"


async def test_when_socket_mode_is_switched_off_connections_end_and_no_new_one_is_given(
    pg: Playground, slack: AsyncWebClient
) -> None:
    url = (await slack.apps_connections_open(app_token=pg.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        await pg.socket.disable()
        assert await disconnects(socket) == ["link_disabled"]
    with pytest.raises(SlackApiError, match="socket_mode_not_enabled"):
        await slack.apps_connections_open(app_token=pg.app_token)


async def test_a_connection_may_break_without_a_word(pg: Playground, slack: AsyncWebClient) -> None:
    url = (await slack.apps_connections_open(app_token=pg.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        await pg.socket.drop()
        assert (await disconnects(socket), socket.close_code) == ([], 1011)
    assert pg.socket.count == 0


async def test_an_event_whose_connection_is_cut_comes_again_over_another(
    pg: Playground, slack: AsyncWebClient, ana: Person
) -> None:
    pg.events.retry_delays = (0.0, 0.0, 0.0)
    urls = [(await slack.apps_connections_open(app_token=pg.app_token))["url"] for _ in range(2)]
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(url) for url in urls]
        for socket in sockets:
            await socket.receive_json()
        opened = asyncio.create_task(ana.open_home())
        received = [asyncio.create_task(socket.receive_json()) for socket in sockets]
        done, _ = await asyncio.wait(received, return_when=asyncio.FIRST_COMPLETED)
        first = received.index(done.pop())
        await sockets[first].close()
        again = await received[1 - first]
        await sockets[1 - first].send_json({"envelope_id": again["envelope_id"]})
        await opened
        await pg.events.settle()
        await sockets[1 - first].close()
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "socket_closed")
    assert again["payload"] == received[first].result()["payload"]
