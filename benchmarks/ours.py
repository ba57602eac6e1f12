"""`app.py run` in HTTP mode, on a database that a benchmark made."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.slack import end, listening, spawn
from storage.vault import MasterKey

SECRET, TOKEN = "b" * 32, "xoxb-bench"


def settings(folder: Path, master: MasterKey, url: str, port: int) -> dict[str, str]:
    """Everything that `run` asks for."""
    wanted = {
        "slack_bot_token": TOKEN, "slack_signing_secret": SECRET, "slack_api_url": url, "http_port": str(port),
        "master_keys": master.text(), "database_url": f"sqlite+aiosqlite:///{folder / 'bench.db'}",
        "log_level": "WARNING",
    }  # fmt: skip
    return {f"REVMENTOR_{name.upper()}": value for name, value in wanted.items()}


@asynccontextmanager
async def serving(port: int, *words: str, **env: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that listens on a port, until the end of the block."""
    process = await spawn(*words, **env)
    try:
        await listening(port)
        yield process
    finally:
        await end(process)
