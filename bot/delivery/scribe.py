"""Many small transactions as one: what couriers want meanwhile waits together, so one commit serves them all."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.postgresql import passing
from storage.store import Store, Tx

_TRIES = 6
_MOMENT = 0.1
"""Seconds until the second try; each later wait is twice as long. A server restarts within all of them."""

T = TypeVar("T")
A = TypeVar("A")
Many = Callable[[Tx, Sequence[A]], Awaitable[Sequence[T]]]
"""Does the same for many items with few statements; one result for each, in their order."""


@dataclass(frozen=True, slots=True)
class _Job:
    many: Many[Any, Any]
    item: Any
    told: "asyncio.Future[Any]"


class Scribe:
    """`await write(team, fn)` returns after the commit that contains it, or raises what `fn` or the commit raised.

    `read` likewise gives many readers one snapshot. `fn` may run twice: when another of the same commit failed, or
    the database was away for a moment (then even after a commit that nobody heard of), so it changes only what it finds
    not to be changed yet.
    """

    def __init__(self, store: Store) -> None:
        self._writes = _Together(store.write)
        self._reads = _Together(store.read)

    async def write(self, team: str, fn: Callable[[Tx], Awaitable[T]]) -> T:
        result: T = await self._writes.do(team, _each_alone, fn)
        return result

    async def write_among(self, team: str, many: Many[A, T], item: A) -> T:
        """As `write`, for what is done to many at once: all items of a commit with the same `many` go together."""
        result: T = await self._writes.do(team, many, item)
        return result

    async def read(self, team: str, fn: Callable[[Tx], Awaitable[T]]) -> T:
        result: T = await self._reads.do(team, _each_alone, fn)
        return result

    async def read_among(self, team: str, many: Many[A, T], item: A) -> T:
        """As `write_among`, for reading."""
        result: T = await self._reads.do(team, many, item)
        return result


async def _each_alone(tx: Tx, work: Sequence[Callable[[Tx], Awaitable[Any]]]) -> list[Any]:
    return [await fn(tx) for fn in work]


class _Together:
    def __init__(self, begin: Callable[[str], AbstractAsyncContextManager[Tx]]) -> None:
        self._begin = begin
        self._waiting: list[tuple[str, _Job]] = []
        self._task: asyncio.Task[None] | None = None

    async def do(self, team: str, many: Many[Any, Any], item: Any) -> Any:
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((team, _Job(many, item, future)))
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

    async def _commit(self, team: str, jobs: list[_Job], tried: int = 0) -> None:
        try:
            async with self._begin(team) as tx:
                done = [
                    pair
                    for many, alike in _alike(jobs)
                    for pair in zip(alike, await many(tx, [job.item for job in alike]), strict=True)
                ]
        except Exception as problem:
            if passing(problem) and tried < _TRIES:
                await asyncio.sleep(_MOMENT * (1 << tried))
                await self._commit(team, jobs, tried + 1)
            elif len(jobs) == 1:
                _settle(jobs[0].told, problem=problem)
            else:  # one of them spoilt it for all: each alone
                for job in jobs:
                    await self._commit(team, [job])
            return
        for job, result in done:
            _settle(job.told, result=result)


def _alike(jobs: Sequence[_Job]) -> Iterable[tuple[Many[Any, Any], list[_Job]]]:
    """What is done together, in the order in which it was first asked for."""
    groups: dict[Many[Any, Any], list[_Job]] = {}
    for job in jobs:
        groups.setdefault(job.many, []).append(job)
    return groups.items()


def _settle(future: "asyncio.Future[Any]", *, result: Any = None, problem: Exception | None = None) -> None:
    if future.done():
        return  # whoever waited was cancelled; the write stands
    if problem is None:
        future.set_result(result)
    else:
        future.set_exception(problem)
