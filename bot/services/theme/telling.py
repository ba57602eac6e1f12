"""The monthly note: on the first Thursday everybody with a pair in a cohort is told what changed because of them."""

from datetime import datetime, timedelta

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.theme import MonthFacts, NoteFacts, month_of, next_round, tell_at, thursdays, told, told_total, window
from bot.services.calendar import calendar_of, waking
from bot.services.kit import Kit
from bot.services.post import plan, plan_many, post, work
from bot.services.theme.published import themes_of
from storage import due, enrol, programme, tell, theme
from storage.records.delivery import Due, Letter
from storage.records.privacy import Sent
from storage.records.programme import Cohort, CohortState
from storage.records.theme import ThemeStep
from storage.store import Tx

_TOLD = (CohortState.OPEN, CohortState.CLOSED)
_TOGETHER = 200
"""People who are fetched at once."""


async def plan_rounds(tx: Tx, now: datetime) -> None:
    """Plan the next round, unless one is planned; called at the start and by each of them."""
    if await due.waits(tx, Job.THEME_ROUND, tx.team):
        return
    at = next_round(now)
    await plan(tx, Job.THEME_ROUND, tx.team, at, occurrence=at.date().isoformat())


async def do_round(kit: Kit, tx: Tx, item: Due) -> str | None:
    """On the Wednesday before a first Thursday: plan the note for everybody of each cohort in which something was."""
    now = kit.clock()
    await plan_rounds(tx, now)
    cohorts = await programme.cohorts(tx, *_TOLD)
    planned = 0
    for day in thursdays(item.due_at.date(), now.date() + timedelta(days=1)):
        month = f"{day:%Y-%m}"
        for cohort in cohorts:
            if (await _facts(kit, tx, cohort, month)).worth_telling:
                readers = await theme.readers(tx, cohort.id)
                planned += len(readers)
                for start in range(0, len(readers), _TOGETHER):
                    people = (await enrol.people(tx, readers[start : start + _TOGETHER])).values()
                    await plan_many(tx, [
                        work(tx, Job.THEME_NOTE, cohort.id, tell_at(day, calendar_of(one)), recipient=one.id,
                             occurrence=month)
                        for one in people
                    ])  # fmt: skip
    return None if planned else "nothing happened"


async def do_note(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Send one person the note, unless they have left since: one for all of their cohorts, whichever comes first."""
    person = await enrol.get(tx, item.recipient)
    reads = await theme.read_by(tx, item.recipient)
    if person is None or person.deactivated or item.subject not in reads:
        return "has left"
    at, key = waking(person, kit.clock()), f"{item.occurrence}:{person.user_id}"
    made = await post(
        tx, Kind.THEME_NOTE, person.user_id, key, at, stale_at=item.stale_at, cohorts=",".join(reads),
        month=item.occurrence,
    )  # fmt: skip
    return None if made else "stands in the note of another cohort"


async def load_note(kit: Kit, tx: Tx, letter: Letter) -> MonthFacts | None:
    """The same for everybody of a cohort, whenever it is sent: what happened up to the round.

    A letter of an earlier version names one cohort.
    """
    params = letter.params
    found = [await programme.cohort(tx, one) for one in (params.get("cohorts") or params["cohort"]).split(",")]
    known = [cohort for cohort in found if cohort is not None and cohort.state in _TOLD]
    parts = [await _facts(kit, tx, cohort, params["month"]) for cohort in known]
    told = tuple(part for part in parts if part.worth_telling)
    return MonthFacts(told) if told else None


async def shown_words(tx: Tx, author_id: str) -> list[Sent]:
    """Messages in Slack that show what a coordinator wrote about themes."""
    found: list[Sent] = []
    notes = set()
    for step in await theme.steps_by(tx, author_id):
        if step.step is ThemeStep.TAKEN:
            found += await tell.shown(tx, Kind.THEME_TAKEN, step.id)
        elif step.step is ThemeStep.CLOSED:
            notes.add((step.cohort_id, month_of(step.at)))
    for cohort_id, month in sorted(notes):
        found += await theme.notes(tx, Kind.THEME_NOTE, cohort_id, month)
    return found


async def _facts(kit: Kit, tx: Tx, cohort: Cohort, month: str) -> NoteFacts:
    since, until = window(month)
    taken, closed = told(await themes_of(kit, tx, cohort), month)
    took = await theme.totals(tx, cohort.id, since, until)
    held, kept, ripples = (told_total(one) for one in (took.held, took.kept, took.ripples))
    return NoteFacts(cohort, taken, closed, held, kept, ripples, over=cohort.state is CohortState.CLOSED)
