"""Forks bots that have everything imported already, one at a time, on request."""

import json
import os
import sys
import traceback
from contextlib import suppress
from typing import IO

from prompts import Library, load
from tests.crash import bot
from tests.crash.plan import Plan


def serve(orders: IO[str], answers: IO[str]) -> None:
    """An order is one line of JSON; the answers to it are the bot's process id and, later, how it ended."""
    library = load()
    with suppress(ImportError):
        import psycopg  # noqa: F401  so that no bot spends its life on importing it
    for line in orders:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _be_a_bot(order, library)
        print(child, file=answers, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def _be_a_bot(order: dict[str, object], library: Library) -> None:
    code = 1
    try:
        plan = Plan.of(order["plan"])  # type: ignore[arg-type]
        bot.run(plan, library, str(order["point"]), int(str(order["visit"])))
        code = 0
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        sys.stderr.flush()
        os._exit(code)
