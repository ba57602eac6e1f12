"""What `doctor` makes of its findings: one line each, all right, worth a look, or wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from storage.records.doctor import Memory, ProgrammeRow


class Level(IntEnum):
    """How bad it is; the worst of all lines is the command's exit code."""

    OK = 0
    WARNING = 1
    WRONG = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `subject` names what was looked at, `key` the sentence (`doctor.<subject>.<key>`)."""

    level: Level
    subject: str
    key: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Channel:
    """The digest's channel as Slack shows it; `problem` is Slack's code where it does not."""

    problem: str = ""
    private: bool = True
    archived: bool = False
    member: bool = True
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outside:
    """What Slack says. `refused` and `away` are reasons why the bot token got no answer; `skew` is in seconds.

    `app_refused` is None where no app token is used. `gone` are those named for something whose account is not active.
    """

    refused: str = ""
    away: str = ""
    workspace: str = ""
    team_id: str = ""
    app_refused: str | None = None
    scopes: frozenset[str] = frozenset()
    skew: float | None = None
    channel: Channel | None = None
    gone: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scopes:
    """What the manifest asks for: all, and those that may be left out."""

    asked: frozenset[str]
    optional: frozenset[str]


SAFE_SQLITE = (3, 51, 3)
"""Before it, two connections that write or checkpoint at once could corrupt the log: https://sqlite.org/wal.html"""
_LITTLE, _LEAST = 1 << 30, 50 << 20
_SKEWED, _TOO_SKEWED = 30, 300  # Slack refuses, and its requests are refused, five minutes apart
_OLD_ZONES = 2
_OK, _WARNING, _WRONG = Level.OK, Level.WARNING, Level.WRONG


def about_memory(memory: Memory, current: str) -> Iterator[Line]:
    """The database, its engine, its keys and its queues; `current` is the first master key's id."""
    yield _database(memory)
    if memory.free is not None and memory.free < _LITTLE:
        megabytes = memory.free >> 20
        yield Line(_WRONG if memory.free < _LEAST else _WARNING, "database", "little", {"megabytes": megabytes})
    yield _engine(memory)
    if memory.revision == memory.newest:
        yield _keys(memory, current)
        yield from _queue("letters", memory.letters_late, memory.letters_dead)
        yield from _queue("work", memory.work_late, memory.work_dead)


def about_slack(outside: Outside, manifest: Scopes) -> Iterator[Line]:
    """The tokens, what they may do, and the clock."""
    if outside.away:
        yield Line(_WRONG, "token", "away", {"reason": outside.away})
    elif outside.refused:
        yield Line(_WRONG, "token", "refused", {"reason": outside.refused})
    else:
        yield Line(_OK, "token", "good", {"workspace": outside.workspace})
        yield from _scopes(outside, manifest)
    if outside.app_refused:
        yield Line(_WRONG, "app_token", "refused", {"reason": outside.app_refused})
    elif outside.app_refused is not None:
        yield Line(_OK, "app_token", "good")
    if outside.skew is not None:
        yield _clock(outside.skew)


def about_programme(row: ProgrammeRow | None, outside: Outside) -> Iterator[Line]:
    """The digest's channel, the people who were named for something, and whose public holidays are not known."""
    if row is None:
        yield Line(_OK, "programme", "none")
        return
    if outside.channel is not None:
        yield from _channel(row, outside.channel)
    for role, user in sorted(outside.gone.items()):
        yield Line(_WRONG, "people", role, {"user": user})
    if outside.channel is not None and not outside.gone:
        yield Line(_OK, "people", "good")
    if row.nowhere:
        yield Line(_WARNING, "regions", "unknown", {"n": row.nowhere})
    else:
        yield Line(_OK, "regions", "good")


def about_zones(version: str, year: int, missing: Iterable[str]) -> Line:
    """The zone data: its release ("2026.1"), this year, and zones that are needed but not in it."""
    absent = ", ".join(sorted(missing))
    if absent:
        return Line(_WRONG, "zones", "missing", {"zones": absent, "version": version})
    old = year - int(version.partition(".")[0]) >= _OLD_ZONES
    return Line(_WARNING if old else _OK, "zones", "old" if old else "good", {"version": version})


def worst(lines: Iterable[Line]) -> Level:
    return max((line.level for line in lines), default=_OK)


def _database(memory: Memory) -> Line:
    params = {"revision": memory.revision or "–", "newest": memory.newest}
    if not memory.known:
        return Line(_WRONG, "database", "newer", params)
    if not memory.writable:
        return Line(_WRONG, "database", "readonly", params)
    if memory.revision != memory.newest:
        return Line(_WARNING, "database", "behind", params)
    key = "good" if memory.kind != "sqlite" else "running" if memory.running else "idle"
    return Line(_OK, "database", key, params)


def _engine(memory: Memory) -> Line:
    params = {"version": memory.version}
    if memory.kind != "sqlite":
        return Line(_OK, "postgresql", "good", params)
    if memory.integrity != "ok":
        return Line(_WRONG, "sqlite", "damaged", {"verdict": memory.integrity[:200]})
    old = tuple(int(part) for part in memory.version.split(".")) < SAFE_SQLITE
    return Line(_WARNING if old else _OK, "sqlite", "old" if old else "good", params)


def _keys(memory: Memory, current: str) -> Line:
    n, older = sum(memory.keys.values()), sum(count for key, count in memory.keys.items() if key != current)
    if memory.closed:
        return Line(_WRONG, "keys", "closed", {"n": memory.closed, "ids": ", ".join(sorted(memory.keys))})
    if older:
        return Line(_WARNING, "keys", "older", {"n": older, "total": n, "current": current})
    return Line(_OK, "keys", "good", {"n": n, "current": current})


def _queue(subject: str, late: int, dead: int) -> Iterator[Line]:
    if late:
        yield Line(_WARNING, subject, "late", {"n": late})
    if dead:
        yield Line(_WARNING, subject, "dead", {"n": dead})
    if not late and not dead:
        yield Line(_OK, subject, "good")


def _scopes(outside: Outside, manifest: Scopes) -> Iterator[Line]:
    missing = manifest.asked - manifest.optional - outside.scopes
    for scope in sorted(missing):
        yield Line(_WRONG, "scopes", "missing", _broken(scope))
    beyond = outside.scopes - manifest.asked
    if beyond:
        yield Line(_WARNING, "scopes", "superfluous", {"scopes": ", ".join(sorted(beyond))})
    if not missing and not beyond:
        yield Line(_OK, "scopes", "good", {"n": len(outside.scopes)})
    for scope in sorted(manifest.optional - outside.scopes):
        yield Line(_OK, "scopes", "left_out", _broken(scope))


def _broken(scope: str) -> dict[str, str]:
    return {"scope": scope, "breaks": scope.replace(":", "_").replace(".", "_")}


def _clock(skew: float) -> Line:
    off = abs(skew)
    level = _WRONG if off >= _TOO_SKEWED else _WARNING if off >= _SKEWED else _OK
    return Line(level, "clock", "good" if level is _OK else "off", {"seconds": round(off)})


def _channel(row: ProgrammeRow, channel: Channel) -> Iterator[Line]:
    if channel.problem:
        yield Line(_WRONG, "channel", "unseen", {"reason": channel.problem})
    elif channel.archived:
        yield Line(_WRONG, "channel", "archived")
    elif not channel.member:
        yield Line(_WRONG, "channel", "outside")
    elif not channel.private:
        yield Line(_WRONG, "channel", "public")
    elif others := channel.people - row.coordinators:
        yield Line(_WARNING, "channel", "others", {"n": len(others)})
    else:
        yield Line(_OK, "channel", "good", {"n": len(channel.people)})
