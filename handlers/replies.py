"""What a handler may answer the person who just acted; the guard turns it into Slack's calls."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.views.parts import Message, Modal
from bot.views.plain import heard


@dataclass(frozen=True, slots=True)
class Say:
    """Only the person who acted sees it."""

    message: Message


@dataclass(frozen=True, slots=True)
class Over:
    """Only the person who acted sees it, and the button that they pressed goes: it does nothing any more."""

    message: Message


@dataclass(frozen=True, slots=True)
class Replace:
    """The message or modal whose button was pressed says what was done. From a Home, nothing: it is drawn anew."""

    message: Message


@dataclass(frozen=True, slots=True)
class ReplaceAndShow:
    """The message says what was done, and the modal for what comes next opens at once."""

    message: Message
    modal: Modal


@dataclass(frozen=True, slots=True)
class Show:
    """A modal: opened from a command or button, pushed from a button in a modal, updated in place on submission."""

    modal: Modal


@dataclass(frozen=True, slots=True)
class Redraw:
    """The open modal changes in place after a button in it.

    `passing`: it follows what is being typed; where Slack does not take this picture, the next one will do.
    """

    modal: Modal
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """The open modal says that something is being worked on; then it is, and what comes of it is answered."""

    modal: Modal
    then: "Callable[[], Awaitable[Reply]]"


@dataclass(frozen=True, slots=True)
class Errors:
    """Sentences under fields; the modal keeps everything typed."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Close:
    """The submitted modal closes; `all` takes the stack below with it."""

    all: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """Done, and there is nothing to say."""


Reply = Say | Over | Replace | ReplaceAndShow | Show | Redraw | Meanwhile | Errors | Close | Nothing


def for_listening(reply: Reply) -> Reply:
    """The same answer for somebody who has it read out."""
    match reply:
        case Say(message) | Over(message) | Replace(message):
            return replace(reply, message=heard(message))
        case Show(modal) | Redraw(modal) | Meanwhile(modal):
            return replace(reply, modal=heard(modal))
        case ReplaceAndShow(message, modal):
            return ReplaceAndShow(heard(message), heard(modal))
        case _:
            return reply
