"""Settings: everything that is wrong is said at once, by name, and no value is ever quoted."""

from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings, SettingsError, StorageSettings, load
from storage.vault import MasterKey

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "MASTER_KEYS": f"{MasterKey.new('new').text()}, {MasterKey.new('old').text()}",
}
TWICE = f"one:{'A' * 43}=,one:{'B' * 43}="


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `.env` to write, and an environment without settings of ours."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    return tmp_path / ".env"


def write(env_file: Path, settings: dict[str, str], *more: str) -> Path:
    env_file.write_text("\n".join([*(f"{PREFIX}{k}={v}" for k, v in settings.items()), *more]), encoding="utf-8")
    return env_file


def problems(env_file: Path, settings: dict[str, str], *more: str) -> dict[str, str]:
    with pytest.raises(SettingsError) as refused:
        load(Settings, write(env_file, settings, *more))
    return {name.removeprefix(PREFIX): reason.removeprefix("app.setting.") for name, reason in refused.value.problems}


def test_good_settings_are_read_and_the_rest_has_defaults(env_file: Path) -> None:
    settings = load(Settings, write(env_file, GOOD))
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert settings.slack_api_url == "https://slack.com/api/" and settings.messages_per_second == 20


def test_the_environment_goes_before_the_file(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}SLACK_BOT_TOKEN", "xoxb-2")
    assert load(Settings, write(env_file, GOOD)).slack_bot_token.get_secret_value() == "xoxb-2"


def test_all_that_is_missing_is_named_at_once(env_file: Path) -> None:
    assert problems(env_file, {}) == {**dict.fromkeys(GOOD, "missing"), "SLACK_APP_TOKEN": "no_way"}


HTTP = {**GOOD, "SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5", "HTTP_PORT": "3000"}


def test_a_signing_secret_and_a_port_stand_in_for_the_app_token(env_file: Path) -> None:
    settings = load(Settings, write(env_file, HTTP))
    assert settings.slack_app_token is None and settings.slack_signing_secret is not None
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 3000)
    assert HTTP["SLACK_SIGNING_SECRET"] not in repr(settings)


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [
        ({**HTTP, "SLACK_SIGNING_SECRET": ""}, {"SLACK_APP_TOKEN": "no_way"}),
        ({**HTTP, "SLACK_APP_TOKEN": "xapp-1"}, {"SLACK_APP_TOKEN": "two_ways"}),
        ({**HTTP, "HTTP_PORT": ""}, {"HTTP_PORT": "port_needed"}),
        ({**HTTP, "SLACK_SIGNING_SECRET": "short"}, {"SLACK_SIGNING_SECRET": "slack_signing_secret"}),
        (
            {**HTTP, "SLACK_SIGNING_SECRET": "with a space in it and more"},
            {"SLACK_SIGNING_SECRET": "slack_signing_secret"},
        ),
        ({**HTTP, "HTTP_PORT": "http"}, {"HTTP_PORT": "http_port"}),
        ({**GOOD, "HTTP_PORT": "70000"}, {"HTTP_PORT": "http_port"}),
        ({**GOOD, "HTTP_HOST": ""}, {"HTTP_HOST": "http_host"}),
    ],
    ids=[
        "neither",
        "both",
        "no port",
        "short secret",
        "secret with spaces",
        "port in words",
        "port too high",
        "no host",
    ],
)
def test_one_of_two_ways_to_slack_decides_and_whatever_else_is_said(
    env_file: Path, library: object, settings: dict[str, str], wrong: dict[str, str]
) -> None:
    assert problems(env_file, settings) == wrong
    for reason in wrong.values():
        assert library.words("en").say(f"app.setting.{reason}", python="python")  # type: ignore[attr-defined]


def test_health_and_metrics_can_be_had_beside_a_socket(env_file: Path) -> None:
    assert load(Settings, write(env_file, {**GOOD, "HTTP_PORT": "9090"})).http_port == 9090


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1"),
        ("SLACK_BOT_TOKEN", ""),
        ("SLACK_APP_TOKEN", "xoxb-1"),
        ("SLACK_APP_TOKEN", "xapp-"),
        ("SLACK_BOT_TOKEN", "xoxb-"),
        ("SLACK_API_URL", "slack.com/api"),
        ("SLACK_API_URL", ""),
        ("MASTER_KEYS", ""),
        ("MASTER_KEYS", "secret"),
        ("MASTER_KEYS", "a:short"),
        ("MASTER_KEYS", TWICE),
        ("DATABASE_URL", "sqlite:///x.db"),
        ("DATABASE_URL", "postgresql://u:secret@h/db"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_LEVEL", ""),
        ("MESSAGES_PER_SECOND", "many"),
        ("MESSAGES_PER_SECOND", "0"),
        ("MESSAGES_PER_SECOND", "101"),
    ],
    ids=lambda value: value[:20] or "empty",
)
def test_a_wrong_setting_is_named_with_its_own_reason(env_file: Path, library: object, name: str, value: str) -> None:
    assert problems(env_file, {**GOOD, name: value}) == {name: name.lower()}
    assert library.words("en").say(f"app.setting.{name.lower()}", python="python")  # type: ignore[attr-defined]


def test_everything_wrong_is_named_at_once(env_file: Path) -> None:
    wrong = {"SLACK_BOT_TOKEN": "x", "MASTER_KEYS": "secret", "LOG_LEVEL": "LOUD", "MESSAGES_PER_SECOND": "many"}
    found = problems(env_file, wrong, "REVMENTOR_LOGLEVEL=INFO")
    assert set(found) == {*wrong, "SLACK_APP_TOKEN", "LOGLEVEL"} and found["LOGLEVEL"] == "unknown"


def test_no_value_is_quoted(env_file: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load(Settings, write(env_file, dict.fromkeys(GOOD, "plums")))
    assert "plums" not in f"{refused.value!r}{refused.value.problems}{refused.value.__cause__}"


def test_a_slip_of_the_keyboard_is_named_in_the_file_and_in_the_environment(
    env_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problems(env_file, GOOD, "REVMENTOR_LOGLEVEL=INFO", "revmentor_k=5") == {
        "K": "unknown",
        "LOGLEVEL": "unknown",
    }
    monkeypatch.setenv("REVMENTOR_DATABASE", "x")
    assert problems(env_file, GOOD) == {"DATABASE": "unknown"}


def test_other_programs_settings_in_the_file_are_none_of_ours(env_file: Path) -> None:
    assert load(Settings, write(env_file, GOOD, "POSTGRES_PASSWORD=x", "log_level=LOUD")).log_level == "INFO"


def test_an_address_gets_its_last_slash(env_file: Path) -> None:
    settings = load(Settings, write(env_file, {**GOOD, "SLACK_API_URL": "http://127.0.0.1:9/api"}))
    assert settings.slack_api_url == "http://127.0.0.1:9/api/"


def test_storage_needs_no_tokens(env_file: Path) -> None:
    settings = load(StorageSettings, write(env_file, {"MASTER_KEYS": GOOD["MASTER_KEYS"]}))
    assert settings.database_url == "sqlite+aiosqlite:///revmentor.db"
    with pytest.raises(SettingsError, match="MASTER_KEYS"):
        load(StorageSettings, write(env_file, {}))


def test_tokens_and_keys_do_not_show_themselves(env_file: Path) -> None:
    shown = repr(load(Settings, write(env_file, GOOD)))
    assert not any(value in shown for value in GOOD.values())
