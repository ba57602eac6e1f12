"""Queries for the report about a programme: counts made by the database, and the reports that were asked for.

Nothing here reads an answer or a text; what comes back is as long as the programme has months.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, and_, bindparam, case, func, null, or_, select, union_all, update

from storage import tables as t
from storage.ids import new_id
from storage.records.commit import CommitmentState
from storage.records.match import PairState
from storage.records.meet import Hindrance, SessionState
from storage.records.paper import MonthCount, PairCount, PaperFile, PaperWhat, PromiseCount
from storage.store import Tx
from storage.types import UtcTime

_BY = {Hindrance.SENIOR: "by_senior", Hindrance.JUNIOR: "by_junior"}
_DECIDED = (SessionState.HELD.value, SessionState.CANCELLED.value, SessionState.UNKNOWN.value)


async def months(tx: Tx, cohort_id: str, bounds: Sequence[tuple[date, datetime, datetime]]) -> tuple[MonthCount, ...]:
    """What became of a cohort's sessions in each of these stretches: the month, and from when until when, UTC.

    What a pair had still planned when it ended counts as nothing.
    """
    if not bounds:
        return ()
    moments = {name: at for n, (_, *both) in enumerate(bounds) for name, at in zip(_names(n), both, strict=True)}
    rows = await tx.conn.execute(_months(len(bounds)), {"team": tx.team, "cohort": cohort_id, **moments})
    found: list[dict[str, int]] = [{} for _ in bounds]
    for row in rows:
        if row.place >= 0:
            name = _name(row)
            found[row.place][name] = found[row.place].get(name, 0) + row.n
    return tuple(MonthCount(month, **counts) for (month, _, _), counts in zip(bounds, found, strict=True))


@cache
def _months(count: int) -> CompoundSelect[Any]:
    """For so many stretches. Most sessions were held: an index counts those, and only the others are read."""
    s, p, team = t.session.c, t.pair.c, bindparam("team", type_=t.pair.c.team_id.type)
    edges = [tuple(bindparam(name, type_=UtcTime) for name in _names(n)) for n in range(count)]
    which = case(
        *((and_(s.starts_at >= start, s.starts_at < end), n) for n, (start, end) in enumerate(edges)), else_=-1
    )
    place, number = which.label("place"), func.count().label("n")
    theirs = select(p.id).where(p.team_id == team, p.cohort_id == bindparam("cohort"))
    ours = (s.team_id == team, s.pair_id.in_(theirs), s.starts_at >= edges[0][0], s.starts_at < edges[-1][1])
    held = select(place, s.state, null().label("hindrance"), number).where(*ours, s.state == SessionState.HELD)
    rest = select(place, s.state, s.hindrance, number).join(t.pair, p.id == s.pair_id).where(
        *ours, s.state.in_((SessionState.CANCELLED, SessionState.UNKNOWN)),
        or_(p.ended_at.is_(None), s.starts_at <= p.ended_at),
    )  # fmt: skip
    return union_all(held.group_by(place, s.state), rest.group_by(place, s.state, s.hindrance))


def _names(n: int) -> tuple[str, str]:
    return f"from{n}", f"until{n}"


def _theirs(tx: Tx, cohort_id: str) -> Any:
    """The ids of a cohort's pairs: what they have is found by them, and never by going through the workspace's."""
    p = t.pair.c
    return select(p.id).where(p.team_id == tx.team, p.cohort_id == cohort_id)


def _name(row: Any) -> str:
    if row.state == SessionState.CANCELLED:
        return _BY.get(row.hindrance, "other")
    return "held" if row.state == SessionState.HELD else "unknown"


async def promises(tx: Tx, cohort_id: str, start: date, end: date) -> PromiseCount:
    """The commitments whose day is one of [start, end]."""
    c = t.commitment.c

    def counted(*which: Any) -> Any:
        return func.coalesce(func.sum(case((and_(*which), 1), else_=0)), 0)

    is_open = c.state == CommitmentState.OPEN
    query = select(
        func.count().label("due"), counted(c.state == CommitmentState.DONE).label("done"),
        counted(c.state == CommitmentState.DROPPED).label("dropped"), counted(is_open, c.moved >= 2).label("slip"),
    ).where(
        c.team_id == tx.team, c.pair_id.in_(_theirs(tx, cohort_id)), c.due_on >= start, c.due_on <= end
    )  # fmt: skip
    row = (await tx.conn.execute(query)).one()
    return PromiseCount(int(row.due), int(row.done), int(row.dropped), int(row.slip))


async def pairs(tx: Tx, cohort_id: str, start: datetime, end: datetime) -> PairCount:
    """Pairs that ran at any time in [start, end), and those that came to their end in it."""
    p = t.pair.c
    within = and_(p.ended_at.is_not(None), p.ended_at >= start, p.ended_at < end)

    def counted(state: PairState) -> Any:
        return func.coalesce(func.sum(case((and_(within, p.state == state), 1), else_=0)), 0)

    where = (
        p.team_id == tx.team, p.cohort_id == cohort_id, p.active_at.is_not(None), p.active_at < end,
        or_(p.ended_at.is_(None), p.ended_at >= start),
    )  # fmt: skip
    completed, ended = counted(PairState.COMPLETED), counted(PairState.ENDED)
    query = select(func.count().label("n"), completed.label("completed"), ended.label("ended")).where(*where)
    row = (await tx.conn.execute(query)).one()
    return PairCount(int(row.n), int(row.completed), int(row.ended))


async def first_session(tx: Tx, cohort_id: str) -> datetime | None:
    """When the first decided session of a cohort began; None before there is one."""
    s = t.session.c
    query = select(func.min(s.starts_at, type_=UtcTime))
    where = (s.team_id == tx.team, s.pair_id.in_(_theirs(tx, cohort_id)), s.state.in_(_DECIDED))
    found: datetime | None = await tx.conn.scalar(query.where(*where))
    return found


async def workspaces(tx: Tx) -> list[str]:
    """Every workspace in this database that has a programme; for the command line, which asks nobody in Slack."""
    return list(await tx.conn.scalars(select(t.programme.c.team_id).order_by(t.programme.c.team_id)))


async def ask_paper(
    tx: Tx, user_id: str, what: PaperWhat, cohort_id: str, span: tuple[date, date] | None, groups: Collection[str],
    now: datetime,
) -> PaperFile:  # fmt: skip
    """Remember that a coordinator wants a report."""
    start, end = span or (None, None)
    made = PaperFile(new_id(), tx.team, user_id, what, cohort_id, start, end, tuple(groups), now)
    await tx.conn.execute(
        t.paper_file.insert().values(**asdict(made) | {"groups": list(made.groups), "file_ids": list(made.file_ids)})
    )
    return made


async def paper_file(tx: Tx, paper_id: str) -> PaperFile | None:
    return next(iter(await _papers(tx, t.paper_file.c.id == paper_id)), None)


async def papers_waiting(tx: Tx, user_id: str) -> list[PaperFile]:
    """What a coordinator asked for and does not have yet."""
    c = t.paper_file.c
    return await _papers(tx, c.user_id == user_id, c.shared_at.is_(None))


async def set_paper(tx: Tx, paper_id: str, known: Sequence[str], **values: Any) -> bool:
    """Change columns of one that is not shared and whose files are those that are `known`; False where it is not so."""
    c = t.paper_file.c
    where = (c.team_id == tx.team, c.id == paper_id, c.file_ids == list(known), c.shared_at.is_(None))
    done = await tx.conn.execute(update(t.paper_file).where(*where).values(**values))
    return done.rowcount == 1


async def _papers(tx: Tx, *where: Any) -> list[PaperFile]:
    c = t.paper_file.c
    rows = await tx.conn.execute(select(t.paper_file).where(c.team_id == tx.team, *where).order_by(c.asked_at, c.id))
    lists = ("groups", "file_ids")
    return [
        PaperFile(
            **dict(row._mapping) | {"what": PaperWhat(row.what)} | {one: tuple(row._mapping[one]) for one in lists}
        )
        for row in rows
    ]
