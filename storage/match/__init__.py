"""Queries about matching: pairs and conflicts (here), how a pair fits (`fits`), runs of matching (`runs`)."""

from storage.match.pairs import (
    MET,
    OPEN,
    RUNNING,
    add,
    add_conflict,
    all_open,
    all_pairs,
    between,
    conflicts,
    ended_of,
    get,
    move,
    of_cohort,
    open_of,
    remove_conflict,
    running_of,
    set_channel,
    set_no,
    taken,
)

__all__ = [
    "MET", "OPEN", "RUNNING", "add", "add_conflict", "all_open", "all_pairs", "between", "conflicts", "ended_of",
    "get", "move", "of_cohort", "open_of", "remove_conflict", "running_of", "set_channel", "set_no",
    "taken",
]  # fmt: skip
