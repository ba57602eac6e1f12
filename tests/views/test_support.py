"""What support looks like: who reads what stands above every field, and no lock screen names anybody."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.support import Asked, Contact, ContactGone, Doors, Sent
from bot.views import support as views
from prompts import Words
from storage.records.enrol import Person
from storage.records.support import Door, HelpRequest, Way
from tests.golden import same_as_golden

CHI, NOOR, ELI = "U07CHI0000", "U07NOOR000", "U07ELI0000"
ANA = Person("ana", "T1", None, "U07ANA0000", "Ana Silva", "Europe/Berlin", "en-US", "DE", False)
BOTH = (Contact(NOOR, False), Contact(ELI, True))
DOORS = Doors((CHI,), BOTH, ("Counselling line <24 h>, 555 0100", "https://care.example/help?a=1&b=2"))
NAMES = {NOOR: "Noor <HR>", ELI: "Eli Roth"}
REQUEST = HelpRequest(
    "r1", "T1", "ana", Door.PAIRING, Way.CALL, "*We* never meet <!channel>", datetime(2026, 3, 3, tzinfo=UTC)
)  # fmt: skip

VIEWS = {
    "doors": lambda w: views.doors(w, DOORS),
    "doors_empty": lambda w: views.doors(w, Doors((), (), ())),
    "request": lambda w: views.request(w, DOORS, Door.PRACTICAL, "m"),
    "request_sent": lambda w: views.request_sent(w, Sent(Door.PRACTICAL, (CHI,), Way.CALL)),
    "asked": lambda w: views.asked(w, Asked(REQUEST, ANA)),
    "asked_erased": lambda w: views.asked(w, Asked(replace(REQUEST, text=None, way=Way.NONE), ANA)),
    "concern": lambda w: views.concern(w, BOTH, NAMES, "m"),
    "concern_one_left": lambda w: views.concern(w, BOTH, {ELI: "Eli Roth"}, "m"),
    "concern_none_left": lambda w: views.concern(w, BOTH, {}, "m"),
    "concern_sent": lambda w: views.concern_sent(w, "Noor <HR>"),
    "letter": lambda w: views.concern_letter(w, ANA.user_id, "He said <@U1> *must*"),
    "letter_call": lambda w: views.concern_letter(w, ANA.user_id, ""),
    "contact_gone": lambda w: views.contact_gone(w, ContactGone(NOOR, ELI)),
    "links": lambda w: views.edit_links(w, "A line"),
    "links_kept": lambda w: views.links_kept(w, ("A line",)),
    "links_none": lambda w: views.links_kept(w, ()),
}


@pytest.mark.parametrize("name", VIEWS)
def test_each_looks_as_it_did(words: Words, name: str) -> None:
    same_as_golden(f"support/{name}", VIEWS[name](words).payload())


@pytest.mark.parametrize("name", ["asked", "letter", "letter_call", "contact_gone"])
def test_a_lock_screen_names_nobody_and_says_nothing_of_why(words: Words, name: str) -> None:
    text = str(VIEWS[name](words).payload()["text"])
    assert not {"Ana", "<@U07ANA0000>", "Noor", "concern", "pairing"} & set(text.split())


def test_the_longest_concern_fits_however_it_is_made(words: Words) -> None:
    payload = views.concern_letter(words, ANA.user_id, "&" * 2000).payload()
    assert payload["blocks"][1]["text"] == {"type": "plain_text", "text": "&" * 2000}


def test_a_closed_account_is_not_offered(words: Words) -> None:
    text = str(VIEWS["concern_one_left"](words).payload())
    assert ELI in text and NOOR not in text
