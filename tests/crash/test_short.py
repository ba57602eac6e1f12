"""The short forms of the crash run, with every number that the long ones report."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.thorough import thorough

ROOT = Path(__file__).parents[2]


def crash(messages: int, kills: int, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.crash", "--messages", str(messages), "--kills", str(kills), "--seed", "7"]
    done = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert (told["messages"], told["lost"], told["doubled"]) == (messages, 0, 0)
    assert told["kills"] >= kills and told["faults"] > 0
    return told


@pytest.mark.sqlite
@pytest.mark.parametrize(("messages", "kills"), [(96, 4), pytest.param(240, 10, marks=thorough)])
def test_nothing_is_lost_and_nothing_doubled_over_kills(messages: int, kills: int) -> None:
    assert crash(messages, kills)["database"] == "sqlite"


@pytest.mark.postgresql
def test_nothing_is_lost_and_nothing_doubled_by_three_replicas_of_which_one_is_always_being_killed(
    pytestconfig: pytest.Config,
) -> None:
    if pytestconfig.getoption("database") != "postgresql":
        pytest.skip("part of `make postgres`, for the time it takes")
    told = crash(120, 6, "--database=postgresql", "--workers=3")
    assert (told["database"], told["workers"]) == ("postgresql", 3)
