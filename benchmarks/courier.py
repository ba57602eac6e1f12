"""`courier_rate`: messages a second, every attempt durable, against a bare loop over slack_sdk."""

import asyncio
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.slack import TEAM, running
from benchmarks.table import Ratio, middle
from benchmarks.town import BenchTown, build
from bot.delivery.clients import Clients, one_token
from bot.delivery.courier import Courier
from bot.domain.delivery import Pacing
from bot.domain.messages import Kind
from bot.services.post import post
from prompts import load
from storage import outbox
from storage.records.delivery import LetterState
from storage.records.enrol import Enrolment
from storage.vault import MasterKey

MESSAGES, PEOPLE, ROUNDS, PORT = 5_000, 500, 2, 18_751
UNHURRIED = Pacing(per_minute=10_000_000, homes_per_minute=10_000_000, gap=timedelta(0), opening=timedelta(0))
TOKEN = "xoxb-bench"


async def measure() -> list[Ratio]:
    """Ours and the peer in turns: 5,000 messages each time, at the same concurrency, to the same server."""
    ours: list[float] = []
    peer: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        town = await build(Path(folder), MasterKey.new("bench"), load(), PEOPLE, Enrolment.WAITING)
        try:
            async with running(PORT) as url:
                for turn in range(ROUNDS):
                    peer.append(await _bare(url))
                    ours.append(await _ours(town, url, turn))
        finally:
            await town.store.close()
    return [Ratio("courier_rate", middle(ours), middle(peer), "messages/s", "≥ 0.3")]


async def _ours(town: BenchTown, url: str, turn: int) -> float:
    now = town.kit.clock()
    async with town.store.write(TEAM) as tx:
        for number in range(MESSAGES):
            person, place = town.juniors[number % PEOPLE]
            await post(tx, Kind.JOINED, person.user_id, f"{turn}:{number}", now, place=place.id)
    clients = Clients(one_token(TOKEN), url)
    courier = Courier(town.kit, clients, pacing=UNHURRIED)
    started = time.perf_counter()
    await courier.send_due()
    seconds = time.perf_counter() - started
    await clients.close()
    async with town.store.read(TEAM) as tx:
        sent = (await outbox.counts(tx))[LetterState.SENT]
    if sent != MESSAGES * (turn + 1):
        raise RuntimeError(f"{sent} messages went out instead of {MESSAGES * (turn + 1)}")
    return MESSAGES / seconds


async def _bare(url: str) -> float:
    places = asyncio.Semaphore(UNHURRIED.abreast)
    text = "You are in. You hear from me by Friday at the latest, match or no match. " * 3
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as session:
        client = AsyncWebClient(token=TOKEN, base_url=url, session=session, retry_handlers=[])

        async def send(number: int) -> None:
            async with places:
                await client.chat_postMessage(channel=f"D07J{number % PEOPLE:06}", text=text)

        started = time.perf_counter()
        await asyncio.gather(*(send(number) for number in range(MESSAGES)))
        return MESSAGES / (time.perf_counter() - started)
