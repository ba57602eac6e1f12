"""Slack with faults, the executioner, and the count at the end."""

import asyncio
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import yaml
from sqlalchemy import Engine, create_engine, text

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


@dataclass(eq=False)
class Worker:
    """One process after another, forked by a zygote of its own; `child` is the one that is alive."""

    orders: IO[str]
    answers: IO[str]
    child: int | None = None

    async def start(self, order: dict[str, object]) -> "asyncio.Task[int]":
        """Tells, when it has ended, with which exit code."""
        print(json.dumps(order), file=self.orders, flush=True)
        self.child = int(await asyncio.to_thread(self.answers.readline))
        return asyncio.create_task(self._end())

    async def _end(self) -> int:
        code = int(await asyncio.to_thread(self.answers.readline))
        self.child = None
        return code

    def kill(self) -> None:
        if self.child is not None:
            os.kill(self.child, signal.SIGKILL)


class Run:
    """One run: `messages` check-ins, and at least `kills` deaths while they go out.

    One worker at a time is hunted: it dies at a point that was chosen beforehand, or at any moment. Then another one is
    killed wherever it is, and comes back as the hunted one; with a single worker it is always the same.
    """

    def __init__(self, folder: Path, database: str, messages: int, kills: int, seed: int) -> None:
        self.folder, self.messages, self.kills, self.dice = folder, messages, kills, random.Random(seed)
        self.plan = Plan(
            database=database, master=MasterKey.new("crash").text(), errors=str(folder / "errors.log"),
            api_url="", epoch=time.monotonic(), speed=SPEED,
        )  # fmt: skip
        self.slack = self._slack(seed)
        self.deaths: Counter[str] = Counter()

    def _slack(self, seed: int) -> Playground:
        manifest: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
        return Playground(cast.load(), Shared(self.plan), manifest, faults=faults(seed))

    async def go(self, workers: Sequence[Worker]) -> dict[str, Any]:
        """Play it, and tell what was counted."""
        await self._plan_work()
        await self.slack.start()
        started = time.monotonic()
        self.plan = Plan.of(self.plan.values() | {"api_url": self.slack.api_url})
        self.workers, self.hunted = workers, workers[0]
        try:
            await asyncio.gather(*(self._lives(worker) for worker in workers))
        finally:
            await self.slack.stop()
        return {"workers": len(workers)} | self._count() | {"seconds": round(time.monotonic() - started)}

    async def _plan_work(self) -> None:
        """Work that becomes due evenly while the killing lasts."""
        engine = self._engine()
        metadata.create_all(engine)
        engine.dispose()
        people = [user.id for user in self.slack.workspace.users.values() if not user.is_bot]
        step = self.plan.virtual(self.kills * 0.9) / self.messages
        store = Store(self.plan.database, [MasterKey.parse(self.plan.master)])
        await seed(store, people, self.messages, self.plan.clock(), step)
        await store.close()

    def _engine(self) -> Engine:
        return create_engine(self.plan.database.replace("+aiosqlite", ""))

    async def _lives(self, worker: Worker) -> None:
        while await self._life(worker):
            pass

    async def _life(self, worker: Worker) -> bool:
        """One bot from its start to its end; False when it ended because all was done."""
        hunted = worker is self.hunted and sum(self.deaths.values()) < self.kills
        point = self.dice.choice(POINTS) if hunted and self.dice.random() < 0.6 else ""
        ending = await worker.start({"plan": self.plan.values(), "point": point, "visit": self.dice.randint(1, 12)})
        if hunted:
            _, late = await asyncio.wait([ending], timeout=2.0 if point else self.dice.uniform(0.2, 1.2))
            if late:
                point = "any"
                worker.kill()
        code = await ending
        if code == -signal.SIGKILL:
            self.deaths[point or "any"] += 1
        elif code != 0:
            raise RuntimeError(f"a bot ended with {code}; see {self.plan.errors}")
        if hunted:
            self._hunt_another()
        return code != 0

    def _hunt_another(self) -> None:
        self.hunted = self.dice.choice(self.workers)
        if sum(self.deaths.values()) < self.kills:
            self.hunted.kill()

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
        engine = self._engine()
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT nonce, kind, state FROM outbox")).all()
        engine.dispose()
        return [(row.nonce, row.kind, row.state) for row in rows]


def _nonce(metadata: dict[str, Any] | None) -> str:
    return str(((metadata or {}).get("event_payload") or {}).get("id"))
