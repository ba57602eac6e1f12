"""Queries about prompts: how many messages somebody got lately, and what waits to go with the next."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update

from storage import outbox
from storage import tables as t
from storage.records.delivery import Letter, LetterState
from storage.sql import add_once
from storage.store import Tx

FOLDED = "told in one message with others"


async def sent(tx: Tx, user_id: str, since: datetime, *, but: str) -> list[datetime]:
    """When messages with prompts were let through to somebody after `since`; one letter is left out."""
    c = t.prompted.c
    query = select(c.at).where(c.team_id == tx.team, c.user_id == user_id, c.at > since, c.letter_id != but)
    return [row.at for row in await tx.conn.execute(query)]


async def count(tx: Tx, letter_id: str, user_id: str, now: datetime) -> bool:
    """Count a message; False when it was counted before."""
    values = {"letter_id": letter_id, "team_id": tx.team, "user_id": user_id, "at": now}
    return await add_once(tx, t.prompted, values, key=["letter_id"])


async def waiting(tx: Tx, user_id: str, kinds: Iterable[str], now: datetime, until: datetime) -> list[Letter]:
    """Letters of these kinds to somebody that nobody has tried to send and that are due by `until`."""
    c = t.outbox.c
    query = select(c.id).where(
        c.team_id == tx.team, c.to == user_id, c.kind.in_(set(kinds)), c.due_at <= until, _untouched(now)
    )
    ids = [row.id for row in await tx.conn.execute(query.order_by(c.due_at, c.id))]
    return [letter for letter_id in ids if (letter := await outbox.get(tx, letter_id)) is not None]


async def fold(tx: Tx, lead: Letter, others: Sequence[Letter], now: datetime) -> dict[str, str]:
    """Have the lead tell what others would have said; what the lead carries from now on."""
    c = t.outbox.c
    taken = []
    for other in others:
        one = and_(c.team_id == tx.team, c.id == other.id, _untouched(now))
        done = await tx.conn.execute(
            update(t.outbox).where(one).values(state=LetterState.SKIPPED.value, reason=FOLDED)
        )  # fmt: skip
        taken += [other.id] if done.rowcount == 1 else []
    params = lead.params | ({"with": ",".join(taken)} if taken else {})
    mine = and_(c.team_id == tx.team, c.id == lead.id)
    await tx.conn.execute(update(t.outbox).where(mine).values(params=params))
    return params


def _untouched(now: datetime) -> ColumnElement[bool]:
    c = t.outbox.c
    unleased = or_(c.lease_until.is_(None), c.lease_until <= now)
    return and_(c.state == LetterState.WAITING.value, c.attempts == 0, unleased)
