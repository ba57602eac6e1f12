"""What stands behind `admin report`: a cohort's name, a period, both or neither, told apart."""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.programme.cohorts import no_such_cohort
from bot.domain.refusals import Refusal
from bot.domain.report.paper import Asked
from bot.domain.report.period import PeriodWords, is_filter, read_period
from storage.records.programme import Cohort

_NUMBERS = re.compile(r"\d{4}\b")
"""Whatever begins with a year was meant as a period."""
_QUOTES = "\"'“”„«»"


def read_wanted(text: str, cohorts: Sequence[Cohort], words: PeriodWords, today: date) -> Asked:
    """Raises Refusal for a cohort that nobody knows, a period that is none, and for filters, each with what to type.

    The longest name that fits is meant; of two cohorts with one name, the newer.
    """
    typed = " ".join(text.split())
    found, rest = _cohort(typed, cohorts)
    if not rest:
        return Asked(found)
    try:
        return Asked(found, read_period(rest, words, today))
    except Refusal as refused:
        if refused.key != "paper.refused.words":
            raise
    raise _unknown(typed, found, rest, cohorts, words, today)


def cohort_named(text: str, cohorts: Sequence[Cohort]) -> Cohort:
    """The cohort of exactly this name. Raises Refusal with the names there are, or that figures know no filters."""
    typed = " ".join(text.split())
    found, rest = _cohort(typed, cohorts)
    if found is not None and not rest:
        return found
    if is_filter(typed):
        raise Refusal("paper.refused.filter")
    raise no_such_cohort(typed, cohorts)


def _cohort(typed: str, cohorts: Sequence[Cohort]) -> tuple[Cohort | None, str]:
    """The cohort that the text begins with, and what is left of it."""
    for one in sorted(reversed(cohorts), key=lambda cohort: -len(cohort.name)):
        name = " ".join(one.name.split())
        for written in (name, *(f"{mark}{name}{end}" for mark in _QUOTES for end in _QUOTES)):
            head, tail = typed[: len(written)], typed[len(written) :]
            if written and head.casefold() == written.casefold() and (not tail or tail[0] == " "):
                return one, tail.strip()
    return None, typed


def _unknown(
    typed: str, found: Cohort | None, rest: str, cohorts: Sequence[Cohort], words: PeriodWords, today: date
) -> Refusal:
    """What was wrong: a wish to filter, a period beside a known cohort, a cohort beside a period, or it is neither."""
    if is_filter(rest):
        return Refusal("paper.refused.filter")
    if found is not None or _NUMBERS.match(rest):
        return Refusal("paper.refused.words")
    parts = typed.split()
    for count in range(1, len(parts)):
        try:
            read_period(" ".join(parts[-count:]), words, today)
        except Refusal as refused:
            if refused.key == "paper.refused.words":
                continue
        return no_such_cohort(" ".join(parts[:-count]), cohorts)
    neither = no_such_cohort(typed, cohorts)
    return Refusal("paper.refused.neither", field=neither.field, **neither.params) if cohorts else neither
