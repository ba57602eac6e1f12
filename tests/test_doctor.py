"""`app.py doctor` and the commands that move a database, as an administrator meets them."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.domain import doctor as rules
from bot.services.kit import Kit
from cli.doctor import manifest_scopes
from playground.faults import Fault
from playground.server import Playground
from prompts import Library
from storage.store import Store
from storage.vault import MasterKey
from tests.clockwork import MovableClock
from tests.databases import migrated
from tests.test_app import invoke, nowhere, write_env
from tests.world import CHI, ELI, NOOR, seed

__all__ = ["nowhere"]
MASTER = MasterKey.new("test")
PRIVATE = "C07PROGRAM"


@pytest.fixture
async def installed(nowhere: Path, slack: Playground, clock: MovableClock, library: Library) -> Store:
    """A programme in the playground's private channel, with nothing running on it."""
    write_env(
        nowhere, slack_bot_token=slack.bot_token, slack_app_token=slack.app_token, slack_api_url=slack.api_url,
        master_keys=MASTER.text(), database_url=f"sqlite+aiosqlite:///{nowhere / 'run.db'}",
    )  # fmt: skip
    store = Store(migrated(nowhere / "run.db"), [MASTER])
    await seed(Kit(store, clock, library), channel=channel_of(slack))
    await store.close()
    return store


def channel_of(slack: Playground) -> str:
    return next(place.id for place in slack.workspace.conversations.values() if place.kind == "private")


async def said(*words: str) -> tuple[int, str]:
    result = await asyncio.to_thread(invoke, *words)
    return result.exit_code, result.stdout + result.stderr


async def test_doctor_goes_through_an_installation_and_finds_what_the_seed_left_open(
    installed: Store, slack: Playground
) -> None:
    code, text = await said("doctor")
    lines = {line[8:26].strip(): line for line in text.splitlines()}
    assert lines["bot token"].startswith("ok") and slack.workspace.name in lines["bot token"]
    assert lines["digest channel"].startswith("look") and "who are not coordinators: 1" in text
    assert lines["clock"].startswith("WRONG"), "the playground's clock is that of a Monday in March"
    for subject in ("settings", "database", "data keys", "app token", "scopes", "named people", "time zones", "chart"):
        assert lines[subject].startswith("ok"), lines[subject]
    assert code == 2 and MASTER.text() not in text and slack.bot_token not in text and slack.app_token not in text


async def test_doctor_reads_beside_a_running_bot_and_says_so(installed: Store, slack: Playground) -> None:
    slack.workspace.users[NOOR].deleted = True
    slack.faults.rules = [Fault("apps.connections.open", "500_before")]
    running = Store(str(installed.url), [MASTER])
    before = await asyncio.to_thread(Path(str(installed.url.database)).read_bytes)
    code, text = await said("doctor")
    assert await asyncio.to_thread(Path(str(installed.url.database)).read_bytes) == before
    await running.close()
    assert code == 2 and "revmentor is running on it" in text
    assert f"safe contact ({NOOR}) has no active account" in text and ELI not in text and CHI not in text
    assert "http_500" in text


async def test_doctor_without_a_database_and_without_slack_says_both(nowhere: Path) -> None:
    write_env(
        nowhere, slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url="http://127.0.0.1:9/api/",
        master_keys=MASTER.text(),
    )  # fmt: skip
    code, text = await said("doctor")
    assert code == 2 and "there is no file revmentor.db" in text and "Slack does not answer: no_connection" in text
    assert not (nowhere / "revmentor.db").exists()


def test_every_line_of_doctor_has_a_sentence_and_every_scope_says_what_it_breaks(library: Library) -> None:
    words = library.words("en")
    for scope in manifest_scopes().asked:
        assert words.has(f"doctor.breaks.{scope.replace(':', '_').replace('.', '_')}")
    source = Path(rules.__file__).read_text(encoding="utf-8")
    keys = [entry for entry in words.entries if entry.startswith("doctor.")]
    for key in keys:
        _, subject, name = key.split(".")
        if subject not in ("level", "subject", "breaks", "settings", "people", "chart") and name != "unusable":
            assert f'"{subject}"' in source or subject in ("letters", "work"), key
            assert f'"{name}"' in source, key


async def test_a_database_goes_through_backup_and_restore_by_the_command_line(installed: Store, nowhere: Path) -> None:
    running = Store(str(installed.url), [MASTER])
    code, text = await said("backup", "monday")
    await running.close()
    assert code == 0 and "Its data keys (2) are in monday/keys.json" in text
    assert (await said("backup", "monday")) == (
        2,
        f"{nowhere / 'monday'} is there already. A backup goes into a new folder, so that none is ever overwritten.\n",
    )
    code, text = await said("restore", "monday")
    assert code == 2 and "is not empty" in text
    (nowhere / "run.db").rename(nowhere / "lost.db")
    code, text = await said("restore", "monday")
    assert code == 0 and "Restored" in text and "doctor" in text
    with sqlite3.connect(nowhere / "run.db") as raw:
        assert raw.execute("SELECT count(*) FROM data_key").fetchone() == (2,)


async def test_a_database_that_is_in_use_is_not_copied_and_a_wrong_address_is_said(
    installed: Store, nowhere: Path
) -> None:
    running = Store(str(installed.url), [MASTER])
    code, text = await said("copy", "--to", f"sqlite+aiosqlite:///{nowhere / 'new.db'}")
    await running.close()
    assert code == 2 and "is in use by another revmentor" in text
    code, text = await said("copy", "--to", "mysql://root:plums@localhost/x")
    assert code == 2 and "should start with" in text and "plums" not in text
    code, text = await said("copy", "--to", f"sqlite+aiosqlite:///{nowhere / 'new.db'}")
    assert code == 0 and "it is the same" in text
    assert (await said("copy", "--to", f"sqlite+aiosqlite:///{nowhere / 'new.db'}"))[0] == 2


async def test_keys_are_given_up_only_when_it_is_meant(installed: Store, nowhere: Path) -> None:
    assert "nothing is lost" in (await said("keys", "forget"))[1]
    write_env(
        nowhere, master_keys=MasterKey.new("fresh").text(),
        database_url=f"sqlite+aiosqlite:///{nowhere / 'run.db'}",
    )  # fmt: skip
    code, text = await said("keys", "forget")
    assert code == 2 and "people: 2" in text and "(test)" in text
    assert (await said("keys", "forget", "--yes")) == (
        0,
        "New data keys: 2. What the lost ones had sealed reads as removed.\n",
    )


@pytest.mark.parametrize("command", [("keys", "rotate"), ("keys", "forget"), ("backup", "monday")])
async def test_a_database_without_tables_is_left_to_migrate(nowhere: Path, command: tuple[str, ...]) -> None:
    write_env(nowhere, master_keys=MASTER.text())
    (nowhere / "revmentor.db").touch()
    code, text = await said(*command)
    assert code == 2 and "app.py migrate` brings it there" in text and not (nowhere / "monday").exists()
