"""Stories: whole programmes written down as scenes and habits, read from `stories/*.toml`.

A *scene* happens at its time, in order. A *habit* is how somebody answers a message of the app. Both are made of
steps: `run` a command, `press` something, `fill` and submit the open modal, open the `home`, `dismiss` a modal; each
step may `expect` words that the person then sees.

A story with an `[organisation]` has hundreds of people (`playground/organisation.py`). Told in short, it plays some of
them to the end and says so; told at length, everybody.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playground.organisation import Organisation

FOLDER = Path(__file__).with_name("stories")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STEP = frozenset(
    {"run", "press", "value", "fill", "home", "dismiss", "show", "expect", "errors", "if_offered", "again"}
)


class StoryError(Exception):
    """A story is written wrongly, or did not go as written; the text says which scene or habit, and what was seen."""


@dataclass(frozen=True)
class Step:
    """One thing a person does. `value` is what is chosen in a menu or picker that is pressed. `errors`: words that must
    stand under a field, and the modal stays open.

    `if_offered`: a press that is skipped, with all that follows, where there is nothing of that name. `again`: one that
    is made for as long as there is something of that name. `show`: the transcript shows what stands in the modal.
    """

    run: str = ""
    press: str = ""
    value: str = ""
    fill: Mapping[str, Any] | None = None
    home: bool = False
    dismiss: bool = False
    show: bool = False
    expect: str = ""
    errors: str = ""
    if_offered: bool = False
    again: bool = False


@dataclass(frozen=True)
class Scene:
    """`at` is UTC; `who` a person's name; `title` heads the transcript where it is given, which then tells of them."""

    at: datetime
    who: str
    steps: tuple[Step, ...]
    title: str = ""


@dataclass(frozen=True)
class Habit:
    """How each of `who` answers an app message that contains `hears`: after `minutes` (from, to), with a `chance`.

    The first `after` times it is heard do not count, and it is done `most` times at most. `played`: only by those who
    are played to the end.
    """

    who: frozenset[str]
    hears: str
    steps: tuple[Step, ...]
    minutes: tuple[int, int] = (10, 90)
    chance: float = 1.0
    after: int = 0
    most: int = 10_000
    played: bool = False


@dataclass(frozen=True)
class Story:
    """`follow` are the people whose screens the transcript shows.

    `played` are those who act to the end, with their partners; `granted` the optional scopes of the workspace.
    `closely` are the messages that are told whole each time; where there are any, what people fill in is told as well,
    and other messages whole once, wherever they come. `leaps` are times in which nothing happens, from and to in UTC:
    the clock passes over them at once.
    """

    title: str
    zone: ZoneInfo
    starts: datetime
    ends: datetime
    seed: int
    follow: frozenset[str]
    scenes: tuple[Scene, ...]
    habits: tuple[Habit, ...] = field(default=())
    played: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()
    closely: frozenset[str] = frozenset()
    organisation: Organisation | None = None
    leaps: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def weeks(self) -> int:
        return round((self.ends - self.starts) / timedelta(weeks=1))

    def leap(self, now: datetime) -> datetime | None:
        """Where a leap that has begun leads to."""
        return next((end for begin, end in self.leaps if begin <= now < end), None)


def load(name: str, folder: Path = FOLDER, *, long: bool = False) -> Story:
    """Read a story by name, in short or at length. Raises StoryError with what is wrong where."""
    path = folder / f"{name}.toml"
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise StoryError(f"{path.name}: {problem}") from problem
    zone = ZoneInfo(told["zone"])
    starts = datetime.fromisoformat(told["starts"]).replace(tzinfo=zone)
    ends = datetime.fromisoformat(told["ends"]).replace(tzinfo=zone)
    organisation = Organisation.read(told["organisation"]) if "organisation" in told else None
    groups = {**(organisation.groups if organisation else {}), **told.get("groups", {})}
    told = {**told, "groups": groups, "form": "long" if long else "short"}
    scenes = sorted(_scenes(told, starts), key=lambda scene: scene.at)
    habits = [_habit(told, row) for row in told.get("habit", [])]
    played = groups["everybody"] if long and organisation else told.get("played", ())
    return Story(
        title=told["title"], zone=zone, starts=starts.astimezone(UTC), ends=ends.astimezone(UTC),
        seed=told.get("seed", 1), follow=frozenset(told["follow"]), scenes=tuple(scenes), habits=tuple(habits),
        played=frozenset(played), granted=frozenset(told.get("granted", ())),
        closely=frozenset(told.get("closely", ())), organisation=organisation, leaps=tuple(_leaps(told, starts)),
    )  # fmt: skip


def _scenes(told: Mapping[str, Any], starts: datetime) -> Iterator[Scene]:
    for number, row in enumerate(told["scene"], 1):
        where = f"scene {number}"
        if row.get("only", told["form"]) != told["form"]:
            continue
        repeats: list[Mapping[str, str]] = told["pairs"] if row.get("for") == "pairs" else [{}]
        if row.get("for", "pairs") != "pairs":
            repeats = [{"each": name} for name in told["groups"][row["for"]]]
        for turn, names in enumerate(repeats):
            at = moment(row["at"], starts, where) + turn * timedelta(minutes=row.get("minutes_apart", 2))
            steps = tuple(_step(step, names, where) for step in row["steps"])
            title = row.get("title", "") if turn == 0 else ""
            yield Scene(at.astimezone(UTC), _named(row["who"], names), steps, title)


def _leaps(told: Mapping[str, Any], starts: datetime) -> Iterator[tuple[datetime, datetime]]:
    for begin, end in told.get("leaps", ()):
        yield moment(begin, starts, "leaps").astimezone(UTC), moment(end, starts, "leaps").astimezone(UTC)


def _habit(told: Mapping[str, Any], row: Mapping[str, Any]) -> Habit:
    steps = tuple(_step(step, {}, f"habit {row['hears']!r}") for step in row["steps"])
    who = frozenset(told["groups"].get(row["who"], [row["who"]]))
    low, high = row.get("minutes", (10, 90))
    return Habit(
        who, row["hears"], steps, (low, high), row.get("chance", 1.0), row.get("after", 0), row.get("most", 10_000),
        row.get("played", False),
    )  # fmt: skip


def _step(row: Mapping[str, Any], names: Mapping[str, str], where: str) -> Step:
    unknown = row.keys() - _STEP
    if unknown:
        raise StoryError(f"{where}: unknown step {', '.join(sorted(unknown))}")
    return Step(**{key: _named(value, names) for key, value in row.items()})


def _named(value: Any, names: Mapping[str, str]) -> Any:
    """The value with {junior}, {senior} and {each} filled in, through tables and lists."""
    if isinstance(value, str):
        return value.format(**names) if names else value
    if isinstance(value, list):
        return [_named(item, names) for item in value]
    if isinstance(value, dict):
        return {key: _named(item, names) for key, item in value.items()}
    return value


def moment(text: str, starts: datetime, where: str = "") -> datetime:
    """`week 3 Tue 10:00` counted from the story's first week, in its zone; StoryError when it reads otherwise."""
    try:
        _, week, day, clock = text.split()
        hour, minute = map(int, clock.split(":"))
        monday = starts.date() - timedelta(days=starts.weekday())
        date = monday + timedelta(weeks=int(week) - 1, days=_DAYS.index(day.lower()))
    except ValueError as problem:
        raise StoryError(f"{where}: {text!r} should read like 'week 3 Tue 10:00'") from problem
    return datetime(date.year, date.month, date.day, hour, minute, tzinfo=starts.tzinfo)
