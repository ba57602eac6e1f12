"""The connection: what is under way when the bot is told to stop is finished and acknowledged first."""

import asyncio
from contextlib import suppress

import pytest
from slack_sdk.errors import SlackApiError

from handlers import socket as sockets
from handlers.socket import HeldSocket
from playground import socket_mode
from playground.socket_mode import Connection
from tests.handlers.probe import Doors


async def test_draining_waits_for_work_and_its_acknowledgement_gets_through(doors: Doors) -> None:
    command = asyncio.create_task(doors.ana.command("/revmentor slow pie"))
    await doors.under_way(1)
    draining = asyncio.create_task(doors.socket.drain(5))
    await asyncio.sleep(0)
    doors.probe.gate.set()
    assert (await command).ok
    await draining
    assert "It is done." in doors.heard() and doors.pg.socket.count == 0


async def test_nothing_new_is_begun_while_draining(doors: Doors) -> None:
    slow = asyncio.create_task(doors.ana.command("/revmentor slow one"))
    await doors.under_way(1)
    draining = asyncio.create_task(doors.socket.drain(5))
    await asyncio.sleep(0)
    doors.pg.ack_seconds = 0.3
    late = await doors.ana.command("/revmentor slow two")
    doors.probe.gate.set()
    await slow
    await draining
    assert not late.ok and doors.probe.done == ["one"]


async def test_draining_gives_up_when_its_time_is_over(doors: Doors) -> None:
    doors.pg.ack_seconds = 0.5
    command = asyncio.create_task(doors.ana.command("/revmentor slow pie"))
    await doors.under_way(1)
    loop = asyncio.get_running_loop()
    started = loop.time()
    await doors.socket.drain(0.1)
    assert loop.time() - started < 1.5
    assert not (await command).ok


async def talks_on(connection: Connection) -> None:
    with suppress(ConnectionError):
        while True:
            await connection.ws.send_str("{}")
            await asyncio.sleep(0.01)


async def test_a_slack_that_says_no_goodbye_is_left_without(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_mode, "_read", talks_on)
    monkeypatch.setattr(sockets, "GOODBYE", 0.1)
    other = HeldSocket(doors.socket.app, doors.pg.app_token, doors.pg.api_url)
    await other.connect()
    async with asyncio.timeout(8):  # aiohttp would wait for ten seconds, and anew after every message
        await other.drain(1)
    assert other.client.aiohttp_client_session.closed


async def test_a_new_connection_takes_over_when_slack_asks_for_one(doors: Doors) -> None:
    await doors.pg.socket.refresh()
    assert await doors.pg.socket.wait_for(1, 10)
    assert (await doors.ana.command("/revmentor say")).ok


async def test_a_wrong_app_token_is_an_error_and_not_an_endless_try(doors: Doors) -> None:
    other = HeldSocket(doors.socket.app, "xapp-wrong", doors.pg.api_url)
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await other.connect()
    await other.close()


async def test_a_socket_that_never_opens_is_an_error_and_not_an_endless_try(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "_OPENING", 0.3)
    other = HeldSocket(doors.socket.app, doors.pg.app_token, doors.pg.api_url)
    doors.pg.socket.ticket_url = lambda base_url: "ws://127.0.0.1:9/link/"  # type: ignore[method-assign]
    with pytest.raises(TimeoutError):
        await other.connect()
    await other.close()


async def test_an_address_that_leads_nowhere_is_followed_by_a_fresh_one(doors: Doors) -> None:
    slack, addresses = doors.pg.socket, []
    real = slack.ticket_url

    def first_one_is_stale(base_url: str) -> str:
        addresses.append(real(base_url) if addresses else "ws://127.0.0.1:9/link/")
        return addresses[-1]

    slack.ticket_url = first_one_is_stale  # type: ignore[method-assign]
    other = HeldSocket(doors.socket.app, doors.pg.app_token, doors.pg.api_url)
    other.client.ping_interval = 0.1  # how long the SDK waits between two tries
    await other.connect()
    assert len(addresses) == 2 and await slack.wait_for(2, 10)
    await other.close()
