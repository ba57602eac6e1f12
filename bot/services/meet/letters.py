"""What the messages about sessions say, read when they are sent; None where they no longer matter."""

from bot.domain.match import PairPeople
from bot.domain.meet import AskFacts, RebookFacts, ReminderFacts, SessionFacts, cancelled_by_senior, turn
from bot.services.kit import Kit
from bot.services.match import people_of
from bot.services.meet.plans import is_missing
from bot.services.prepare import agenda_of
from storage import match as matches
from storage import meet
from storage.records.delivery import Letter
from storage.records.match import PairState
from storage.records.meet import Hindrance, Session, SessionState
from storage.store import Tx


async def load_booked(kit: Kit, tx: Tx, letter: Letter) -> SessionFacts | None:
    """For a session that was booked or moved, as long as it still stands."""
    session, people = await _running(tx, letter)
    if session is None or people is None or session.state is not SessionState.PLANNED:
        return None
    series = [await meet.get(tx, one) for one in letter.params.get("then", "").split(",") if one]
    then = tuple(one for one in series if one is not None and one.state is SessionState.PLANNED)
    old = await meet.get(tx, letter.params.get("old", ""))
    return SessionFacts(session, people, old, then=then, left_out=int(letter.params.get("left_out", "0")))


async def load_cancelled(kit: Kit, tx: Tx, letter: Letter) -> SessionFacts | None:
    session, people = await _running(tx, letter)
    if session is None or people is None or session.state is not SessionState.CANCELLED:
        return None
    ahead = await meet.next_of_pair(tx, people.pair.id, kit.clock())
    owed = session.hindrance is Hindrance.SENIOR
    also = [await meet.get(tx, one) for one in letter.params.get("also", "").split(",") if one]
    then = tuple(one for one in also if one is not None and one.state is SessionState.CANCELLED)
    return SessionFacts(session, people, ahead=ahead, then=then, owed=owed)


async def load_reminder(kit: Kit, tx: Tx, letter: Letter) -> ReminderFacts | None:
    session, people = await _running(tx, letter)
    if session is None or people is None or session.state is not SessionState.PLANNED:
        return None
    agenda = await agenda_of(kit, tx, session, people.pair)
    return ReminderFacts(session, people, tuple(line.text for line in agenda.lines))


async def load_ask(kit: Kit, tx: Tx, letter: Letter) -> AskFacts | None:
    session, people = await _running(tx, letter)
    if session is None or people is None or session.state is SessionState.HELD:
        return None
    person = letter.params["person"]
    if any(report.person_id == person for report in await meet.reports(tx, session.id)):
        return None
    return AskFacts(session, people, people.side_of(person), again=letter.params["again"] == "True")


async def load_rebook(kit: Kit, tx: Tx, letter: Letter) -> RebookFacts | None:
    """For the senior, after a session that did not take place; not once a date is booked, or the answer changed."""
    session, people = await _running(tx, letter)
    if session is None or people is None or session.state is not SessionState.CANCELLED:
        return None
    if str(session.decided_at) != letter.params["decided"] or not await is_missing(tx, session):
        return None
    return RebookFacts(people, people.side_of(letter.params["person"]), session)


async def load_missing(kit: Kit, tx: Tx, letter: Letter) -> RebookFacts | None:
    """None as soon as a session is booked, or two times are suggested and wait for an answer."""
    session, people = await _running(tx, letter)
    if session is None or people is None or not await is_missing(tx, session):
        return None
    if await meet.open_offer(tx, people.pair.id) is not None:
        return None
    sessions = await meet.of_pair(tx, people.pair.id)
    owed = cancelled_by_senior(sessions) is not None
    return RebookFacts(people, people.side_of(letter.params["person"]), session, turn(sessions), owed)


async def _running(tx: Tx, letter: Letter) -> tuple[Session | None, PairPeople | None]:
    session = await meet.get(tx, letter.params["session"])
    pair = await matches.get(tx, session.pair_id) if session else None
    if pair is None or pair.state is not PairState.ACTIVE:
        return session, None
    return session, await people_of(tx, pair)
