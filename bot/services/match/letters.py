"""What the messages of pairing say, read when they are sent; None where they no longer matter."""

from bot.domain.match import Card, Closed, PairPeople, Proposal, Question, Start, ToOne
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match.asking import ASKED, until_of
from bot.services.match.people import people_of, profile_in
from storage import match, meet, programme
from storage.records.delivery import Letter
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.records.meet import SessionState
from storage.store import Tx

_OVER = (PairState.DECLINED, PairState.EXPIRED)


async def load_proposal(kit: Kit, tx: Tx, letter: Letter) -> Proposal | None:
    """A suggestion, for the side whose answer is waited for."""
    side = Side(letter.params["side"])
    people = await _people(tx, letter)
    if people is None or people.pair.state is not ASKED[side] or people.pair.declined_at is not None:
        return None
    return await _proposal(tx, people, side)


async def proposal_again(kit: Kit, actor: Actor, pair_id: str) -> Proposal:
    """The same suggestion once more, for somebody who has just undone an answer."""
    async with kit.store.read(actor.team_id) as tx:
        pair, _, side = await access.pair(tx, actor, pair_id)
        if pair.state is not ASKED[side] or pair.declined_at is not None:
            raise Refusal("common.errors.gone")
        return await _proposal(tx, await people_of(tx, pair), side)


async def load_closed(kit: Kit, tx: Tx, letter: Letter) -> Closed | None:
    """None where the suggestion came back to life after all."""
    people = await _people(tx, letter)
    if people is None or (people.pair.declined_at is None and people.pair.state not in _OVER):
        return None
    reader = Side(letter.params["side"])
    return Closed(people.senior if reader is Side.JUNIOR else people.junior, letter.params["how"] == "lapsed")


async def load_question(kit: Kit, tx: Tx, letter: Letter) -> Question | None:
    people = await _people(tx, letter)
    if people is None:
        return None
    asked = people.on(Side(letter.params["side"]))
    return Question(asked, people.other(asked.id))


async def load_start(kit: Kit, tx: Tx, letter: Letter) -> Start | None:
    """The opening of the pair space."""
    people = await _running(tx, letter)
    if people is None:
        return None
    cohort = await programme.cohort(tx, people.pair.cohort_id)
    if cohort is None:
        return None
    return Start(
        people,
        await profile_in(tx, people.junior, cohort.id),
        await profile_in(tx, people.senior, cohort.id),
        cohort,
        kit.clock(),
    )


async def load_to_one(kit: Kit, tx: Tx, letter: Letter) -> ToOne | None:
    """The first words to the senior and to the junior."""
    people = await _running(tx, letter)
    return ToOne(people, Side(letter.params["side"]), lesson=letter.params.get("lesson", "")) if people else None


async def load_first_contact(kit: Kit, tx: Tx, letter: Letter) -> ToOne | None:
    """None as soon as a session is booked, or two times are suggested."""
    people = await _running(tx, letter)
    if people is None or await meet.of_pair(tx, people.pair.id, SessionState.PLANNED, SessionState.HELD):
        return None
    if await meet.open_offer(tx, people.pair.id) is not None:
        return None
    return ToOne(people, Side(letter.params["side"]))


async def _people(tx: Tx, letter: Letter) -> PairPeople | None:
    pair = await match.get(tx, letter.params["pair"])
    return await people_of(tx, pair) if pair else None


async def _running(tx: Tx, letter: Letter) -> PairPeople | None:
    people = await _people(tx, letter)
    return people if people and people.pair.state is PairState.ACTIVE else None


async def _proposal(tx: Tx, people: PairPeople, side: Side) -> Proposal:
    pair = people.pair
    other = people.senior if side is Side.JUNIOR else people.junior
    card = Card(other, await profile_in(tx, other, pair.cohort_id))
    cohort = await programme.cohort(tx, pair.cohort_id)
    cadence = cohort.cadence_days if cohort else 28
    return Proposal(pair, side, card, await until_of(tx, pair, side), people.on(side).zone, cadence)
