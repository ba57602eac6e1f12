"""What the documents list is what the code has, and the other way round."""

import re
from pathlib import Path

import yaml

from bot.delivery.letters import LETTERS
from bot.domain.jobs import STALE, Job
from bot.domain.messages import MESSAGES, Kind
from bot.schedule.jobs import JOBS
from bot.settings import PREFIX, Settings
from handlers import routes

ROOT = Path(__file__).parents[1]


def listed(page: str) -> set[str]:
    """The names in the first column of a page's tables."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([^`]+)`", text, re.MULTILINE))


def test_every_setting_is_documented_and_in_the_example_file() -> None:
    settings = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    example = set(re.findall(rf"{PREFIX}\w+", (ROOT / ".env.example").read_text(encoding="utf-8")))
    assert listed("docs/settings.md") == settings == example


def test_every_kind_of_message_is_documented_drawn_and_has_a_spec() -> None:
    assert listed("docs/messages.md") == set(Kind) == set(MESSAGES) == set(LETTERS)


def test_every_job_is_documented_done_and_has_a_limit() -> None:
    assert listed("docs/jobs.md") == set(Job) == set(STALE) == set(JOBS)


def test_every_scope_of_the_manifest_is_explained_to_the_administrator() -> None:
    scopes = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))["oauth_config"]["scopes"]
    assert listed("docs/slack.md") == set(scopes["bot"])
    assert set(scopes["bot_optional"]) < set(scopes["bot"]), "Slack refuses an optional scope that is not asked for"


def test_every_event_of_the_manifest_has_a_handler() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == set(routes().events)


def test_every_command_is_documented() -> None:
    names = {command.name for command in routes().commands.values()}
    assert listed("docs/commands.md") == {f"/revmentor {name}".strip() for name in names}
