"""A second language is wording only: it lies over English item by item, and cannot change what is stored."""

import pytest

from tests.prompts.pack import Pack

GERMAN_QUESTION = """
[[questions]]
id = "help"
text = "Hat {senior} etwas getan, um dir zu helfen?"
options = [{ code = "done", text = "Ja, getan" }]
"""


def test_translated_content_replaces_wording_and_leaves_the_rest(pack: Pack) -> None:
    pack.write("de/questions.toml", GERMAN_QUESTION)
    library = pack.load()
    german = library.words("de-DE").content
    help_ = german.question("help")
    assert help_.text == "Hat {senior} etwas getan, um dir zu helfen?"
    assert [option.text for option in help_.options][:2] == ["Ja, getan", "Offered, with a date"]
    assert help_.option("done").counts
    assert german.question("learn") == library.content.question("learn")
    assert library.content.question("help").option("done").text == "Yes, done"


def test_agenda_lines_are_translated_by_their_place(pack: Pack) -> None:
    pack.write("de/agendas.toml", '[[templates]]\nid = "short"\nlines = [{ text = "Was hat sich geändert?" }]\n')
    lines = pack.load().words("de").content.agenda_by_id("short").lines
    assert [(line.minutes, line.text[:11]) for line in lines][:2] == [(5, "Was hat sic"), (10, "One questio")]


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        (
            "questions",
            '[[questions]]\nid = "help"\noptions = [\n { code = "done", counts = false }]\n',
            "4: key questions[help].options[done].counts: a translation changes wording only; remove it",
        ),
        (
            "agendas",
            '[[templates]]\nid = "short"\nlines = [{ minutes = 50 }]\n',
            "3: key templates[short].lines[1].minutes: a translation changes wording only; remove it",
        ),
        (
            "icebreakers",
            '[[sets]]\nid = "neu"\n',
            "1: key sets[neu]: English has no such item; remove it",
        ),
        (
            "lessons",
            'x = 1\n\n[[lessons]]\nid = "s3"\ntitle = 7\n',
            "1: key x: a translation changes wording only; remove it",
        ),
    ],
)
def test_a_translation_cannot_change_what_is_stored(pack: Pack, file: str, text: str, complaint: str) -> None:
    pack.write(f"de/{file}.toml", text)
    assert f"prompts/de/{file}.toml:{complaint}" in pack.complaints()


def test_a_translated_option_that_is_too_long_is_found_in_its_own_file(pack: Pack) -> None:
    long = '[[questions]]\nid = "help"\n\noptions = [\n  { code = "vague", text = "%s" },\n]\n' % ("ä" * 80)
    pack.write("de/questions.toml", long)
    assert pack.complaints() == [
        "prompts/de/questions.toml:5: key questions[help].options[vague].text: "
        "80 characters, at most 75 fit; shorten it"
    ]


def test_a_key_english_does_not_have_is_refused(pack: Pack) -> None:
    pack.write("de/common.toml", '[buttons]\nsave = "Speichern"\nsafe = "Speichern"\n')
    assert pack.complaints() == [
        "prompts/de/common.toml:3: key buttons.safe: English has no such key; correct or remove it"
    ]


def test_fields_must_be_those_of_the_english_sentence(pack: Pack) -> None:
    pack.write("de/common.toml", '[errors]\nunknown_command = "{wort} kenne ich nicht."\ntoo_long = "{limit}"\n')
    assert pack.complaints() == [
        "prompts/de/common.toml:2: key errors.unknown_command: "
        "{wort} is not in the English sentence; use its fields only",
        "prompts/de/common.toml:3: key errors.too_long: {length} is in the English sentence but not here; say it, too",
    ]


def test_a_translation_is_not_blamed_for_a_broken_english_sentence(pack: Pack) -> None:
    pack.write("en/checkin.toml", 'a = "{"\n')
    pack.write("de/checkin.toml", 'a = "gut"\n')
    (complaint,) = pack.complaints()
    assert complaint.startswith("prompts/en/checkin.toml:1: key a:")


def test_a_broken_translated_file_is_reported_once(pack: Pack) -> None:
    pack.write("de/questions.toml", "[[questions]\n")
    (complaint,) = pack.complaints()
    assert complaint.startswith("prompts/de/questions.toml:1: it is not valid TOML: ")
