"""`release_1m_*`, `week_of_50`, `report_rss`: what a week costs with a million answers stored, and a year's report."""

import asyncio
import json
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from benchmarks.answers import COHORTS, NOW, PAIRS, fill, opened
from benchmarks.raw import Driver, Postgresql, Sqlite, again, timed
from benchmarks.slack import TEAM
from benchmarks.table import Ratio, middle
from bot.domain.jobs import Job
from bot.domain.report.kinds import RUNNING
from bot.domain.report.paper import Asked
from bot.domain.when import iso_week
from bot.services import report
from bot.services.kit import Kit
from bot.services.report.desk import so_far
from bot.services.report.paper import paper_of
from bot.services.report.urn import sweep_cohorts
from bot.services.report.weekly import FIGURES
from storage import programme
from storage import tables as t
from storage.ids import new_id
from storage.records.delivery import Due, DueState
from storage.vault import MasterKey, Vault
from tests.postgres import binaries, started

WEEKS, FEW_WEEKS, ROUNDS = 50, 10, 3
FEW_JUNIORS = 2_500
"""Who answer once in the smaller database of the report: 10,000 answers."""
ZONE = "Europe/Berlin"

Open = Callable[[], Driver]


async def release_1m_sqlite() -> list[Ratio]:
    """5,000 juniors, 50 check-ins each, four answers in each: a million, of which the newest 20,000 wait."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bench.db")
        return [await _release("release_1m_sqlite", f"sqlite+aiosqlite:///{path}", lambda: Sqlite(path))]


async def release_1m_postgresql() -> list[Ratio]:
    """The same on a server of the system's binaries; nothing where there are none."""
    if binaries() is None:
        print("  no PostgreSQL server on this machine", file=sys.stderr)
        return []
    with started() as server:
        url = server.url()
        return [await _release("release_1m_postgresql", url, lambda: Postgresql(url))]


async def week_of_50() -> list[Ratio]:
    """The whole weekly job in its fiftieth week against its tenth: everything it reads, draws, stores and queues."""
    found = dict[int, float]()
    for weeks in (FEW_WEEKS, WEEKS):
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "bench.db")
            found[weeks] = await _weekly_job(path, weeks)
    return [Ratio("week_of_50", found[WEEKS], found[FEW_WEEKS], "s", "≤ 1.2")]


async def report_rss() -> list[Ratio]:
    """The peak of a process that makes the report about everything, with 1,000,000 and with 10,000 stored answers."""
    many = await _report_memory(WEEKS, COHORTS * PAIRS)
    few = await _report_memory(1, FEW_JUNIORS)
    return [Ratio("report_rss", many, few, "MiB", "≤ 1.1")]


async def _release(name: str, url: str, driver: Open) -> Ratio:
    master = MasterKey.new("bench")
    await fill(url, master, WEEKS)
    vault, kit = Vault([master]), opened(url, master)
    ours, peer = list[float](), list[float]()
    try:
        await _sweep(kit)  # statements are compiled once in a process
        for _ in range(ROUNDS):
            again(driver(), vault)
            peer.append(timed(driver(), vault))
            again(driver(), vault)
            ours.append(await _sweep(kit))
    finally:
        await kit.store.close()
    return Ratio(name, middle(ours), middle(peer), "s", "≤ 3")


async def _sweep(kit: Kit) -> float:
    """Seconds in which everything is drawn, published and committed, as the weekly job does it."""
    began = time.perf_counter()
    async with kit.store.write(TEAM) as tx:
        known = await programme.get(tx)
        assert known is not None
        found = await sweep_cohorts(kit, tx, known, await programme.to_report(tx), RUNNING, NOW)
        made = sum(one.published is not None for sections in found.values() for one in sections.values())
    if made != COHORTS:
        raise RuntimeError(f"{made} cohorts had a release instead of {COHORTS}")
    return time.perf_counter() - began


async def _weekly_job(path: str, weeks: int) -> float:
    """The middle of several Mondays, each as if it were the first time."""
    master = MasterKey.new("bench")
    await fill(f"sqlite+aiosqlite:///{path}", master, weeks)
    vault, kit = Vault([master]), opened(f"sqlite+aiosqlite:///{path}", master)
    found = list[float]()
    try:
        await _earlier_digests(kit, weeks)
        for _ in range(ROUNDS + 1):
            again(Sqlite(path), vault)
            found.append(await _job(kit))
    finally:
        await kit.store.close()
    return middle(found[1:])


async def _earlier_digests(kit: Kit, weeks: int) -> None:
    """A digest for each week that has passed, with the figures of today: they weigh the same."""
    async with kit.store.write(TEAM) as tx:
        known = await programme.get(tx)
        assert known is not None
        for cohort in await programme.cohorts(tx):
            facts = await so_far(kit, tx, known, cohort, NOW)
            figures = FIGURES.dump_json(facts.figures).decode()
            rows = [
                {
                    "id": new_id(), "team_id": TEAM, "cohort_id": cohort.id, "created_at": NOW, "figures": figures,
                    "week": iso_week(NOW - timedelta(weeks=ago + 2), ZONE),
                }
                for ago in range(weeks)
            ]  # fmt: skip
            await tx.conn.execute(t.digest.insert(), rows)


async def _job(kit: Kit) -> float:
    due = Due(new_id(), TEAM, Job.DIGEST, TEAM, "", "", NOW, None, DueState.PENDING, 0, None)
    async with kit.store.write(TEAM) as tx:
        week = iso_week(NOW - timedelta(weeks=1), ZONE)
        await tx.conn.execute(t.digest.delete().where(t.digest.c.week == week))
        await tx.conn.execute(t.outbox.delete())
    began = time.perf_counter()
    async with kit.store.write(TEAM) as tx:
        said = await report.do_digest(kit, tx, due)
    if said is not None:
        raise RuntimeError(said)
    return time.perf_counter() - began


async def _report_memory(weeks: int, juniors: int) -> float:
    """MiB."""
    master = MasterKey.new("bench")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        await fill(url, master, weeks, juniors)
        words = ("-m", "benchmarks.release", url, master.text())
        child = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=asyncio.subprocess.PIPE)
        said, _ = await child.communicate()
    if child.returncode:
        raise RuntimeError("no report was made")
    return float(json.loads(said))


async def _report(url: str, key: str) -> float:
    """Make the report of all cohorts and all their weeks in this process; its peak."""
    kit = opened(url, MasterKey.parse(key))
    try:
        async with kit.store.read(TEAM) as tx:
            known = await programme.get(tx)
            assert known is not None
            await paper_of(kit, tx, known, Asked())
    finally:
        await kit.store.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


BENCHMARKS: dict[str, Callable[[], Awaitable[list[Ratio]]]] = {
    "release_1m_sqlite": release_1m_sqlite,
    "release_1m_postgresql": release_1m_postgresql,
    "week_of_50": week_of_50,
    "report_rss": report_rss,
}

if __name__ == "__main__":
    print(json.dumps(asyncio.run(_report(sys.argv[1], sys.argv[2]))))
