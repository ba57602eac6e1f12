"""`app.py import` as an administrator meets it, against the playground and a real database."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import app
from bot.clock import system_clock
from bot.services.kit import Kit
from bot.settings import PREFIX, Settings
from playground import crowd
from playground.server import Playground
from prompts import Library
from storage import enrol, programme, roster
from storage.store import Store
from storage.vault import MasterKey
from tests.databases import migrated
from tests.world import TEAM, seed

ROOT = Path(__file__).parents[1]
KEY = MasterKey.new("test")
pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, and no setting of ours in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)


@pytest.fixture
async def store(tmp_path: Path, slack: Playground, library: Library) -> AsyncIterator[Store]:
    """A programme in an SQLite file beside its settings; whoever holds it stands for a running bot."""
    url = migrated(tmp_path / "town.db")
    settings = {
        "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url,
        "MASTER_KEYS": KEY.text(), "DATABASE_URL": url,
    }  # fmt: skip
    (tmp_path / ".env").write_text("".join(f"REVMENTOR_{name}={value}\n" for name, value in settings.items()))
    opened = Store(url, [KEY])
    await seed(Kit(opened, system_clock, library, team=TEAM))
    yield opened
    await opened.close()


async def ran(*words: str, says: str = "") -> tuple[int, str]:
    """Exit code and all that was printed; in a thread, for the command has a loop of its own."""
    result = await asyncio.to_thread(CliRunner().invoke, app.cli, ["import", *words], input=says)
    return result.exit_code, result.output


async def ran_alone(folder: Path, *words: str) -> tuple[int, str]:
    """The same in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(ROOT / "app.py"), "import", *words, cwd=folder, env={"PATH": os.environ["PATH"]},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    async with asyncio.timeout(60):
        out, _ = await process.communicate()
    return process.returncode or 0, out.decode()


async def test_beside_a_bot_it_only_looks_and_alone_it_asks_and_saves(
    tmp_path: Path, slack: Playground, store: Store
) -> None:
    members = crowd.people(120)
    crowd.join(slack.workspace, members)
    rows, mistakes = crowd.with_mistakes(crowd.sheet(members))
    (tmp_path / "people.csv").write_bytes(crowd.to_csv(rows, encoding="utf-16", delimiter="\t"))

    code, said = await ran("people.csv", "--yes")
    assert code == 2 and "Stop the bot" in said and "--dry-run" in said
    code, said = await ran_alone(tmp_path, "people.csv", "--dry-run")
    assert code == 0 and "Nothing was saved" in said and "corrected list" not in said
    kinds = [line for line in said.splitlines() if " × " in line]
    assert kinds[0].startswith("7 × manager not clear: rows 10, 11, ") and len(kinds) == len(set(mistakes.values())) + 1
    assert said.index(kinds[-1]) < said.index("LEFT OUT"), "what is wrong how often comes first, then each row"
    for row, kind in mistakes.items():
        assert f"row {row}, " in said, (kind, said)
    assert "People who would be saved: 115 (new 115, changed 0, as they are 0). Rows left out: 5." in said
    await store.close()

    code, said = await ran("people.csv", says="n\n")
    assert code == 1 and "Save 115 people?" in said and "Nothing was saved" in said
    code, said = await ran("people.csv", "--map", "Site=-", says="y\n")
    assert code == 0 and "Saved. People on the list: 115." in said and "Import a corrected list" in said
    code, said = await ran("people.csv", "--yes", "--map", "Site=-")
    assert code == 0 and "(new 0, changed 0, as they are 115)" in said
    again = Store(f"sqlite+aiosqlite:///{tmp_path}/town.db", [KEY])
    try:
        async with again.read(TEAM) as tx:
            listed, lines = await roster.everybody(tx), await enrol.lines(tx)
            log = await programme.audit_since(tx, system_clock().replace(year=2020))
    finally:
        await again.close()
    assert len(listed) == 115 and not any(one.location for one in listed.values())
    assert lines[members[1].user.id] == members[0].user.id and lines[members[0].user.id] == ""
    assert {(one.action, one.actor) for one in log} == {("roster.imported", "command line")}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("nothing.csv",), "There is no file nothing.csv"),
        (("people.csv", "--map", "B=colour"), "“B=colour” cannot be read"),
        (("people.csv", "--map", "A=-"), "which column names the person"),
        (("book.xlsx",), "This is a workbook"),
    ],
)
async def test_what_cannot_be_imported_is_said_in_a_sentence(tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    settings = ("SLACK_BOT_TOKEN=xoxb-1", "SLACK_APP_TOKEN=xapp-1", f"MASTER_KEYS={KEY.text()}")
    (tmp_path / ".env").write_text("".join(f"REVMENTOR_{line}\n" for line in settings))
    (tmp_path / "people.csv").write_text("user;team\n@ana;Data\n")
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04")
    code, said = await ran(*words)
    assert code == 2 and why in said and "Traceback" not in said
