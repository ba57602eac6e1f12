"""`make attack`: plays programmes, attacks what was published, prints a table and a line of JSON; 1 if it found any.

What a curious coordinator has: every digest, preview and Home, who met whom and when, who answered and changed it when,
and up to three juniors who tell what they answered themselves.
"""

import argparse
import asyncio
import json
import sys

from bot import log
from prompts import load
from tests.attack.running import Result, Tally, go, plans

_WHOLE = 10
"""Every so-manieth programme goes through the product's forms, with previews and Homes in between."""


async def attack(programmes: int, seed: int) -> Result:
    result, words = Result(), load()
    for number, plan in enumerate(plans(programmes, seed)):
        await go(plan, result, words, whole=number % _WHOLE == 0)
        print(f"\r{number + 1} of {programmes}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return result


def show(result: Result) -> None:
    """A row per gate and number of insiders."""
    print(f"{'gate':<16}{'releases':>10}{'insiders':>10}{'tried':>10}{'determined':>12}{'undecided':>11}")
    for name, tally in {"revmentor": result.real, **result.naive}.items():
        _rows(name, tally)


def _rows(name: str, tally: Tally) -> None:
    for insiders, tried in sorted(tally.tried.items()):
        found, open_ = tally.determined[insiders], tally.undecided[insiders]
        print(f"{name:<16}{tally.releases:>10}{insiders:>10}{tried:>10}{found:>12}{open_:>11}")


def summed(result: Result) -> dict[str, float]:
    """`determined` is with nobody or one person telling; two or three are in the table."""
    right, usual, n = (result.guesses[name] for name in ("right", "usual", "n"))
    return {
        "programmes": result.programmes,
        "answers": result.answers,
        "determined": result.real.determined[0] + result.real.determined[1],
        "naive_determined": sum(tally.determined.total() for tally in result.naive.values()),
        "guess_accuracy": round(right / n, 3) if n else 0,
        "guess_baseline": round(usual / n, 3) if n else 0,
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--programmes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    log.configure("ERROR")
    result = asyncio.run(attack(options.programmes, options.seed))
    show(result)
    told = summed(result)
    print(json.dumps(told))
    silent = [name for name, tally in result.naive.items() if not tally.determined.total()]
    if silent:
        print(f"The attack found nothing in: {', '.join(silent)}", file=sys.stderr)
    return 1 if told["determined"] or result.real.undecided.total() else 0


if __name__ == "__main__":
    sys.exit(main())
