"""Settings from the environment or a `.env` file, checked all at once."""

from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "REVMENTOR_"
S = TypeVar("S", bound=BaseSettings)


class SettingsError(Exception):
    """Everything that is wrong or missing, one (setting, reason) each; the reason is a key of `prompts/`."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(", ".join(name for name, _ in problems))
        self.problems = problems


def _starts(prefix: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(prefix)
        return value

    return AfterValidator(check)


def _database(url: str) -> str:
    if not url.startswith(("sqlite+aiosqlite:///", "postgresql+psycopg://")):
        raise ValueError(url.partition(":")[0])
    return url


def _ends_in_slash(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"


class Settings(BaseSettings):
    """What an administrator sets; `docs/settings.md` and `.env.example` list the same (a test holds them to it)."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="forbid")

    slack_bot_token: Annotated[SecretStr, _starts("xoxb-")]
    """The bot token of the installed Slack app."""
    slack_app_token: Annotated[SecretStr, _starts("xapp-")]
    """The app-level token with `connections:write`, for Socket Mode."""
    slack_api_url: Annotated[str, AfterValidator(_ends_in_slash)] = "https://slack.com/api/"
    """Where Slack's Web API is; the demo points it at the playground."""
    master_keys: SecretStr
    """Master keys as `id:base64`, comma-separated, the current one first."""
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///revmentor.db"
    """The database, as SQLAlchemy spells it."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """How much is logged; no level ever logs what people wrote."""
    messages_per_second: Annotated[int, Field(ge=1, le=100)] = 20
    """The most messages a second that the bot sends into one workspace."""


class StorageSettings(BaseSettings):
    """The part that `migrate` and `keys` need, without Slack's tokens."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore")

    master_keys: SecretStr
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///revmentor.db"


def load(kind: type[S], env_file: Path | None = Path(".env")) -> S:
    """Read settings. Raises SettingsError with every problem, values left out."""
    try:
        return kind(_env_file=env_file)
    except ValidationError as problem:
        raise SettingsError([_problem(error["loc"], error["type"]) for error in problem.errors()]) from None


def _problem(where: tuple[int | str, ...], kind: str) -> tuple[str, str]:
    name = str(where[0]) if where else "?"
    return f"{PREFIX}{name.removeprefix(PREFIX.lower()).upper()}", _REASONS.get(kind, f"app.setting.{name}")


_REASONS = {"missing": "app.setting.missing", "extra_forbidden": "app.setting.unknown"}
