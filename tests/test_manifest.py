"""The manifest for HTTP mode is the one for Socket Mode but for four things."""

import pytest
import yaml
from typer.testing import CliRunner

import app
from cli.manifest import MANIFEST

URL = "https://bot.example.com/slack/events"


@pytest.mark.parametrize("address", ["https://bot.example.com", "https://bot.example.com/", URL])
def test_it_has_the_address_in_three_places_and_no_socket(address: str) -> None:
    printed = yaml.safe_load(CliRunner().invoke(app.cli, ["manifest", address]).stdout)
    plain = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    features, settings = printed["features"], printed["settings"]
    assert [command.pop("url") for command in features["slash_commands"]] == [URL]
    assert settings["event_subscriptions"].pop("request_url") == settings["interactivity"].pop("request_url") == URL
    assert (settings["socket_mode_enabled"], plain["settings"].pop("socket_mode_enabled")) == (False, True)
    del settings["socket_mode_enabled"]
    assert printed == plain


@pytest.mark.parametrize("address", ["http://bot.example.com", "bot.example.com", "https://"])
def test_an_address_that_slack_cannot_take_is_refused_in_words(address: str) -> None:
    result = CliRunner().invoke(app.cli, ["manifest", address])
    assert result.exit_code == 2 and "such as https://" in result.stderr and result.stdout == ""
