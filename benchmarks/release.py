"""`release_1m_*`, `week_of_50`, `report_rss`: what a week costs with a million answers stored, and a year's report."""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path

from benchmarks.answers import COHORTS, NOW, fill, opened
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
ZONE = "Europe/Berlin"

Open = Callable[[], Driver]


async def on_sqlite() -> list[Ratio]:
    """5,000 juniors, 50 check-ins each, four answers in each: a million, of which the newest 20,000 wait."""
    with tempfile.TemporaryDirectory() as folder:
        master, path = MasterKey.new("bench"), str(Path(folder) / "bench.db")
        await fill(_url(path), master, WEEKS)
        tenth = str(Path(folder) / "tenth.db")
        await fill(_url(tenth), master, FEW_WEEKS)
        released = await _release("release_1m_sqlite", _url(path), master, lambda: Sqlite(path))
        report = Ratio("report_rss", await _report_memory(path, master), await _few_answers(), "MiB", "≤ 1.1")
        fiftieth, few = await _weekly_jobs({path: WEEKS, tenth: FEW_WEEKS}, master)
        return [released, report, Ratio("week_of_50", fiftieth, few, "s", "≤ 1.2")]


async def on_postgresql() -> list[Ratio]:
    """The same million on a server of the system's binaries; nothing where there are none."""
    if binaries() is None:
        print("  no PostgreSQL server on this machine", file=sys.stderr)
        return []
    with started() as server:
        master, url = MasterKey.new("bench"), server.url()
        await fill(url, master, WEEKS)
        return [await _release("release_1m_postgresql", url, master, lambda: Postgresql(url))]


def _url(path: str) -> str:
    return f"sqlite+aiosqlite:///{path}"


async def _release(name: str, url: str, master: MasterKey, driver: Open) -> Ratio:
    """Drawing and publishing, ours and the leanest SQL in turns; the middle of several rounds."""
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


async def _weekly_jobs(weeks: Mapping[str, int], master: MasterKey) -> list[float]:
    """Seconds for all that a Monday reads, draws, stores and queues, in files in which so many weeks have passed.

    In turns, so that whatever else the machine does is in each; the middle of several, each as if the first.
    """
    vault, kits = Vault([master]), {path: opened(_url(path), master) for path in weeks}
    found = {path: list[float]() for path in weeks}
    try:
        for path, kit in kits.items():
            await _earlier_digests(kit, weeks[path])
        for _ in range(ROUNDS + 1):
            for path, kit in kits.items():
                again(Sqlite(path), vault)
                found[path].append(await _job(kit))
    finally:
        for kit in kits.values():
            await kit.store.close()
    return [middle(seconds[1:]) for seconds in found.values()]


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


async def _few_answers() -> float:
    """The report's memory where 2,500 of the juniors answered once: 10,000 answers."""
    with tempfile.TemporaryDirectory() as folder:
        master, path = MasterKey.new("bench"), str(Path(folder) / "bench.db")
        await fill(_url(path), master, 1, FEW_JUNIORS)
        return await _report_memory(path, master)


async def _report_memory(path: str, master: MasterKey) -> float:
    """The peak, in MiB, of a process that makes the report about all cohorts and all their weeks."""
    words = ("-m", "benchmarks.release", _url(path), master.text())
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
    # Not getrusage: what it calls the peak begins with that of the process which started this one.
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


BENCHMARKS: dict[str, Callable[[], Awaitable[list[Ratio]]]] = {
    "release_1m_sqlite": on_sqlite,
    "release_1m_postgresql": on_postgresql,
}

if __name__ == "__main__":
    print(json.dumps(asyncio.run(_report(sys.argv[1], sys.argv[2]))))
