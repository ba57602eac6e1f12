"""`python -m tests.hostile [count] [seed]`: as many hostile requests as wanted, counted in one line of JSON."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from prompts import load
from tests.hostile.requests import Maker
from tests.hostile.town import court_in_session


async def main(count: int, seed: int) -> int:
    """Prints the tally and what went wrong; 1 if anything did."""
    with tempfile.TemporaryDirectory() as folder:
        async with court_in_session(Path(folder), load()) as court:
            await court.hear(Maker(court.square, seed).requests(count))
            lines = [json.dumps(court.tally() | {"seed": seed}), *court.problems]
    sys.stdout.write("\n".join([*lines, ""]))
    return 1 if court.problems else 0


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:]]
    sys.exit(asyncio.run(main(*(*wanted, *(5000, 1)[len(wanted) :]))))
