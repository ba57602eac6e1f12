"""Told to stop, a bot ends within ten seconds, whatever hangs: each step has its share, and the process a last word."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from bot.delivery import clients, courier
from bot.schedule import ticker
from cli import house as houses
from cli import running
from handlers import socket as sockets
from playground import socket_mode
from playground.socket_mode import Connection
from prompts import Library
from storage import lent
from storage import store as stores
from tests.end_to_end.conftest import open_town
from tests.world import TEAM

ROOT = Path(__file__).parents[1]


async def for_ever(*_: object) -> None:
    await asyncio.Event().wait()


async def deaf(connection: Connection) -> None:
    await asyncio.sleep(1)


@pytest.mark.sqlite
async def test_a_house_in_which_everything_hangs_is_closed_nevertheless(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket_mode, "_read", deaf)
    monkeypatch.setattr(sockets, "GOODBYE", 0.1)
    for module, name in ((courier, "LET_GO"), (lent, "ROLLBACK"), (stores, "CLOSING")):
        monkeypatch.setattr(module, name, 0.1)
    async with open_town(tmp_path, library) as town:
        store, sweeps = town.house.kit.store, ticker.Ticker()
        writing = asyncio.Event()

        async def write() -> None:
            async with store.write(TEAM):
                writing.set()
                await for_ever()

        town.house.guard._hold(write())
        await writing.wait()
        sweeps.every(0.01, for_ever)
        sweeps.start()
        working = asyncio.create_task(town.house.courier.run())  # its lease waits for the writer
        answering = asyncio.create_task(for_ever())
        socket = town.house.doors.socket
        assert socket is not None
        socket._tasks.add(answering)
        await asyncio.sleep(0.05)
        async with asyncio.timeout(30):
            await town.house.stop(0.8, sweeps.stop(0.1))
        assert working.done() and not sweeps._running and not town.house.guard.running
        answering.cancel()


def test_the_shares_add_up_to_less_than_a_supervisor_waits() -> None:
    whole = houses.GRACE
    answers = whole / 2
    assert answers >= houses.DRAIN + sockets.GOODBYE * 5 / 4, "a socket is closed within its share"
    assert whole / 4 + courier.LET_GO <= answers and whole / 4 <= answers, "letters and sweeps are done beside it"
    closing = clients.CLOSING + whole / 8 + lent.ROLLBACK + stores.CLOSING
    assert answers + closing <= whole < running.LAST < 10


def ends(script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def test_where_even_the_loop_hangs_the_process_ends_itself_and_says_where() -> None:
    done = ends(
        "import asyncio, os, signal, time\n"
        "from cli import running\n"
        "running.LAST = 0.1\n"
        "async def main():\n"
        "    told = running._told_to_stop()\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    await told.wait()\n"
        "    time.sleep(120)\n"
        "asyncio.run(main())\n"
    )
    assert done.returncode == 1 and "line 8 in main" in done.stderr


def test_a_thread_that_hangs_does_not_hold_up_the_end() -> None:
    done = ends(
        "import asyncio, time\n"
        "from cli.threads import Daemons\n"
        "async def main():\n"
        "    loop = asyncio.get_running_loop()\n"
        "    loop.set_default_executor(Daemons())\n"
        "    assert await asyncio.to_thread(sum, [1, 2]) == 3\n"
        "    try:\n"
        "        await asyncio.to_thread(divmod, 1, 0)\n"
        "    except ZeroDivisionError:\n"
        "        print('raised')\n"
        "    loop.run_in_executor(None, time.sleep, 120)\n"
        "asyncio.run(main())\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "raised\n", "")
