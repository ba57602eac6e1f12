"""Credit by name: every senior is asked on the same day of the month, and only they see what they said."""

from datetime import datetime, timedelta

from bot.domain.credit import JITTER_MINUTES, OPEN_FOR, CreditFacts, ask_at, days_between, month_of, next_round
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services.calendar import calendar_of, waking
from bot.services.kit import Actor, Kit
from bot.services.post import plan, plan_many, post, refresh_home, work
from storage import credit, due, enrol, match
from storage.ids import new_id
from storage.records.credit import Credit, Credited
from storage.records.delivery import Due, Letter
from storage.records.enrol import Person
from storage.records.match import PairState
from storage.store import Tx

_TOGETHER = 200
"""Seniors who are fetched at once."""


async def plan_rounds(tx: Tx, now: datetime) -> None:
    """Plan the next round, unless one is planned; called at the start and by each of them."""
    if await due.waits(tx, Job.CREDIT_ROUND, tx.team):
        return
    at = next_round(now)
    await plan(tx, Job.CREDIT_ROUND, tx.team, at, occurrence=at.date().isoformat())


async def do_round(kit: Kit, tx: Tx, item: Due) -> str | None:
    """On the Monday before the first Tuesday of a month: plan one question for each senior of an active pair."""
    now = kit.clock()
    await plan_rounds(tx, now)
    seniors = await credit.seniors(tx)
    for day in days_between(item.due_at.date(), now.date() + timedelta(days=1)):
        for start in range(0, len(seniors), _TOGETHER):
            found = await enrol.people(tx, seniors[start : start + _TOGETHER])
            asks = []
            for person in found.values():
                jitter = timedelta(minutes=kit.dice.randint(-JITTER_MINUTES, JITTER_MINUTES))
                at = ask_at(day, calendar_of(person), jitter)
                asks.append(work(tx, Job.CREDIT, person.id, at, recipient=person.id, occurrence=month_of(day)))
            await plan_many(tx, asks)
    return None if seniors else "no pair is active"


async def do_ask(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Ask a senior, once for all of their pairs, unless none of them is active by now."""
    person = await enrol.get(tx, item.recipient)
    if person is None or person.deactivated:
        return "the account is deactivated"
    if not await _juniors(tx, person):
        return "no pair of theirs is active"
    now = kit.clock()
    made = Credit(new_id(), tx.team, person.id, item.occurrence, now, now + OPEN_FOR)
    if not await credit.add(tx, made):
        return "asked already"
    at = waking(person, now)
    await post(tx, Kind.CREDIT, person.user_id, made.id, at, stale_at=item.stale_at, credit=made.id)
    await refresh_home(tx, person.user_id, now)
    return None


async def load_ask(kit: Kit, tx: Tx, letter: Letter) -> CreditFacts | None:
    """The question, while it is open and unanswered, and the senior has an active pair."""
    person = await enrol.find(tx, letter.to)
    found = await credit.mine(tx, letter.params["credit"], person.id) if person else None
    if person is None or found is None or found.said is not None or kit.clock() >= found.closes_at:
        return None
    juniors = await _juniors(tx, person)
    return CreditFacts(found, juniors) if juniors else None


async def waiting(tx: Tx, me: Person, now: datetime) -> CreditFacts | None:
    """For the senior's own Home: this month's question, while it is open and unanswered."""
    asked = [one for one in await credit.of_senior(tx, me.id) if one.said is None and one.closes_at > now]
    juniors = await _juniors(tx, me) if asked else ()
    return CreditFacts(asked[-1], juniors) if juniors else None


async def say(kit: Kit, actor: Actor, credit_id: str, said: Credited | None) -> tuple[CreditFacts, str]:
    """Keep an answer in the place of the one before; None takes it back. The facts, and the senior's zone.

    Raises Refusal for anybody else, and once the question has closed.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me = await enrol.find(tx, actor.user_id)
        found = await credit.mine(tx, credit_id, me.id) if me else None
        if me is None or found is None:
            raise Refusal("common.errors.gone")
        if now >= found.closes_at:
            raise Refusal("credit.refused.closed")
        await credit.save(tx, found, said, now)
        await refresh_home(tx, me.user_id, now)
        kept = await credit.mine(tx, credit_id, me.id)
        assert kept is not None
        return CreditFacts(kept, await _juniors(tx, me)), me.zone


async def _juniors(tx: Tx, senior: Person) -> tuple[str, ...]:
    """The Slack ids of those whom somebody is the senior of, in pairs that are active."""
    running = await match.running_of(tx, senior.id)
    ids = [one.junior_id for one in running if one.senior_id == senior.id and one.state is PairState.ACTIVE]
    people = await enrol.people(tx, ids)
    return tuple(people[one].user_id for one in ids)
