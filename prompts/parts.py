"""The pieces of the programme's own texts: what each item of a content file must hold."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from prompts.problems import WordsError
from prompts.templates import fields_of

Purpose = Literal["free", "technology", "inclusion", "culture"]
Side = Literal["junior", "senior", "both"]
QuestionId = Literal["learn", "help", "advocate", "introduce"]
Tone = Literal["warm", "direct", "short"]
PURPOSES: tuple[Purpose, ...] = ("free", "technology", "inclusion", "culture")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


def _without_fields(text: str) -> str:
    if names := fields_of(text):
        raise ValueError(f"{{{min(names)}}} is never filled in here; write it out")
    return text


def _with_fields(*allowed: str) -> AfterValidator:
    def check(text: str) -> str:
        if unknown := fields_of(text) - set(allowed):
            raise ValueError(f"{{{min(unknown)}}} is not known here; use {', '.join(sorted(allowed))}")
        return text

    return AfterValidator(check)


Text = Annotated[str, AfterValidator(_without_fields)]
Short = Annotated[Text, Field(max_length=75)]
"""Fits an option, a button or the description under an option."""
Named = Annotated[str, _with_fields("senior", "junior")]
Ask = Annotated[str, _with_fields("topic", "person", "date")]


class Part(BaseModel):
    """Anything in a content file: fixed once read, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Icebreaker(Part):
    """One opening question, with what its set says about all of its questions."""

    id: Id
    text: Annotated[Text, Field(max_length=200)]
    depth: Literal[1, 2, 3]
    unlock_session: Annotated[int, Field(ge=1)]
    senior_first: bool
    purposes: tuple[Purpose, ...]
    tags: tuple[Id, ...] = ()
    note: Short = ""  # said beside the question, e.g. "generalities only"
    retired: bool = False


class IcebreakerSet(Part):
    """A named set. It is most at home up to `until_session`; a `closing` set belongs to the last session."""

    id: Id
    title: Short
    about: Text
    depth: Literal[1, 2, 3]
    unlock_session: Annotated[int, Field(ge=1)]
    until_session: int | None = None
    closing: bool = False
    needs_contract: bool = False
    remote: bool = False  # for pairs of two organisations, or who never share a room
    show_skip: bool = False  # each question carries a visible "skip, no reason"
    senior_first: bool = False
    purposes: tuple[Purpose, ...] = PURPOSES
    questions: tuple[Icebreaker, ...]

    @model_validator(mode="before")
    @classmethod
    def _hand_down(cls, data: Any) -> Any:
        """A question takes what it does not say itself from its set."""
        if not isinstance(data, dict) or not isinstance(data.get("questions"), list):
            return data
        shared = {"senior_first": False, "purposes": list(PURPOSES)}
        shared |= {key: data[key] for key in ("depth", "unlock_session", "senior_first", "purposes") if key in data}
        questions = [shared | item if isinstance(item, dict) else item for item in data["questions"]]
        return data | {"questions": questions}


class Principle(Part):
    """A sentence a pair may choose for its contract; `label` fits a select option."""

    id: Id
    label: Short
    text: Text
    retired: bool = False


class ContractField(Part):
    """Something the contract asks beside the principles."""

    id: Id
    label: Short
    hint: Text


class AgendaLine(Part):
    minutes: Annotated[int, Field(ge=1, le=60)]
    text: Annotated[Text, Field(max_length=150)]


class Agenda(Part):
    """A template for one session. `session` is 1 to 6, or None for an extra that fits any time."""

    id: Id
    title: Short
    session: Annotated[int, Field(ge=1, le=6)] | None = None
    purposes: tuple[Purpose, ...] = PURPOSES
    lines: Annotated[tuple[AgendaLine, ...], Field(min_length=3, max_length=6)]
    junior_prepares: Text
    senior_prepares: Text
    locked: bool = False  # only getting to know each other: topics wait
    reading: str = ""  # the organisation's own, empty as shipped
    retired: bool = False


class Lesson(Part):
    """One idea and one action, read in 90 seconds. It is sent ahead of `before_session`; None: on request."""

    id: Id
    track: Literal["junior", "senior", "coordinator"]
    title: Short
    text: Text
    action: Text
    before_session: int | None = None
    retired: bool = False


class Option(Part):
    """One answer. `counts` makes the 1 of the figure; `asks_by_when` opens the follow-up question."""

    code: Id
    text: Short
    counts: bool = False
    asks_by_when: bool = False


class Question(Part):
    """One of the four; `text` takes {senior}."""

    id: QuestionId
    title: Annotated[Text, Field(max_length=24)]
    text: Named
    options: tuple[Option, ...]

    def option(self, code: str) -> Option:
        """The option with this code; WordsError if there is none."""
        for option in self.options:
            if option.code == code:
                return option
        raise WordsError(f"question {self.id} has no option {code}")


class CheckinTexts(Part):
    """What stands around the four questions in the modal."""

    header: Text
    again: Text
    nothing_new: Short
    by_when: Text
    example: Text
    example_hint: Text


class MirrorItem(Part):
    """A line of the senior's reflection; `text` takes {junior}."""

    id: Id
    text: Named


class AskText(Part):
    """A wording for asking the senior; `text` takes {topic}, {person} and {date}, whatever it uses."""

    id: Id
    question: QuestionId
    tone: Tone
    text: Ask


class FollowUp(Part):
    id: Id
    text: Text


class Theme(Part):
    id: Id
    label: Short
    about: Short
    retired: bool = False


class ThemeGroup(Part):
    purpose: Literal["technology", "inclusion", "culture", "any"]
    title: Short
    tags: tuple[Theme, ...]


class Condition(StrEnum):
    """When a "one thing this week" fits; decided by operational facts, never by answers."""

    FIRST_WEEKS = "first_weeks"
    SENIORS_CANCELLING = "seniors_cancelling"
    PAIRS_UNBOOKED = "pairs_unbooked"
    QUIET = "quiet"
    ANSWERS_WAITING = "answers_waiting"
    PROMISES_SLIPPING = "promises_slipping"
    PEOPLE_WAITING = "people_waiting"
    HALFWAY = "halfway"
    THEMES_OPEN = "themes_open"
    CLOSING = "closing"
    ALWAYS = "always"


class OneThing(Part):
    """The one thing a coordinator could do this week; earlier in the file goes first."""

    id: Id
    condition: Condition
    text: Text


class Nudge(Part):
    """Goes to everybody whom it is for at once, never because of somebody's answer.

    `to`: all seniors, both of a pair, or both of a pair that has booked nothing.
    """

    id: Id
    text: Text
    to: Literal["seniors", "both", "unbooked"] = "seniors"
    options: tuple[Option, ...] = ()
    retired: bool = False


class ReadinessItem(Part):
    id: Id
    text: Short
    why: Text


class ReviewItem(Part):
    """One question of a review. A scale runs 1 to 5, and counts from `counts_from` up.

    `low` and `high` are the words at its ends, where they are not those of agreeing; `hint` stands below a question.
    """

    id: Id
    side: Side = "both"
    kind: Literal["choice", "scale", "text"]
    text: Named
    hint: Text = ""
    low: Annotated[Text, Field(max_length=60)] = ""
    high: Annotated[Text, Field(max_length=60)] = ""
    options: tuple[Option, ...] = ()
    counts_from: Annotated[int, Field(ge=1, le=5)] | None = None

    @model_validator(mode="after")
    def _options_fit(self) -> Self:
        if (self.kind == "choice") != bool(self.options):
            raise ValueError("a choice has options, and nothing else has; change kind or options")
        return self


class Review(Part):
    """Questions asked together; `version` grows with their meaning, and is stored with the answers."""

    id: Id
    title: Annotated[Text, Field(max_length=24)]
    intro: Text
    version: Annotated[int, Field(ge=1)]
    items: tuple[ReviewItem, ...]

    def for_side(self, side: Literal["junior", "senior"]) -> tuple[ReviewItem, ...]:
        """What this side is asked, in order."""
        return tuple(item for item in self.items if item.side in (side, "both"))
