"""`python -m playground`: a Slack of one's own to point an app at."""

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from playground import cast
from playground.clock import Clock
from playground.manifest import EXAMPLE
from playground.server import Playground


def main() -> None:
    """Reads the options and serves until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one")
    parser.add_argument("--manifest", type=Path, help="the app's manifest as a JSON file")
    options = parser.parse_args()
    manifest = json.loads(options.manifest.read_text(encoding="utf-8")) if options.manifest else EXAMPLE
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(manifest, options.port))


async def serve(manifest: dict[str, object], port: int) -> None:
    """Starts the default cast's workspace with a running clock and prints how to reach it."""
    pg = Playground(cast.load(), Clock(datetime.now(UTC), ticking=True), manifest)
    await pg.start(port=port)
    lines = (
        ("page", pg.page_url),
        ("base URL", pg.api_url),
        ("bot token", pg.bot_token),
        ("app token", pg.app_token),
    )
    sys.stdout.write("".join(f"{name:<11}{value}\n" for name, value in lines))
    sys.stdout.flush()
    done = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, done.set)
    await done.wait()
    await pg.stop()


if __name__ == "__main__":
    main()
