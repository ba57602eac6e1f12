"""What a suggested agenda is made of, what may stand in one, and what its messages and modals are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from storage.records.commit import Commitment
from storage.records.enrol import Person
from storage.records.meet import Session
from storage.records.prepare import AgendaLine

AGENDA_BEFORE = timedelta(hours=48)
LEAST_LEFT = timedelta(hours=1)
"""Less than this before a session nothing more is sent about how to prepare."""

LINES_MOST = 6
LINE_LENGTH = 300
PARKED_MOST = 30
UNDO = timedelta(minutes=10)


def template_number(number: int, planned: int) -> int:
    """Which of the six templates suits session `number` of `planned`: the last session closes, the middle repeats."""
    if number == planned and planned > 2:
        return 6
    return number if number <= 5 else 3 + (number - 3) % 2 * 2


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


def check_agenda(lines: Mapping[str, str], picked: int) -> list[str]:
    """The filled lines, in order. Raises Refusal when there are none, one is too long, or they are too many."""
    texts = [check_line(text, field) for field, text in lines.items() if text.strip()]
    if not texts and not picked:
        raise Refusal("prepare.refused.empty", field=next(iter(lines)))
    if len(texts) + picked > LINES_MOST:
        raise Refusal("prepare.refused.too_many", field="prepare.parked", n=len(texts) + picked, limit=LINES_MOST)
    return texts


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a session's agenda is now. `agreed` says that somebody chose it; else it is the suggestion."""

    title: str
    lines: tuple[Line, ...]
    waiting: tuple[Line, ...]
    junior_prepares: str
    senior_prepares: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    session: Session
    people: PairPeople
    agenda: Agenda
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class AgendaForm:
    """The agenda modal: its lines as they stand, and what may be picked from the parking lot.

    `start` is what was chosen to start from, of `starts`; empty for the agenda as it stands.
    """

    session: Session
    me: Person
    partner: Person
    agenda: Agenda
    parked: tuple[Line, ...]
    start: str = ""
    starts: tuple[str, ...] = ()


def line_fields(start: str) -> tuple[str, ...]:
    """The six fields; those of another start have other names, or Slack would keep what stood in them."""
    return tuple(f"prepare.line{n}{f'.{start}' if start else ''}" for n in range(1, LINES_MOST + 1))


@dataclass(frozen=True, slots=True)
class ParkFacts:
    """A line that was parked, or added to the next agenda (`session`)."""

    pair_id: str
    line_id: str
    text: str
    session: Session | None


@dataclass(frozen=True, slots=True)
class ParkForm:
    """The modal for one line; `choices` holds pair id → partner, where there are several."""

    pair_id: str
    session: Session | None
    choices: Mapping[str, str]
