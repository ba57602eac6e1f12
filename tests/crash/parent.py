"""Slack with faults, the executioner, and the count at the end."""

import asyncio
import json
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import yaml
from sqlalchemy import create_engine

from bot.domain.messages import Kind
from playground import cast
from playground.clock import Clock
from playground.faults import Fault, Faults
from playground.records import Message as SlackMessage
from playground.server import Playground
from storage.records.delivery import LetterState
from storage.store import Store
from storage.tables import metadata
from storage.vault import MasterKey
from tests.crash.cohort import seed
from tests.crash.plan import POINTS, START, Plan

ROOT = Path(__file__).parents[2]
SPEED = 60.0
KINDS = ("429", "500_before", "500_after", "internal_error_after", "drop_before", "drop_after", "slow")
CHANCE = 0.15
KINDS_ASKED = (Kind.CHECKIN, Kind.REFLECTION)


class Shared(Clock):
    """The playground's clock, which is everybody's."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(START)
        self._plan = plan

    def now(self) -> datetime:
        return self._plan.clock()


def faults(seed: int) -> Faults:
    """Fifteen calls in a hundred go wrong, each kind as often as the others."""
    rules, left = [], 1.0
    for kind in KINDS:
        share = CHANCE / len(KINDS)
        late = 1.4 if kind == "slow" else 5.0  # real seconds of a slow answer; seconds of Retry-After
        rules.append(Fault("*", kind, share / left, late))
        left -= share
    return Faults(seed, rules)


class Run:
    """One run: `messages` check-ins, and at least `kills` deaths while they go out."""

    def __init__(self, folder: Path, messages: int, kills: int, seed: int) -> None:
        self.folder, self.messages, self.kills, self.dice = folder, messages, kills, random.Random(seed)
        self.plan = Plan(
            database=str(folder / "crash.db"), master=MasterKey.new("crash").text(), errors=str(folder / "errors.log"),
            api_url="", epoch=time.monotonic(), speed=SPEED,
        )  # fmt: skip
        self.slack = self._slack(seed)
        self.deaths: Counter[str] = Counter()

    def _slack(self, seed: int) -> Playground:
        manifest: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
        return Playground(cast.load(), Shared(self.plan), manifest, faults=faults(seed))

    async def go(self, orders: IO[str], answers: IO[str]) -> dict[str, Any]:
        """Play it, and tell what was counted."""
        await self._plan_work()
        await self.slack.start()
        started = time.monotonic()
        self.plan = Plan.of(self.plan.values() | {"api_url": self.slack.api_url})
        try:
            while await self._life(orders, answers):
                pass
        finally:
            await self.slack.stop()
        return self._count() | {"seconds": round(time.monotonic() - started)}

    async def _plan_work(self) -> None:
        """Work that becomes due evenly while the killing lasts."""
        engine = create_engine(f"sqlite:///{self.plan.database}")
        metadata.create_all(engine)
        engine.dispose()
        people = [user.id for user in self.slack.workspace.users.values() if not user.is_bot]
        step = self.plan.virtual(self.kills * 0.9) / self.messages
        store = Store(f"sqlite+aiosqlite:///{self.plan.database}", [MasterKey.parse(self.plan.master)])
        await seed(store, people, self.messages, self.plan.clock(), step)
        await store.close()

    async def _life(self, orders: IO[str], answers: IO[str]) -> bool:
        """One bot from its start to its end; False when it ended because all was done."""
        mortal = sum(self.deaths.values()) < self.kills
        point = self.dice.choice(POINTS) if mortal and self.dice.random() < 0.6 else ""
        order = {"plan": self.plan.values(), "point": point, "visit": self.dice.randint(1, 12)}
        print(json.dumps(order), file=orders, flush=True)
        child = int(await asyncio.to_thread(answers.readline))
        ending = asyncio.create_task(asyncio.to_thread(answers.readline))
        if mortal:
            _, late = await asyncio.wait([ending], timeout=2.0 if point else self.dice.uniform(0.2, 1.2))
            if late:
                point = "any"
                os.kill(child, signal.SIGKILL)
        code = int(await ending)
        if code == -signal.SIGKILL:
            self.deaths[point or "any"] += 1
        elif code != 0:
            raise RuntimeError(f"a bot ended with {code}; see {self.plan.errors}")
        return code != 0

    def _count(self) -> dict[str, Any]:
        arrived = Counter(_nonce(message.metadata) for message in self._messages())
        letters = self._letters()
        asked = {nonce for nonce, kind, state in letters if kind in KINDS_ASKED}
        return {
            "messages": self.messages,
            "kills": sum(self.deaths.values()),
            "lost": self.messages - len(asked & arrived.keys()),
            "doubled": sum(n - 1 for n in arrived.values()),
            "unmarked": sum(state != LetterState.SENT for nonce, kind, state in letters if kind in KINDS_ASKED),
            "strange": len(arrived.keys() - asked),
            "broken": Path(self.plan.errors).read_text(encoding="utf-8").count("\n"),
            "faults": sum(self.slack.faults.counts.values()),
            "calls": self.slack.log.count,
            "points": dict(sorted(self.deaths.items())),
        }

    def _messages(self) -> Iterator[SlackMessage]:
        for place in self.slack.workspace.conversations.values():
            yield from (message for message in place.messages.values() if message.is_bot)

    def _letters(self) -> list[tuple[str, str, str]]:
        connection = sqlite3.connect(f"file:{self.plan.database}?mode=ro", uri=True)
        try:
            return connection.execute("SELECT nonce, kind, state FROM outbox").fetchall()
        finally:
            connection.close()


def _nonce(metadata: dict[str, Any] | None) -> str:
    return str(((metadata or {}).get("event_payload") or {}).get("id"))
