"""From bytes to cells: encodings, delimiters, quotation marks, and what spreadsheets do to a list."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.domain.refusals import Refusal
from bot.domain.roster.facts import MOST_BYTES, MOST_ROWS, Row, Sheet

LOST = "\ufffd"
"""What stands for bytes that are no letter."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DELIMITERS = ("\t", ";", ",")  # a comma may well stand in a text
_SEP = re.compile(r"\A\s*\"?sep=(.)\"?[ \t,;]*(\r\n|\r|\n)", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u3000]+")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]")
_WHOLE = re.compile(r"\d+([.,]0+)?\Z")
_POWER = re.compile(r"\d([.,]\d+)?E\+?\d{1,2}\Z", re.IGNORECASE)
_LOOK = 20


def decode(data: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding is a guess: not Unicode, so taken for Windows' Western letters.

    Raises Refusal for a workbook, for what is no text, and for more than `MOST_BYTES`.
    """
    if len(data) > MOST_BYTES:
        raise Refusal("roster.refused.too_big", n=MOST_BYTES // 1_000_000)
    if data.startswith(_WORKBOOK):
        raise Refusal("roster.refused.workbook")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff"), False
    if b"\0" in data:
        raise Refusal("roster.refused.no_text")
    text = data.decode("utf-8", "replace")
    lost = text.count(LOST)
    if not lost or _letters(text) > lost:
        return text, False
    return data.decode("cp1252", "replace"), True


def read(text: str, *, guessed: bool = False) -> Sheet:
    """The cells, tidied. Rows count as in Excel: an empty one does, a line break inside quotation marks does not.

    Raises Refusal where there is no row, there are too many, or a quotation mark never closes.
    """
    text = text.removeprefix("\ufeff").replace("\0", "")
    if not text.strip(' ,;\t\r\n"'):
        raise Refusal("roster.refused.empty")
    said = _SEP.match(text)
    text = text[said.end() :] if said else text
    delimiter = said[1] if said else sniff(text)
    found = [(n, cells) for n, cells in _records(text, delimiter) if any(cells)]
    if len(found) < 2:
        raise Refusal("roster.refused.only_headers")
    if len(found) > MOST_ROWS + 1:
        raise Refusal("roster.refused.too_many", n=MOST_ROWS)
    headers = _trimmed(found[0][1])
    return Sheet(headers, tuple(_row(n, cells, len(headers)) for n, cells in found[1:]), delimiter, guessed)


def sniff(text: str) -> str:
    """What separates the cells: the sign in the header, outside quotation marks, that divides the next rows alike."""
    header = _outside_quotes(text)
    candidates = [sign for sign in _DELIMITERS if sign in header]
    return max(candidates, key=lambda sign: (_alike(text, sign), header.count(sign)), default=",")


def tidy(cell: str) -> str:
    """A cell on one line, without what nobody sees; a formula stays the text that it is."""
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _UNSEEN.sub("", cell))).strip()


def fold(text: str) -> str:
    """The same for all spellings of a word: capitals, accents, hyphens and spaces set aside."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").replace(".", " ").split())


def number(cell: str) -> int | None:
    """The whole number of a cell that a spreadsheet may have turned into 1.0 or 1,00E+03; None where there is none."""
    if _WHOLE.match(cell):
        return int(re.split("[.,]", cell)[0])
    if _POWER.match(cell):
        value = Decimal(cell.replace(",", "."))
        return int(value) if value == int(value) else None
    return None


def same_id(cell: str) -> str:
    """An employee's number as it can be compared: 007, 7 and 7.0 are one."""
    value = number(cell)
    return fold(cell) if value is None else str(value)


def _letters(text: str) -> int:
    """Letters beyond ASCII that were read."""
    return sum(1 for sign in text if sign > "\x7f" and sign != LOST)


def _outside_quotes(text: str) -> str:
    """The first line with anything in it, without what stands in quotation marks."""
    line: list[str] = []
    inside = False
    for sign in text:
        if sign == '"':
            inside = not inside
            line.append(sign)
        elif sign in "\r\n" and not inside:
            if "".join(line).strip(" ,;\t"):
                break
            line.clear()
        elif not inside:
            line.append(sign)
    return "".join(line)


def _alike(text: str, delimiter: str) -> float:
    """The share of the next rows that have as many cells as the header."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        rows = [row for row, _ in zip((row for row in reader if any(row)), range(_LOOK), strict=False)]
    except csv.Error:
        return 0.0
    return sum(len(row) == len(rows[0]) for row in rows) / len(rows) if rows else 0.0


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number. Raises Refusal where a quotation mark never closes."""
    for strict in (True, False):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=strict)
        read: list[list[str]] = []
        try:
            read.extend([tidy(cell) for cell in row] for row in reader)
        except csv.Error as problem:
            if "expected after" in str(problem) and strict:  # text behind a closing quotation mark: as it stands
                continue
            raise Refusal("roster.refused.quote", row=len(read) + 1) from problem
        yield from enumerate(read, 1)
        return


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Without the empty columns at the end that spreadsheets add."""
    last = max(n for n, cell in enumerate(cells) if cell)
    return tuple(cells[: last + 1])


def _row(number: int, cells: list[str], width: int) -> Row:
    """Padded, for spreadsheets leave out empty cells at the end of some rows."""
    extra = sum(bool(cell) for cell in cells[width:])
    return Row(number, tuple(cells[:width] + [""] * (width - len(cells))), extra)
