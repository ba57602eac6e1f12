"""`app.py run` in a process of its own: what it says, how it is told to stop, how it ends."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass
class Running:
    """`app.py run` in a process."""

    process: asyncio.subprocess.Process
    said: list[str]

    async def until(self, words: str) -> None:
        assert self.process.stdout is not None
        async with asyncio.timeout(30):
            while not any(words in line for line in self.said):
                line = (await self.process.stdout.readline()).decode()
                assert line, self.said
                self.said.append(line)

    async def stop(self) -> int:
        """SIGTERM; the exit code, which is 1 where the process had to end itself (`cli.running.LAST`)."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            return await self.process.wait()


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[Running]:
    with (folder / "stderr").open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "app.py"), "run", cwd=folder, env={"PATH": os.environ["PATH"]},
            stdout=asyncio.subprocess.PIPE, stderr=errors,
        )  # fmt: skip
    try:
        yield Running(process, [])
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def ended(folder: Path) -> tuple[int, str]:
    """The exit code of a run that ends by itself, and what it said on stderr."""
    async with started(folder) as running, asyncio.timeout(30):
        code = await running.process.wait()
    return code, (folder / "stderr").read_text(encoding="utf-8")
