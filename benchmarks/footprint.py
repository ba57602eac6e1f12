"""`startup` and `rss`: until the first answer, and memory at rest, against a bare Bolt app with the same drivers."""

import asyncio
import tempfile
import time
from pathlib import Path

from benchmarks.ours import serving, settings
from benchmarks.slack import running
from benchmarks.table import Ratio, middle
from benchmarks.town import build
from prompts import load
from storage.vault import MasterKey

ROUNDS, SLACK, OURS, BARE = 5, 18_770, 18_771, 18_772
AT_REST = 3.0
"""Seconds after the first answer; by then both have done what they do at the start."""


async def measure() -> list[Ratio]:
    """One after the other, in turns; the middle of several starts."""
    master = MasterKey.new("bench")
    ours: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        town = await build(Path(folder), master, load(), 10)
        await town.store.close()
        async with running(SLACK) as url:
            env = settings(Path(folder), master, url, OURS)
            for _ in range(ROUNDS):
                ours.append(await _start(OURS, "app.py", "run", **env))
                bare.append(await _start(BARE, "benchmarks/bare.py", str(BARE), PYTHONPATH=".", **env))
    (start, memory), (bare_start, bare_memory) = _middles(ours), _middles(bare)
    return [Ratio("startup", start, bare_start, "s", "≤ 1.3"), Ratio("rss", memory, bare_memory, "MiB", "≤ 1.3")]


def _middles(found: list[tuple[float, float]]) -> tuple[float, float]:
    return middle([seconds for seconds, _ in found]), middle([memory for _, memory in found])


async def _start(port: int, *words: str, **env: str) -> tuple[float, float]:
    """Seconds until it listens, and its resident memory in MiB a little later."""
    started = time.perf_counter()
    async with serving(port, *words, **env) as process:
        seconds = time.perf_counter() - started
        await asyncio.sleep(AT_REST)
        return seconds, _resident(process.pid)


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
