"""A request's signature, stored together with what the request did, or by itself before it is answered."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from storage import replay
from storage.rider import Rider
from storage.store import Store, Tx

_KEPT = timedelta(minutes=15)  # a timestamp may be five minutes ahead and is good for five minutes more
_TIDY = timedelta(minutes=5)
_PATIENCE = 0.7  # seconds; with the guard's two, still within the three that Slack waits


class Marks:
    """Hands out a mark per request, and drops the old ones now and then. Times are the machine's, as Slack's are."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._tidied: datetime | None = None

    async def tidy(self, tx: Tx, now: datetime) -> None:
        """Drop what nobody can send again."""
        if self._tidied is None or now - self._tidied >= _TIDY:
            self._tidied = now
            await replay.forget(tx, now - _KEPT)


class Mark:
    """Says of one request that it was taken.

    It rides in the first transaction that the request's work commits: stored with the facts, or, where the work fails,
    not at all, so that Slack's next attempt is welcome. What only reads is marked by `settle`, before it is answered.
    """

    def __init__(self, marks: Marks, team: str, signature: str, now: float) -> None:
        self._marks = marks
        self._team = team
        self._signature = signature
        self._now = datetime.fromtimestamp(now, UTC)
        self._rider = Rider(self._take)
        self.replayed = False

    async def taken(self) -> bool:
        """Whether the request was taken before."""
        async with self._marks.store.read(self._team) as tx:
            return await replay.taken(tx, self._signature)

    @contextmanager
    def aboard(self) -> Iterator[None]:
        """Around the request's work."""
        with self._rider.aboard():
            yield

    async def settle(self) -> None:
        """Store it, unless it is or is just being stored with what is still under way.

        In the second case nothing was answered yet but that the work goes on. Raises Replayed, TimeoutError, and what
        the database raises.
        """
        if self._rider.stored or self._rider.riding:
            return
        storing = asyncio.create_task(self._store())
        done, _ = await asyncio.wait({storing}, timeout=_PATIENCE)
        if not done:
            storing.add_done_callback(lambda task: task.cancelled() or task.exception())
            raise TimeoutError
        storing.result()

    async def _store(self) -> None:
        with self._rider.aboard():
            async with self._marks.store.write(self._team):
                pass

    async def _take(self, tx: Tx) -> None:
        try:
            await replay.take(tx, self._signature, self._now)
        except replay.Replayed:
            self.replayed = True
            raise
        await self._marks.tidy(tx, self._now)
