"""`python -m playground`: a Slack of one's own to point an app at."""

import argparse
import asyncio
import contextlib
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import yaml

from playground import cast
from playground.clock import Clock
from playground.delivery import SLACKS_DELAYS
from playground.http_mode import HttpMode
from playground.manifest import EXAMPLE
from playground.server import Playground
from playground.socket_mode import SLACKS_LIFETIME


def main() -> None:
    """Reads the options and serves until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one")
    parser.add_argument("--manifest", type=Path, help="the app's manifest, YAML or JSON")
    parser.add_argument("--limits", action="store_true", help="turn calls away as Slack's rate limits do")
    parser.add_argument("--request-url", help="hand everything over to this address instead of Socket Mode")
    parser.add_argument("--signing-secret", default="playground", help="what requests to it are signed with")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(options))


def _manifest(file: Path | None) -> dict[str, object]:
    if file is None:
        return EXAMPLE
    manifest: dict[str, object] = yaml.safe_load(file.read_text(encoding="utf-8"))  # JSON is YAML, too
    return manifest


async def serve(options: argparse.Namespace) -> None:
    """Starts the default cast's workspace with a running clock and prints how to reach it."""
    pg = Playground(cast.load(), Clock(datetime.now(UTC), ticking=True), _manifest(options.manifest))
    pg.limits.on = options.limits
    pg.events.retry_delays = SLACKS_DELAYS
    pg.socket.lifetime = SLACKS_LIFETIME
    if options.request_url:
        pg.use_http(options.request_url, options.signing_secret)
    await pg.start(port=options.port)
    _print_ways(pg)
    if isinstance(pg.channel, HttpMode) and not await pg.channel.verify():
        sys.stdout.write(f"{options.request_url} does not answer Slack's challenge; Slack would not take it.\n")
    done = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, done.set)
    await done.wait()
    await pg.stop()


def _print_ways(pg: Playground) -> None:
    lines = (
        ("page", pg.page_url),
        ("base URL", pg.api_url),
        ("bot token", pg.bot_token),
        ("app token", pg.app_token),
    )
    sys.stdout.write("".join(f"{name:<11}{value}\n" for name, value in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
