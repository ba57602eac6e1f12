"""Sentences are said in the person's language, with the right plural, and every gap is loud."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from prompts import Library, Words, WordsError
from tests.prompts.pack import Pack

CARD = """
[invite]
body = "{senior} is waiting, {senior}."
[due]
n = { one = "One promise by {senior}", other = "{n} promises by {senior}" }
"""
POLISH = """
[due.n]
one = "{n} obietnica: {senior}"
few = "{n} obietnice: {senior}"
many = "{n} obietnic: {senior}"
other = "{n} obietnicy: {senior}"
"""


@pytest.fixture
def words(pack: Pack) -> Words:
    pack.write("en/checkin.toml", CARD)
    return pack.load().words("en-US")


@pytest.fixture
def polish(pack: Pack) -> Words:
    pack.write("en/checkin.toml", CARD)
    pack.write("pl/checkin.toml", POLISH)
    return pack.load().words("pl-PL")


def test_parameters_go_in_as_given(words: Words) -> None:
    assert words.say("checkin.invite.body", senior="<@U1> {n} *") == "<@U1> {n} * is waiting, <@U1> {n} *."


@pytest.mark.parametrize(("n", "said"), [(0, "0 promises by Bo"), (1, "One promise by Bo"), (2, "2 promises by Bo")])
def test_the_count_chooses_the_form(words: Words, n: int, said: str) -> None:
    assert words.say("checkin.due.n", n=n, senior="Bo") == said


@pytest.mark.parametrize(("n", "word"), [(1, "obietnica"), (3, "obietnice"), (5, "obietnic"), (22, "obietnice")])
def test_a_translation_follows_its_own_plural_rule(polish: Words, n: int, word: str) -> None:
    assert polish.say("checkin.due.n", n=n, senior="Bo") == f"{n} {word}: Bo"


def test_a_form_the_translator_left_out_falls_back_to_other(pack: Pack) -> None:
    pack.write("en/checkin.toml", CARD)
    pack.write("pl/checkin.toml", '[due]\nn = { one = "{n} x {senior}", other = "{n} y {senior}" }\n')
    assert pack.load().words("pl").say("checkin.due.n", n=3, senior="Bo") == "3 y Bo"


def test_a_missing_sentence_is_said_in_english_with_the_english_plural(pack: Pack) -> None:
    pack.write("en/checkin.toml", '[left]\nn = { one = "one day", other = "{n} days" }\n')
    pack.write("fr/checkin.toml", "")
    french = pack.load().words("fr-FR")
    assert french.lang == "fr"
    # French takes the singular for nought, English does not.
    assert french.say("checkin.left.n", n=0) == "0 days"


def test_a_missing_parameter_names_key_and_parameter(words: Words) -> None:
    with pytest.raises(WordsError, match=r"^checkin\.invite\.body: needs the parameter senior$"):
        words.say("checkin.invite.body")


@pytest.mark.parametrize("n", [None, "3", True])
def test_a_plural_needs_a_number(words: Words, n: object) -> None:
    with pytest.raises(WordsError, match=r"^checkin\.due\.n: needs n, a number"):
        words.say("checkin.due.n", n=n, senior="Bo")


def test_an_unknown_key_is_a_loud_bug(words: Words) -> None:
    assert not words.has("checkin.nothing")
    with pytest.raises(WordsError, match=r"checkin\.nothing: no such key"):
        words.say("checkin.nothing")


def test_the_fields_of_a_sentence_can_be_asked_for(words: Words) -> None:
    assert words.fields("checkin.invite.body") == {"senior"}
    assert words.fields("checkin.due.n") == {"n", "senior"}


def test_doubled_braces_are_said_as_one(pack: Pack) -> None:
    pack.write("en/checkin.toml", 'a = "{{x}} {y}"\n')
    assert pack.load().words("en").say("checkin.a", y=1) == "{x} 1"


@pytest.mark.parametrize(
    ("asked", "found"),
    [("en-GB", "en"), ("de-DE", "de"), ("de_AT", "de"), ("pt-BR", "pt-BR"), ("pt-PT", "en"), ("", "en"), ("??", "en")],
)
def test_a_locale_finds_its_pack_then_its_language_then_english(pack: Pack, asked: str, found: str) -> None:
    pack.write("de/common.toml", '[buttons]\nsave = "Speichern"\n')
    pack.write("pt-BR/common.toml", '[buttons]\nsave = "Salvar"\n')
    assert pack.load().words(asked).lang == found


def test_dates_numbers_and_lists_follow_the_region_asked_for(library: Library) -> None:
    moment = datetime(2026, 5, 14, 13, 5, tzinfo=UTC)
    american, british, plain = (library.words(locale) for locale in ("en-US", "en-GB", "en"))
    assert american.day_time(moment, "America/New_York") == "Thu, May 14, 9:05 AM"
    assert british.day_time(moment, ZoneInfo("Europe/Berlin")) == "Thu 14 May, 15:05"
    assert plain.date(date(2026, 5, 14)) == british.date(date(2026, 5, 14)) == "Thu 14 May"
    assert american.join(["Ana", "Bo", "Chi"]) == "Ana, Bo, and Chi"
    assert british.join(["Ana", "Bo", "Chi"]) == "Ana, Bo and Chi"
    assert british.join([]) == ""
    assert british.number(12000) == "12,000"
    french = library.words("fr")
    assert (french.date(date(2026, 5, 1)), french.full_date(date(2026, 6, 1))) == ("ven. 1er mai", "1er juin 2026")
    assert (french.full_date(date(2026, 6, 11)), british.full_date(date(2026, 6, 1))) == ("11 juin 2026", "1 Jun 2026")


def test_a_sentence_that_ends_in_a_shortened_month_has_one_full_stop(pack: Pack, library: Library) -> None:
    pack.write(
        "en/checkin.toml",
        '[open]\nplain = "Open until {day}."\nbold = "Open until *{day}*. Then no more."\nleft = "{day}.."',
    )
    words, day = pack.load().words("en"), library.words("fr").date(date(2026, 4, 27))
    assert words.say("checkin.open.plain", day=day) == "Open until lun. 27 avr."
    assert words.say("checkin.open.bold", day=day) == "Open until *lun. 27 avr.* Then no more."
    assert words.say("checkin.open.plain", day="Mon 27 Apr") == "Open until Mon 27 Apr."
    assert words.say("checkin.open.left", day=day) == "lun. 27 avr..."


def test_a_region_of_another_language_does_not_mix_into_english(library: Library) -> None:
    assert library.words("de-DE").date(date(2026, 5, 14)) == "Thu 14 May"


def test_a_moment_without_a_zone_is_refused(library: Library) -> None:
    with pytest.raises(ValueError, match="a moment with a zone"):
        library.words("en").day_time(datetime(2026, 5, 14, 13, 5), "Europe/Berlin")  # noqa: DTZ001


def test_a_text_from_the_content_is_filled_and_its_gaps_are_loud(library: Library) -> None:
    words = library.words("en")
    ask = words.content.ask("help", "direct")
    filled = words.fill(ask.text, topic="the budget tool", date="14 May")
    assert filled == "In return I'd like help with the budget tool by 14 May. What can you do?"
    with pytest.raises(WordsError, match="needs the parameter date"):
        words.fill(ask.text, topic="the budget tool")


def test_the_common_sentences_that_every_step_needs_are_there(library: Library) -> None:
    words = library.words("en")
    needed = [f"common.buttons.{name}" for name in ("save", "cancel", "close", "back", "undo", "done")]
    needed += [f"common.who_sees.{name}" for name in ("only_you", "pair", "coordinators_figures")]
    needed += [
        f"common.errors.{name}"
        for name in (
            *("reference", "not_enrolled", "not_paired", "no_session", "not_coordinator"),
            *("wrong_side", "gone", "still_saving", "too_long", "only_spaces"),
        )
    ]
    assert [key for key in needed if not words.has(key)] == []
    assert "47-12" in words.say("common.errors.reference", reference="47-12")
    assert words.say("common.who_sees.coordinators_figures", k=5).endswith("totals of 5 or more people.")
    # A button of Slack's holds 75 characters, a modal's submit and close 24.
    buttons = [words.say(key) for key in words.entries if key.startswith("common.buttons.")]
    assert all(len(label) <= 24 for label in buttons)
