"""Load and safety: both sides of every pair on the same calendar, two taps, seen by nobody but who gave them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.asking import JITTER_MINUTES
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.pulse import OPEN_FOR, PulseFacts, ask_at, days_between, is_asked, next_round
from bot.domain.refusals import Refusal
from bot.domain.report.kinds import of_pulse
from bot.services import report
from bot.services.calendar import calendar_of, waking
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import plan, plan_many, post, refresh_home, work
from storage import due, enrol, match, programme, pulse
from storage.ids import new_id
from storage.match import RUNNING
from storage.records.delivery import Due, Letter
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.programme import Cohort, CohortState
from storage.records.pulse import Load, Pulse, Safety
from storage.store import Tx

_TOGETHER = 200
"""Pairs whose people are fetched at once."""


async def plan_rounds(tx: Tx, now: datetime) -> None:
    """Plan the next round, unless one is planned; called at the start and by each of them."""
    if await due.waits(tx, Job.PULSE_ROUND, tx.team):
        return
    at = next_round(now)
    await plan(tx, Job.PULSE_ROUND, tx.team, at, occurrence=at.date().isoformat())


async def do_round(kit: Kit, tx: Tx, item: Due) -> str | None:
    """On Tuesdays: where a cohort's Wednesday has come, plan the questions of everybody in its active pairs.

    A round that was done late sees the Wednesdays that passed since; what is too old to ask is recorded as such.
    """
    now, asked = kit.clock(), 0
    await plan_rounds(tx, now)
    since, until = item.due_at.date(), now.date() + timedelta(days=1)
    for cohort in await programme.cohorts(tx, CohortState.OPEN):
        for day in days_between(cohort.starts_on, cohort.ends_on, since, until):
            asked += await _plan_asks(kit, tx, cohort, day)
    return None if asked else "no cohort is asked this week"


async def do_ask(kit: Kit, tx: Tx, item: Due) -> str | None:
    """Ask one of a pair, unless it is paused or over."""
    pair = await match.get(tx, item.subject)
    person = await enrol.get(tx, item.recipient)
    if pair is None or pair.state is not PairState.ACTIVE:
        return "the pair is paused or has ended"
    if person is None or person.deactivated:
        return "the account is deactivated"
    now, day = kit.clock(), date.fromisoformat(item.occurrence)
    made = Pulse(new_id(), tx.team, pair.id, person.id, day, now, now + OPEN_FOR)
    if not await pulse.add(tx, made):
        return "asked already"
    params = {"pulse": made.id, "pair": pair.id}
    await post(tx, Kind.PULSE, person.user_id, made.id, waking(person, now), stale_at=item.stale_at, **params)
    await refresh_home(tx, person.user_id, now)
    return None


async def load_ask(kit: Kit, tx: Tx, letter: Letter) -> PulseFacts | None:
    """The question, while it is open, not wholly answered, and its pair active."""
    person = await enrol.find(tx, letter.to)
    found = await pulse.mine(tx, letter.params["pulse"], person.id) if person else None
    if found is None or found.whole or kit.clock() >= found.closes_at:
        return None
    facts = await _facts(tx, found)
    return facts if facts is not None and facts.people.pair.state is PairState.ACTIVE else None


async def waiting(tx: Tx, me: Person, now: datetime) -> tuple[PulseFacts, ...]:
    """For somebody's own Home: what was asked and is not answered yet."""
    found = [await _facts(tx, one) for one in await pulse.open_of(tx, me.id, now) if not one.whole]
    return tuple(one for one in found if one is not None and one.people.pair.state is PairState.ACTIVE)


async def form(kit: Kit, actor: Actor, pulse_id: str) -> PulseFacts:
    """The question with one's own answers. Raises Refusal for anybody else, and once it has closed."""
    async with kit.store.read(actor.team_id) as tx:
        return await _open(tx, actor, pulse_id, kit.clock())


async def say(
    kit: Kit, actor: Actor, pulse_id: str, load: Load | None = None, safety: Safety | None = None
) -> PulseFacts:
    """Keep one answer or both, in the place of those before; what is not given stays. Raises Refusal as `form`."""
    return await _keep(kit, actor, pulse_id, load, safety, forget=False)


async def take_back(kit: Kit, actor: Actor, pulse_id: str) -> PulseFacts:
    """As if nothing had been said: what waits to be counted is taken out, what was counted stays. Raises as `form`."""
    return await _keep(kit, actor, pulse_id, None, None, forget=True)


async def _keep(
    kit: Kit, actor: Actor, pulse_id: str, load: Load | None, safety: Safety | None, *, forget: bool
) -> PulseFacts:
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        facts = await _open(tx, actor, pulse_id, now)
        before = facts.pulse
        both = (None, None) if forget else (load or before.load, safety or before.safety)
        await pulse.save(tx, before, *both, now)
        for kind, said in zip(of_pulse(facts.side), both, strict=True):
            if said is not None or forget:
                wait = report.forget if forget else report.remember
                await wait(kit, tx, facts.people.pair, kind, before.id, now)
        await refresh_home(tx, actor.user_id, now)
        return await _open(tx, actor, pulse_id, now)


async def _open(tx: Tx, actor: Actor, pulse_id: str, now: datetime) -> PulseFacts:
    me = await enrol.find(tx, actor.user_id)
    found = await pulse.mine(tx, pulse_id, me.id) if me else None
    facts = await _facts(tx, found) if found else None
    if facts is None:
        raise Refusal("common.errors.gone")
    if facts.people.pair.state not in RUNNING:
        raise Refusal("common.errors.pair_ended")
    if now >= facts.pulse.closes_at:
        raise Refusal("pulse.refused.closed")
    return facts


async def _facts(tx: Tx, found: Pulse) -> PulseFacts | None:
    pair = await match.get(tx, found.pair_id)
    cohort = await programme.cohort(tx, pair.cohort_id) if pair else None
    return PulseFacts(found, await people_of(tx, pair), cohort.k) if pair and cohort else None


async def _plan_asks(kit: Kit, tx: Tx, cohort: Cohort, day: date) -> int:
    pairs = [one for one in await match.of_cohort(tx, cohort.id, PairState.ACTIVE) if is_asked(one.active_at, day)]
    for start in range(0, len(pairs), _TOGETHER):
        await plan_many(tx, await _asks(kit, tx, pairs[start : start + _TOGETHER], day))
    return len(pairs)


async def _asks(kit: Kit, tx: Tx, pairs: Iterable[Pair], day: date) -> list[Due]:
    """Both of each pair, each at their own hour and with their own jitter."""
    both = [(pair, one) for pair in pairs for one in (pair.junior_id, pair.senior_id)]
    people = await enrol.people(tx, {one for _, one in both})
    asks = []
    for pair, one in both:
        jitter = timedelta(minutes=kit.dice.randint(-JITTER_MINUTES, JITTER_MINUTES))
        at = ask_at(day, calendar_of(people[one]), jitter)
        asks.append(work(tx, Job.PULSE, pair.id, at, recipient=one, occurrence=day.isoformat()))
    return asks
