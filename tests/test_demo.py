"""What the demo refuses to begin with."""

import socket

import pytest

from bot.settings import PREFIX
from tests.test_app import invoke, nowhere

__all__ = ["nowhere"]


@pytest.mark.parametrize("kind", ["BOT", "APP"])
def test_the_demo_wants_nothing_to_do_with_a_real_slack(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setenv(f"{PREFIX}SLACK_{kind}_TOKEN", "xoxb-real")
    result = invoke("demo", "--once")
    assert result.exit_code == 2 and "never talks to a real Slack" in result.stderr and result.stdout == ""


def test_a_port_that_is_taken_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = invoke("demo", "--once", "--port", str(port))
    assert result.exit_code == 2 and f"port {port}: " in result.stderr


def test_a_story_that_is_not_there_is_said() -> None:
    result = invoke("demo", "--once", "--story", "nowhere")
    assert result.exit_code == 1 and "nowhere" in result.stderr
