"""A thousand requests that nobody should send: each is answered, none breaks anything or reaches another's."""

import json
import os
import sys
from pathlib import Path

from handlers import routes
from prompts import Library
from tests.hostile.requests import Maker, modals
from tests.hostile.town import court_in_session
from tests.thorough import PLAYED

USUAL = 1040 if PLAYED else 400
COUNT, SEED = (int(os.environ.get(name, usual)) for name, usual in (("HOSTILE", USUAL), ("HOSTILE_SEED", 1)))
"""`HOSTILE=20000 python -m pytest -n 0 -s tests/hostile` sends more of them; with HOSTILE_HTTP=1 in signed requests."""


def test_every_modal_is_drawn_somewhere_so_that_it_can_be_filled_in() -> None:
    missing = set(routes().submissions) - set(modals())
    assert missing == set(), "a modal needs a golden file under tests/golden/, drawn by a test in tests/views/"


async def test_hostile_requests_are_answered_and_reach_nothing(tmp_path: Path, library: Library) -> None:
    async with court_in_session(tmp_path, library, http="HOSTILE_HTTP" in os.environ) as court:
        await court.hear(Maker(court.square, SEED).requests(COUNT))
    sys.stdout.write(f"{json.dumps(court.tally())}\n")
    assert court.problems == [], "\n".join(court.problems)
    assert court.asked.total() >= 0.95 * COUNT and len(court.asked) == 3
