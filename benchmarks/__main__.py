"""`make bench`: all of them, or those that are named (`python -m benchmarks courier`)."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

from benchmarks import ack, courier, footprint, matching, release
from benchmarks.table import Ratio, keep, show
from bot import log

BENCHMARKS: dict[str, Callable[[], Awaitable[list[Ratio]]]] = {
    "ack": ack.measure,
    "courier": courier.measure,
    "footprint": footprint.measure,
    "match_500": matching.match_500,
    "match_5000": matching.match_5000,
    "match_growth": matching.growth,
} | release.BENCHMARKS


async def main(names: list[str]) -> None:
    found: list[Ratio] = []
    for name in names or list(BENCHMARKS):
        print(f"{name} …", flush=True)
        found += await BENCHMARKS[name]()
    show(found)
    keep(found)


if __name__ == "__main__":
    log.configure("ERROR")
    asyncio.run(main(sys.argv[1:]))
