"""`make digests`: half a year of weekly digests of two programmes, printed, and how far they are from the truth.

The programmes are played with the product's use cases on a real database; what everybody really answered is known here
only. `--programmes` plays more of each size for the second table, which says how good the figures are.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine

from bot import log
from bot.services.kit import Kit
from prompts import Library, load
from storage.store import Store
from storage.tables import metadata
from storage.vault import MasterKey
from tests.clockwork import MovableClock
from tests.digests.playing import Week, played
from tests.digests.telling import accuracy, calendar, letter

SIZES = (12, 30)


async def on_own_database(pairs: int, weeks: int, seed: int, words: Library) -> list[Week]:
    """One programme, from a database of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="revmentor-digests-") as folder:
        path = Path(folder) / "digests.db"
        engine = create_engine(f"sqlite:///{path}")
        metadata.create_all(engine)
        engine.dispose()
        store, clock = Store(f"sqlite+aiosqlite:///{path}", [MasterKey.new("digests")]), MovableClock()
        try:
            return await played(Kit(store, clock, words, dice=random.Random(seed)), clock, pairs, weeks, seed)
        finally:
            await store.close()


async def show(pairs: int, weeks: int, programmes: int, seed: int, *, letters: bool) -> None:
    """The first programme of a size week by week; then the errors of all of them."""
    library = load()
    words = library.words("en")
    told = []
    for number in range(programmes):
        told.append(await on_own_database(pairs, weeks, seed + number, library))
        print(f"\r{pairs} pairs: {number + 1} of {programmes}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"# {pairs} pairs, {weeks} weeks\n")
    if letters:
        for week in told[0]:
            print(f"── {week.at:%A %d %B %Y} ──\n{letter(words, week)}\n")
    print(f"## Week by week\n\n{calendar(words, told[0])}\n")
    print(f"## How good the figures are, in hundredths ({programmes} programmes)\n")
    print(accuracy(week.gaps for one in told for week in one), end="\n\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.digests", description=__doc__)
    parser.add_argument("--pairs", type=int, nargs="*", default=SIZES)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--programmes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tables", action="store_true", help="without the digests themselves")
    options = parser.parse_args()
    log.configure("ERROR")
    for pairs in options.pairs:
        asyncio.run(show(pairs, options.weeks, options.programmes, options.seed, letters=not options.tables))


if __name__ == "__main__":
    main()
