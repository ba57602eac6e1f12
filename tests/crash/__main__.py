"""`python -m tests.crash`: the long form unless told otherwise; prints one line of JSON; exits with 1 if it is bad.

Kills the bot with SIGKILL, again and again, while check-ins go out through a Slack that fails, and counts what arrived.
A parent process is Slack; a zygote forks one bot after another, so that a restart costs milliseconds; all share a clock
that runs faster than the wall's.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import IO

from tests.crash import zygote
from tests.crash.parent import Run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    orders, answers = _start_zygote()
    with tempfile.TemporaryDirectory(prefix="revmentor-crash-") as folder:
        run = Run(Path(folder), options.messages, options.kills, options.seed)
        result = asyncio.run(run.go(orders, answers))
        orders.close()
        if result["broken"]:
            sys.stderr.write(Path(run.plan.errors).read_text(encoding="utf-8"))
    sys.stdout.write(json.dumps(result) + "\n")
    amiss = any(result[key] for key in ("lost", "doubled", "unmarked", "strange", "broken"))
    return int(amiss or result["kills"] < options.kills)


def _start_zygote() -> tuple[IO[str], IO[str]]:
    """Before anything else: a process forks cleanly only while it has no loop, threads or sockets."""
    orders_out, orders_in = os.pipe()
    answers_out, answers_in = os.pipe()
    if os.fork() == 0:
        os.close(orders_in)
        os.close(answers_out)
        zygote.serve(os.fdopen(orders_out), os.fdopen(answers_in, "w"))
        os._exit(0)
    os.close(orders_out)
    os.close(answers_in)
    return os.fdopen(orders_in, "w"), os.fdopen(answers_out)


if __name__ == "__main__":
    sys.exit(main())
