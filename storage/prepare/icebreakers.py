"""Queries about the icebreakers a pair has seen, and what its people answered ahead."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update

from storage import tables as t
from storage.ids import new_id
from storage.records.prepare import IcebreakerAnswer, IcebreakerUse
from storage.sql import put
from storage.store import Tx
from storage.types import REMOVED

_A = t.icebreaker_answer.c


async def uses(tx: Tx, pair_id: str) -> list[IcebreakerUse]:
    """Icebreakers a pair has been shown, longest ago first."""
    c = t.icebreaker_use.c
    query = select(t.icebreaker_use).where(c.team_id == tx.team, c.pair_id == pair_id).order_by(c.at, c.item_id)
    return [IcebreakerUse(r.pair_id, r.item_id, r.never, r.at) for r in await tx.conn.execute(query)]


async def use(tx: Tx, pair_id: str, items: Sequence[str], now: datetime, *, never: bool = False) -> None:
    """Remember that a pair was shown these; `never` keeps them away for good."""
    for item_id in items:
        values = {"team_id": tx.team, "pair_id": pair_id, "item_id": item_id, "never": never, "at": now}
        await put(tx, t.icebreaker_use, values, key=["pair_id", "item_id"])


async def unuse(tx: Tx, pair_id: str, item_id: str, since: datetime) -> bool:
    """As though the pair had never seen it, if it was put away after `since`; False where it was not."""
    c = t.icebreaker_use.c
    where = (c.team_id == tx.team, c.pair_id == pair_id, c.item_id == item_id, c.at > since)
    return (await tx.conn.execute(t.icebreaker_use.delete().where(*where))).rowcount == 1


async def answers(tx: Tx, pair_id: str, items: Collection[str]) -> list[IcebreakerAnswer]:
    """What the two of a pair wrote about these questions: whoever asks shows each side only what it may see."""
    query = select(t.icebreaker_answer).where(_A.team_id == tx.team, _A.pair_id == pair_id, _A.item_id.in_(set(items)))
    rows = (await tx.conn.execute(query.order_by(_A.id))).all()
    await tx.load_keys(row.person_id for row in rows)
    return [
        IcebreakerAnswer(
            row.id, row.pair_id, row.item_id, row.person_id,
            await tx.open(row.person_id, _A.text, row.id, row.text), row.at, row.revealed_at,
        )
        for row in rows
    ]  # fmt: skip


async def keep_answer(tx: Tx, pair_id: str, item_id: str, person_id: str, text: str, now: datetime) -> bool:
    """Write one side's answer in the place of an earlier one; False where that was revealed meanwhile, and stays."""
    if not await drop_answer(tx, pair_id, item_id, person_id):
        return False
    answer_id = new_id()
    sealed = await tx.seal(person_id, _A.text, answer_id, text, now)
    values = {
        "id": answer_id, "team_id": tx.team, "pair_id": pair_id, "item_id": item_id, "person_id": person_id,
        "text": sealed, "at": now,
    }  # fmt: skip
    await tx.conn.execute(t.icebreaker_answer.insert().values(**values))
    return True


async def drop_answer(tx: Tx, pair_id: str, item_id: str, person_id: str) -> bool:
    """Forget one side's answer; False where it stays, for it was revealed."""
    mine = (_A.team_id == tx.team, _A.pair_id == pair_id, _A.item_id == item_id, _A.person_id == person_id)
    await tx.conn.execute(t.icebreaker_answer.delete().where(*mine, _A.revealed_at.is_(None)))
    return (await tx.conn.execute(select(_A.id).where(*mine))).first() is None


async def reveal(tx: Tx, pair_id: str, items: Collection[str], now: datetime) -> None:
    """From now on both see what was answered to these."""
    where = (_A.team_id == tx.team, _A.pair_id == pair_id, _A.item_id.in_(set(items)), _A.revealed_at.is_(None))
    await tx.conn.execute(update(t.icebreaker_answer).where(*where).values(revealed_at=now))


async def remove_answer(tx: Tx, answer_id: str, person_id: str) -> IcebreakerAnswer | None:
    """Take the words of an answer away that was revealed; None where there is no such answer of this person."""
    where = (_A.team_id == tx.team, _A.id == answer_id, _A.person_id == person_id, _A.revealed_at.is_not(None))
    gone = update(t.icebreaker_answer).where(*where).values(text=REMOVED).returning(t.icebreaker_answer)
    row = (await tx.conn.execute(gone)).first()
    if row is None:
        return None
    return IcebreakerAnswer(row.id, row.pair_id, row.item_id, row.person_id, None, row.at, row.revealed_at)
