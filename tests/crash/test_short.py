"""The short form of the crash run, with every number that the long one reports."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MESSAGES, KILLS = 240, 10


def test_nothing_is_lost_and_nothing_doubled_over_ten_kills() -> None:
    command = [sys.executable, "-m", "tests.crash", "--messages", str(MESSAGES), "--kills", str(KILLS), "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert (told["messages"], told["lost"], told["doubled"]) == (MESSAGES, 0, 0)
    assert told["kills"] >= KILLS and told["faults"] > 0
