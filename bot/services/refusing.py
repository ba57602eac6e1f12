"""Refusals that repeat what was typed, for readers in Slack, where text of people must stay text."""

from collections.abc import Iterable

from bot.domain.programme.cohorts import no_such_cohort
from bot.domain.refusals import Refusal
from prompts import escape
from storage.records.programme import Cohort


def escaped(refused: Refusal) -> Refusal:
    """The same refusal with every text in it escaped for mrkdwn; a command line takes it as it is."""
    params = {name: escape(one) if isinstance(one, str) else one for name, one in refused.params.items()}
    return Refusal(refused.key, field=refused.field, **params)


def unknown_cohort(name: str, cohorts: Iterable[Cohort]) -> Refusal:
    """No cohort that fits here has that name; `cohorts` are those that would."""
    return escaped(no_such_cohort(name, cohorts))
