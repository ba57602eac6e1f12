"""What can be said against a pair, what of it a coordinator may overrule, and with which reason."""

from enum import StrEnum


class Check(StrEnum):
    """What can be said against a pair. The text of each is `match.checks.<value>`."""

    SAME_PERSON = "same_person"
    JUNIOR_NOT_HERE = "junior_not_here"
    SENIOR_NOT_HERE = "senior_not_here"
    NOT_A_JUNIOR = "not_a_junior"
    NOT_A_SENIOR = "not_a_senior"
    OTHER_COHORT = "other_cohort"
    SENIOR_ABOVE = "senior_above"
    JUNIOR_ABOVE = "junior_above"
    SAME_MANAGER = "same_manager"
    CONFLICT = "conflict"
    ALREADY = "already"
    PILOT_FULL = "pilot_full"
    FORMER = "former"
    OUTSIDER = "outsider"
    OTHER_PURPOSE = "other_purpose"
    NO_LANGUAGE = "no_language"
    FEW_HOURS = "few_hours"
    JUNIOR_FULL = "junior_full"
    SENIOR_FULL = "senior_full"
    JUNIOR_LINE_UNKNOWN = "junior_line_unknown"
    SENIOR_LINE_UNKNOWN = "senior_line_unknown"
    JUNIOR_BUSY = "junior_busy"
    SENIOR_BUSY = "senior_busy"
    LINE_ENDS = "line_ends"
    FEW_LEVELS = "few_levels"
    FAR_APART = "far_apart"


SOFT = frozenset({Check.JUNIOR_LINE_UNKNOWN, Check.SENIOR_LINE_UNKNOWN, Check.JUNIOR_BUSY, Check.SENIOR_BUSY})
"""A coordinator may go on, saying why."""
ADVICE = frozenset({Check.LINE_ENDS, Check.FEW_LEVELS, Check.FAR_APART})
"""Worth saying; nothing to confirm."""
STOPS_AT_JUNIOR = frozenset(
    {Check.JUNIOR_NOT_HERE, Check.NOT_A_JUNIOR, Check.JUNIOR_LINE_UNKNOWN, Check.JUNIOR_BUSY, Check.JUNIOR_FULL}
)  # fmt: skip


class Reason(StrEnum):
    """Why a coordinator went on in spite of a warning; a list, so that nobody writes about others in a log."""

    ASKED = "asked"
    TOP = "top"
    WANTED = "wanted"
    OTHER = "other"


class Why(StrEnum):
    """Why nobody was found for somebody, as a coordinator may know it. The text is `match.unmatched.<value>`.

    `NO_MATCH` is said wherever people are kept apart by several things, where the others were quicker, and where
    nothing else may be said: it tells nobody which of these it was.
    """

    GONE = "gone"
    AWAY = "away"
    NO_ROOM = "no_room"
    OUTSIDER = "outsider"
    PURPOSE = "purpose"
    NOBODY = "nobody"
    PILOT_FULL = "pilot_full"
    LINE = "line"
    CONFLICT = "conflict"
    FORMER = "former"
    LANGUAGE = "language"
    HOURS = "hours"
    FEWER = "fewer"
    NO_MATCH = "no_match"
