"""Queries about what a junior was offered, for her own eyes."""

import json
from datetime import UTC, datetime

from sqlalchemy import select

from storage import tables as t
from storage.records.ask import Offers
from storage.records.checkin import Question
from storage.sql import put
from storage.store import Tx


async def offers(tx: Tx, person_id: str) -> dict[str, Offers]:
    """What this junior was offered, by pair; nothing before her first check-in."""
    c = t.ask_offer.c
    query = select(c.pair_id, c.offered).where(c.team_id == tx.team, c.person_id == person_id)
    rows = (await tx.conn.execute(query)).all()
    opened = {row.pair_id: await tx.open(person_id, c.offered, row.pair_id, row.offered) for row in rows}
    return {pair_id: _offers(content) for pair_id, content in opened.items() if content}


async def keep_offers(tx: Tx, pair_id: str, person_id: str, kept: Offers, now: datetime) -> None:
    """Seal it anew. Called after every check-in: that a row changes must not tell that something was offered."""
    content = json.dumps({q: [int(at.timestamp()), q is kept.waiting] for q, at in kept.made.items()})
    sealed = await tx.seal(person_id, t.ask_offer.c.offered, pair_id, content, now)
    values = {"pair_id": pair_id, "person_id": person_id, "team_id": tx.team, "offered": sealed}
    await put(tx, t.ask_offer, values, key=["pair_id"])


def _offers(content: str) -> Offers:
    found = {Question(question): told for question, told in json.loads(content).items()}
    made = {question: datetime.fromtimestamp(at, UTC) for question, (at, _) in found.items()}
    return Offers(made, next((question for question, (_, waits) in found.items() if waits), None))
