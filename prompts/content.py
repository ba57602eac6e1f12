"""The programme's own texts, gathered from the content files of a pack and found by their ids."""

from typing import Literal, Protocol, TypeVar

from prompts.parts import (
    Agenda,
    AskText,
    CheckinTexts,
    ContractField,
    FollowUp,
    Icebreaker,
    IcebreakerSet,
    Lesson,
    MirrorItem,
    Nudge,
    OneThing,
    Part,
    Principle,
    Purpose,
    Question,
    ReadinessItem,
    Review,
    Text,
    Theme,
    ThemeGroup,
    Tone,
)
from prompts.problems import WordsError


class Icebreakers(Part):
    sets: tuple[IcebreakerSet, ...]


class Contract(Part):
    """`fewest` and `most` principles a pair chooses."""

    fewest: int
    most: int
    principles: tuple[Principle, ...]
    fields: tuple[ContractField, ...]


class Agendas(Part):
    templates: tuple[Agenda, ...]


class Lessons(Part):
    lessons: tuple[Lesson, ...]


class Questions(Part):
    texts: CheckinTexts
    questions: tuple[Question, ...]
    mirror: tuple[MirrorItem, ...]


class Asks(Part):
    """`note` stands under every ask; the follow-ups answer a soft no."""

    note: Text
    asks: tuple[AskText, ...]
    follow_ups: tuple[FollowUp, ...]


class Themes(Part):
    groups: tuple[ThemeGroup, ...]


class OneThings(Part):
    things: tuple[OneThing, ...]


class Reviews(Part):
    reviews: tuple[Review, ...]


class Nudges(Part):
    """`credit` is the monthly one, with its answers."""

    credit: Nudge
    nudges: tuple[Nudge, ...]


class Readiness(Part):
    items: tuple[ReadinessItem, ...]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


_ON_REQUEST = 99

_Item = TypeVar("_Item", bound=_HasId)


class Content(Part):
    """Every content file, under its own name. Lookups raise WordsError for an unknown id."""

    icebreakers: Icebreakers
    contract: Contract
    agendas: Agendas
    lessons: Lessons
    questions: Questions
    asks: Asks
    themes: Themes
    one_things: OneThings
    reviews: Reviews
    nudges: Nudges
    readiness: Readiness

    def icebreaker_set(self, id: str) -> IcebreakerSet:
        """One of the nine sets."""
        return _find(self.icebreakers.sets, id)

    def icebreaker(self, id: str) -> Icebreaker:
        """One question, retired ones too: old messages still name them."""
        return _find(tuple(item for group in self.icebreakers.sets for item in group.questions), id)

    def principles(self) -> tuple[Principle, ...]:
        """What a pair may choose from for its contract; retired ones are left out."""
        return tuple(one for one in self.contract.principles if not one.retired)

    def principle(self, id: str) -> Principle:
        """One sentence of the contract, retired ones too: contracts still name them."""
        return _find(self.contract.principles, id)

    def agenda(self, purpose: Purpose, session: int) -> Agenda:
        """The template for session 1 to 6 of a purpose: the first that is not retired, else the first there is."""
        fitting = [t for t in self.agendas.templates if t.session == session and purpose in t.purposes]
        if fitting:
            return next((template for template in fitting if not template.retired), fitting[0])
        raise WordsError(f"no agenda for session {session}, purpose {purpose}")

    def agenda_by_id(self, id: str) -> Agenda:
        """Any template, the extras among them."""
        return _find(self.agendas.templates, id)

    def extras(self) -> tuple[Agenda, ...]:
        """The templates that fit at any time."""
        return tuple(t for t in self.agendas.templates if t.session is None and not t.retired)

    def nudge(self, id: str) -> Nudge:
        """One word to all seniors, retired ones too."""
        return _find(self.nudges.nudges, id)

    def to_all_seniors(self) -> tuple[Nudge, ...]:
        """What coordinators may send to all seniors; retired ones are left out."""
        return tuple(one for one in self.nudges.nudges if not one.retired and one.to == "seniors")

    def lesson(self, id: str) -> Lesson:
        """One micro-lesson."""
        return _find(self.lessons.lessons, id)

    def track(self, track: Literal["junior", "senior", "coordinator"]) -> tuple[Lesson, ...]:
        """The lessons of one side, in the order of the sessions that they come before; retired ones are left out."""
        mine = [lesson for lesson in self.lessons.lessons if lesson.track == track and not lesson.retired]
        return tuple(sorted(mine, key=lambda lesson: lesson.before_session or _ON_REQUEST))

    def question(self, id: str) -> Question:
        """One of the four: learn, help, advocate, introduce."""
        return _find(self.questions.questions, id)

    def ask(self, question: str, tone: Tone) -> AskText:
        """The wording of one ask in one tone."""
        return _find(self.asks.asks, f"{question}_{tone}")

    def theme(self, id: str) -> Theme:
        """One theme tag."""
        return _find(tuple(tag for group in self.themes.groups for tag in group.tags), id)

    def review(self, id: str) -> Review:
        """One set of review questions."""
        return _find(self.reviews.reviews, id)


def _find(items: tuple[_Item, ...], id: str) -> _Item:
    for item in items:
        if item.id == id:
            return item
    raise WordsError(f"the content has no item {id}")
