"""Two times to pick from, and how often and how many times a pair wants to meet."""

from datetime import datetime, timedelta

from bot.domain.refusals import Refusal
from storage.records.enrol import Person
from storage.records.meet import Offer

WEEKS = (1, 2, 3, 4, 6)
LEAST_SESSIONS, MOST_SESSIONS = 2, 12
REMIND_AFTER = 2
"""Working days after which somebody is reminded of two times that wait for an answer."""


def check_offer(times: tuple[datetime, datetime], minutes: int) -> None:
    """Raises Refusal under the second field for two times that are one."""
    first, second = sorted(times)
    if second < first + timedelta(minutes=minutes):
        raise Refusal("meet.refused.same_time", field="meet.second")


def check_take(offer: Offer, me: Person) -> None:
    """Raises Refusal for one's own suggestion: the other one picks."""
    if offer.person_id == me.id:
        raise Refusal("meet.refused.own_offer")


def lapses_at(offer: Offer) -> datetime:
    """When the later of the two times has come."""
    return max(offer.times)


def check_rhythm(every_days: int, sessions: int, held: int) -> None:
    """Raises Refusal under the field for a rhythm that is not on the list, or fewer sessions than there were."""
    if every_days not in {weeks * 7 for weeks in WEEKS}:
        raise Refusal("common.errors.pick_one", field="meet.every")
    if not LEAST_SESSIONS <= sessions <= MOST_SESSIONS:
        raise Refusal("common.errors.pick_one", field="meet.sessions")
    if sessions < held:
        raise Refusal("meet.refused.fewer_than_held", field="meet.sessions", n=held)
