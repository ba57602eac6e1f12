"""A programme's history without the product: who answered when, as `playing` would tell it, before any gate."""

from datetime import UTC, date, datetime, timedelta

from tests.attack.history import QUESTIONS, Erased, Event, Given, History, Sweep
from tests.attack.programmes import About, Programme

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
_FIRST = datetime(2026, 3, 9, 8, tzinfo=UTC)
_AFTER = 5


def outline(plan: Programme) -> History:
    """The check-ins that the product would have; sweeps are on Mondays, and five more come after the end."""
    events: list[Event] = []
    for number, life in enumerate(plan.lives):
        person, senior = f"j{number:03}", f"s{life.senior:03}"
        events += [
            Given(START + t.after, person, senior, f"{person}:{t.number:03}", t.ones & set(QUESTIONS))
            for t in life.told
            if t.about is About.CHECKIN
        ]
        events += [Erased(START + life.erased, person)] if life.erased is not None else []
    moments = [_FIRST + timedelta(weeks=week) for week in range(plan.weeks + _AFTER)]
    sweeps = [Sweep(at, at.date(), _begun(plan, at), ended=at is moments[-1]) for at in moments]
    return History(date(2026, 3, 2), sorted(events, key=lambda one: one.at), sweeps, [])


def _begun(plan: Programme, at: datetime) -> int:
    return sum(START + life.begins <= at for life in plan.lives)
