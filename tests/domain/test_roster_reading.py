"""From bytes to cells: whatever a spreadsheet writes is read as it was meant."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import Refusal
from bot.domain.roster import decode, fold, read
from bot.domain.roster.reading import LOST, number, same_id, tidy

CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=12
)
HEADERS = st.lists(st.text("abcdefghäöüéß ", min_size=1, max_size=8).filter(str.strip), min_size=2, max_size=6)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
ENDINGS = st.sampled_from(["\r\n", "\n", "\r"])


@st.composite
def lists(draw: st.DrawFn) -> list[list[str]]:
    headers = draw(HEADERS)
    rows = draw(st.lists(st.lists(CELLS, min_size=len(headers), max_size=len(headers)), min_size=1, max_size=6))
    return [headers, *rows]


def rendered(rows: list[list[str]], delimiter: str, ending: str, *, quoted: bool = False) -> str:
    text = io.StringIO()
    how = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=how).writerows(rows)
    return text.getvalue()


@given(lists(), st.sampled_from(",;\t"), ENDINGS, st.booleans(), ENCODINGS)
def test_what_is_written_as_csv_comes_back_cell_by_cell_with_its_row(
    rows: list[list[str]], delimiter: str, ending: str, quoted: bool, encoding: str
) -> None:
    wanted = [(n, tuple(map(tidy, row))) for n, row in enumerate(rows[1:], 2) if any(map(tidy, row))]
    if not wanted:
        return
    text, guessed = decode(rendered(rows, delimiter, ending, quoted=quoted).encode(encoding))
    found = read(text)
    assert not guessed and found.delimiter == delimiter
    assert found.headers == tuple(map(tidy, rows[0]))
    assert [(row.number, row.cells) for row in found.rows] == wanted


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("user;name\nU1;Silva, Ana\n", ";"),
        ("Name, first name;team\nSilva, Ana;Data\n", ";"),
        ("user,name\nU1,Ana; Bo; Chi\n", ","),
        ('"a;b;c",name\nU1,Ana\n', ","),
        ("user\tname, title\nU1\tAna, PhD\n", "\t"),
        ("\n\n;;\nuser;name\nU1;Ana\n", ";"),
        ("user\nU1\nU2\n", ","),
        ("sep=;\nuser;name\nU1;Ana\n", ";"),
        ('"sep=|"\r\nuser|name\r\nU1|Ana;x\r\n', "|"),
    ],
)
def test_the_separator_is_the_one_that_divides_header_and_rows_alike(text: str, delimiter: str) -> None:
    assert read(text).delimiter == delimiter


def test_rows_count_as_in_excel() -> None:
    """A line break inside quotation marks counts nothing, an empty row does, the line sep= does not."""
    text = 'sep=;\nuser;name\nU1;"Ana\nSilva"\n\n;;\nU2;Bo\n'
    assert [(row.number, row.cells) for row in read(text).rows] == [(2, ("U1", "Ana Silva")), (5, ("U2", "Bo"))]


def test_empty_columns_at_the_end_are_no_columns_and_short_rows_are_filled_up() -> None:
    found = read("user;name;team;;\nU1;Ana;;;\nU2\nU3;Chi;Data;;\n")
    assert found.headers == ("user", "name", "team")
    assert [row.cells for row in found.rows] == [("U1", "Ana", ""), ("U2", "", ""), ("U3", "Chi", "Data")]
    assert not any(row.extra for row in found.rows)


def test_a_row_with_more_cells_than_the_header_says_how_many() -> None:
    assert read("user;name\nU1;Ana;x;y\n").rows[0].extra == 2


@pytest.mark.parametrize("formula", ["=1+1", "+49 30 1", "-", "@ana", '=HYPERLINK("x")', "=cmd|' /C calc'!A0"])
def test_a_formula_stays_the_text_that_it_is(formula: str) -> None:
    assert read(rendered([["user", "name"], ["U1", formula]], ";", "\n")).rows[0].cells[1] == formula


def test_spaces_that_nobody_sees_are_taken_for_spaces_or_for_nothing() -> None:
    assert tidy("\u00a0 Ana\u202f\u200bSilva\u00a0\n x\ufeff ") == "Ana Silva x"


@pytest.mark.parametrize(
    ("data", "text", "guessed"),
    [
        ("Zoë".encode(), "Zoë", False),
        ("Zoë".encode("utf-8-sig"), "Zoë", False),
        ("Zoë".encode("utf-16"), "Zoë", False),
        (b"\xfe\xff" + "Zoë".encode("utf-16-be"), "Zoë", False),
        ("Zoë €".encode("cp1252"), "Zoë €", True),
        ("Zoë Müller".encode() + b"\xff", f"Zoë Müller{LOST}", False),
        (b"Zo\xeb \x81", f"Zoë {LOST}", True),
    ],
)
def test_letters_are_read_as_they_were_meant_and_a_guess_is_said_to_be_one(
    data: bytes, text: str, guessed: bool
) -> None:
    assert decode(data) == (text, guessed)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04....", "workbook"),
        (b"\xd0\xcf\x11\xe0....", "workbook"),
        (b"user;\0\0\0", "no_text"),
        (b"x" * 10_000_001, "too_big"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(data: bytes, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        decode(data)
    assert refused.value.key == f"roster.refused.{why}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"), (" \n;;\n", "empty"), ("user;name\n;;\n", "only_headers"),
        ('user;name\nU1;"Ana\nU2;Bo\n', "quote"), ("user\n" + "U1\n" * 20_001, "too_many"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_says_why(text: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)
    assert refused.value.key == f"roster.refused.{why}"


def test_text_behind_a_closing_quotation_mark_is_read_as_it_stands() -> None:
    assert read('user;name\nU1;"Ana" Silva\n').rows[0].cells == ("U1", "Ana Silva")


@pytest.mark.parametrize(
    ("cell", "value"),
    [("3", 3), ("3.0", 3), ("3,00", 3), ("1,00E+03", 1000), ("1.5e+2", 150), ("1.5", None), ("x3", None), ("", None)],
)
def test_numbers_that_a_spreadsheet_has_turned_are_turned_back(cell: str, value: int | None) -> None:
    assert number(cell) == value


def test_the_same_number_is_the_same_however_it_is_written() -> None:
    assert len({same_id(cell) for cell in ("7", "007", "7.0", "7,00")}) == 1
    assert same_id("A-7") == same_id("a 7") != same_id("7")


def test_capitals_accents_and_dashes_make_no_other_word() -> None:
    assert len({fold(word) for word in ("Prénom-Nom", "prenom nom", "PRENOM_NOM ", "Prenom.Nom")}) == 1
