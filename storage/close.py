"""Queries about wrapping up, staying in touch, the junior's statement, and words to be quoted."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select, update

from storage import tables as t
from storage.match import RUNNING
from storage.records.close import Quote, QuoteState, Standing, Statement, WrapUp
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.records.meet import SessionState
from storage.sql import add_once, put
from storage.store import Tx


async def enter(tx: Tx, pair_id: str, now: datetime) -> bool:
    """A pair begins to wrap up; False where it had begun."""
    values = {"pair_id": pair_id, "team_id": tx.team, "entered_at": now}
    return await add_once(tx, t.wrap_up, values, key=["pair_id"])


async def go_on(tx: Tx, pair_id: str) -> None:
    """A pair that goes on longer is not wrapping up any more."""
    c = t.wrap_up.c
    await tx.conn.execute(t.wrap_up.delete().where(c.team_id == tx.team, c.pair_id == pair_id))


async def mark(tx: Tx, pair_id: str, **values: datetime) -> None:
    """Note that both were thanked, or that the pair is completed."""
    c = t.wrap_up.c
    await tx.conn.execute(update(t.wrap_up).where(c.team_id == tx.team, c.pair_id == pair_id).values(**values))


async def wrap_ups(tx: Tx, pair_ids: Iterable[str]) -> dict[str, WrapUp]:
    """Of these pairs, those that wrap up or have done so."""
    c = t.wrap_up.c
    rows = await tx.conn.execute(select(t.wrap_up).where(c.team_id == tx.team, c.pair_id.in_(list(pair_ids))))
    return {
        row.pair_id: WrapUp(row.pair_id, row.entered_at, row.thanked_at, row.completed_at) for row in rows
    }  # fmt: skip


async def wrap_up(tx: Tx, pair_id: str) -> WrapUp | None:
    return (await wrap_ups(tx, [pair_id])).get(pair_id)


async def stay(tx: Tx, pair_id: str, person_id: str, now: datetime) -> bool:
    """One side would like to stay in touch; False where they had said so."""
    values = {"pair_id": pair_id, "person_id": person_id, "team_id": tx.team, "at": now}
    return await add_once(tx, t.staying, values, key=["pair_id", "person_id"])


async def unstay(tx: Tx, pair_id: str, person_id: str) -> None:
    c = t.staying.c
    where = (c.team_id == tx.team, c.pair_id == pair_id, c.person_id == person_id)
    await tx.conn.execute(t.staying.delete().where(*where))


async def staying(tx: Tx, pair_id: str) -> dict[str, datetime]:
    """Person → since when, of those of a pair who would like to stay in touch."""
    c = t.staying.c
    rows = await tx.conn.execute(select(t.staying).where(c.team_id == tx.team, c.pair_id == pair_id))
    return {row.person_id: row.at for row in rows}


async def save_statement(tx: Tx, statement: Statement) -> None:
    """Sealed under the junior's key; again replaces it."""
    c = t.statement.c
    person, row, at = statement.person_id, statement.pair_id, statement.at
    values = {
        "pair_id": row, "team_id": tx.team, "person_id": person, "at": at,
        "text": await tx.seal(person, c.text, row, statement.text or "", at),
        "note": await tx.seal(person, c.note, row, statement.note or "", at),
    }  # fmt: skip
    await put(tx, t.statement, values, key=["pair_id"])


async def drop_statement(tx: Tx, pair_id: str) -> None:
    """Forget the junior's own wording."""
    c = t.statement.c
    await tx.conn.execute(t.statement.delete().where(c.team_id == tx.team, c.pair_id == pair_id))


async def statement(tx: Tx, pair_id: str) -> Statement | None:
    c = t.statement.c
    row = (await tx.conn.execute(select(t.statement).where(c.team_id == tx.team, c.pair_id == pair_id))).first()
    if row is None:
        return None
    text = await tx.open(row.person_id, c.text, row.pair_id, row.text)
    note = await tx.open(row.person_id, c.note, row.pair_id, row.note)
    return Statement(row.pair_id, row.person_id, text, note, row.at)


async def save_quote(tx: Tx, quote: Quote) -> None:
    """Sealed under its author's key; the same id replaces it."""
    values = asdict(quote)
    values["text"] = await tx.seal(quote.person_id, t.quote.c.text, quote.id, quote.text or "", quote.at)
    await put(tx, t.quote, values, key=["id"])


async def move_quote(tx: Tx, quote_id: str, before: QuoteState, after: QuoteState, now: datetime) -> bool:
    """Change the state if it still is `before`; False when somebody was quicker."""
    c = t.quote.c
    where = (c.team_id == tx.team, c.id == quote_id, c.state == before)
    return (await tx.conn.execute(update(t.quote).where(*where).values(state=after, at=now))).rowcount == 1


async def quote(tx: Tx, quote_id: str) -> Quote | None:
    return next(iter(await _quotes(tx, t.quote.c.id == quote_id)), None)


async def quote_of(tx: Tx, pair_id: str, person_id: str) -> Quote | None:
    """What somebody wrote to be quoted about a pair, in whatever state."""
    return next(iter(await _quotes(tx, t.quote.c.pair_id == pair_id, t.quote.c.person_id == person_id)), None)


async def approved(tx: Tx) -> list[Quote]:
    """What may be quoted, newest first."""
    return await _quotes(tx, t.quote.c.state == QuoteState.APPROVED)


async def _quotes(tx: Tx, *where: Any) -> list[Quote]:
    c = t.quote.c
    query = select(t.quote).where(c.team_id == tx.team, *where).order_by(c.at.desc(), c.id.desc())
    rows = (await tx.conn.execute(query)).all()
    await tx.load_keys(row.person_id for row in rows)
    return [
        Quote(
            **{
                **row._mapping, "side": Side(row.side), "state": QuoteState(row.state),
                "text": await tx.open(row.person_id, c.text, row.id, row.text),
            }
        )
        for row in rows
    ]  # fmt: skip


async def standings(tx: Tx, cohort_id: str) -> list[Standing]:
    """How far the running pairs of a cohort have come, with one query; sessions that wait for a word count as ahead."""
    p, s = t.pair.c, t.session.c
    joined = t.pair.outerjoin(t.session, s.pair_id == p.id)
    held, ahead = s.state == SessionState.HELD, s.state == SessionState.PLANNED
    query = (
        select(
            p.id, p.state, func.count(case((held, s.id))).label("held"),
            func.max(case((held, s.starts_at))).label("last_at"), func.min(case((ahead, s.starts_at))).label("next_at"),
        )
        .select_from(joined)
        .where(p.team_id == tx.team, p.cohort_id == cohort_id, p.state.in_(RUNNING))
        .group_by(p.id, p.state)
        .order_by(p.id)
    )  # fmt: skip
    rows = await tx.conn.execute(query)
    return [Standing(r.id, r.state == PairState.ACTIVE, r.held, r.last_at, r.next_at) for r in rows]
