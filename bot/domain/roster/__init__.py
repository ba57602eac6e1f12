"""The organisation's list of people: read, checked and compared; start in `checking`."""

from bot.domain.roster.changes import Changes, changes
from bot.domain.roster.checking import Known, check
from bot.domain.roster.columns import checked, guess, letter, named, words_of
from bot.domain.roster.facts import (
    LEAVES_OUT,
    MOST_BYTES,
    MOST_ROWS,
    PASTED,
    Account,
    Broken,
    Busy,
    Checked,
    Choosing,
    Columns,
    Counts,
    Desk,
    Field,
    Problem,
    Result,
    Saved,
    Sheet,
    Standing,
    Told,
    Trouble,
    Undone,
    Vocabulary,
    Window,
    causes,
)
from bot.domain.roster.reading import decode, fold, read
from bot.domain.roster.who import Directory

__all__ = [
    "LEAVES_OUT", "MOST_BYTES", "MOST_ROWS", "PASTED", "Account", "Broken", "Busy", "Changes",
    "Checked", "Choosing", "Columns", "Counts", "Desk", "Directory", "Field", "Known", "Problem", "Result",
    "Saved", "Sheet", "Standing", "Told", "Trouble", "Undone", "Vocabulary", "Window", "causes", "changes",
    "check", "checked", "decode", "fold", "guess", "letter", "named", "read", "words_of",
]  # fmt: skip
