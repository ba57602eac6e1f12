"""Which column says what: guessed from the headers, or as a coordinator chose."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.refusals import Refusal
from bot.domain.roster.facts import Columns, Field
from bot.domain.roster.reading import fold

_INSTEAD = (Field.NAME,)
"""Where no column is called after the account, the one with the names finds people, too."""


def words_of(text: str) -> frozenset[str]:
    """Headers, separated by semicolons, as they are compared."""
    return frozenset(fold(word) for word in text.split(";") if word.strip())


def guess(headers: Sequence[str], known: Mapping[Field, frozenset[str]]) -> dict[Field, int]:
    """Field → column, each column once, the first of two with the same header. `known` are folded headers."""
    found: dict[Field, int] = {}
    for n, header in enumerate(map(fold, headers)):
        meant = next((one for one in Field if header in known[one] and one not in found), None)
        if meant is not None:
            found[meant] = n
    if Field.USER not in found:
        instead = next((one for one in _INSTEAD if one in found), None)
        if instead is not None:
            found[Field.USER] = found[instead]
    return found


def checked(columns: Columns, width: int) -> Columns:
    """The same. Raises Refusal where the account's column is missing, or two fields read one column.

    Only the account and the name may be one column.
    """
    if Field.USER not in columns:
        raise Refusal("roster.refused.no_user", field=Field.USER.value)
    taken: dict[int, Field] = {}
    for one, n in columns.items():
        if not 0 <= n < width:
            raise Refusal("roster.refused.no_column", field=one.value)
        other = taken.setdefault(n, one)
        if other is not one and {one, other} != {Field.USER, Field.NAME}:
            raise Refusal("roster.refused.twice", field=one.value)
    return columns


def named(pairs: Iterable[str], headers: Sequence[str]) -> tuple[dict[Field, int], set[int]]:
    """What `column=field` on a command line means, and the columns that "-" leaves out; a column by header or letter.

    Raises Refusal with the pair that cannot be read.
    """
    chosen: dict[Field, int] = {}
    without: set[int] = set()
    for pair in pairs:
        column, _, meant = pair.rpartition("=")
        n = _number(column, headers)
        if n is None or meant not in (*Field, "-"):
            raise Refusal("roster.refused.pair", pair=pair, fields=", ".join(Field))
        if meant == "-":
            without.add(n)
        else:
            chosen[Field(meant)] = n
    return chosen, without


def letter(n: int) -> str:
    """A column as spreadsheets name it: A, B … Z, AA."""
    name = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _number(column: str, headers: Sequence[str]) -> int | None:
    folded = [fold(header) for header in headers]
    if fold(column) in folded:
        return folded.index(fold(column))
    letters = [letter(n) for n in range(len(headers))]
    return letters.index(column.upper()) if column.upper() in letters else None
