"""Queries about the urns, and what was published from them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, distinct, func, select, union

from storage import tables as t
from storage.records.enrol import Side
from storage.records.report import Cell, FigureKind, Release, Waiting
from storage.sql import put, put_all
from storage.store import Tx

_SPENT, _WAITING, _BACK = "spent", "waiting", "back"
_KEY = ("cohort_id", "kind", "person_id")
Urn = tuple[str, FigureKind]
"""Cohort and kind."""


async def newest(tx: Tx, cohort_id: str, kind: FigureKind, person_id: str) -> str | None:
    """The source of a person's newest answer in an urn, spent or not."""
    c = t.urn.c
    where = (c.team_id == tx.team, c.cohort_id == cohort_id, c.kind == kind, c.person_id == person_id)
    source: str | None = await tx.conn.scalar(select(c.source_id).where(*where))
    return source


async def wait(
    tx: Tx, cohort_id: str, kind: FigureKind, person_id: str, senior_id: str, source_id: str, now: datetime
) -> None:
    """Put a person's newest answer into an urn, in the place of an earlier one."""
    member = Waiting(person_id, senior_id, source_id, spent=False)
    await put(tx, t.urn, await _row(tx, cohort_id, kind, member, now), key=_KEY)


async def take_back(tx: Tx, cohort_id: str, kind: FigureKind, person_id: str, source_id: str, now: datetime) -> None:
    """Take a person's answer out of an urn, where it is the newest and still waits; what was drawn stays spent.

    The row stays, so that no earlier answer that was drawn already comes in anew, and its mark is sealed afresh either
    way: the file does not tell which it was.
    """
    member = await _member(tx, cohort_id, kind, person_id)
    if member is not None and member.source_id == source_id:
        gone = member if member.spent else replace(member, spent=True, back=True)
        await put(tx, t.urn, await _row(tx, cohort_id, kind, gone, now), key=_KEY)


async def give_again(tx: Tx, cohort_id: str, kind: FigureKind, person_id: str, source_id: str, now: datetime) -> None:
    """Let a person's newest answer wait again, where it was taken back before it was drawn; what was drawn stays spent.

    Its mark is sealed afresh either way, as in `take_back`.
    """
    member = await _member(tx, cohort_id, kind, person_id)
    if member is not None and member.source_id == source_id:
        again = replace(member, spent=member.spent and not member.back, back=False)
        await put(tx, t.urn, await _row(tx, cohort_id, kind, again, now), key=_KEY)


async def pool(tx: Tx, cohort_id: str, kind: FigureKind) -> list[Waiting]:
    """Everybody in an urn, waiting or spent; whoever was erased is left out."""
    return (await pools(tx, [cohort_id], [kind]))[cohort_id, kind]


async def pools(tx: Tx, cohorts: Collection[str], kinds: Collection[FigureKind]) -> dict[Urn, list[Waiting]]:
    """As `pool`, for all urns of these kinds in several cohorts at once."""
    c = t.urn.c
    query = select(c.cohort_id, c.kind, c.person_id, c.senior_id, c.source_id, c.mark).order_by(c.person_id)
    where = (c.team_id == tx.team, c.cohort_id.in_(cohorts), c.kind.in_(kinds))
    rows = (await tx.conn.execute(query.where(*where))).all()
    await tx.load_keys(row.person_id for row in rows)
    members: dict[Urn, list[Waiting]] = {(cohort, kind): [] for cohort in cohorts for kind in kinds}
    for row in rows:
        urn = (row.cohort_id, FigureKind(row.kind))
        mark = await tx.open(row.person_id, c.mark, _row_id(*urn, row.person_id), row.mark)
        if mark is not None:
            members[urn].append(_waiting(row, mark))
    return members


async def spend(tx: Tx, members: Iterable[tuple[str, FigureKind, Waiting, bool]], now: datetime) -> None:
    """Mark the drawn persons' answers as spent, and seal every mark of the urns afresh: the file tells nothing.

    `members` (cohort, kind, member, whether drawn) are whole urns, as `pools` gave them in this transaction.
    """
    rows = [
        await _row(tx, cohort_id, kind, replace(member, spent=member.spent or drawn), now)
        for cohort_id, kind, member, drawn in members
    ]
    await put_all(tx, t.urn, rows, key=_KEY)


async def add_releases(tx: Tx, made: Sequence[Release]) -> None:
    rows = [asdict(release) | {"cells": [[c.name, c.low, c.high] for c in release.cells]} for release in made]
    if rows:
        await tx.conn.execute(t.release.insert(), rows)


async def releases(tx: Tx, cohort_id: str, *kinds: FigureKind) -> list[Release]:
    """What was published of these kinds, oldest first."""
    return await releases_of(tx, [cohort_id], kinds)


async def releases_of(tx: Tx, cohorts: Collection[str], kinds: Collection[FigureKind]) -> list[Release]:
    """What was published of these kinds in several cohorts, oldest first."""
    c = t.release.c
    query = select(t.release).where(c.team_id == tx.team, c.cohort_id.in_(cohorts), c.kind.in_(kinds))
    return [_release(row) for row in await tx.conn.execute(query.order_by(c.published_at, c.id))]


async def people(tx: Tx, cohort_id: str, side: Side) -> int:
    """How many people ever were the junior, or the senior, of a pair that started in this cohort."""
    return (await people_of(tx, [cohort_id]))[cohort_id][side]


async def people_of(tx: Tx, cohorts: Collection[str]) -> dict[str, dict[Side, int]]:
    """As `people`, for both sides of several cohorts."""
    c = t.pair.c
    both = func.count(distinct(c.junior_id)).label("juniors"), func.count(distinct(c.senior_id)).label("seniors")
    where = (c.team_id == tx.team, c.cohort_id.in_(cohorts), c.active_at.is_not(None))
    rows = await tx.conn.execute(select(c.cohort_id, *both).where(*where).group_by(c.cohort_id))
    counts = {row.cohort_id: {Side.JUNIOR: row.juniors, Side.SENIOR: row.seniors} for row in rows}
    return {cohort: counts.get(cohort, dict.fromkeys(Side, 0)) for cohort in cohorts}


async def closed_kinds(tx: Tx, kinds: Collection[FigureKind]) -> set[FigureKind]:
    """Of which of these kinds some cohort has a closing figure."""
    c = t.release.c
    query = select(c.kind).distinct().where(c.team_id == tx.team, c.kind.in_(kinds), c.closing)
    return {FigureKind(kind) for kind in await tx.conn.scalars(query)}


async def counted_elsewhere(
    tx: Tx, cohort_id: str, kind: FigureKind, persons: Collection[str], *, closing: bool
) -> set[str]:  # fmt: skip
    """Which of these persons are in an urn of this kind that another cohort's figure was counted from.

    `closing`: only figures that counted everybody in it rule somebody out; else weekly draws do, too.
    Whoever answered there once more after the count is among them: what is spent, no newer answer hides. So is whoever
    had everything deleted and joined again: their account agreed to take part there before this person was made (ids
    sort by that), which the log of consents keeps. Whether they had answered there nobody knows any more.
    """
    u, r, p, c = t.urn.c, t.release.c, t.person.c, t.consent.c
    figures = (r.team_id == tx.team, r.kind == kind, r.cohort_id != cohort_id, *([r.closing] if closing else []))
    query = select(u.person_id).join(t.release, and_(r.cohort_id == u.cohort_id, r.kind == u.kind))
    where = (u.team_id == tx.team, u.kind == kind, u.person_id.in_(persons), *figures)
    again = select(p.id).join(t.consent, and_(c.team_id == p.team_id, c.user_id == p.user_id, c.id < p.id))
    again = again.join(t.release, r.cohort_id == c.cohort_id)
    back = again.where(p.team_id == tx.team, p.id.in_(persons), *figures)
    return set(await tx.conn.scalars(union(query.where(*where), back)))


async def _member(tx: Tx, cohort_id: str, kind: FigureKind, person_id: str) -> Waiting | None:
    c = t.urn.c
    query = select(c.person_id, c.senior_id, c.source_id, c.mark)
    where = (c.team_id == tx.team, c.cohort_id == cohort_id, c.kind == kind, c.person_id == person_id)
    row = (await tx.conn.execute(query.where(*where))).first()
    mark = await tx.open(person_id, c.mark, _row_id(cohort_id, kind, person_id), row.mark) if row else None
    return _waiting(row, mark) if mark is not None else None


def _waiting(row: Any, mark: str) -> Waiting:
    return Waiting(row.person_id, row.senior_id, row.source_id, mark != _WAITING, mark == _BACK)


async def _row(tx: Tx, cohort_id: str, kind: FigureKind, member: Waiting, now: datetime) -> dict[str, Any]:
    mark = _BACK if member.back else _SPENT if member.spent else _WAITING
    row_id = _row_id(cohort_id, kind, member.person_id)
    return {
        "cohort_id": cohort_id, "kind": kind, "person_id": member.person_id, "team_id": tx.team,
        "senior_id": member.senior_id, "source_id": member.source_id,
        "mark": await tx.seal(member.person_id, t.urn.c.mark, row_id, mark, now),
    }  # fmt: skip


def _row_id(cohort_id: str, kind: FigureKind, person_id: str) -> str:
    return f"{cohort_id}:{kind}:{person_id}"


def _release(row: Any) -> Release:
    cells = tuple(Cell(*cell) for cell in row.cells)
    return Release(**dict(row._mapping) | {"kind": FigureKind(row.kind), "cells": cells})
