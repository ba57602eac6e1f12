"""`match_500`, `match_5000`: the whole of a match against scipy alone, on the same table; and how both grow.

Each organisation is matched in a process of its own, so that its memory is its own.
"""

import asyncio
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.organisation import build, opened
from benchmarks.slack import TEAM
from benchmarks.table import Ratio, middle
from bot.domain.match import Solved, Terms
from bot.services.kit import Kit
from bot.services.match import assigning, finding, pool, solving
from storage.vault import MasterKey

HERE = Path(__file__).parent
GROWTH, PICTURE = HERE / "matching.json", HERE / "matching.png"
SIZES = (100, 250, 500, 1000, 2000, 3500, 5000)
ROUNDS = 3
MEMORY = 2048.0
"""MiB that a match of 5,000 and 5,000 people may take, everything counted."""
HELD = 0.5
"""Seconds for which a match may keep the loop from answering."""


async def match_500() -> list[Ratio]:
    """Here the solver is done in hundredths of a second, and most of ours is reading a thousand sealed profiles."""
    return _ratios(500, await _measured(500), "≤ 20")


async def match_5000() -> list[Ratio]:
    return _ratios(5000, await _measured(5000), "≤ 3")


async def growth() -> list[Ratio]:
    """Draw what a match costs as people grow; nothing to compare. What a run that is cut short has found is kept."""
    rows: list[dict[str, Any]] = []
    for each in SIZES:
        rows.append(await _measured(each) | {"each": each})
        GROWTH.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
        _draw(rows)
    return []


def _ratios(each: int, found: dict[str, Any], aim: str) -> list[Ratio]:
    return [
        Ratio(f"match_{each}", found["ours"], found["bare"], "s", aim),
        Ratio(f"match_{each}_memory", found["memory"], MEMORY, "MiB", "≤ 1"),
        Ratio(f"match_{each}_held", found["held"], HELD, "s", "≤ 1"),
    ]


async def _measured(each: int) -> dict[str, Any]:
    """Build an organisation and match it in a process of its own."""
    master = MasterKey.new("bench")
    with tempfile.TemporaryDirectory() as folder:
        cohort = await build(Path(folder), master, each)
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.matching", folder, master.text(), cohort, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await child.communicate()
    if child.returncode:
        raise RuntimeError(f"the match of {each} failed")
    found: dict[str, Any] = json.loads(said)
    return found


async def _child(folder: Path, key: str, cohort: str) -> dict[str, Any]:
    kit = opened(folder, key)
    try:
        ours = [await _ours(kit, cohort)]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        async with kit.store.read(TEAM) as tx:
            started = time.perf_counter()
            people = await pool.load(tx, cohort)
            load = time.perf_counter() - started
        found = await asyncio.to_thread(finding.find, people, Terms().weights)
        table = assigning.worth(found.hall.board)
        bare = [_bare(table)]
        for _ in range(ROUNDS - 1):
            ours.append(await _ours(kit, cohort))
            bare.append(_bare(table))
    finally:
        await kit.store.close()
    _check(found, table, bare[-1][1])
    return {
        "ours": middle([seconds for seconds, _, _ in ours]), "bare": middle([seconds for seconds, _ in bare]),
        "held": max(gap for _, gap, _ in ours), "memory": memory, "load": load, "pairs": len(found.pairs),
    }  # fmt: skip


async def _ours(kit: Kit, cohort: str) -> tuple[float, float, Solved]:
    """Seconds for everything, and the longest time for which the loop did nothing else."""
    beats: list[float] = []
    heart = asyncio.create_task(_beat(beats))
    await asyncio.sleep(0.05)
    started = time.perf_counter()
    async with kit.store.read(TEAM) as tx:
        solved = await solving.solve(kit, tx, cohort, Terms())
    seconds = time.perf_counter() - started
    await asyncio.sleep(0.05)
    heart.cancel()
    return seconds, float(np.diff(beats).max()), solved


async def _beat(beats: list[float]) -> None:
    while True:
        beats.append(time.perf_counter())
        await asyncio.sleep(0.005)


def _bare(table: Any) -> tuple[float, Any]:
    started = time.perf_counter()
    cells = linear_sum_assignment(table, maximize=True)
    return time.perf_counter() - started, cells


def _check(found: finding.Found, table: Any, cells: Any) -> None:
    """Ours is worth what the bare solver's best is worth. Raises RuntimeError."""
    by = assigning.scale(found.hall.board)
    people = len({row for row, _ in found.pairs}) + len({column for _, column in found.pairs})
    ours = by.pair * len(found.pairs) + by.first * people + found.best
    if ours != int(table[cells].sum()):
        raise RuntimeError(f"a better set of pairs exists: {ours} is not {table[cells].sum()}")


def _draw(rows: list[dict[str, Any]]) -> None:
    """Seconds as people grow."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    people = [row["each"] for row in rows]
    for name, label, style in (
        ("ours", "the whole of a match", "o-"), ("load", "of that, reading it from the database", "s--"),
        ("bare", "scipy alone, the same table", "^-"),
    ):  # fmt: skip
        axes.plot(people, [row[name] for row in rows], style, label=label)
    axes.set(xlabel="people on each side", ylabel="seconds", ylim=(0, None), xlim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(PICTURE)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_child(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))))
