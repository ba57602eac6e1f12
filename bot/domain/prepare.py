"""The rules of preparing: which icebreakers suit a pair, and what a suggested agenda is made of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.match import PairPeople
from bot.domain.refusals import Refusal
from storage.records.commit import Commitment
from storage.records.enrol import Person
from storage.records.meet import Session
from storage.records.prepare import AgendaLine, IcebreakerUse

ICEBREAKERS_BEFORE = timedelta(days=5)
AGENDA_BEFORE = timedelta(hours=48)
LEAST_LEFT = timedelta(hours=1)
"""Less than this before a session nothing more is sent about how to prepare."""

ICEBREAKER_SESSIONS = 2
SHOWN = 5
LINES_MOST = 6
LINE_LENGTH = 300
PARKED_MOST = 30
UNDO = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Deck:
    """A set of icebreakers as the rules see it; `guarded` ones wait until a pair has agreed how it works."""

    id: str
    unlock: int
    until: int | None
    closing: bool
    guarded: bool
    remote: bool
    purposes: frozenset[str]
    items: tuple[str, ...]


def open_decks(decks: Sequence[Deck], number: int, planned: int, purpose: str) -> list[Deck]:
    """The sets that a pair may use before session `number` of `planned`."""
    return [
        d
        for d in decks
        if d.unlock <= number
        and purpose in d.purposes
        and not (d.closing and number < planned)
        and not (d.guarded and number <= ICEBREAKER_SESSIONS)
    ]


def deck_for(decks: Sequence[Deck], number: int, planned: int, purpose: str) -> Deck:
    """The set that is most at home before session `number`: the first open one that has not run its time.

    Sets for remote pairs, and those that want an agreement first, are there for the asking only.
    """
    allowed = open_decks(decks, number, planned, purpose)
    fitting = [d for d in allowed if (d.until is None or number <= d.until) and not d.remote and not d.guarded]
    return next((d for d in fitting if d.closing), None) or (fitting or allowed)[0]


def fresh(pool: Sequence[str], uses: Sequence[IcebreakerUse], count: int, shown: Collection[str] = ()) -> list[str]:
    """Up to `count` items that the pair has not seen; when those run out, the ones it saw longest ago.

    `uses` comes longest ago first. Never what is on show already, nor what the pair wants no more.
    """
    barred = {u.item_id for u in uses if u.never} | set(shown)
    seen = [u.item_id for u in uses]
    unseen = [item for item in pool if item not in seen]
    again = [item for item in seen if item in pool]
    return [item for item in unseen + again if item not in barred][:count]


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


@dataclass(frozen=True, slots=True)
class IcebreakerFacts:
    """Questions for a pair. `more` says that others are left to swap for."""

    pair_id: str
    items: tuple[str, ...]
    senior_name: str
    more: bool
    zone: str
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A question that a pair put away: to the end of the queue, or for good."""

    item: str
    never: bool


@dataclass(frozen=True, slots=True)
class IcebreakerForm:
    """The preview: one set, the sets it may be exchanged for, and the questions that would be posted.

    `choices` holds pair id → partner, where there are several; `count` is how many are wanted. `aside` is the question
    that has just been put away.
    """

    pair_id: str
    partner: str
    deck: str
    decks: tuple[str, ...]
    items: tuple[str, ...]
    choices: Mapping[str, str]
    count: int = SHOWN
    aside: Aside | None = None
