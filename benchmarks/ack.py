"""`ack_*`: how long a signed slash command waits for its answer, ours with a fact committed before it."""

import asyncio
import hashlib
import hmac
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from benchmarks.ours import SECRET, serving, settings
from benchmarks.slack import APP_ID, TEAM, running
from benchmarks.table import Ratio, percentile
from benchmarks.town import build
from prompts import load
from storage.vault import MasterKey

PAIRS, REQUESTS, ROUNDS, WARM_UP = 400, 200, 4, 40
SLACK, OURS, DEFAULT, BEFORE = 18_760, 18_761, 18_762, 18_763
CONCURRENCY = (1, 10)


async def measure() -> list[Ratio]:
    """The three in turns, with the same requests: ours, bare Bolt by default, bare Bolt answering before."""
    master = MasterKey.new("bench")
    with tempfile.TemporaryDirectory() as folder:
        town = await build(Path(folder), master, load(), PAIRS)
        await town.store.close()
        async with AsyncExitStack() as processes:
            url = await processes.enter_async_context(running(SLACK))
            env = settings(Path(folder), master, url, OURS)
            bare = {"PYTHONPATH": ".", **env}
            await processes.enter_async_context(serving(OURS, "app.py", "run", **env))
            await processes.enter_async_context(serving(DEFAULT, "benchmarks/bare.py", str(DEFAULT), **bare))
            await processes.enter_async_context(serving(BEFORE, "benchmarks/bare.py", str(BEFORE), "--before", **bare))
            return await _compare()


async def _compare() -> list[Ratio]:
    juniors = (f"U07J{number % PAIRS:06}" for number in count())
    found: dict[str, Ratio] = {}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as session:
        for port in (OURS, DEFAULT, BEFORE):
            await _round(session, port, juniors, 10, WARM_UP)
        for abreast in CONCURRENCY:
            waits: dict[int, list[float]] = {OURS: [], DEFAULT: [], BEFORE: []}
            for _ in range(ROUNDS):
                for port, kept in waits.items():
                    kept += await _round(session, port, juniors, abreast, REQUESTS)
            for one in _ratios(waits, abreast):
                found[one.name] = one
                whole = one.name.removesuffix(f"_at_{abreast}")  # the worse of the two stands for both
                if whole not in found or one.ratio > found[whole].ratio:
                    found[whole] = Ratio(whole, one.ours, one.peer, one.unit, one.aim)
    return sorted(found.values(), key=lambda one: one.name)


def _ratios(waits: dict[int, list[float]], abreast: int) -> list[Ratio]:
    def at(port: int, share: float) -> float:
        return 1000 * percentile(waits[port], share)

    return [
        Ratio(f"ack_p50_at_{abreast}", at(OURS, 0.5), at(DEFAULT, 0.5), "ms", "≤ 0.5"),
        Ratio(f"ack_p99_at_{abreast}", at(OURS, 0.99), at(DEFAULT, 0.99), "ms", "≤ 1.0"),
        Ratio(f"ack_p50_floor_at_{abreast}", at(OURS, 0.5), at(BEFORE, 0.5), "ms", "≤ 8"),
    ]


async def _round(
    session: aiohttp.ClientSession, port: int, juniors: Iterator[str], abreast: int, requests: int
) -> list[float]:
    """Seconds that each of so many requests took, `abreast` of them at a time."""
    waits: list[float] = []
    numbers = iter(range(requests))

    async def one_after_the_other() -> None:
        for number in numbers:
            body, headers = _signed(next(juniors), f"park What we said about the rota, {number}")
            started = time.perf_counter()
            async with session.post(f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers) as answer:
                said = await answer.text()
            waits.append(time.perf_counter() - started)
            if answer.status != 200 or not said:
                raise RuntimeError(f"{answer.status} from port {port}: {said[:200]!r}")

    await asyncio.gather(*(one_after_the_other() for _ in range(abreast)))
    return waits


_TRIGGERS = count()


def _signed(user: str, text: str) -> tuple[bytes, dict[str, str]]:
    fields = {
        "token": "unused", "team_id": TEAM, "team_domain": "bench", "channel_id": "C07GENERAL", "channel_name": "hall",
        "user_id": user, "user_name": user.lower(), "command": "/revmentor", "text": text, "api_app_id": APP_ID,
        "is_enterprise_install": "false", "response_url": "http://127.0.0.1:9/unused",
        "trigger_id": f"1.2.{next(_TRIGGERS)}",
    }  # fmt: skip
    body, stamp = urlencode(fields).encode(), str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }
