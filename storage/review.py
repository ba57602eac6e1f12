"""Queries about reviews: who was asked on which occasion, and each person's own sealed answers."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from storage import tables as t
from storage.records.enrol import Side
from storage.records.review import Given, Review, ReviewKind, ReviewState
from storage.sql import add_once
from storage.store import Tx

CHANGEABLE = (ReviewState.SENT, ReviewState.ANSWERED, ReviewState.SKIPPED)
"""What can still be answered, while it is open."""


async def add(tx: Tx, review: Review) -> bool:
    """Store that somebody is asked; False when they were asked on this occasion before."""
    return await add_once(tx, t.review, asdict(review), key=["pair_id", "person_id", "kind"])


async def get(tx: Tx, review_id: str) -> Review | None:
    return next(iter(await _reviews(tx, t.review.c.id == review_id)), None)


async def of_pair(tx: Tx, pair_id: str, kind: ReviewKind) -> list[Review]:
    """Both sides' reviews of one occasion, without any answer."""
    return await _reviews(tx, t.review.c.pair_id == pair_id, t.review.c.kind == kind)


async def open_of_person(tx: Tx, person_id: str, now: datetime, *states: ReviewState) -> list[Review]:
    """What a person was asked and can still answer or change, oldest first; in these states only, if any are named."""
    c = t.review.c
    wanted = states or CHANGEABLE
    return await _reviews(tx, c.person_id == person_id, c.state.in_(wanted), c.closes_at > now)


async def move(tx: Tx, review_id: str, before: Sequence[ReviewState], after: ReviewState) -> bool:
    """Change the state if it still is one of `before`; False when somebody was quicker."""
    return await _change(tx, review_id, before, state=after)


async def save(tx: Tx, review: Review, given: Given, now: datetime) -> bool:
    """Keep answers under their person's key, in the place of those before; False when it has closed meanwhile."""
    body = json.dumps({"version": given.version, "answers": dict(given.answers)}, ensure_ascii=False)
    sealed = await tx.seal(review.person_id, t.review.c.answers, review.id, body, now)
    return await _change(
        tx, review.id, CHANGEABLE, state=ReviewState.ANSWERED, answered_at=now, answers=sealed
    )  # fmt: skip


async def forget(tx: Tx, review_id: str) -> bool:
    """Leave it out: answers that were given are gone."""
    return await _change(tx, review_id, CHANGEABLE, state=ReviewState.SKIPPED, answered_at=None, answers=None)


async def given(tx: Tx, review: Review) -> Given | None:
    """What a person answered, for their own eyes; None before the first answer and after an erasure."""
    c = t.review.c
    query = select(c.id, c.person_id, c.answers).where(c.team_id == tx.team, c.id == review.id)
    row = (await tx.conn.execute(query)).first()
    return await _given(tx, row) if row is not None else None


async def given_for_release(tx: Tx, review_ids: Collection[str]) -> dict[str, Given]:
    """What many people answered: for the disclosure gate and for nothing else. Whoever was erased is left out."""
    c = t.review.c
    query = select(c.id, c.person_id, c.answers).where(c.team_id == tx.team, c.id.in_(review_ids))
    rows = (await tx.conn.execute(query)).all()
    await tx.load_keys(row.person_id for row in rows)
    return {row.id: told for row in rows if (told := await _given(tx, row)) is not None}


async def _given(tx: Tx, row: Row[Any]) -> Given | None:
    body = await tx.open(row.person_id, t.review.c.answers, row.id, row.answers)
    if body is None:
        return None
    told = json.loads(body)
    return Given(told["version"], told["answers"])


async def _change(tx: Tx, review_id: str, before: Sequence[ReviewState], **values: Any) -> bool:
    c = t.review.c
    where = (c.team_id == tx.team, c.id == review_id, c.state.in_(before))
    return (await tx.conn.execute(update(t.review).where(*where).values(**values))).rowcount == 1


async def _reviews(tx: Tx, *where: Any) -> list[Review]:
    c = t.review.c
    columns = [column for column in c if column is not c.answers]
    query = select(*columns).where(c.team_id == tx.team, *where).order_by(c.asked_at, c.id)
    return [_review(row) for row in await tx.conn.execute(query)]


def _review(row: Row[Any]) -> Review:
    typed = {"side": Side(row.side), "kind": ReviewKind(row.kind), "state": ReviewState(row.state)}
    return Review(**{**row._mapping, **typed})
