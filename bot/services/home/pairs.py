"""A person's running pairs, each as that person sees it."""

from datetime import date, datetime
from typing import Any

from bot.domain.home import PairCard, to_show
from bot.domain.jobs import Job
from bot.domain.match import PairPeople
from bot.domain.meet import AskFacts, OfferFacts
from bot.services import ask, close
from bot.services.commit import heard_of
from bot.services.intro import home_of
from bot.services.kit import Kit
from bot.services.match import people_of
from bot.services.meet import turn_of
from bot.services.prepare import agenda_of, card_of
from storage import checkin, commit, due, match, meet, pause, prepare
from storage.records.delivery import DueState
from storage.records.enrol import Person, Side
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.store import Tx

_SHARED = 2


async def cards_of(kit: Kit, tx: Tx, me: Person, now: datetime) -> tuple[PairCard, ...]:
    waiting = {c.pair_id: c for c in await checkin.open_of_person(tx, me.id, now) if c.due_at <= now}
    cards = []
    for pair in await match.running_of(tx, me.id):
        side = Side.JUNIOR if pair.junior_id == me.id else Side.SENIOR
        ahead = await meet.next_of_pair(tx, pair.id, now)
        people = await people_of(tx, pair)
        cards.append(
            PairCard(
                people=people, side=side, next_session=ahead, **await _agenda(kit, tx, pair, ahead),
                **await _next_date(tx, people, now),
                waiting=waiting.get(pair.id) if pair.state is PairState.ACTIVE else None,
                promises=to_show(await commit.of_pair(tx, pair.id), now),
                **await home_of(tx, pair, me, now), contract=await card_of(tx, pair),
                ask=await _ask(tx, people, side, now),
                **await close.card_of(tx, pair.id), proposals=await _proposals(tx, pair, side, now),
                **await _for_junior(tx, pair, me, side, now), paused_until=await _paused_until(tx, people),
            )
        )  # fmt: skip
    return tuple(cards)


async def _paused_until(tx: Tx, people: PairPeople) -> date | None:
    """The day that was told to both; a closed account opens again when it does."""
    both = [people.junior, people.senior]
    if people.pair.state is not PairState.PAUSED or any(one.deactivated for one in both):
        return None
    running = [await pause.running(tx, one.id) for one in both]
    return max((one.until for one in running if one is not None), default=None)


async def _next_date(tx: Tx, people: PairPeople, now: datetime) -> dict[str, Any]:
    """Who finds the next date, or two times that wait for an answer."""
    offered = await meet.open_offer(tx, people.pair.id)
    offer = OfferFacts(offered, people) if offered is not None else None
    return {"turn": await turn_of(tx, people.pair.id, now), "offer": offer}


async def _ask(tx: Tx, people: PairPeople, side: Side, now: datetime) -> AskFacts | None:
    """The last session that is over, where this side has not said yet whether it took place."""
    over = [s for s in await meet.of_pair(tx, people.pair.id, SessionState.PLANNED) if s.ends_at <= now]
    if not over or people.pair.state is not PairState.ACTIVE:
        return None
    said = {report.person_id for report in await meet.reports(tx, over[-1].id)}
    return None if people.on(side).id in said else AskFacts(over[-1], people, side)


async def _proposals(tx: Tx, pair: Pair, side: Side, now: datetime) -> int:
    """How many suggestions wait for the senior's answer."""
    if side is not Side.SENIOR or pair.state is not PairState.ACTIVE:
        return 0
    return len(await heard_of(tx, pair.id, side, now))


async def _for_junior(tx: Tx, pair: Pair, me: Person, side: Side, now: datetime) -> dict[str, Any]:
    """What only the junior of the pair sees: what the senior shared, and her own answers."""
    if side is not Side.JUNIOR:
        return {}
    shared = await checkin.shared_of_pair(tx, pair.id)
    sheets = await checkin.sheets(tx, pair.id, me.id)
    return {
        "shared": tuple(r.learned for r in shared[:_SHARED] if r.learned),
        "trend": tuple(sheet for _, sheet in sheets),
        "offer_to_ask": await ask.waiting(tx, me.id, pair.id, now),
    }


async def _agenda(kit: Kit, tx: Tx, pair: Pair, session: Session | None) -> dict[str, Any]:
    """The agreed lines; else the suggestion, once it stands in the pair space."""
    if session is None:
        return {"agenda": ()}
    if agreed := await prepare.lines(tx, session.id):
        return {"agenda": tuple(line.text for line in agreed)}
    sent = [item.state is DueState.DONE for item in await due.about(tx, Job.AGENDA, session.id)]
    if not any(sent):
        return {"agenda": ()}
    suggestion = await agenda_of(kit, tx, session, pair)
    return {"agenda": tuple(line.text for line in suggestion.lines), "suggested": True}
