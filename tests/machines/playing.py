"""How long machines are played: briefly by default; `MACHINES=200` plays two hundred lives of each, longer ones.

Only a long run makes what it found smaller, which may take five minutes more.
"""

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from prompts import Library
from tests.databases import for_a_town
from tests.machines.life import LifeMachine
from tests.thorough import PLAYED

LIVES = int(os.environ.get("MACHINES", "0"))
_USUAL, _STEPS, _LONG = 4, 20, 50
_SHARE = 1 if PLAYED else 2
"""`make test` plays every second life."""


def play(machine: type[LifeMachine], folder: Path, empty: Path, library: Library, lives: int = _USUAL) -> None:
    """Play so many lives, each in a database of its own."""
    made, databases = 0, ExitStack()

    def born() -> LifeMachine:
        nonlocal made
        made += 1
        file = folder / f"life{made}.db"
        shutil.copyfile(empty, file)
        machine.database, machine.library = databases.enter_context(for_a_town(file)), library
        return machine()

    examples = LIVES or max(lives // _SHARE, 1)
    long = settings(
        max_examples=examples, stateful_step_count=_LONG if LIVES else _STEPS, derandomize=not LIVES,
        deadline=None, database=None, print_blob=False, report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, *([Phase.shrink] if LIVES else [])),
    )  # fmt: skip
    with databases:
        run_state_machine_as_test(born, settings=long)  # type: ignore[no-untyped-call]
