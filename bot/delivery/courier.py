"""The courier: takes what is due from the outbox, most urgent first, and carries many letters at once."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from bot.delivery.carry import HOME, METHODS, POST, Held, carry
from bot.delivery.chores import DELETE
from bot.delivery.clients import ClientFor
from bot.delivery.desk import Checkpoint, Desk, pass_by
from bot.delivery.letters import LETTERS, Letters
from bot.delivery.scribe import Scribe
from bot.domain.delivery import Pacing
from bot.log import log
from bot.services.kit import Kit
from storage import outbox, pace
from storage.ids import new_id
from storage.records.delivery import Letter, LetterState, Priority, Target
from storage.store import Tx

_POSTS = (Target.PERSON, Target.PAIR, Target.CHANNEL)
_Found = Collection[tuple[LetterState, Target]]
_REST = 1.0
_STIR = 0.25
_TIDY = timedelta(minutes=10)

LET_GO = 0.5
"""Real seconds for what was cancelled to end."""


class Courier:
    """Two or twenty may run. `woken` is set after a commit that queued something (`store.when_queued`)."""

    def __init__(
        self,
        kit: Kit,
        client_for: ClientFor,
        *,
        letters: Letters = LETTERS,
        pacing: Pacing | None = None,
        checkpoint: Checkpoint = pass_by,
        woken: asyncio.Event | None = None,
    ) -> None:
        pacing = pacing or Pacing()
        self.desk = Desk(kit, Scribe(kit.store), client_for, letters, pacing, new_id(), checkpoint)
        self.woken = woken or asyncio.Event()
        self._running: dict[asyncio.Task[None], Letter] = {}
        self._leasing = asyncio.Lock()
        self._working: asyncio.Task[object] | None = None
        self._stopping = False
        self._tidied: datetime | None = None

    async def take_over(self) -> None:
        """For the one process of a SQLite file, at its start: whatever lease is left belongs to a dead courier."""
        kit = self.desk.kit
        now = kit.clock()
        async with kit.store.read(kit.team) as tx:
            teams = await outbox.teams_leased(tx, now)
        for team in teams:
            async with kit.store.write(team) as tx:
                n = await outbox.expire_leases(tx, now)
                await outbox.recover(tx, now, self.desk.pacing.grace)
            log.info("courier.took_over", team=team, n=n)

    async def send_due(self) -> int:
        """Carry letters until nothing more may go now; tells how many were carried, delivered or not."""
        carried = 0
        while True:
            self.woken.clear()
            async with self._leasing:  # what another call is about to carry is not missed by this one
                idle = not self._running  # asked before the lease: what ends meanwhile makes room for more
                leased = [] if self._stopping else await self._lease()
            carried += len(leased)
            if idle and not leased:
                return carried
            if self._running:
                await self._something_happens()

    async def run(self) -> None:
        """Work until `stop`, and end when what was leased by then has been carried."""
        self._working = asyncio.current_task()
        while not self._stopping:
            try:
                await self.send_due()
                await self._tidy()
            except Exception:  # a database that is away for a moment: what is queued is still there afterwards
                log.exception("courier.stumbled", courier=self.desk.name)
            if not self._stopping:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.woken.wait(), _REST)

    async def stop(self, seconds: float = 10.0) -> None:
        """Take nothing more; let what is under way finish for so many real seconds, then let go of it.

        Afterwards nothing of this courier runs any more: neither a session nor the store may be opened anew by it.
        """
        self._stopping = True
        self.woken.set()
        under_way = self._under_way()
        if under_way:
            await asyncio.wait(under_way, timeout=seconds)
        late = self._under_way()  # a lease that was under way may have started another letter
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=LET_GO)

    def _under_way(self) -> set[asyncio.Task[Any]]:
        """The letters that are carried, and `run`, which ends after them."""
        working = {self._working} if self._working is not None and not self._working.done() else set()
        return {*self._running, *working}

    async def _something_happens(self) -> None:
        """Until half the seats are free, something is queued, or a moment has passed: safety gets its look-in."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.woken.wait(), _STIR)

    def _start(self, letter: Letter, held: Held) -> None:
        task = asyncio.create_task(carry(self.desk, letter, held))
        self._running[task] = letter
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        if len(self._running) in (self.desk.pacing.abreast // 2, 0):  # the moments at which a lease finds room
            self.woken.set()

    async def _lease(self) -> Sequence[Letter]:
        """Start carrying as much as there is room for."""
        pacing = self.desk.pacing
        room = pacing.abreast - len(self._running)
        if room < pacing.abreast // 2:
            room = 0  # in batches, so that a lease serves several letters; a safety message has seats of its own
        kit = self.desk.kit
        async with kit.store.read(kit.team) as tx:
            teams = await outbox.teams_due(tx, kit.clock())
        leased: list[Letter] = []
        for team, waiting in sorted(teams.items()):
            share = -(-room // len(teams))
            async with kit.store.write(team) as tx:
                taken, held = await self._lease_in(tx, share, waiting)
            for letter in taken:
                self._start(letter, held)
            leased += taken
        return leased

    async def _lease_in(self, tx: Tx, room: int, found: _Found) -> tuple[list[Letter], Held]:
        now = self.desk.kit.clock()
        pacing = self.desk.pacing
        if any(state is LetterState.SENDING for state, _ in found):
            await outbox.recover(tx, now, pacing.grace)
        held = await pace.held(tx, now, (*METHODS, pace.WORKSPACE))
        if pace.WORKSPACE in held:
            return [], held
        spent = await outbox.spent(tx, now - pacing.window, now)
        waiting = {target for state, target in found if state is LetterState.WAITING}
        taken = []
        if POST not in held and waiting.intersection(_POSTS):
            left = _budget(pacing.per_minute, pacing) - sum(spent.get(t, 0) for t in _POSTS)
            seats = pacing.abreast + pacing.reserved - len(self._running)
            most, limit = (Priority.BULK, min(room, left)) if min(room, left) > 0 else (Priority.SAFETY, seats)
            taken += await self._take(tx, now, limit, _POSTS, most)
        others = ((HOME, Target.HOME, pacing.homes_per_minute), (DELETE, Target.CHORE, pacing.chores_per_minute))
        for method, target, per_minute in others:
            if method not in held and target in waiting:
                left = _budget(per_minute, pacing) - spent.get(target, 0)
                taken += await self._take(tx, now, min(room - len(taken), left), (target,), Priority.BULK)
        return taken, held

    async def _take(self, tx: Tx, now: datetime, limit: int, targets: Sequence[Target], most: Priority) -> list[Letter]:
        if limit <= 0:
            return []
        until = now + self.desk.pacing.lease
        return await outbox.lease(tx, self.desk.name, now, until, limit, targets=targets, most=most)

    async def _tidy(self) -> None:
        """Drop turns that have passed, now and then."""
        now = self.desk.kit.clock()
        if self._tidied is None or now - self._tidied >= _TIDY:
            self._tidied = now
            async with self.desk.kit.store.write("") as tx:
                await pace.forget(tx, now)


def _budget(per_minute: int, pacing: Pacing) -> int:
    return max(1, int(per_minute * pacing.window.total_seconds() / 60))
