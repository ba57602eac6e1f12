"""A Slack account is closed: whatever concerns it stops at once and without a day, and goes on if it opens again."""

from datetime import datetime

from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.pause import HELD, NO_END, AccountGone, FrozenFacts, ResumedFacts
from bot.services.kit import Kit
from bot.services.match import PROPOSALS, people_of, redraw_homes
from bot.services.match.asking import close
from bot.services.meet.plans import plan_missing
from bot.services.pause.following import call_off
from bot.services.pause.going_on import release
from bot.services.post import post, refresh_home
from storage import enrol, match, meet, programme
from storage import pause as pauses
from storage.records.delivery import Letter
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.store import Tx


async def freeze(tx: Tx, gone: Person, now: datetime) -> None:
    """Suggestions end, sessions ahead are called off on nobody's account, partners and coordinators are told."""
    await pauses.hold_places(tx, gone.id, NO_END, HELD)
    frozen = False
    for pair in await match.open_of(tx, gone.id):
        people = await people_of(tx, pair)
        if pair.state in PROPOSALS:
            await close(tx, people, PairState.EXPIRED, now)
        else:
            await _freeze_pair(tx, people, gone, now)
            frozen = True
    for one in await programme.coordinators(tx) if frozen else ():
        if one.user_id != gone.user_id:
            await post(tx, Kind.ACCOUNT_GONE, one.user_id, f"{gone.id}:{_mark(now)}:{one.user_id}", now, person=gone.id)


async def thaw(tx: Tx, back: Person, now: datetime) -> None:
    """The account is open again: pairs run where the partner is there, and partners hear that they do."""
    await pauses.release_places(tx, back.id, now)
    for pair in await match.running_of(tx, back.id):
        people = await people_of(tx, pair)
        if not await release(tx, people, now):
            continue
        partner = people.other(back.id)
        await _ask_for_date(tx, people, now)
        await post(tx, Kind.THAWED, partner.user_id, f"{pair.id}:{_mark(now)}", now, pair=pair.id, person=partner.id)
        await pauses.wake_letters(tx, [pair.id, partner.user_id], now)
        await redraw_homes(tx, people, now)
    await pauses.wake_letters(tx, [back.user_id], now)
    await refresh_home(tx, back.user_id, now)


async def load_frozen(kit: Kit, tx: Tx, letter: Letter) -> FrozenFacts | None:
    """None once the account is open again, or the pair has ended."""
    pair = await match.get(tx, letter.params["pair"])
    reader = await enrol.find(tx, letter.to)
    if reader is None or not await _is_frozen(tx, pair):
        return None
    ids = [one for one in letter.params["sessions"].split(",") if one]
    off = [session for one in ids if (session := await meet.get(tx, one)) is not None]
    return FrozenFacts(tuple(off), reader.zone)


async def load_thawed(kit: Kit, tx: Tx, letter: Letter) -> ResumedFacts | None:
    """None where the pair does not run."""
    pair = await match.get(tx, letter.params["pair"])
    if pair is None or pair.state is not PairState.ACTIVE:
        return None
    people = await people_of(tx, pair)
    return ResumedFacts(False, (people.other(letter.params["person"]).user_id,))


async def load_account_gone(kit: Kit, tx: Tx, letter: Letter) -> AccountGone | None:
    """For coordinators; None once the account is open again, or nothing waits for them."""
    gone = await enrol.get(tx, letter.params["person"])
    if gone is None or not gone.deactivated or gone.erased or not await programme.is_coordinator(tx, letter.to):
        return None
    pairs = tuple([await people_of(tx, pair) for pair in await match.running_of(tx, gone.id)])
    return AccountGone(gone, pairs) if pairs else None


async def _freeze_pair(tx: Tx, people: PairPeople, gone: Person, now: datetime) -> None:
    pair, partner = people.pair, people.other(gone.id)
    await match.move(tx, pair.id, PairState.ACTIVE, PairState.PAUSED)
    off = await call_off(tx, people, now, NO_END)
    await pauses.hold_pair(tx, pair.id, NO_END, HELD)
    sessions = ",".join(session.id for session in off[:5])
    key = f"{pair.id}:{gone.id}:{_mark(now)}"
    await post(tx, Kind.FROZEN, partner.user_id, key, now, pair=pair.id, sessions=sessions)
    await redraw_homes(tx, people, now)


async def _ask_for_date(tx: Tx, people: PairPeople, now: datetime) -> None:
    """What was booked was called off: they are asked for a date as after any session."""
    sessions = [one for one in await meet.of_pair(tx, people.pair.id) if one.decided_at is not None]
    if sessions:
        last = max(sessions, key=lambda one: (one.decided_at or now, one.id))
        await plan_missing(tx, last, people, now, now)


async def _is_frozen(tx: Tx, pair: Pair | None) -> bool:
    if pair is None or pair.state is not PairState.PAUSED:
        return False
    people = await people_of(tx, pair)
    return people.junior.deactivated or people.senior.deactivated


def _mark(now: datetime) -> str:
    return f"{now:%Y%m%dT%H%M%S}"
