"""Slack's address: what is not Slack's request gets 401 or 413 and does nothing; what is, is done once."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.services.kit import Kit
from handlers.http import mark as marks
from playground.server import Playground
from tests.handlers.knocking import (
    NOW,
    SECRET,
    SIGNING_SECRET,
    TEAM,
    Headers,
    Knocking,
    command,
    event,
    knocking,
    signed,
    submission,
)  # fmt: skip

GOOD = command()
STAMP, SIGNATURE, TYPE = signed(GOOD)
SHORT = (STAMP[0], str(int(NOW)))


@pytest.fixture
async def door(kit: Kit, slack: Playground, lines: io.StringIO) -> AsyncIterator[Knocking]:
    async with knocking(kit, slack, lines) as made:
        yield made


def but(name: str, *values: str) -> Headers:
    """Good headers, but for one."""
    return [*(h for h in (STAMP, SIGNATURE, TYPE) if h[0] != name), *((name, value) for value in values)]


BAD_HEADERS: dict[str, Headers] = {
    "no headers at all": [],
    "another secret": signed(GOOD, secret="0" * 32),
    "no signature": but(SIGNATURE[0]),
    "two signatures": but(SIGNATURE[0], SIGNATURE[1], SIGNATURE[1]),
    "an empty signature": but(SIGNATURE[0], ""),
    "half a signature": but(SIGNATURE[0], SIGNATURE[1][:40]),
    "a signature in capitals": but(SIGNATURE[0], SIGNATURE[1].upper()),
    "another version": but(SIGNATURE[0], SIGNATURE[1].replace("v0", "v1")),
    "a signature beyond ASCII": but(SIGNATURE[0], "v0=" + "é" * 64),
    "digits beyond ASCII": but(STAMP[0], "".join(chr(ord(c) - ord("0") + 0x0660) for c in STAMP[1])),
    "a huge signature": but(SIGNATURE[0], SIGNATURE[1] + "0" * 9000),
    "a monstrous signature": but(SIGNATURE[0], SIGNATURE[1] + "0" * 100_000),
    "a huge header beside": [*but(""), ("X-Other", "x" * 20_000)],
    "no timestamp": but(STAMP[0]),
    "two timestamps": but(STAMP[0], STAMP[1], STAMP[1]),
    "an empty timestamp": but(STAMP[0], ""),
    "a timestamp in words": but(STAMP[0], "today"),
    "half a second": but(STAMP[0], f"{STAMP[1]}.5"),
    "a negative timestamp": but(STAMP[0], f"-{STAMP[1]}"),
    "a timestamp that never ends": but(STAMP[0], "1" * 5000),
    "no content type": [STAMP, SIGNATURE, ("Content-Type", "")],
    "two content types": but(TYPE[0], TYPE[1], TYPE[1]),
    "plain text": but(TYPE[0], "text/plain"),
    "a compressed body": [*but(""), ("Content-Encoding", "gzip")],
    "six minutes old": signed(GOOD, NOW - 360),
    "six minutes ahead": signed(GOOD, NOW + 360),
    "another second's signature": [SHORT, signed(GOOD, NOW - 1)[1], TYPE],
    "another body's signature": signed(command("read")),
}
BAD_BODIES: dict[str, tuple[bytes, bool]] = {
    "another workspace's command": (command(team_id="T_OTHER"), False),
    "another app's command": (command(api_app_id="A_OTHER"), False),
    "a command of nowhere": (command(team_id=""), False),
    "another workspace's submission": (submission(team={"id": "T_OTHER"}), False),
    "another app's submission": (submission(api_app_id="A_OTHER"), False),
    "a submission of nowhere": (submission(team=None, user={"id": "U1"}), False),
    "a workspace that is a list": (submission(team=[], user="U1"), False),
    "another workspace's event": (event(team_id="T_OTHER"), True),
    "another app's event": (event(api_app_id=None), True),
    "nothing": (b"", False),
    "no JSON": (SECRET.encode(), True),
    "JSON that is a list": (json.dumps([SECRET]).encode(), True),
    "JSON that never ends": (b"[" * 100_000, True),
    "bytes that are no text": (b"\xff\xfe" + SECRET.encode(), True),
    "a payload that is no JSON": (b"payload=%7Bnot", False),
    "a form with too many fields": (b"&".join(b"a=1" for _ in range(200)) + b"&" + GOOD, False),
}


async def test_a_request_that_is_signed_is_answered(door: Knocking) -> None:
    status, text = await door.ask(GOOD)
    assert status == 200 and json.loads(text)["response_type"] == "ephemeral"
    assert await door.stored() == ([SECRET], 1)


async def test_whatever_is_wrong_with_its_headers_a_request_gets_401_and_does_nothing(door: Knocking) -> None:
    answers = {name: await door.send(GOOD, headers) for name, headers in BAD_HEADERS.items()}
    assert {name: answer for name, answer in answers.items() if answer != (401, "")} == {}
    await no_harm(door, len(BAD_HEADERS))


async def test_whatever_is_wrong_with_its_body_a_signed_request_gets_401_and_does_nothing(door: Knocking) -> None:
    answers = {name: await door.ask(body, json=form) for name, (body, form) in BAD_BODIES.items()}
    assert {name: answer for name, answer in answers.items() if answer != (401, "")} == {}
    await no_harm(door, len(BAD_BODIES))


async def no_harm(door: Knocking, refusals: int) -> None:
    logged = door.lines.getvalue()
    assert door.rows.ran == [] and await door.stored() == ([], 0)
    assert logged.count('"event": "http.refused"') == len(logged.splitlines()) == refusals
    assert not any(secret in logged for secret in (SECRET, "plum", SIGNING_SECRET, SIGNATURE[1][3:20]))


@pytest.mark.parametrize("method", ["GET", "PUT", "HEAD", "DELETE"])
async def test_only_post_is_taken(door: Knocking, method: str) -> None:
    assert (await door.send(GOOD, but(""), method))[0] == 401
    assert await door.stored() == ([], 0)


async def test_what_is_no_http_gets_401_and_no_line_but_ours(door: Knocking) -> None:
    port = int(door.url.split(":")[2].split("/")[0])
    for words in (b"\x16\x03\x01 hello", b"POST /slack/events HTTP/1.1\r\nHost: a\r\nHost : b\r\n\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(words + b"\r\n\r\n")
        answer = await reader.read()
        writer.close()
        assert answer.split()[1] == b"401"
    await no_harm(door, 2)


async def test_a_body_that_is_too_long_gets_413_whether_it_says_so_or_not(door: Knocking) -> None:
    fits, long = command("read " + "x" * 250_000), command("read " + "x" * 270_000)

    async def dribble() -> AsyncIterator[bytes]:
        for at in range(0, len(long), 50_000):
            yield long[at : at + 50_000]

    assert (await door.ask(fits))[0] == 200
    assert (await door.ask(long))[0] == 413
    async with door.session.post(door.url, data=dribble(), headers=dict(signed(long))) as answer:
        assert answer.status == 413
    assert door.rows.ran == ["read"]


async def test_a_compressed_bomb_is_not_even_opened(door: Knocking) -> None:
    bomb = gzip.compress(b"x" * 10_000_000)
    assert await door.send(bomb, [*signed(bomb), ("Content-Encoding", "gzip")]) == (401, "")


async def test_a_timestamp_may_be_five_minutes_off_either_way(door: Knocking) -> None:
    for off in (-300, 300):
        assert (await door.ask(command(f"keep {off}"), at=NOW + off))[0] == 200
    assert (await door.stored())[1] == 2


# replays


@pytest.mark.parametrize("body", [GOOD, command("read"), submission()], ids=["command", "reading", "submission"])
async def test_the_same_request_again_gets_401_and_is_neither_done_nor_told_again(door: Knocking, body: bytes) -> None:
    first, again = await door.ask(body), await door.ask(body)
    assert first[0] == 200 and again == (401, "") and len(door.rows.ran) == 1
    assert (await door.ask(body, at=NOW + 1))[0] == 200, "Slack's own repetition is signed anew"
    assert SECRET not in door.lines.getvalue()


@pytest.mark.parametrize("body", [GOOD, command("read")], ids=["keeping", "reading"])
async def test_of_many_copies_at_once_one_is_answered(door: Knocking, body: bytes) -> None:
    answers = await asyncio.gather(*(door.ask(body) for _ in range(8)))
    assert sorted(status for status, _ in answers) == [200, *[401] * 7]
    assert [SECRET in text for _, text in answers].count(True) == 1 and (await door.stored())[1] == 1


async def test_of_many_copies_of_an_event_at_once_one_is_done(door: Knocking) -> None:
    answers = await asyncio.gather(*(door.ask(event(), json=True) for _ in range(8)))
    assert sorted(status for status, _ in answers) == [200, *[401] * 7]
    assert door.rows.ran == ["event"] and await door.stored() == (["Ev1"], 1)


async def test_an_event_that_failed_is_welcome_again_even_with_the_same_signature(door: Knocking) -> None:
    door.rows.failures = 2
    statuses = [(await door.ask(event(), json=True))[0] for _ in range(4)]
    assert statuses == [500, 500, 200, 401] and await door.stored() == (["Ev1"], 1)
    assert SECRET not in door.lines.getvalue()


async def test_an_event_that_slack_sends_again_is_acknowledged_and_not_done_again(door: Knocking) -> None:
    retried = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert (await door.ask(event(), json=True))[0] == 200
    assert (await door.ask(event(), json=True, at=NOW + 5, **retried))[0] == 200
    assert door.rows.ran == ["event"]


async def test_a_work_that_fails_leaves_no_facts_but_the_mark_for_its_answer_was_given(door: Knocking) -> None:
    status, text = await door.ask(command("stumble over"))
    assert status == 200 and "went wrong on our side" in text and SECRET not in text
    assert await door.stored() == ([], 1)
    assert await door.ask(command("stumble over")) == (401, "") and door.rows.ran == ["stumble"]


async def test_where_the_mark_cannot_be_stored_nothing_private_is_answered(
    door: Knocking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "_PATIENCE", 0.1)
    async with door.kit.store.write(TEAM):
        status, text = await door.ask(command("read"))
    assert status == 200 and "went wrong on our side" in text and SECRET not in text


async def test_while_storing_takes_long_what_is_answered_tells_nothing_and_the_mark_comes_with_the_facts(
    door: Knocking,
) -> None:
    door.guard.patience = 0.1
    async with door.kit.store.write(TEAM):
        status, text = await door.ask(GOOD)
        assert status == 200 and SECRET not in text and "longer than usual" in text
    async with asyncio.timeout(5):
        while (await door.stored())[0] == []:
            await asyncio.sleep(0.01)
    assert await door.stored() == ([SECRET], 1)
    assert await door.ask(GOOD) == (401, "")


async def test_marks_that_nobody_can_use_again_are_dropped(door: Knocking) -> None:
    await door.ask(command("read one"))
    door.now = NOW + 600
    await door.ask(command("read two"))
    assert (await door.stored())[1] == 2
    door.now = NOW + 1200
    await door.ask(command("read three"))
    assert (await door.stored())[1] == 2


# what Slack asks beside


async def test_slacks_challenge_is_answered_and_only_where_it_is_signed(door: Knocking) -> None:
    challenge = json.dumps({"type": "url_verification", "token": "t", "challenge": "abc"}).encode()
    assert await door.ask(challenge, json=True) == (200, "abc")
    assert await door.send(challenge, [("Content-Type", "application/json")]) == (401, "")
    assert (await door.ask(b"ssl_check=1&token=t"))[0] == 200


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (submission(type="view_closed"), False),
        (submission(type=["block_actions"]), False),
        (command(command="/other"), False),
        (event(event={"type": "message", "text": SECRET}), True),
        (event(event=None), True),
        (event(type="app_rate_limited"), True),
    ],
)
async def test_what_nobody_asked_for_is_acknowledged_and_not_handed_on(door: Knocking, body: bytes, form: bool) -> None:
    assert await door.ask(body, json=form) == (200, "")
    assert door.rows.ran == [] and await door.stored() == ([], 0) and door.lines.getvalue() == ""


async def test_told_to_stop_it_answers_what_is_under_way_and_lets_nobody_else_in(door: Knocking) -> None:
    first = asyncio.create_task(door.ask(command("wait for it")))
    async with asyncio.timeout(5):
        while door.rows.ran == []:
            await asyncio.sleep(0.01)
    stopping = asyncio.create_task(door.server.drain())
    with pytest.raises(aiohttp.ClientConnectionError):
        async with asyncio.timeout(5):
            while True:  # until the port is closed
                await door.ask(b"")
    door.rows.gate.set()
    assert (await first)[0] == 200
    await stopping
    assert await door.stored() == (["for it"], 1)
