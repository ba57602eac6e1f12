"""When both of a pair are asked: planned after each session and on completion, in the same hour for both."""

from datetime import date, datetime

from bot.domain import review as rules
from bot.domain.asking import day_after
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.prepare import halfway
from bot.domain.when import local_day
from bot.services.calendar import calendar_of
from bot.services.match import people_of
from bot.services.post import plan_many, work
from bot.services.prepare.pick import middle_of, planned_of
from storage import match, meet, review
from storage.records.delivery import Due
from storage.records.match import Pair
from storage.records.meet import SessionState
from storage.records.review import ReviewKind
from storage.store import Tx

PLANNED: tuple[Job, ...] = (Job.MIDPOINT, Job.END_SURVEY, Job.OUTCOMES)
"""Work that stands on a day for both of a pair; its occurrence ends with that day."""
_DAY = 10
"""Characters of "2026-03-04"."""


async def after_session(tx: Tx, people: PairPeople, now: datetime, asked: datetime) -> None:
    """A session was held: plan to ask both what is due by now, halfway or at the end; nothing is planned twice.

    Never on the day of the check-in about it, of which the later is due at `asked`: one is enough for a morning.
    """
    pair = people.pair
    held, planned = await counts(tx, pair)
    after = day_after(asked, calendar_of(people.junior), calendar_of(people.senior))
    rested = max(local_day(moment, people.junior.zone) for moment in (now + rules.REST, *after))
    if rules.is_last(held, planned):
        await plan_end(tx, people, now, rested)
    elif held and not await review.of_pair(tx, pair.id, ReviewKind.MIDPOINT):
        day = rules.midpoint_day(held, halfway(planned), rested, await middle_of(tx, pair))
        await plan_both(tx, Job.MIDPOINT, people, day, now)


async def plan_end(tx: Tx, people: PairPeople, now: datetime, rested: date | None = None) -> None:
    """Plan to ask both how it was: after the last session, and once more on completion where nobody was asked yet."""
    if not await review.of_pair(tx, people.pair.id, ReviewKind.END):
        day = rested or local_day(now + rules.REST, people.junior.zone)
        await plan_both(tx, Job.END_SURVEY, people, day, now)


async def completed(tx: Tx, pair_id: str, now: datetime) -> None:
    """A pair was completed: both are asked how it was, and ninety and a hundred and eighty days later what came of it.

    For whoever moves a pair to that state, in the same transaction. Saying it again plans nothing twice.
    """
    pair = await match.get(tx, pair_id)
    if pair is None:
        return
    people = await people_of(tx, pair)
    await plan_end(tx, people, now)
    for kind, day in rules.later_days(local_day(pair.ended_at or now, people.junior.zone)).items():
        await plan_both(tx, Job.OUTCOMES, people, day, now, prefix=f"{kind}:")


async def plan_both(tx: Tx, job: Job, people: PairPeople, day: date, now: datetime, *, prefix: str = "") -> None:
    """Plan a question to both on the first day from `day` on that both work."""
    at = _times(people, day, now)
    await plan_many(
        tx,
        [
            work(tx, job, people.pair.id, at[one.id], recipient=one.id, occurrence=f"{prefix}{day.isoformat()}")
            for one in (people.junior, people.senior)
        ],
    )


async def times_of(tx: Tx, item: Due, now: datetime) -> dict[str, datetime]:
    """When both of the pair are asked by their present clocks, hours and holidays: person id → moment, UTC."""
    pair = await match.get(tx, item.subject)
    if pair is None:
        return {}
    return _times(await people_of(tx, pair), date.fromisoformat(item.occurrence[-_DAY:]), now)


async def counts(tx: Tx, pair: Pair) -> tuple[int, int]:
    """How many sessions were held, and how many the two want."""
    return len(await meet.of_pair(tx, pair.id, SessionState.HELD)), await planned_of(tx, pair)


def _times(people: PairPeople, day: date, now: datetime) -> dict[str, datetime]:
    junior, senior = people.junior, people.senior
    both = rules.times(day, calendar_of(junior), calendar_of(senior), now)
    return dict(zip((junior.id, senior.id), both, strict=True))
