"""What the documents list is what the code has, and the other way round."""

import re
from pathlib import Path

import pytest
import typer
import yaml

import app
from bot.delivery.letters import LETTERS
from bot.domain.jobs import STALE, Job
from bot.domain.messages import MESSAGES, Kind
from bot.schedule.jobs import JOBS
from bot.settings import PREFIX, Settings
from handlers import routes
from tests.screens.guide import SHOWN

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


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs").glob("*.md")))
def test_every_command_line_in_the_documents_can_be_typed(page: str) -> None:
    typed = re.findall(r"app\.py ([^`#|&\n]+)", (ROOT / "docs" / page).read_text(encoding="utf-8"))
    for words in typed:
        command = typer.main.get_command(app.cli)
        left = words.split()
        while left and left[0] in getattr(command, "commands", {}):
            command = command.commands[left.pop(0)]  # type: ignore[attr-defined]
        assert not hasattr(command, "commands"), words
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in left if word.startswith("--")} <= options, words


def test_every_document_is_reached_from_the_readme_and_no_link_is_broken() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    leads = {page: re.findall(r"\]\(([^):#]+)", page.read_text(encoding="utf-8")) for page in pages}
    assert [(page.name, to) for page, found in leads.items() for to in found if not (page.parent / to).exists()] == []
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= set(leads[ROOT / "README.md"])


def test_every_picture_in_the_documents_is_made_by_the_tests_and_small() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    images = [found for page in pages for found in re.findall(r"<img [^>]+>", page.read_text(encoding="utf-8"))]
    assert all(re.search(r'alt="[^"]{20,}"', image) for image in images), "whoever can't see it is told what it shows"
    shown = {name for image in images for name in re.findall(r"pictures/(\w+)\.png", image)}
    stored = {path.stem: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert shown == set(stored) == set(SHOWN)
    assert len(stored) <= 14
    assert max(stored.values()) <= 120_000


def test_the_image_has_all_that_the_command_line_needs() -> None:
    copied = re.findall(r"^COPY (.+) \./\S*$", (ROOT / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE)
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages | {"app.py", "demo.py", "manifest.yaml"} <= set(" ".join(copied).split())
