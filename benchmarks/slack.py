"""A Web API that says yes at once, in a process of its own: what is measured is the bot, not Slack."""

import asyncio
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

TEAM, APP_ID = "T07BENCH01", "A07BENCH01"
_COUNT = itertools.count(1)


async def answer(request: web.Request) -> web.Response:
    """Whatever is asked: ok, with what our calls read from the answer."""
    fields = await request.post() if request.method == "POST" else request.query
    method = request.match_info["method"]
    said: dict[str, object] = {"ok": True}
    if method == "auth.test":
        said |= {"team_id": TEAM, "app_id": APP_ID, "user_id": "U07BOT", "bot_id": "B07BOT", "url": "", "team": "Bench"}
    elif method == "bots.info":
        said["bot"] = {"app_id": APP_ID}
    elif method == "conversations.open":
        said["channel"] = {"id": f"D{str(fields.get('users', ''))[1:]}"}
    else:
        said |= {"ts": f"1700000000.{next(_COUNT):06}", "channel": str(fields.get("channel", ""))}
    return web.json_response(said)


def main() -> None:
    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)


@asynccontextmanager
async def running(port: int) -> AsyncIterator[str]:
    """The API's base URL while its process runs."""
    process = await spawn("-m", "benchmarks.slack", str(port))
    try:
        await listening(port)
        yield f"http://127.0.0.1:{port}/api/"
    finally:
        await end(process)


async def spawn(*words: str, **settings: str) -> asyncio.subprocess.Process:
    """A Python process of the project, with these settings in its environment; compiled modules are kept, as usual."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=Path(__file__).parents[1], env={**usual, **settings},
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


async def end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def listening(port: int) -> None:
    """Wait until somebody answers on a port. Raises TimeoutError after a minute."""
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.002)
                continue
            writer.close()
            return


if __name__ == "__main__":
    main()
