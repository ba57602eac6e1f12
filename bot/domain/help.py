"""Who is shown which command, and what the topics of the help are."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from storage.records.enrol import Side


class Topic(StrEnum):
    """A screen of the help; the first two list commands."""

    MOST = "most"
    ALL = "all"
    PRIVACY = "privacy"
    SESSIONS = "sessions"
    CHECKIN = "checkin"
    COORDINATOR = "coordinator"


OFTEN: dict[str, tuple[str, ...]] = {
    "newcomer": ("join", "", "support", "help"),
    "waiting": ("status", "profile", "learn", "support", "help"),
    "junior": ("", "schedule", "agenda", "contract", "checkin", "ask", "intro", "commitments", "status"),
    "senior": ("", "schedule", "agenda", "contract", "checkin", "commit", "commitments", "intro", "status"),
    "coordinator": ("admin", "admin pair", "admin pairs", "admin cohort", "admin digest", "admin setup"),
}
"""What each needs most; a name that no step offers is left out."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One command: its name, what may follow it, other names for it, for whom it is, and the key of its sentence."""

    name: str
    args: str
    aliases: tuple[str, ...]
    step: str
    who: str
    key: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What the person who asks is in the programme; `sides` are those of running pairs."""

    enrolled: bool = False
    sides: frozenset[Side] = frozenset()
    coordinator: bool = False
    k: int = 5
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpFacts:
    """What one screen of the help is drawn from."""

    topic: Topic
    reader: Reader
    lines: tuple[HelpLine, ...]


def may(reader: Reader, line: HelpLine) -> bool:
    """Whether a command is for this person now."""
    allowed = {
        "all": True,
        "enrolled": reader.enrolled,
        "reader": reader.enrolled or reader.coordinator,
        "paired": bool(reader.sides),
        "coordinator": reader.coordinator,
    }
    return allowed[line.who]


def most_used(reader: Reader, lines: Iterable[HelpLine]) -> tuple[HelpLine, ...]:
    """The few that this person needs, in the order in which they need them."""
    known = {line.name: line for line in lines}
    wanted = dict.fromkeys(name for role in _roles(reader) for name in OFTEN[role])
    return tuple(known[name] for name in wanted if name in known and may(reader, known[name]))


def all_for(reader: Reader, lines: Iterable[HelpLine]) -> tuple[HelpLine, ...]:
    """Every command that is for this person now; `admin` stands before those that begin with it."""
    return tuple(sorted((line for line in lines if may(reader, line)), key=lambda line: line.name != "admin"))


def _roles(reader: Reader) -> list[str]:
    roles = ["coordinator"] if reader.coordinator else []
    roles += [side.value for side in Side if side in reader.sides]
    if reader.enrolled and not reader.sides:
        roles.append("waiting")
    return roles if reader.enrolled else [*roles, "newcomer"]
