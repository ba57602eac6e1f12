"""Every morning: which pairs begin to wrap up, are thanked after their last session, and are completed."""

from datetime import UTC, datetime, time, timedelta

from bot.domain.close import Course, Move, next_move
from bot.domain.enrol import TAKING_PART
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.when import local_day
from bot.services import review
from bot.services.kit import Kit
from bot.services.match import people_of, redraw_homes
from bot.services.post import plan, post
from bot.services.prepare.pick import pair_words, purpose_of
from storage import close, due, enrol, leave, match, meet, prepare, programme
from storage.match import fits
from storage.records.close import Standing, WrapUp
from storage.records.delivery import Due
from storage.records.enrol import Enrolment
from storage.records.match import PairState
from storage.records.meet import SessionState
from storage.records.programme import Cohort, CohortState
from storage.report import beats as rhythms
from storage.store import Tx

LOOK_AT = time(6)
"""When the daily look happens, in UTC; what follows from it waits for people's own hours."""
CLOSING = 6
"""The agenda of a last session among the six of each purpose."""


async def plan_look(tx: Tx, now: datetime) -> None:
    """Plan the next look, unless one is planned; called at the start and by each look."""
    if await due.waits(tx, Job.WRAP_UP, tx.team):
        return
    today = datetime.combine(now.astimezone(UTC).date(), LOOK_AT, UTC)
    at = today if today > now else today + timedelta(days=1)
    await plan(tx, Job.WRAP_UP, tx.team, at, occurrence=at.date().isoformat())


async def do_look(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Take every pair of the open cohorts the next step; doing it twice changes nothing."""
    now = kit.clock()
    await plan_look(tx, now)
    known = await programme.get(tx)
    if known is None:
        return "there is no programme yet"
    today = local_day(now, known.zone)
    for cohort in await programme.cohorts(tx, CohortState.OPEN):
        standings = await close.standings(tx, cohort.id)
        begun = await close.wrap_ups(tx, [one.pair_id for one in standings])
        beats = await rhythms.beats(tx, cohort.id)
        for one in standings:
            _, wanted = beats.get(one.pair_id, (0, cohort.sessions))
            course = Course(
                one.active, today, cohort.ends_on, one.held, wanted, one.next_at, one.last_at, begun.get(one.pair_id)
            )
            move = next_move(course, now)
            if move is not None:
                await _go(kit, tx, cohort, one, move, begun.get(one.pair_id), now)
            elif one.pair_id in begun and one.next_at is not None:
                await _close_with(kit, tx, one.pair_id)
    return None


async def _go(
    kit: Kit, tx: Tx, cohort: Cohort, one: Standing, move: Move, wrap_up: WrapUp | None, now: datetime
) -> None:  # fmt: skip
    pair = await match.get(tx, one.pair_id)
    if pair is None:
        return
    people = await people_of(tx, pair)
    if move is Move.ENTER:
        await close.enter(tx, pair.id, now)
        await _close_with(kit, tx, pair.id)
        await post(tx, Kind.WRAPPING, pair.id, f"{pair.id}:{now:%Y%m%dT%H%M%S}", now, pair=pair.id)
    elif move is Move.GO_ON:
        await close.go_on(tx, pair.id)
    elif move is Move.THANK and wrap_up is not None:
        await close.mark(tx, pair.id, thanked_at=now)
        for person in (people.junior, people.senior):
            key = f"{pair.id}:{person.id}:{wrap_up.entered_at:%Y%m%dT%H%M%S}"
            await post(tx, Kind.THANKS, person.user_id, key, now, pair=pair.id, person=person.id)
    elif move is Move.COMPLETE:
        await complete(tx, people, now)
    await redraw_homes(tx, people, now)


async def _close_with(kit: Kit, tx: Tx, pair_id: str) -> None:
    """The last session that is booked gets the closing agenda, unless the two have agreed on another."""
    pair, booked = await match.get(tx, pair_id), await meet.of_pair(tx, pair_id, SessionState.PLANNED)
    if pair is None or not booked or booked[-1].template is not None or await prepare.lines(tx, booked[-1].id):
        return
    content = (await pair_words(kit, tx)).content
    closing = content.agenda((await purpose_of(tx, pair)).value, CLOSING)
    await meet.change(tx, booked[-1].id, SessionState.PLANNED, template=closing.id)


async def complete(tx: Tx, people: PairPeople, now: datetime) -> None:
    """A pair has had what it planned: it ends as completed, and its two are not matched again in this cohort."""
    pair = people.pair
    if not await match.move(tx, pair.id, pair.state, PairState.COMPLETED, ended_at=now):
        return
    await close.mark(tx, pair.id, completed_at=now)
    await review.completed(tx, pair.id, now)
    await leave.stop_letters(tx, pair.id)
    await fits.settle(tx, pair.id)
    for person in (people.junior, people.senior):
        place = await enrol.place(tx, person.id, pair.cohort_id)
        others = [one for one in await match.running_of(tx, person.id) if one.cohort_id == pair.cohort_id]
        if place is not None and place.state in TAKING_PART and not others:
            await enrol.set_state(tx, person.id, pair.cohort_id, Enrolment.FINISHED)
