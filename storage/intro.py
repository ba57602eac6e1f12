"""Queries about introductions, what seniors wrote about them, and what juniors say in private came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from storage import tables as t
from storage.records.intro import IntroAnswer, Introduction, IntroState, Outcome
from storage.sql import put
from storage.store import Tx

_SEALED = ("whom", "why", "line")
_ANSWERED = ("whom", "word", "why_not")


async def add(tx: Tx, one: Introduction) -> None:
    """The words are sealed under the key of whoever asked or offered."""
    values = asdict(one)
    del values["answer"]
    for name in _SEALED:
        column = t.introduction.c[name]
        values[name] = await tx.seal(one.author_id, column, one.id, values[name] or "", one.created_at)
    await tx.conn.execute(t.introduction.insert().values(**values))


async def get(tx: Tx, intro_id: str) -> Introduction | None:
    return next(iter(await _introductions(tx, t.introduction.c.id == intro_id)), None)


async def of_pair(tx: Tx, pair_id: str, *states: IntroState) -> list[Introduction]:
    """A pair's introductions in the given states (all, where none is given), oldest first."""
    c = t.introduction.c
    return await _introductions(tx, c.pair_id == pair_id, *([c.state.in_(states)] if states else []))


async def made_by(tx: Tx, senior_id: str) -> int:
    """How many introductions a senior says to have made, in all pairs."""
    joined = t.introduction.join(t.pair, t.pair.c.id == t.introduction.c.pair_id)
    query = select(func.count()).select_from(joined)
    where = (t.introduction.c.team_id == tx.team, t.pair.c.senior_id == senior_id)
    return int(await tx.conn.scalar(query.where(*where, t.introduction.c.state == IntroState.MADE)) or 0)


async def change(tx: Tx, before: Introduction, **values: Any) -> bool:
    """Change columns if it still is as it was read; False when somebody was quicker."""
    c = t.introduction.c
    where = (c.team_id == tx.team, c.id == before.id, c.state == before.state, c.changed_at == before.changed_at)
    return (await tx.conn.execute(update(t.introduction).where(*where).values(**values))).rowcount == 1


async def remove(tx: Tx, intro_id: str) -> None:
    """Forget one that was a slip."""
    c = t.introduction.c
    await tx.conn.execute(t.introduction.delete().where(c.team_id == tx.team, c.id == intro_id))


async def save_answer(tx: Tx, pair_id: str, answer: IntroAnswer, now: datetime) -> None:
    """What the senior wrote; again replaces it."""
    values = asdict(answer) | {"team_id": tx.team, "pair_id": pair_id}
    for name in _ANSWERED:
        column = t.intro_answer.c[name]
        values[name] = await tx.seal(answer.person_id, column, answer.introduction_id, values[name] or "", now)
    await put(tx, t.intro_answer, values, key=["introduction_id"])


async def drop_answer(tx: Tx, intro_id: str) -> None:
    c = t.intro_answer.c
    await tx.conn.execute(t.intro_answer.delete().where(c.team_id == tx.team, c.introduction_id == intro_id))


async def save_outcome(tx: Tx, one: Introduction, person_id: str, outcome: Outcome, now: datetime) -> None:
    """The junior's private word; again replaces it."""
    sealed = await tx.seal(person_id, t.intro_outcome.c.outcome, one.id, outcome, now)
    values = {
        "introduction_id": one.id, "team_id": tx.team, "pair_id": one.pair_id, "person_id": person_id,
        "outcome": sealed, "at": now,
    }  # fmt: skip
    await put(tx, t.intro_outcome, values, key=["introduction_id"])


async def outcomes(tx: Tx, person_id: str, intro_ids: Sequence[str]) -> dict[str, Outcome]:
    """Introduction → what this junior said came of it, for her own eyes."""
    c = t.intro_outcome.c
    if not intro_ids:
        return {}
    where = (c.team_id == tx.team, c.person_id == person_id, c.introduction_id.in_(intro_ids))
    rows = (await tx.conn.execute(select(t.intro_outcome).where(*where))).all()
    opened = {r.introduction_id: await tx.open(person_id, c.outcome, r.introduction_id, r.outcome) for r in rows}
    return {key: Outcome(value) for key, value in opened.items() if value is not None}


async def _introductions(tx: Tx, *where: Any) -> list[Introduction]:
    c = t.introduction.c
    rows = (await tx.conn.execute(select(t.introduction).where(c.team_id == tx.team, *where).order_by(c.id))).all()
    await tx.load_keys(row.author_id for row in rows)
    answers = await _answers(tx, [row.id for row in rows])
    return [await _introduction(tx, row, answers) for row in rows]


async def _introduction(tx: Tx, row: Row[Any], answers: Mapping[str, IntroAnswer]) -> Introduction:
    columns = t.introduction.c
    texts = {name: await tx.open(row.author_id, columns[name], row.id, row._mapping[name]) for name in _SEALED}
    states = {
        "state": IntroState(row.state),
        "state_before": IntroState(row.state_before) if row.state_before else None,
    }
    return Introduction(**{**row._mapping, **texts, **states}, answer=answers.get(row.id))


async def _answers(tx: Tx, intro_ids: Sequence[str]) -> dict[str, IntroAnswer]:
    c = t.intro_answer.c
    if not intro_ids:
        return {}
    query = select(t.intro_answer).where(c.team_id == tx.team, c.introduction_id.in_(intro_ids))
    rows = (await tx.conn.execute(query)).all()
    await tx.load_keys(row.person_id for row in rows)
    found = {}
    for row in rows:
        texts = {n: await tx.open(row.person_id, c[n], row.introduction_id, row._mapping[n]) for n in _ANSWERED}
        found[row.introduction_id] = IntroAnswer(row.introduction_id, row.person_id, row.to_user, **texts)
    return found
