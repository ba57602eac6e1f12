"""The digest's chart: drawn by a short-lived process, uploaded before the digest goes out, remembered with it."""

import asyncio
import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.errors import word_of
from bot.delivery.files import Made, place_for, upload
from bot.log import log
from bot.services.kit import Kit
from bot.services.report.charts import ChartPlan, chart_plan, keep_chart
from bot.services.report.keeping import tell_no_files
from bot.views.report.picture import alt_text, picture
from storage.records.delivery import Letter

PATIENCE = 60.0
"""Real seconds that one drawing may take."""
TRIES = 2
"""After so many failed attempts the digest goes out without a chart."""
_ROOT = Path(__file__).parents[2]
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "VIRTUAL_ENV", "MPLCONFIGDIR")


class Drawer:
    """Keeps the drawing process between charts that come close together; it ends by itself when none comes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    async def draw(self, spec: dict[str, Any]) -> bytes:
        """A PNG. Raises EOFError or OSError when the process cannot draw it."""
        return await asyncio.to_thread(self._draw, spec)

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
            process.kill()
            process.wait()

    def _draw(self, spec: dict[str, Any]) -> bytes:
        with self._lock:
            for last in (False, True):
                try:
                    return self._ask(self._running(), spec)
                except (OSError, EOFError):  # it had just ended, or it broke
                    self.close()
                    if last:
                        raise
        raise AssertionError("unreachable")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-m", "bot.views.chart"]
            known = {name: os.environ[name] for name in _KEPT if name in os.environ}  # no tokens, no keys
            self._process = subprocess.Popen(
                command, cwd=_ROOT, env=known, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], spec: dict[str, Any]) -> bytes:
        assert process.stdin is not None and process.stdout is not None
        watch = threading.Timer(PATIENCE, process.kill)
        watch.daemon = True  # a bot that is told to stop does not wait for it
        watch.start()
        try:
            process.stdin.write(json.dumps(spec).encode() + b"\n")
            process.stdin.flush()
            size = int.from_bytes(_exactly(process.stdout, 4), "big")
            return _exactly(process.stdout, size)
        finally:
            watch.cancel()


def _exactly(pipe: Any, size: int) -> bytes:
    found: bytes = pipe.read(size)
    if len(found) < size:
        raise EOFError("the drawing process ended early")
    return found


drawer = Drawer()
atexit.register(drawer.close)


async def prepare(kit: Kit, client: AsyncWebClient, letter: Letter) -> None:
    """Upload the digest's chart and remember its file; nothing where that was done before.

    A chart that looks like the last one is that one. When it fails twice, or the app may not upload at all, the digest
    goes out without.
    """
    async with kit.store.read(letter.team_id) as tx:
        plan = await chart_plan(tx, letter.params.get("digest", ""))
    if plan is None:
        return
    try:
        file_id = plan.reuse or await _upload(kit, client, plan)
    except Exception as problem:
        barred = isinstance(problem, SlackApiError) and word_of(problem) == "missing_scope"
        if letter.attempts < TRIES and not barred:
            raise
        log.warning("chart.failed", letter=letter.id, team=letter.team_id, error=type(problem).__name__)
        if barred:
            async with kit.store.write(letter.team_id) as tx:
                await tell_no_files(kit, tx, letter)
        return
    async with kit.store.write(letter.team_id) as tx:
        await keep_chart(tx, plan, file_id)


async def _upload(kit: Kit, client: AsyncWebClient, plan: ChartPlan) -> str:
    words = kit.words(plan.language)
    png = await drawer.draw(picture(words, plan.facts.figures))
    made = Made("chart.png", png, "image/png", alt_text(words, plan.facts.figures))
    place = await place_for(client, made)
    await upload(client, place, made)
    title = words.say("report.digest.chart_title")
    await client.files_completeUploadExternal(files=[{"id": place.file_id, "title": title}])
    return place.file_id
