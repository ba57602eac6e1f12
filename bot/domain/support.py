"""The four doors of support: who reads what, whom a concern may go to, what may be written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.refusals import Refusal
from storage.records.enrol import Person
from storage.records.support import Door, HelpRequest, Way

WORDS, WAY, CONTACT, SAYING, LINKS = (
    "support.words",
    "support.way",
    "support.contact",
    "support.saying",
    "support.links",
)
REQUEST_LENGTH = 1000
CONCERN_LENGTH = 2000
LINKS_LENGTH = 1500
LINKS_MOST = 8


@dataclass(frozen=True, slots=True)
class Contact:
    """A safe contact; one who coordinates too is said to."""

    user_id: str
    coordinates: bool


@dataclass(frozen=True, slots=True)
class Doors:
    """What one person finds behind the four doors: who would read a request, whom a concern can go to, the links."""

    readers: tuple[str, ...]
    contacts: tuple[Contact, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as coordinators read it."""

    request: HelpRequest
    author: Person


@dataclass(frozen=True, slots=True)
class Sent:
    """What was asked of whom, for the person who asked."""

    door: Door
    readers: tuple[str, ...]
    way: Way


@dataclass(frozen=True, slots=True)
class ContactGone:
    """A safe contact whose account was closed, and the one who is left."""

    gone: str
    left: str


def readers_of(coordinators: Sequence[str], me: str, partners: Collection[str]) -> tuple[str, ...]:
    """Who reads a request: every coordinator but oneself and whoever one is paired with."""
    return tuple(one for one in coordinators if one != me and one not in partners)


def contacts_for(contacts: Sequence[str], me: str, coordinators: Collection[str]) -> tuple[Contact, ...]:
    """Whom somebody can raise a concern with; nobody is their own safe contact."""
    return tuple(Contact(one, one in coordinators) for one in contacts if one != me)


def check_words(text: str, limit: int, *, needed: bool = True) -> str:
    """The trimmed text. Raises Refusal under the field when it is missing or too long."""
    if needed and not text.strip():
        raise Refusal("common.errors.empty", field=WORDS)
    if len(text) > limit:
        raise Refusal("common.errors.too_long", field=WORDS, length=len(text), limit=limit)
    return text.strip()


def check_links(text: str) -> str:
    """One link or number to a line, empty lines left out. Raises Refusal under the field when they are too many."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(text) > LINKS_LENGTH:
        raise Refusal("common.errors.too_long", field=LINKS, length=len(text), limit=LINKS_LENGTH)
    if len(lines) > LINKS_MOST:
        raise Refusal("support.refused.links", field=LINKS, n=len(lines), limit=LINKS_MOST)
    return "\n".join(lines)
