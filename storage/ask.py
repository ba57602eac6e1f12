"""Queries about what a junior was offered, for her own eyes."""

import json
from datetime import datetime

from sqlalchemy import select

from storage import tables as t
from storage.records.ask import Offers
from storage.records.checkin import Question
from storage.sql import put
from storage.store import Tx


async def offers(tx: Tx, person_id: str) -> Offers:
    """What this junior was offered; nothing before her first check-in."""
    c = t.ask_offer.c
    row = (await tx.conn.execute(select(c.offered).where(c.team_id == tx.team, c.person_id == person_id))).first()
    content = await tx.open(person_id, c.offered, person_id, row.offered) if row else None
    return _offers(content) if content else Offers()


async def keep_offers(tx: Tx, person_id: str, offers: Offers, now: datetime) -> None:
    """Seal it anew. Called after every check-in: that a row changes must not tell that something was offered."""
    content = {
        "pair": offers.pair_id,
        "made": {question.value: at.isoformat() for question, at in offers.made.items()},
        "waiting": offers.waiting,
    }
    sealed = await tx.seal(person_id, t.ask_offer.c.offered, person_id, json.dumps(content), now)
    await put(tx, t.ask_offer, {"person_id": person_id, "team_id": tx.team, "offered": sealed}, key=["person_id"])


def _offers(content: str) -> Offers:
    found = json.loads(content)
    made = {Question(question): datetime.fromisoformat(at) for question, at in found["made"].items()}
    return Offers(found["pair"], made, Question(found["waiting"]) if found["waiting"] else None)
