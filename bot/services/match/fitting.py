"""The fit check: both are asked after the first session; coordinators hear only of who wants their help."""

from datetime import datetime

from bot.domain.asking import day_after
from bot.domain.jobs import Job
from bot.domain.match.facts import PairPeople
from bot.domain.match.fitting import ASKED_AFTER, TOLD, FitAsk, Wish, help_told, is_asked, may_say
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.when import UNDO, next_working_morning
from bot.services import access
from bot.services.calendar import calendar_of, days_off
from bot.services.kit import Actor, Kit
from bot.services.match.people import people_of
from bot.services.post import plan, plan_many, post, refresh_homes, unplan, work
from storage import due, enrol, match, meet, programme
from storage.ids import new_nonce
from storage.match import fits
from storage.records.delivery import Due, DueState, Letter
from storage.records.enrol import Person
from storage.records.match import Fit, FitAnswer, Help, Pair, PairState
from storage.records.meet import Session, SessionState
from storage.store import Tx


async def plan_fit(tx: Tx, session: Session, people: PairPeople, asked: datetime) -> None:
    """The working day after `asked`, the later check-in about a session that was held: how does the pair fit?"""
    held = await _held(tx, session.pair_id)
    if session.id in held[:ASKED_AFTER] and len(held) <= ASKED_AFTER:
        times = fit_times(people, asked)
        items = [
            work(tx, Job.FIT, session.id, at, recipient=who, occurrence=new_nonce()[:12]) for who, at in times.items()
        ]
        await plan_many(tx, items)


def fit_times(people: PairPeople, asked: datetime) -> dict[str, datetime]:
    """Person's id → when they are asked; never on the day of a check-in, which is enough for one morning."""
    times = day_after(asked, calendar_of(people.junior), calendar_of(people.senior))
    return dict(zip((people.junior.id, people.senior.id), times, strict=True))


async def put_off_fit(tx: Tx, session_id: str, person: Person, asked: datetime) -> None:
    """Somebody put their check-in off to `asked`: the other question waits for the working day after it."""
    for item in await due.about(tx, Job.FIT, session_id):
        later = next_working_morning(asked, person.zone, hour=person.prefs.asked_at, days_off=days_off(person.region))
        if item.state is DueState.PENDING and item.recipient == person.id and item.due_at < later:
            stale_at = item.stale_at + (later - item.due_at) if item.stale_at else None
            await due.move(tx, item, later, stale_at)


async def unplan_fit(tx: Tx, session_id: str, reason: str) -> None:
    """The session was not held after all."""
    await unplan(tx, Job.FIT, session_id, reason)


async def do_fit(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ask one of the two; after the second session only who was undecided, which tells the other one nothing."""
    session = await meet.get(tx, due.subject)
    pair = await match.get(tx, session.pair_id) if session else None
    person = await enrol.get(tx, due.recipient)
    if session is None or pair is None or pair.state is not PairState.ACTIVE:
        return "the pair is paused or has ended"
    if person is None or person.deactivated:
        return "the account is deactivated"
    answer = await fits.mine(tx, pair.id, person.id)
    if not is_asked(await _held(tx, pair.id), session.id, answer):
        return "nothing to ask"
    key = f"{session.id}:{due.occurrence}"
    await post(
        tx, Kind.FIT, person.user_id, key, kit.clock(), pair=pair.id, session=session.id, person=person.id
    )  # fmt: skip
    return None


async def load_fit(kit: Kit, tx: Tx, letter: Letter) -> FitAsk | None:
    """None once it was answered, or the pair has ended."""
    told = letter.params
    pair = await match.get(tx, told["pair"])
    if pair is None or pair.state is not PairState.ACTIVE:
        return None
    answer = await fits.mine(tx, pair.id, told["person"])
    if not is_asked(await _held(tx, pair.id), told["session"], answer):
        return None
    people = await people_of(tx, pair)
    return FitAsk(people, people.on(people.side_of(told["person"])))


async def fit_form(kit: Kit, actor: Actor, pair_id: str) -> FitAsk:
    """The question with one's own answer. Raises Refusal for strangers, and once the next session has taken place."""
    async with kit.store.read(actor.team_id) as tx:
        return await _open(tx, actor, pair_id)


async def say_fit(kit: Kit, actor: Actor, pair_id: str, fit: Fit, wanted: Help | None = None) -> FitAsk:
    """Keep an answer, in the place of the one before; where help is wanted, coordinators hear of it ten minutes later.

    Raises Refusal for strangers, and once the next session has taken place.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        ask = await _open(tx, actor, pair_id)
        said, before = help_told(fit, wanted), ask.answer
        if before is not None and (before.fit, before.help) == (fit, said):
            return ask
        session_id = (await _held(tx, pair_id))[-1]
        answer = FitAnswer(pair_id, ask.me.id, session_id, fit, said, now)
        await fits.save(tx, answer)
        if said in TOLD:
            await plan(tx, Job.FIT_HELP, pair_id, now + UNDO, recipient=ask.me.id, occurrence=new_nonce())
        await refresh_homes(tx, [c.user_id for c in await programme.coordinators(tx)], now)
        return FitAsk(ask.people, ask.me, answer)


async def forget_fit(kit: Kit, actor: Actor, pair_id: str) -> FitAsk:
    """Take one's answer back, as if it had never been said. Raises Refusal where it cannot be changed any more."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        ask = await _open(tx, actor, pair_id)
        await fits.forget(tx, pair_id, ask.me.id)
        await refresh_homes(tx, [c.user_id for c in await programme.coordinators(tx)], now)
        return FitAsk(ask.people, ask.me)


async def do_fit_help(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes later: the coordinators hear who asks for help, except the partner where that is one of them."""
    now = kit.clock()
    wish = await fits.wish(tx, due.subject, due.recipient)
    pair = await match.get(tx, due.subject)
    if wish is None or pair is None or wish.at > now - UNDO:
        return "taken back, or changed"
    told = [c.user_id for c in await programme.coordinators(tx)]
    people = await people_of(tx, pair)
    partner = people.other(due.recipient)
    others = [user for user in told if user != partner.user_id]
    for user in others:
        key = f"{pair.id}:{due.recipient}:{due.occurrence}:{user}"
        await post(tx, Kind.FIT_HELP, user, key, now, pair=pair.id, person=due.recipient)
    await refresh_homes(tx, others, now)
    return None


async def load_fit_help(kit: Kit, tx: Tx, letter: Letter) -> Wish | None:
    """For coordinators; None once it was taken back or dealt with."""
    found = await fits.wish(tx, letter.params["pair"], letter.params["person"])
    pair = await match.get(tx, letter.params["pair"])
    if found is None or pair is None or not await programme.is_coordinator(tx, letter.to):
        return None
    return _wish(await people_of(tx, pair), found.person_id, found.help, letter.to)


async def wish_list(kit: Kit, actor: Actor) -> list[Wish]:
    """Who asked for help and waits for it. Raises Refusal for anybody but coordinators."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await wishes_for(tx, actor.user_id, kit.clock())


async def wish_done(kit: Kit, actor: Actor, pair_id: str, person_id: str) -> None:
    """A coordinator has dealt with it; it leaves the list of all of them. Raises Refusal where there is nothing."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        known = [(one.people.pair.id, one.person.id) for one in await wishes_for(tx, actor.user_id, now)]
        if (pair_id, person_id) not in known:
            raise Refusal("common.errors.gone")
        await fits.settle(tx, pair_id, person_id)
        await programme.note(tx, actor.user_id, "match.help_done", "", now)  # not whose: partners read the log, too
        await refresh_homes(tx, [c.user_id for c in await programme.coordinators(tx)], now)


async def wishes_for(tx: Tx, user_id: str, now: datetime) -> list[Wish]:
    """What one coordinator may know of: nothing of a partner's, and nothing that may still be taken back."""
    found: list[Wish] = []
    for one in await fits.wishes(tx, now - UNDO):
        pair = await match.get(tx, one.pair_id)
        if pair is None or pair.state not in match.RUNNING:
            continue
        wish = _wish(await people_of(tx, pair), one.person_id, one.help, user_id)
        found += [wish] if wish else []
    return found


def _wish(people: PairPeople, person_id: str, wanted: Help, reader: str) -> Wish | None:
    person = people.on(people.side_of(person_id))
    partner = people.other(person_id)
    return None if person.erased or partner.user_id == reader else Wish(people, person, wanted)


async def _open(tx: Tx, actor: Actor, pair_id: str) -> FitAsk:
    pair, me, _ = await access.pair(tx, actor, pair_id)
    _check_running(pair)
    answer = await fits.mine(tx, pair.id, me.id)
    if not may_say(await _held(tx, pair.id), answer):
        raise Refusal("fit.refused.closed")
    return FitAsk(await people_of(tx, pair), me, answer)


def _check_running(pair: Pair) -> None:
    if pair.state not in match.RUNNING:
        raise Refusal("common.errors.pair_ended")


async def _held(tx: Tx, pair_id: str) -> list[str]:
    """The ids of the sessions that took place, in order."""
    found = await meet.of_pair(tx, pair_id, SessionState.HELD)
    return [session.id for session in sorted(found, key=lambda one: one.starts_at)]
