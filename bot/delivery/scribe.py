"""Many small transactions as one: what couriers want meanwhile waits together, so one commit serves them all."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from storage.store import Store, Tx

T = TypeVar("T")
_Work = Callable[[Tx], Awaitable[Any]]
_Job = tuple[_Work, "asyncio.Future[Any]"]


class Scribe:
    """`await write(team, fn)` returns after the commit that contains it, or raises what `fn` or the commit raised.

    `read` likewise gives many readers one snapshot. `fn` may run twice, when another of the same commit failed.
    """

    def __init__(self, store: Store) -> None:
        self._writes = _Together(store.write)
        self._reads = _Together(store.read)

    async def write(self, team: str, fn: Callable[[Tx], Awaitable[T]]) -> T:
        result: T = await self._writes.do(team, fn)
        return result

    async def read(self, team: str, fn: Callable[[Tx], Awaitable[T]]) -> T:
        result: T = await self._reads.do(team, fn)
        return result


class _Together:
    def __init__(self, begin: Callable[[str], AbstractAsyncContextManager[Tx]]) -> None:
        self._begin = begin
        self._waiting: list[tuple[str, _Job]] = []
        self._task: asyncio.Task[None] | None = None

    async def do(self, team: str, fn: _Work) -> Any:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((team, (fn, future)))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        return await future

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
            async with self._begin(team) as tx:
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
