"""`make attack`: plays programmes, attacks what was published, prints a table and a line of JSON; 1 if it found any.

What a curious coordinator has: every digest, preview, Home and list, who met whom and when, who answered and changed it
when, and up to three people who tell what they answered themselves.
"""

import argparse
import json
import multiprocessing
import os
import sys
import time

from tests.attack.running import MANY, Result, Tally, one, plans


def attack(programmes: int, seed: int, jobs: int, minutes: float) -> Result:
    """So many programmes in so many processes; what is not done after `minutes` is left out."""
    result, until = Result(), time.monotonic() + 60 * minutes
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        found = pool.imap_unordered(one, plans(programmes, seed))
        for _ in range(programmes):
            try:
                result.add(found.next(max(0.0, until - time.monotonic())))
            except multiprocessing.TimeoutError:
                break
            print(f"\r{result.programmes} of {programmes}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return result


def show(result: Result) -> None:
    """A row per kind of figure, or other gate, and number of insiders."""
    print(f"{result.programmes} programmes, {result.whole} of them twice through the forms with every list in between")
    print(f"{'figures':<26}{'releases':>10}{'insiders':>10}{'tried':>12}{'determined':>12}{'undecided':>11}")
    for name, tally in result.real.items():
        _rows(name, tally)
    print("exact up to 12 pairs: worlds found by exchanges, the rest by a constraint solver; above, sampled worlds")
    print("other gates")
    for name, tally in result.naive.items():
        _rows(name, tally)


def _rows(name: str, tally: Tally) -> None:
    for insiders, tried in sorted(tally.tried.items()):
        found, open_ = tally.determined[insiders], tally.undecided[insiders]
        print(f"{name:<26}{tally.releases:>10}{insiders:>10}{tried:>12}{found:>12}{open_:>11}")


def summed(result: Result) -> dict[str, float]:
    """`determined` is with nobody or one person telling; two or three are in the table."""
    right, usual, n = (result.guesses[name] for name in ("right", "usual", "n"))
    return {
        "programmes": result.programmes,
        "answers": result.answers,
        "determined": sum(tally.determined[0] + tally.determined[1] for tally in result.real.values()),
        "naive_determined": sum(tally.determined.total() for tally in result.naive.values()),
        "guess_accuracy": round(right / n, 3) if n else 0,
        "guess_baseline": round(usual / n, 3) if n else 0,
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("--programmes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, default=600, help="leave out what is not done after so long")
    options = parser.parse_args()
    result = attack(options.programmes, options.seed, options.jobs, options.minutes)
    show(result)
    for found in result.found:
        print(f"determined: {found}")
    told = summed(result)
    print(json.dumps(told))
    silent = [name for name, tally in result.naive.items() if not tally.determined.total()]
    if silent:
        print(f"The attack found nothing in: {', '.join(silent)}", file=sys.stderr)
    exact = [tally for name, tally in result.real.items() if not name.endswith(MANY)]
    open_ = sum(tally.undecided[0] + tally.undecided[1] for tally in exact)
    return 1 if told["determined"] or open_ or silent else 0


if __name__ == "__main__":
    sys.exit(main())
