"""What follows from a pause: partners are told, what was booked is called off, and one day things go on."""

from datetime import datetime

from bot.domain.match import PairPeople
from bot.domain.meet import Verdict
from bot.domain.messages import Kind
from bot.domain.pause import PausedFacts, ResumedFacts
from bot.services import prepare
from bot.services.kit import Kit
from bot.services.match import people_of
from bot.services.match.asking import close
from bot.services.meet.plans import plan_missing, settle, unplan_around
from bot.services.pause.going_on import go_on, hold
from bot.services.post import post, refresh_home
from storage import enrol, match, meet
from storage import pause as pauses
from storage.records.delivery import Due, Letter
from storage.records.enrol import Person
from storage.records.match import PairState
from storage.records.meet import Hindrance, Session, SessionState
from storage.records.pause import Pause
from storage.store import Tx

_SUGGESTED = (PairState.PROPOSED, PairState.ASKING_SENIOR, PairState.STARTING)
_WHY = "a pause"


async def do_settle(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes later: suggestions end, sessions in that time are called off, partners are told."""
    now = kit.clock()
    running = await pauses.get(tx, due.subject)
    me = await enrol.get(tx, due.recipient)
    if running is None or me is None or running.ended_at is not None:
        return "taken back"
    for pair in await match.open_of(tx, me.id):
        people = await people_of(tx, pair)
        if pair.state in _SUGGESTED:
            await close(tx, people, PairState.EXPIRED, now)
        elif pair.state is PairState.PAUSED:
            off = await call_off(tx, people, now, running.resumes_at)
            for one in off:
                await plan_missing(tx, one, people, running.resumes_at, running.resumes_at)
            await _tell(tx, people.other(me.id), people, running, now, off, due.occurrence)
    await hold(tx, me)
    await pauses.change(tx, running.id, settled_at=now)
    return None


async def do_end(kit: Kit, tx: Tx, due: Due) -> str | None:
    """The day has come."""
    now = kit.clock()
    running = await pauses.get(tx, due.subject)
    me = await enrol.get(tx, due.recipient)
    if running is None or me is None or running.ended_at is not None:
        return "over already"
    if running.resumes_at > now:
        return "the pause was made longer"
    await end(tx, me, running, now)
    return None


async def end(tx: Tx, me: Person, over: Pause, now: datetime, *, early: bool = False) -> None:
    """End a pause that partners know of; whoever goes on is told, and who did it early knows."""
    await pauses.change(tx, over.id, ended_at=now)
    back = await go_on(tx, me, now)
    for people in back:
        partner = people.other(me.id)
        key = f"{over.id}:{people.pair.id}"
        await post(tx, Kind.RESUMED, partner.user_id, key, now, pause=over.id, person=partner.id, pair=people.pair.id)
    if not early:
        await post(tx, Kind.RESUMED, me.user_id, f"{over.id}:{me.id}", now, pause=over.id, person=me.id)
    await refresh_home(tx, me.user_id, now)


async def load_paused(kit: Kit, tx: Tx, letter: Letter) -> PausedFacts | None:
    """None once the pause is over."""
    running = await pauses.get(tx, letter.params["pause"])
    reader = await enrol.find(tx, letter.to)
    if running is None or reader is None or running.ended_at is not None:
        return None
    ids = [one for one in letter.params["sessions"].split(",") if one]
    off = [session for one in ids if (session := await meet.get(tx, one)) is not None]
    return PausedFacts(running.until, running.note, tuple(off), reader.zone)


async def load_resumed(kit: Kit, tx: Tx, letter: Letter) -> ResumedFacts | None:
    """The pairs of the reader that run; None where everything is paused again."""
    over = await pauses.get(tx, letter.params["pause"])
    reader = await enrol.get(tx, letter.params["person"])
    if over is None or reader is None or not await enrol.enrolled(tx, reader.id):
        return None
    if await pauses.running(tx, reader.id) is not None:
        return None
    pairs = [pair for pair in await match.running_of(tx, reader.id) if pair.state is PairState.ACTIVE]
    wanted = [pair for pair in pairs if letter.params.get("pair") in (None, pair.id)]
    people = [await people_of(tx, pair) for pair in wanted]
    own = over.person_id == reader.id
    return ResumedFacts(own, tuple(one.other(reader.id).user_id for one in people)) if own or people else None


async def call_off(tx: Tx, people: PairPeople, now: datetime, until: datetime) -> list[Session]:
    """Booked sessions before the end of a pause do not take place, on nobody's account."""
    ahead = await meet.of_pair(tx, people.pair.id, SessionState.PLANNED)
    lost = []
    for session in ahead:
        if now < session.starts_at < until:
            lost.append(await settle(tx, session, Verdict(SessionState.CANCELLED, Hindrance.OTHER), now))
            await unplan_around(tx, session.id, _WHY)
            await prepare.unplan_for(tx, session.id, _WHY)
            await prepare.release(tx, session)
    return lost


async def _tell(
    tx: Tx, partner: Person, people: PairPeople, running: Pause, now: datetime, off: list[Session], again: str
) -> None:
    await post(
        tx, Kind.PAUSED, partner.user_id, f"{running.id}:{people.pair.id}:{again}", now, pause=running.id,
        pair=people.pair.id, sessions=",".join(session.id for session in off[:5]),
    )  # fmt: skip
