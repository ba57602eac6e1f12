"""A broken pack is refused with every problem at once, each with its file, line, key and remedy."""

from pathlib import Path

import pytest

from prompts import PackError, load
from tests.prompts.pack import Pack


def test_the_shipped_packs_are_sound(pack: Pack) -> None:
    assert pack.load().languages == ("en",)


def test_a_problem_names_file_line_key_and_remedy(pack: Pack) -> None:
    pack.write("en/checkin.toml", '[invite]\n# the card\nbody = "Hello {senior.name}"\n')
    assert pack.complaints() == [
        "prompts/en/checkin.toml:3: key invite.body: {senior.name} is not a plain name; "
        "write {name} with letters, digits and _ only"
    ]


def test_all_problems_come_at_once_sorted_by_place(pack: Pack) -> None:
    pack.write("en/checkin.toml", 'a = 3\nb = " "\n\nc = "{"\n')
    line = pack.change("en/themes.toml", 'label = "Tools"', 'lable = "Tools"')
    (pack.root / "en" / "contract.toml").unlink()
    assert [complaint.partition(": ")[0] for complaint in pack.complaints()] == [
        "prompts/en/checkin.toml:1",
        "prompts/en/checkin.toml:2",
        "prompts/en/checkin.toml:4",
        "prompts/en/contract.toml",
        f"prompts/en/themes.toml:{line}",
        f"prompts/en/themes.toml:{line}",
    ]


def test_the_heading_counts_the_problems(pack: Pack) -> None:
    pack.write("en/checkin.toml", "a = 3\n")
    with pytest.raises(PackError, match=r"^The prompt packs have 1 problem:\n"):
        pack.load()


@pytest.mark.parametrize(
    ("sentence", "remedy"),
    [
        ('"{0}"', "{0} is not a plain name"),
        ('"{}"', "{} is not a plain name"),
        ('"{senior[0]}"', "{senior[0]} is not a plain name"),
        ('"{n:>10}"', "{n} is not a plain name"),
        ('"{n!r}"', "{n} is not a plain name"),
        ('"a } b"', "the braces do not match"),
        ('""', "it is empty; write the sentence or remove the key"),
        ('["a", "b"]', "a sentence must be text; put it in quotation marks"),
        ("true", "a sentence must be text; put it in quotation marks"),
        ('{ one = "a", other = 2 }', "the form other is not text; put it in quotation marks"),
    ],
)
def test_a_sentence_that_cannot_be_said_is_refused(pack: Pack, sentence: str, remedy: str) -> None:
    pack.write("en/checkin.toml", f"[card]\nbody = {sentence}\n")
    (complaint,) = pack.complaints()
    assert complaint.startswith("prompts/en/checkin.toml:2: key card.body: ")
    assert remedy in complaint


def test_a_key_that_could_be_mistaken_for_another_is_refused(pack: Pack) -> None:
    pack.write("en/checkin.toml", '[card]\n"a.b" = "fine"\nA = "fine"\n')
    assert pack.complaints() == [
        "prompts/en/checkin.toml:2: key card.a.b: “a.b” cannot be part of a key; use small letters, digits and _",
        "prompts/en/checkin.toml:3: key card.A: “A” cannot be part of a key; use small letters, digits and _",
    ]


def test_a_syntax_error_names_its_line_and_hides_no_other_file(pack: Pack) -> None:
    pack.write("en/themes.toml", 'a = "fine"\nb = oops\n')
    pack.write("en/checkin.toml", "a = 3\n")
    first, second = pack.complaints()
    assert first.startswith("prompts/en/checkin.toml:1: key a:")
    assert second.startswith("prompts/en/themes.toml:2: key b: it is not valid TOML: ")
    assert second.endswith("; mend this line")


def test_a_string_that_never_ends_is_reported_on_the_last_line(pack: Pack) -> None:
    pack.write("en/checkin.toml", 'a = "fine"\nb = """never\nends\n')
    (complaint,) = pack.complaints()
    assert complaint.startswith("prompts/en/checkin.toml:4: it is not valid TOML: ")


def test_a_file_in_another_encoding_is_refused_by_name(pack: Pack) -> None:
    (pack.root / "en" / "checkin.toml").write_bytes("a = 'Grüße'".encode("latin-1"))
    assert pack.complaints() == ["prompts/en/checkin.toml: it is not UTF-8; save it as UTF-8"]


def test_a_file_that_cannot_be_opened_is_refused_by_name(pack: Pack) -> None:
    (pack.root / "en" / "folder.toml").mkdir()
    (complaint,) = pack.complaints()
    assert complaint.startswith("prompts/en/folder.toml: it cannot be read (")


def test_a_folder_that_is_no_language_is_refused(pack: Pack) -> None:
    pack.write("klingonese/checkin.toml", 'a = "qapla"\n')
    assert pack.complaints() == [
        "prompts/klingonese/checkin.toml: klingonese is not a language; name the folder like en or pt-BR"
    ]


def test_without_english_nothing_starts(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="prompts/en: the English pack is missing"):
        load(tmp_path / "prompts")


def test_a_question_without_text_is_named_by_its_id(pack: Pack) -> None:
    line = pack.change("en/icebreakers.toml", 'text = "What is on your desk that has a story?", ', "")
    assert pack.complaints() == [
        f"prompts/en/icebreakers.toml:{line}: key sets[warmup].questions[warmup_09].text: it is missing; add it"
    ]


def test_an_unknown_field_in_content_is_refused(pack: Pack) -> None:
    line = pack.change("en/lessons.toml", 'id = "s3"\n', 'id = "s3"\nauthor = "Bo"\n') + 1
    assert pack.complaints() == [
        f"prompts/en/lessons.toml:{line}: key lessons[s3].author: unknown field; correct its name or remove it"
    ]


def test_an_option_too_long_for_a_radio_button_says_by_how_much(pack: Pack) -> None:
    line = pack.change("en/questions.toml", "Too early to say", "x" * 76)
    assert pack.complaints() == [
        f"prompts/en/questions.toml:{line}: key questions[learn].options[early].text: "
        "76 characters, at most 75 fit; shorten it"
    ]


def test_an_id_used_twice_is_refused_where_it_comes_again(pack: Pack) -> None:
    line = pack.change("en/icebreakers.toml", '"warmup_07"', '"warmup_02"')
    assert pack.complaints() == [
        f"prompts/en/icebreakers.toml:{line}: key sets[warmup].questions[warmup_02].id: "
        "the id warmup_02 is used twice; give one of them another"
    ]


def test_a_field_that_nobody_fills_is_refused_in_content(pack: Pack) -> None:
    line = pack.change("en/contract.toml", "Help runs both ways, and we name it.", "Help {senior}.")
    (complaint,) = pack.complaints()
    assert complaint.startswith(f"prompts/en/contract.toml:{line}: key principles[help_both_ways].text: ")
    assert complaint.endswith("{senior} is never filled in here; write it out")


def test_a_field_the_ask_builder_does_not_know_is_refused(pack: Pack) -> None:
    pack.change("en/asks.toml", "to {person}?", "to {somebody}?")
    (complaint,) = pack.complaints()
    assert complaint.endswith("{somebody} is not known here; use date, person, topic")


def test_a_choice_without_options_is_refused(pack: Pack) -> None:
    pack.change("en/reviews.toml", 'side = "junior", kind = "scale"', 'side = "junior", kind = "choice"')
    (complaint,) = pack.complaints()
    assert "a choice has options, and nothing else has" in complaint


def test_an_id_with_capitals_and_a_number_out_of_range_are_refused(pack: Pack) -> None:
    pack.change("en/readiness.toml", 'id = "owner"', 'id = "Owner"')
    pack.change("en/agendas.toml", "minutes = 25", "minutes = 90")
    first, second = pack.complaints()
    assert first.endswith("Input should be less than or equal to 60; correct it")
    assert second.endswith("an id has small letters, digits and _ only; rename it")
