"""What App Home and Today are drawn from: everything that concerns one person, most important first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.close import Past
from bot.domain.credit import CreditFacts
from bot.domain.learn import Offer, Shelf, Track
from bot.domain.leave import Asked
from bot.domain.match import PairPeople
from bot.domain.meet import AskFacts, OfferFacts
from bot.domain.prepare import ContractCard
from bot.domain.programme.today import Item
from bot.domain.pulse import PulseFacts
from bot.domain.report.facts import DigestFacts
from bot.domain.review import ReviewSheet
from bot.domain.score import Scorecard
from storage.records.checkin import AnswerSheet, Checkin, Question
from storage.records.close import WrapUp
from storage.records.commit import Commitment, CommitmentState
from storage.records.enrol import Person, Side
from storage.records.intro import Introduction, Outcome
from storage.records.meet import Session
from storage.records.programme import Cohort, Programme

RECENT = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class PairCard:
    """One running pair as one of its two people sees it.

    `waiting` is this person's open check-in; `promises` are open or lately done; `shared` is what the senior took
    away and lets the junior see; `trend` are the junior's own sheets, oldest first, and only for herself, as is
    `offer_to_ask`, a question for which she is offered words.
    `suggested` says that nobody has agreed to the agenda yet; `proposals` are those that wait for this senior;
    `contract` is how the two agreed to work.
    `turn` is whose turn it is to book, where nothing is; `offer` are two times that wait for an answer.
    `introductions` are as this person sees them; `outcomes` what the junior says came of them, and only for herself.
    `ask` is a session that is over and of which this person has not said whether it took place.
    `paused_until` is the day that ends the last pause of the two; None where none runs, or a closed account has no end.
    `wrap_up`: the pair comes to its end; `ripples` is how many things came of it beyond the two.
    """

    people: PairPeople
    side: Side
    next_session: Session | None
    agenda: tuple[str | None, ...]
    waiting: Checkin | None
    promises: tuple[Commitment, ...]
    shared: tuple[str, ...] = ()
    trend: tuple[AnswerSheet, ...] = ()
    suggested: bool = False
    proposals: int = 0
    turn: Side | None = None
    offer: OfferFacts | None = None
    contract: ContractCard | None = None
    ask: AskFacts | None = None
    introductions: tuple[Introduction, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    offer_to_ask: Question | None = None
    wrap_up: WrapUp | None = None
    ripples: int = 0
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A cohort somebody waits in, and by when they hear something, if that is planned."""

    cohort: Cohort
    hear_by: date | None


@dataclass(frozen=True, slots=True)
class Strip:
    """One open cohort for coordinators: its digest so far and the median of days since the last sessions."""

    digest: DigestFacts
    days_since: int | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed cohort until what came of it is counted: its last digest, None where it never had one.

    `outcome_after` is the day after which that can be at the earliest, on the coordinators' calendar.
    """

    cohort: Cohort
    digest: DigestFacts | None
    outcome_after: date


@dataclass(frozen=True, slots=True)
class CoordinatorCard:
    """What a coordinator sees on top of their Home."""

    programme: Programme
    items: tuple[Item, ...]
    strips: tuple[Strip, ...]
    lesson: Offer | None = None
    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """A person's whole Home. `me` is None for somebody who was never met; `side` is the one that the switcher shows.

    `asked` are suggested pairs that wait for this person's answer, each with the side that would be theirs.
    `reviews` are questions now and then that wait for this person, about pairs that run or have ended.
    `answered`: this person's own answers as a junior are still kept, in whichever pair.
    `pulses` and `credit` are asked on a calendar and wait for this person's own answer.
    `lessons` are those of their sides; `first_lesson` is for whoever may set the programme up.
    `past` are pairs that have ended.
    """

    me: Person | None
    enrolled: bool
    side: Side | None
    pairs: tuple[PairCard, ...]
    places: tuple[Place, ...]
    open_cohorts: tuple[Cohort, ...]
    scorecard: Scorecard | None
    coordinator: CoordinatorCard | None
    safe_contact: bool
    set_up: bool
    today: date
    now: datetime
    zone: str
    paused_until: date | None = None
    leaving: tuple[Asked, ...] = ()
    asked: tuple[tuple[PairPeople, Side], ...] = ()
    lessons: tuple[Shelf, ...] = ()
    reviews: tuple[ReviewSheet, ...] = ()
    pulses: tuple[PulseFacts, ...] = ()
    credit: CreditFacts | None = None
    first_lesson: Offer | None = None
    answered: bool = False
    past: tuple[Past, ...] = ()

    @property
    def sides(self) -> frozenset[Side]:
        return frozenset(card.side for card in self.pairs)

    @property
    def shelf(self) -> Shelf | None:
        """The lessons of the side that is shown, or of the one they wait for."""
        sided = [shelf for shelf in self.lessons if shelf.track is not Track.COORDINATOR]
        return next((one for one in sided if one.track.value == self.side), sided[0] if sided else None)

    @property
    def shown(self) -> tuple[PairCard, ...]:
        """The pairs on the side that is shown."""
        return tuple(card for card in self.pairs if card.side is self.side)


def side_to_show(cards: Sequence[PairCard], wanted: Side | None) -> Side | None:
    """The side somebody switched to, if it is theirs; else where a question waits, or a date is theirs to find."""
    sides = [side for side in Side if any(card.side is side for card in cards)]
    if wanted in sides:
        return wanted
    asked = [card.side for card in cards if card.waiting is not None or card.ask is not None]
    to_book = [card.side for card in cards if card.turn is card.side]
    return next((side for due in (asked, to_book, sides) for side in sides if side in due), None)


def to_show(commitments: Sequence[Commitment], now: datetime) -> tuple[Commitment, ...]:
    """Open promises by their day, then those that were done lately; dropped ones are left out."""
    still_open = [c for c in commitments if c.state is CommitmentState.OPEN]
    done = [c for c in commitments if c.state is CommitmentState.DONE and c.done_at and now - c.done_at < RECENT]
    return (*sorted(still_open, key=lambda c: c.due_on), *done)
