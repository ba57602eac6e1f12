"""Every language that is there is whole: all texts, all plural forms, nothing too long, nothing left in English."""

import re
from pathlib import Path

import pytest

from prompts import Library
from prompts.sensitivity import BARRED, touched
from tests.prompts.pack import SHIPPED, Pack
from tests.prompts.test_sensitivity import questions, statements
from tests.prompts.whole import OPERATORS, gaps

LANGUAGES = sorted({path.parent.name for path in SHIPPED.glob("*/*.toml")} - {"en"})
FRENCH = sorted(SHIPPED.glob("fr/*.toml"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_is_whole(library: Library, lang: str) -> None:
    assert gaps(library, SHIPPED, lang) == [], f"mend prompts/{lang}; what English says stands under the same key"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_only_operators_read_is_in_english_alone(lang: str) -> None:
    assert {path.stem for path in SHIPPED.glob(f"{lang}/*.toml")} & OPERATORS == set()


CHECKIN = """
[list]
body = "{who} says {what}"
gone = "Nobody is there"
same = "Pause"
left = "Say it *aloud*, {who}"
days = { one = "{n} day, {who}", other = "{n} days, {who}" }
nights = { one = "{n} night", other = "{n} nights" }
weeks = { one = "{n} week", other = "{n} weeks" }
[sheet]
title = "After your session"
"""
SLIPS = """
[list]
body = "{who} dit {what}"
same = "Pause"
left = "Say it aloud: {who}"
days = { one = "{n} jour", other = "{n} jours, {who}" }
nights = { other = "{n} nuits" }
weeks = { one = "{n} semaine", two = "{n} semaines", other = "{n} semaines" }
[sheet]
title = "Après votre séance, quand il y en a une"
"""


def test_each_kind_of_slip_is_found_and_nothing_else(pack: Pack) -> None:
    pack.write("en/checkin.toml", CHECKIN)
    pack.write("fr/checkin.toml", SLIPS)
    pack.write("fr/asks.toml", 'note = "A no still tells them what you want."\n')
    found = gaps(pack.load(), pack.root, "fr")
    assert [one for one in found if one.startswith("checkin.")] == [
        "checkin.list.gone: is missing",
        "checkin.list.left: is left in English",
        "checkin.list.days: {who} is missing in the form one",
        "checkin.list.nights: has no form one",
        "checkin.list.weeks: has a form two, which its language has not",
        "checkin.sheet.title: has 39 characters where 24 fit",
    ]
    assert [one for one in found if one.startswith("asks.")][:2] == [
        "asks.note: is left in English",
        "asks.asks.id:learn_warm.text: is missing",
    ]
    assert "home.today.title: is missing" in found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_of_any_language_touches_what_is_private_or_sorts_people(library: Library, lang: str) -> None:
    content = library.words(lang).content
    assert [(id, found) for id, text in questions(content) if (found := touched(text, question=True))] == []
    assert [id for id, text in statements(content) if set(touched(text, question=False)) & BARRED] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lesson_takes_ninety_seconds_in_every_language(library: Library, lang: str) -> None:
    lessons = library.words(lang).content.lessons.lessons
    assert [one.id for one in lessons if len(f"{one.text} {one.action}".split()) > 200] == []


def test_french_is_set_as_french_is() -> None:
    """No-break spaces before `; : ! ?` and inside guillemets, and apostrophes that are not straight."""
    slip = re.compile(r".{,12} [;:!?»](?=[\s\"»_*])|« .{12}|.{,12}[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ].{,6}")
    found = {path.stem: slip.findall(re.sub(r"`[^`]*`", "", _said(path))) for path in FRENCH}
    assert {name: slips for name, slips in found.items() if slips} == {}


def _said(path: Path) -> str:
    """A file without its comments and without words that are not said but understood (`a; b; c`)."""
    lines = path.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#") and not re.search(r"\w; .*\w; |\w; \w", line))
