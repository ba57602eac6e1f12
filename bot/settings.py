"""Settings from the environment or a `.env` file, checked all at once."""

import os
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from storage.vault import MasterKey, Vault, VaultError

PREFIX = "REVMENTOR_"
_SHORTEST_SECRET = 16
_KINDS = frozenset({"missing", "no_way", "two_ways", "port_needed"})
"""What may be wrong with a setting beside its own value; the rest has the setting's name."""

S = TypeVar("S", bound=BaseSettings)


class SettingsError(Exception):
    """Everything that is wrong or missing, one (setting, reason) each; the reason is a key of `prompts/`."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(", ".join(name for name, _ in problems))
        self.problems = problems


_OrNone = BeforeValidator(lambda value: None if value == "" else value)
"""An empty variable is one that is not set."""
_Always = Field(validate_default=True)
Port = Annotated[int, Field(ge=0, le=65535)]
"""0 takes a free one."""


def _starts(prefix: str) -> AfterValidator:
    def check(value: SecretStr | None) -> SecretStr | None:
        text = prefix + "…" if value is None else value.get_secret_value()
        if not text.startswith(prefix) or text == prefix:  # the example file has the beginning only
            raise ValueError(prefix)
        return value

    return AfterValidator(check)


def _secret(value: SecretStr | None) -> SecretStr | None:
    text = "" if value is None else value.get_secret_value()
    if value is not None and not (len(text) >= _SHORTEST_SECRET and text.isascii() and text.isalnum()):
        raise ValueError("signing secret")
    return value


def _one_way(value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
    """Slack comes to us or we go to Slack; a wrong signing secret has been named already."""
    known = "slack_signing_secret" in info.data
    if known and (value is None) == (info.data["slack_signing_secret"] is None):
        raise PydanticCustomError("no_way" if value is None else "two_ways", "one of two")
    return value


def _port_needed(value: int | None, info: ValidationInfo) -> int | None:
    if value is None and info.data.get("slack_signing_secret") is not None:
        raise PydanticCustomError("port_needed", "a port")
    return value


def _after_texts(days: int, info: ValidationInfo) -> int:
    """The rows hold the texts: they cannot go first."""
    if days < info.data.get("retention_text_days", 0):
        raise ValueError("shorter than the texts")
    return days


def _database(url: str) -> str:
    if not url.startswith(("sqlite+aiosqlite:///", "postgresql+psycopg://")):
        raise ValueError(url.partition(":")[0])
    return url


def _address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError(url.partition(":")[0])
    return url if url.endswith("/") else f"{url}/"


def _keys(value: SecretStr) -> SecretStr:
    try:
        master_keys(value)
    except VaultError as problem:
        raise ValueError from problem
    return value


def master_keys(value: SecretStr) -> list[MasterKey]:
    """The keys of the setting, the current one first. Raises VaultError when there is none, or a wrong one."""
    found = [MasterKey.parse(text) for text in value.get_secret_value().split(",") if text.strip()]
    Vault(found)
    return found


Keys = Annotated[SecretStr, AfterValidator(_keys)]


class Settings(BaseSettings):
    """What an administrator sets; `docs/settings.md` and `.env.example` list the same (a test holds them to it)."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore")

    slack_bot_token: Annotated[SecretStr, _starts("xoxb-")]
    """The bot token of the installed Slack app."""
    slack_signing_secret: Annotated[SecretStr | None, _OrNone, AfterValidator(_secret)] = None
    """The app's signing secret: Slack sends requests to our HTTP server. This or the app token."""
    slack_app_token: Annotated[SecretStr | None, _OrNone, _starts("xapp-"), AfterValidator(_one_way), _Always] = None
    """The app-level token with `connections:write`: we open a connection to Slack (Socket Mode)."""
    http_host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    """The address that the HTTP server listens on."""
    http_port: Annotated[Port | None, _OrNone, AfterValidator(_port_needed), _Always] = None
    """The HTTP server's port; needed with a signing secret, for health and metrics only with an app token."""
    slack_api_url: Annotated[str, AfterValidator(_address)] = "https://slack.com/api/"
    """Where Slack's Web API is; the demo points it at the playground."""
    master_keys: Keys
    """Master keys as `id:base64`, comma-separated, the current one first."""
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///revmentor.db"
    """The database, as SQLAlchemy spells it."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """How much is logged; no level ever logs what people wrote."""
    messages_per_second: Annotated[int, Field(ge=1, le=100)] = 20
    """The most messages a second that the bot sends into one workspace."""
    retention_text_days: Annotated[int, Field(ge=1, le=3650)] = 180
    """Days after a cohort's end for which free text and answers are kept."""
    retention_days: Annotated[int, Field(ge=1, le=3650), AfterValidator(_after_texts), _Always] = 365
    """Days after a cohort's end for which anything personal is kept."""


class StorageSettings(BaseSettings):
    """The part that `migrate` and `keys` need, without Slack's tokens."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore")

    master_keys: Keys
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///revmentor.db"


class KnownKeys(BaseSettings):
    """The master keys that are set already, whatever they look like: a new one goes in front of them."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore")

    master_keys: SecretStr = SecretStr("")


def load(kind: type[S], env_file: Path | None = Path(".env")) -> S:
    """Read settings. Raises SettingsError with every problem, values left out."""
    unknown = _unknown(env_file)
    try:
        found = kind(_env_file=env_file)
    except ValidationError as problem:
        wrong = [_problem(error["loc"], error["type"]) for error in problem.errors()]
        raise SettingsError([*wrong, *unknown]) from None
    if unknown:
        raise SettingsError(unknown)
    return found


def _unknown(env_file: Path | None) -> list[tuple[str, str]]:
    """Names that only look like ours, mostly slips of the keyboard. Other programs' variables don't concern us."""
    in_file = DotEnvSettingsSource(Settings, env_file=env_file).env_vars if env_file else {}
    ours = {name.upper() for name in (*os.environ, *in_file) if name.upper().startswith(PREFIX)}
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    return [(name, "app.setting.unknown") for name in sorted(ours - known)]


def _problem(where: tuple[int | str, ...], kind: str) -> tuple[str, str]:
    name = str(where[0])
    return f"{PREFIX}{name.upper()}", f"app.setting.{kind if kind in _KINDS else name}"
