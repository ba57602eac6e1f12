"""Many small writes in one commit: what couriers write meanwhile waits together, so one fsync serves them all."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from storage.store import Store, Tx

T = TypeVar("T")
Write = Callable[[Tx], Awaitable[Any]]
_Job = tuple[Write, "asyncio.Future[Any]"]


class Scribe:
    """`await write(team, fn)` returns after the commit that contains it, or raises what `fn` or the commit raised."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[tuple[str, _Job]] = []
        self._task: asyncio.Task[None] | None = None

    async def write(self, team: str, fn: Callable[[Tx], Awaitable[T]]) -> T:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((team, (fn, future)))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        result: T = await future
        return result

    async def _work(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            teams: dict[str, list[_Job]] = {}
            for team, job in taken:
                teams.setdefault(team, []).append(job)
            for team, jobs in teams.items():
                await self._commit(team, jobs)

    async def _commit(self, team: str, jobs: list[_Job]) -> None:
        try:
            async with self._store.write(team) as tx:
                results = [await fn(tx) for fn, _ in jobs]
        except Exception as problem:
            if len(jobs) == 1:
                _settle(jobs[0][1], problem=problem)
            else:  # one of them spoilt it for all: each alone
                for job in jobs:
                    await self._commit(team, [job])
            return
        for (_, future), result in zip(jobs, results, strict=True):
            _settle(future, result=result)


def _settle(future: "asyncio.Future[Any]", *, result: Any = None, problem: Exception | None = None) -> None:
    if future.done():
        return  # whoever waited was cancelled; the write stands
    if problem is None:
        future.set_result(result)
    else:
        future.set_exception(problem)
