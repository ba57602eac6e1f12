"""`python -m tests.crash`: the long form unless told otherwise; prints one line of JSON; exits with 1 if it is bad.

Kills the bot with SIGKILL, again and again, while check-ins go out through a Slack that fails, and counts what arrived.
A parent process is Slack; a zygote for each worker forks one bot after another, so that a restart costs milliseconds;
all share a clock that runs faster than the wall's. On PostgreSQL there may be several workers at once.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.crash import zygote
from tests.crash.parent import Run, Worker
from tests.postgres import binaries, started


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--workers", type=int, default=1, help="more than one needs PostgreSQL")
    options = parser.parse_args()
    if options.database == "postgresql" and binaries() is None:
        print(json.dumps({"database": "postgresql", "skipped": "no PostgreSQL server on this machine"}))
        return 0
    workers = [_start_zygote() for _ in range(options.workers)]
    with tempfile.TemporaryDirectory(prefix="revmentor-crash-") as folder, ExitStack() as stack:
        database = f"sqlite+aiosqlite:///{folder}/crash.db"
        if options.database == "postgresql":
            database = stack.enter_context(started()).url().replace("postgresql://", "postgresql+psycopg://")
        run = Run(Path(folder), database, options.messages, options.kills, options.seed)
        result = asyncio.run(run.go(workers))
        if result["broken"]:
            sys.stderr.write(Path(run.plan.errors).read_text(encoding="utf-8"))
    sys.stdout.write(json.dumps({"database": options.database} | result) + "\n")
    amiss = any(result[key] for key in ("lost", "doubled", "unmarked", "strange", "broken"))
    return int(amiss or result["kills"] < options.kills)


def _start_zygote() -> Worker:
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
    return Worker(os.fdopen(orders_in, "w"), os.fdopen(answers_out))


if __name__ == "__main__":
    sys.exit(main())
