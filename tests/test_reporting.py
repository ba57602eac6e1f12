"""`app.py report` as an administrator meets it, beside a running bot."""

import asyncio
import csv
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import app
from bot.clock import system_clock
from bot.services.kit import Kit
from bot.settings import PREFIX, Settings
from prompts import Library
from storage.store import Store
from storage.vault import MasterKey
from tests.databases import migrated
from tests.world import TEAM, seed

KEY = MasterKey.new("test")
pytestmark = pytest.mark.asyncio


@pytest.fixture
async def running(tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Store]:
    """A programme in an SQLite file beside its settings; whoever holds it stands for a running bot."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    url = migrated(tmp_path / "town.db")
    (tmp_path / ".env").write_text(f"REVMENTOR_MASTER_KEYS={KEY.text()}\nREVMENTOR_DATABASE_URL={url}\n")
    opened = Store(url, [KEY])
    await seed(Kit(opened, system_clock, library, team=TEAM))
    yield opened
    await opened.close()


async def ran(*words: str) -> tuple[int, str]:
    """Exit code and all that was printed; in a thread, for the command has a loop of its own."""
    result = await asyncio.to_thread(CliRunner().invoke, app.cli, ["report", *words])
    return result.exit_code, result.output


async def test_the_report_is_written_beside_a_running_bot(running: Store, tmp_path: Path) -> None:
    code, said = await ran("spring", "--html", "page.html", "--csv", "figures.csv", "--language", "fr")
    assert code == 0, said
    assert "Le rapport de Spring" in said and "page.html" in said
    assert '<html lang="fr">' in (tmp_path / "page.html").read_text(encoding="utf-8")
    with (tmp_path / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file, delimiter=";"))
    assert found[0][0] == "cohorte" and {row[0] for row in found[1:]} == {"Spring"}


async def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(running: Store, tmp_path: Path) -> None:
    (tmp_path / "taken.csv").write_text("mine")
    code, said = await ran("--html", "page.html", "--csv", "taken.csv")
    assert code == 2 and "taken.csv is there already, and nothing was written" in said
    assert (tmp_path / "taken.csv").read_text() == "mine" and not (tmp_path / "page.html").exists()
    assert (await ran("--csv", "taken.csv", "--replace"))[0] == 0 and (tmp_path / "taken.csv").read_text() != "mine"
    assert (await ran("spring", "--html", "."))[0] == 0
    assert len(list(tmp_path.glob("reverse-mentoring_spring_*.html"))) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["Autumn"], "No cohort that fits here is called Autumn. Type one of these: Spring"),
        (["department=Sales"], "Figures know no filters"),
        (["--period", "2026-03-02"], "One day is too short"),
        (["--period", "2019"], "before the programme began"),
        (["--period", "yesterday"], "I don't understand that period"),
        (["--language", "tlh"], "revmentor has no tlh"),
        (["--team", "T0"], "Which workspace?"),
        (["--html", "nowhere/page.html"], "nowhere/page.html could not be written. Name a file in a folder"),
    ],
)
async def test_what_cannot_be_reported_is_a_sentence(running: Store, words: list[str], says: str) -> None:
    code, said = await ran(*words)
    assert code == 2 and says in said, said
