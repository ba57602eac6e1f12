"""What the playground may lean on, who plays in it, and that it is quick."""

import ast
import asyncio
import re
import sys
import time
from collections import Counter
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground import cast

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "playground").rglob("*.py"))


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_playground_leans_on_the_standard_library_and_aiohttp_only(file: Path) -> None:
    more = {"yaml"} if file.name == "__main__.py" else set()  # manifests are YAML
    assert imported(file) <= sys.stdlib_module_names | {"aiohttp", "playground"} | more


def test_the_cast_makes_fifteen_pairs_in_two_zones() -> None:
    workspace = cast.load()
    people = [user for user in workspace.users.values() if not user.is_bot]
    zones = Counter(user.tz for user in people)
    assert len(people) >= 34
    assert set(zones) == {"Europe/Berlin", "America/New_York"}
    assert min(zones.values()) >= 15
    assert len({user.id for user in people}) == len(people)
    assert all(re.fullmatch(r"U[A-Z0-9]{9}", user.id) for user in people)
    assert [user.name for user in people if user.is_admin] == ["chi"]
    assert all(user.title for user in people)


def test_the_coordinators_channel_is_private_and_the_bot_is_in_it() -> None:
    workspace = cast.load()
    team = workspace.channel_named("programme-team")
    general = workspace.channel_named("general")
    assert team is not None
    assert general is not None
    assert (team.kind, team.members) == ("private", ["U07CHI0000", "U07DEE0000", "U07BOT0001"])
    assert "U07BOT0001" not in general.members


async def test_it_runs_alone_and_says_how_to_reach_it() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "playground", "--port", "0", cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    started = time.monotonic()
    lines = [(await process.stdout.readline()).decode().split() for _ in range(4)]
    assert time.monotonic() - started < 20
    said = {" ".join(words[:-1]): words[-1] for words in lines}
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=said["bot token"], base_url=said["base URL"], session=session)
        assert (await client.auth_test())["ok"]
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0
