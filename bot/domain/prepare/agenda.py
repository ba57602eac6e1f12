"""What a suggested agenda is made of, what may stand in one, and what its messages and modals are drawn from."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from storage.records.commit import Commitment
from storage.records.enrol import Person
from storage.records.intro import Introduction
from storage.records.meet import Session
from storage.records.prepare import AgendaLine

AGENDA_BEFORE = timedelta(hours=48)
LEAST_LEFT = timedelta(hours=1)
"""Less than this before a session nothing more is sent about how to prepare."""

LINES_MOST = 6
LINE_LENGTH = 300
PARKED_MOST = 30
_TIMED = re.compile(r"(?P<minutes>\d{1,3})\s*(?:(?P<unit>[^\W\d]{1,8})\.?)?\s*(?(unit)[·:–-]|·)\s*(?P<text>\S.*)")
"""A line that begins with its minutes: "10 min · What changed", "10 min: …", "10 · …"; no clock time, no "3 topics"."""


def template_number(number: int, planned: int) -> int:
    """Which of the six templates suits session `number` of `planned`.

    The last session closes. In a longer programme the one in the middle is Halfway, and between them topics and
    giving back take turns.
    """
    if number == planned and planned > 2:
        return 6
    if planned <= 6 and number <= 5:
        return number
    middle = planned // 2 + 1
    if number <= 2 or (number == middle and planned > 6):
        return number if number <= 2 else 4
    turn = number - 3 - (number > middle and planned > 6)
    return 3 + turn % 2 * 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an agenda. Only a template's lines have `minutes`; `id` is set where people wrote it."""

    text: str
    minutes: int | None = None
    id: str | None = None


def suggest(template: Sequence[Line], own: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """A template with the pair's own lines before its last three, six at most; what does not fit comes second."""
    room = max(0, LINES_MOST - len(template))
    at = max(1, len(template) - 3)
    return [*template[:at], *own[:room], *template[at:]], list(own[room:])


def own_first(parked: Sequence[AgendaLine], session_id: str) -> list[Line]:
    """The parking lot with the lines that were brought for this session in front; erased ones are left out."""
    ordered = sorted(parked, key=lambda line: line.session_id != session_id)
    return [Line(line.text, None, line.id) for line in ordered if line.text is not None]


def check_line(text: str, field: str | None = None) -> str:
    """The text on one line. Raises Refusal when there is nothing in it, or too much."""
    joined = " ".join(text.split())
    if not joined:
        raise Refusal("common.errors.only_spaces", field=field)
    if len(joined) > LINE_LENGTH:
        raise Refusal("common.errors.too_long", field=field, length=len(joined), limit=LINE_LENGTH)
    return joined


def timed(text: str) -> tuple[str, int | None]:
    """A line as it was typed, and the minutes that it begins with."""
    found = _TIMED.fullmatch(" ".join(text.split()))
    return (found["text"], int(found["minutes"])) if found and int(found["minutes"]) else (text, None)


def check_agenda(lines: Mapping[str, str], picked: int) -> list[Line]:
    """The filled lines, in order. Raises Refusal when there are none, one is too long, or they are too many."""
    kept = []
    for field, typed in lines.items():
        if typed.strip():
            text, minutes = timed(typed)
            kept.append(Line(check_line(text, field), minutes))
    if not kept and not picked:
        raise Refusal("prepare.refused.empty", field=next(iter(lines)))
    if len(kept) + picked > LINES_MOST:
        raise Refusal("prepare.refused.too_many", field="prepare.parked", n=len(kept) + picked, limit=LINES_MOST)
    return kept


def base_of(lines: Sequence[AgendaLine]) -> str:
    """Which agenda an editor started from: another one for every change, empty where nothing was agreed."""
    marks = "|".join(f"{line.id}:{line.minutes}" for line in lines)
    return hashlib.sha256(marks.encode()).hexdigest()[:24] if lines else ""


def pair_up(lines: Sequence[Line], rows: Sequence[AgendaLine]) -> list[tuple[Line, AgendaLine | None]]:
    """Each line with the row that holds its text already, each row once."""
    left, found = list(rows), []
    for line in lines:
        row = next((one for one in left if one.text == line.text), None)
        if row is not None:
            left.remove(row)
        found.append((line, row))
    return found


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a session's agenda is now. `agreed` says that somebody chose it; else it is the suggestion.

    `locked`: the first session is for getting to know each other, and the two have not opened it. `reading` is the
    organisation's own, for this template.
    """

    title: str
    lines: tuple[Line, ...]
    waiting: tuple[Line, ...]
    junior_prepares: str
    senior_prepares: str
    agreed: bool
    locked: bool = False
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changed an agenda last: ids of the lines that came in, lines that went out, topics that are parked again."""

    by: Person
    added: frozenset[str]
    dropped: tuple[str | None, ...]
    parked: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """`contract`: nothing is agreed yet, and this is the time for it ("due"), or past it ("late"); else empty.

    `notice_hours`: what the two agreed on for cancelling.
    """

    session: Session
    people: PairPeople
    agenda: Agenda
    commitments: tuple[Commitment, ...]
    edit: Edit | None = None
    contract: str = ""
    notice_hours: int | None = None
    introductions: tuple[Introduction, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaForm:
    """The agenda modal: its lines as they stand, and what may be picked from the parking lot.

    `start` is what was chosen to start from, of `starts`; empty for the agenda as it stands. `base` is which agenda it
    started from; `typed` what stood in the fields and `theirs` what the partner made of it meanwhile. `asked` is who
    would like topics in a first session that is locked.
    """

    session: Session
    me: Person
    partner: Person
    agenda: Agenda
    parked: tuple[Line, ...]
    start: str = ""
    starts: tuple[str, ...] = ()
    base: str = ""
    typed: tuple[str, ...] = ()
    theirs: Agenda | None = None
    picked: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    asked: Person | None = None
    introductions: tuple[Introduction, ...] = ()


def line_fields(start: str) -> tuple[str, ...]:
    """The six fields; those of another start have other names, or Slack would keep what stood in them."""
    return tuple(f"prepare.line{n}{f'.{start}' if start else ''}" for n in range(1, LINES_MOST + 1))


@dataclass(frozen=True, slots=True)
class EarlyFacts:
    """One of the two would like topics in session 1; `open` once the other agrees, `gone` where it stays as it is."""

    people: PairPeople
    asked_by: Person
    open: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class ParkFacts:
    """A line that was parked, or added to the next agenda (`session`). `waits`: the first session takes no topics."""

    pair_id: str
    line_id: str
    text: str
    session: Session | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class ParkForm:
    """The modal for one line; `choices` holds pair id → partner, where there are several."""

    pair_id: str
    session: Session | None
    choices: Mapping[str, str]
