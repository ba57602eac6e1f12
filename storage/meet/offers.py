"""Queries about the times that one of a pair suggests, and about how often the two want to meet."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select, update

from storage import tables as t
from storage.records.meet import Offer, OfferState, Rhythm, RhythmState
from storage.store import Tx


async def add_offer(tx: Tx, offer: Offer) -> None:
    """Store suggested times; where to meet is sealed under the key of whoever suggests."""
    place = await tx.seal(offer.person_id, t.session_offer.c.place, offer.id, offer.place, offer.at)
    await tx.conn.execute(t.session_offer.insert().values(**asdict(offer) | {"place": place}))


async def offer(tx: Tx, offer_id: str) -> Offer | None:
    return await _offer(tx, t.session_offer.c.id == offer_id)


async def open_offer(tx: Tx, pair_id: str) -> Offer | None:
    """The pair's suggestion that waits for an answer: there is one at most."""
    c = t.session_offer.c
    return await _offer(tx, c.pair_id == pair_id, c.state == OfferState.OPEN)


async def decide(tx: Tx, offer_id: str, state: OfferState, now: datetime) -> bool:
    """What became of an open suggestion; False when somebody was quicker."""
    return await _decide(tx, t.session_offer, offer_id, state, now)


async def add_rhythm(tx: Tx, rhythm: Rhythm) -> None:
    await tx.conn.execute(t.rhythm.insert().values(**asdict(rhythm)))


async def rhythm(tx: Tx, rhythm_id: str) -> Rhythm | None:
    return await _rhythm(tx, t.rhythm.c.id == rhythm_id)


async def agreed(tx: Tx, pair_id: str) -> Rhythm | None:
    """The newest rhythm that both of a pair agreed to, if any."""
    return await _rhythm(tx, t.rhythm.c.pair_id == pair_id, t.rhythm.c.state == RhythmState.AGREED)


async def decide_rhythm(tx: Tx, rhythm_id: str, state: RhythmState, now: datetime) -> bool:
    """As `decide`, for a rhythm."""
    return await _decide(tx, t.rhythm, rhythm_id, state, now)


async def _decide(tx: Tx, table: Table, row_id: str, state: str, now: datetime) -> bool:
    c = table.c
    where = (c.team_id == tx.team, c.id == row_id, c.state == "open")
    return (await tx.conn.execute(update(table).where(*where).values(state=state, decided_at=now))).rowcount == 1


async def _offer(tx: Tx, *where: Any) -> Offer | None:
    c = t.session_offer.c
    query = select(t.session_offer).where(c.team_id == tx.team, *where).order_by(c.at.desc(), c.id.desc())
    row = (await tx.conn.execute(query.limit(1))).first()
    if row is None:
        return None
    place = await tx.open(row.person_id, c.place, row.id, row.place) or ""
    return Offer(**dict(row._mapping) | {"place": place, "state": OfferState(row.state)})


async def _rhythm(tx: Tx, *where: Any) -> Rhythm | None:
    c = t.rhythm.c
    query = select(t.rhythm).where(c.team_id == tx.team, *where).order_by(c.decided_at.desc(), c.id.desc())
    row = (await tx.conn.execute(query.limit(1))).first()
    return Rhythm(**dict(row._mapping) | {"state": RhythmState(row.state)}) if row else None
