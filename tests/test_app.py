"""The command line, as an administrator meets it: what it says, how it ends, and that it comes back."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

import app
import prompts
from bot.settings import PREFIX, Settings, load
from cli import saying
from cli.house import open_house
from playground.faults import Fault
from playground.person import Person
from playground.server import Playground
from storage.store import Store
from storage.vault import MasterKey
from tests.databases import migrated
from tests.running import started
from tests.thorough import also, thorough

ROOT = Path(__file__).parents[1]
GENERAL = "C07GENERAL"
KEY = MasterKey.new("test")


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and no setting of ours in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    return tmp_path


def write_env(folder: Path, **settings: str) -> None:
    lines = [f"{PREFIX}{name.upper()}={value}" for name, value in settings.items()]
    (folder / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")


def invoke(*words: str) -> Result:
    return CliRunner().invoke(app.cli, list(words))


# without Slack


def test_without_a_command_it_says_three_lines() -> None:
    result = invoke()
    assert result.exit_code == 0 and len(result.stdout.splitlines()) == 3
    assert "demo" in result.stdout and "run" in result.stdout and result.stderr == ""


def test_run_names_everything_that_is_wrong_at_once_and_ends_with_2(nowhere: Path) -> None:
    write_env(nowhere, slack_bot_token="plums", messages_per_second="many", master_keys="plums", loglevel="INFO")
    result = invoke("run")
    assert result.exit_code == 2 and result.stdout == ""
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "MESSAGES_PER_SECOND", "MASTER_KEYS", "LOGLEVEL"):
        assert f"{PREFIX}{name} " in result.stderr
    assert "plums" not in result.stderr and len(result.stderr.splitlines()) == 6


@pytest.mark.parametrize("command", [("run",), *also((), ("migrate",), ("keys", "new"), ("keys", "rotate"), ("demo",))])
def test_a_broken_pack_is_named_by_file_line_and_key_and_nothing_starts(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    shutil.copytree(ROOT / "prompts", nowhere / "prompts")
    pack = nowhere / "prompts" / "en" / "app.toml"
    lines = pack.read_text(encoding="utf-8").splitlines()
    where = next(n for n, line in enumerate(lines) if line.startswith("connected"))
    lines[where] = 'connected = "{unclosed"'
    pack.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(saying, "load_prompts", partial(prompts.load, nowhere / "prompts"))
    result = invoke(*command)
    assert result.exit_code == 2 and result.stdout == ""
    assert f"app.toml:{where + 1}: " in result.stderr and "connected" in result.stderr


def test_migrate_makes_a_database_and_then_has_nothing_to_do(nowhere: Path) -> None:
    write_env(nowhere, master_keys=KEY.text())
    first, second = invoke("migrate"), invoke("migrate")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "it was at empty" in first.stdout and "up to date" in second.stdout
    assert (nowhere / "revmentor.db").exists()


def test_migrate_refuses_a_database_of_a_newer_version(nowhere: Path) -> None:
    write_env(nowhere, master_keys=KEY.text())
    migrated(nowhere / "revmentor.db")
    with sqlite3.connect(nowhere / "revmentor.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    result = invoke("migrate")
    assert result.exit_code == 2 and "newer revmentor (revision 9999)" in result.stderr


def test_a_database_that_cannot_be_opened_is_said_to_be_the_problem(nowhere: Path) -> None:
    write_env(nowhere, master_keys=KEY.text(), database_url="sqlite+aiosqlite:///no/such/folder/x.db")
    result = invoke("migrate")
    assert result.exit_code == 2 and "The database cannot be used: No such file" in result.stderr
    (nowhere / "list.db").write_text("a shopping list\n" * 100, encoding="utf-8")
    write_env(nowhere, master_keys=KEY.text(), database_url="sqlite+aiosqlite:///list.db")
    result = invoke("migrate")
    assert result.exit_code == 2 and "not a database" in result.stderr
    write_env(nowhere, master_keys=KEY.text(), database_url="postgresql+psycopg://us:plum@here:plum/x")
    result = invoke("migrate")
    assert result.exit_code == 2 and "its address cannot be read" in result.stderr and "plum" not in result.stderr


@pytest.mark.parametrize("command", [("migrate",), ("keys", "rotate")])
def test_beside_a_running_bot_the_database_is_left_alone(nowhere: Path, command: tuple[str, ...]) -> None:
    write_env(nowhere, master_keys=KEY.text())
    running = Store(f"sqlite+aiosqlite:///{nowhere / 'revmentor.db'}", [KEY])
    result = invoke(*command)
    asyncio.run(running.close())
    assert result.exit_code == 2 and "is in use by another revmentor" in result.stderr


def test_a_command_line_that_does_not_run_the_bot_does_not_load_it() -> None:
    load = "import app, sys; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", load], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "cli.running" in said.split()
    assert {"handlers.checkin", "bot.delivery", "bot.schedule", "slack_bolt", "alembic"}.isdisjoint(said.split())


def test_a_new_key_needs_no_settings_and_can_be_used_at_once(nowhere: Path) -> None:
    result = invoke("keys", "new")
    assert result.exit_code == 0 and "password safe" in result.stderr
    (nowhere / ".env").write_text(result.stdout, encoding="utf-8")
    assert invoke("migrate").exit_code == 0


@pytest.mark.parametrize("where", ["file", "environment"])
def test_a_new_key_stands_in_front_of_those_that_are_set(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    if where == "file":
        write_env(nowhere, master_keys=KEY.text())
    else:
        monkeypatch.setenv(f"{PREFIX}MASTER_KEYS", KEY.text())
    line = invoke("keys", "new").stdout.strip()
    name, _, value = line.partition("=")
    fresh, older = value.split(",")
    assert name == f"{PREFIX}MASTER_KEYS" and older == KEY.text() and MasterKey.parse(fresh).id != KEY.id


def test_rotating_says_how_many_keys_it_wrapped_and_where_an_old_one_is_missing(nowhere: Path) -> None:
    write_env(nowhere, master_keys=KEY.text())
    migrated(nowhere / "revmentor.db")
    _one_person(nowhere / "revmentor.db")
    newer = MasterKey.new("newer")
    write_env(nowhere, master_keys=newer.text())
    missing = invoke("keys", "rotate")
    assert missing.exit_code == 2 and "master key test is not in the settings" in missing.stderr
    write_env(nowhere, master_keys=f"{newer.text()},{KEY.text()}")
    done, again = invoke("keys", "rotate"), invoke("keys", "rotate")
    assert (done.exit_code, again.exit_code) == (0, 0)
    assert "Data keys wrapped anew under master key newer: 1." in done.stdout
    assert "Every data key is under master key newer already (1 in all)." in again.stdout


def _one_person(database: Path) -> None:
    with sqlite3.connect(database) as raw:
        raw.execute(
            "INSERT INTO person (id, team_id, user_id, name, zone, locale, region, deactivated)"
            " VALUES ('p1', 'T1', 'U1', 'Ana', 'UTC', 'en', '', 0)"
        )
        key, wrapped = Store(f"sqlite+aiosqlite:///{database}", [KEY], exclusive=False).vault.new_data_key("d1")
        row = ("p1", "T1", key.id, KEY.id, wrapped, "2026-03-02 09:00:00.000000")
        columns = "person_id, team_id, id, master_id, wrapped, created_at"
        raw.execute(f"INSERT INTO data_key ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)


# as a process of its own, against the playground


@pytest.fixture
def installed(nowhere: Path, slack: Playground) -> Callable[..., None]:
    """Write the `.env` of a good installation, with changes."""

    def write(**changes: str) -> None:
        good = {
            "slack_bot_token": slack.bot_token, "slack_app_token": slack.app_token, "slack_api_url": slack.api_url,
            "master_keys": KEY.text(), "database_url": f"sqlite+aiosqlite:///{nowhere / 'run.db'}",
        }  # fmt: skip
        write_env(nowhere, **(good | changes))

    write()
    return write


async def refused(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """How `run` ends that cannot start, and what it says on stderr; in this process, for one of its own takes long."""
    packs, settings = prompts.load(), load(Settings)
    with pytest.raises(typer.Exit) as end, saying.problems_in_words(packs.words("en"), settings):
        await open_house(settings, packs)
    return end.value.exit_code, capsys.readouterr().err


async def test_run_answers_ends_cleanly_when_told_to_and_goes_on_after_a_restart(
    nowhere: Path, slack: Playground, installed: Callable[..., None]
) -> None:
    ana = Person(slack, next(user.id for user in slack.workspace.users.values() if user.name == "ana"))
    for turn in (1, 2):
        async with started(nowhere) as running:
            await running.until("Connected to Slack")
            assert (await ana.command("/revmentor help")).ok
            assert len(ana.messages(GENERAL)) == turn
            assert (await ana.open_home()).ok
            async with asyncio.timeout(10):
                while ana.home is None:
                    await asyncio.sleep(0.05)
            assert await running.stop() == 0
    assert "Traceback" not in (nowhere / "stderr").read_text(encoding="utf-8")


@thorough
async def test_a_second_run_on_the_same_database_says_so_and_the_first_goes_on(
    nowhere: Path, installed: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    async with started(nowhere) as running:
        await running.until("Connected to Slack")
        code, said = await refused(capsys)
        assert code == 2 and "is in use by another revmentor" in said
        assert running.process.returncode is None


@pytest.mark.parametrize(("which", "token"), [("bot", "xoxb-wrong"), ("app", "xapp-wrong")])
async def test_a_token_that_slack_refuses_is_named(
    installed: Callable[..., None], capsys: pytest.CaptureFixture[str], which: str, token: str
) -> None:
    installed(**{f"slack_{which}_token": token})
    code, said = await refused(capsys)
    assert code == 2 and f"Slack refused the {which} token: invalid_auth" in said
    assert token not in said and "Traceback" not in said


async def until_stderr(folder: Path, words: str) -> None:
    async with asyncio.timeout(30):
        while words not in (folder / "stderr").read_text(encoding="utf-8"):
            await asyncio.sleep(0.05)


@thorough
async def test_while_slack_cannot_be_reached_it_keeps_trying_until_told_to_stop(
    nowhere: Path, installed: Callable[..., None]
) -> None:
    installed(slack_api_url="http://127.0.0.1:9/api/")
    async with started(nowhere) as running:
        await until_stderr(nowhere, "http://127.0.0.1:9/api/ yet: no_connection. Trying again in 2 s")
        assert await running.stop() == 0
    assert "Traceback" not in (nowhere / "stderr").read_text(encoding="utf-8")


@thorough
async def test_a_slack_that_comes_back_is_joined(
    nowhere: Path, slack: Playground, installed: Callable[..., None]
) -> None:
    slack.faults.rules = [Fault("auth.test", "500_before", times=1), Fault("apps.connections.open", "429", times=1)]
    async with started(nowhere) as running:
        await running.until("Connected to Slack")
        assert await running.stop() == 0
    said = (nowhere / "stderr").read_text(encoding="utf-8")
    assert "http_500" in said and "ratelimited" in said and "Traceback" not in said


@thorough
async def test_told_to_stop_while_it_starts_it_ends_cleanly(
    nowhere: Path, slack: Playground, installed: Callable[..., None]
) -> None:
    slack.faults.rules = [Fault("auth.test", "slow", retry_after=60)]
    async with started(nowhere) as running:
        async with asyncio.timeout(30):
            while not any(row["what"] == "auth.test" for row in slack.log.rows()) and not slack.faults.counts["slow"]:
                await asyncio.sleep(0.05)
        assert await running.stop() == 0
    assert "Traceback" not in (nowhere / "stderr").read_text(encoding="utf-8")
