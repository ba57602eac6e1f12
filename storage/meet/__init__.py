"""Queries about sessions (`sessions`), suggested times and rhythms (`offers`), and calendar files (`files`)."""

from storage.meet.files import ask_file, file_of, files_of, set_file
from storage.meet.offers import add_offer, add_rhythm, agreed, decide, decide_rhythm, offer, open_offer, rhythm
from storage.meet.sessions import (
    add,
    change,
    get,
    known_as,
    last_held,
    lock_people,
    next_of_pair,
    next_of_pairs,
    number,
    of_cohort,
    of_pair,
    of_people,
    record_of_senior,
    remove,
    reports,
    say,
    senior_cancellations,
    unsay,
)

__all__ = [
    "add", "add_offer", "add_rhythm", "agreed", "ask_file", "change", "decide", "decide_rhythm",
    "file_of", "files_of", "get", "known_as", "last_held", "lock_people",
    "next_of_pair", "next_of_pairs", "number", "of_cohort", "of_pair", "of_people", "offer", "open_offer",
    "record_of_senior", "remove", "reports", "rhythm", "say", "senior_cancellations", "set_file", "unsay",
]  # fmt: skip
