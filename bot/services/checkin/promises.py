"""A promised day that passes is asked about again.

Every junior who has answered is looked at once a week, whatever she answered: the plan must not show who was promised
something.
"""

from datetime import date, datetime, timedelta

from bot.domain.checkin import Invite, passed
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.when import local_day, next_weekday
from bot.services.calendar import days_off, waking
from bot.services.checkin.asking import invite_of
from bot.services.kit import Kit
from bot.services.match import people_of
from bot.services.post import plan, post
from storage import checkin, due, match
from storage.match import RUNNING
from storage.records.checkin import Checkin, CheckinState
from storage.records.delivery import Due, DueState, Letter
from storage.records.match import PairState
from storage.store import Tx

THURSDAY = 3
_CHANGEABLE = timedelta(days=14)


async def plan_look(tx: Tx, people: PairPeople, now: datetime) -> None:
    """The next weekly look at a pair; planning it again changes nothing."""
    junior = people.junior
    at = next_weekday(now, junior.zone, THURSDAY, junior.prefs.asked_at, days_off(junior.region))
    day = local_day(at, junior.zone).isoformat()
    await plan(tx, Job.PROMISE_PASSED, people.pair.id, at, recipient=junior.id, occurrence=day)


async def do_look(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Ask the junior again where a promised day has passed since the last look."""
    pair = await match.get(tx, item.subject)
    if pair is None or pair.state not in RUNNING:
        return "the pair has ended"
    now = kit.clock()
    people = await people_of(tx, pair)
    await plan_look(tx, people, now)
    newest = await checkin.last_answered(tx, pair.id, people.junior.id)
    waiting = [c for c in await checkin.open_of_person(tx, people.junior.id, now) if c.pair_id == pair.id]
    if newest is None or waiting or pair.state is not PairState.ACTIVE or people.junior.deactivated:
        return None
    sheet = await checkin.sheet(tx, newest)
    since = await _last_look(tx, item, newest, people.junior.zone)
    if sheet and passed(sheet, since, local_day(now, people.junior.zone)):
        await checkin.keep_open(tx, newest.id, now + _CHANGEABLE)
        key = f"{newest.id}:{item.occurrence}"
        at = waking(people.junior, now)
        await post(tx, Kind.PROMISE_PASSED, people.junior.user_id, key, at, checkin=newest.id)
    return None


async def _last_look(tx: Tx, item: Due, newest: Checkin, zone: str) -> date:
    """The day of the last look that was done, or of the answer where that is later."""
    looks = [d for d in await due.about(tx, Job.PROMISE_PASSED, item.subject) if d.recipient == item.recipient]
    done = [d.due_at for d in looks if d.state is DueState.DONE and d.due_at < item.due_at]
    answered = newest.answered_at or newest.due_at
    return local_day(max([*done, answered]), zone)


async def load_passed(kit: Kit, tx: Tx, letter: Letter) -> Invite | None:
    """The message, unless the junior has changed her answers since."""
    found = await checkin.get(tx, letter.params["checkin"])
    sheet = await checkin.sheet(tx, found) if found else None
    if found is None or sheet is None or found.state is not CheckinState.ANSWERED:
        return None
    invite = await invite_of(tx, found)
    if invite is None or not passed(sheet, date.min, local_day(kit.clock(), invite.zone)):
        return None
    return invite
