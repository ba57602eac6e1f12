"""Queries about sessions and about what each side said became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update

from storage import tables as t
from storage.memo import remembered
from storage.records.enrol import Side
from storage.records.meet import CancelReason, Hindrance, Report, Said, Session, SessionState
from storage.sql import by, put
from storage.store import Tx

_LONGEST = timedelta(hours=8)
"""No session is longer; bounds the search for those that are under way at a moment."""
WITHOUT_PLACE = tuple(column for column in t.session.c if column is not t.session.c.place)
"""The columns to select where nobody needs to know where people meet."""


async def add(tx: Tx, session: Session) -> None:
    """Store a session; where to meet is sealed under the key of whoever booked, who has had one since joining."""
    c = t.session.c
    place = await tx.seal(session.booked_by, c.place, session.id, session.place, session.starts_at)
    await tx.conn.execute(t.session.insert().values(**asdict(session) | {"place": place}))


@remembered(t.session)
async def get(tx: Tx, session_id: str) -> Session | None:
    row = (await tx.conn.execute(by(t.session, "team_id", "id"), {"team_id": tx.team, "id": session_id})).first()
    return await _session(tx, row) if row else None


async def lock_people(tx: Tx, person_ids: Iterable[str]) -> None:
    """Whoever books or reports for one of these persons waits until this transaction ends; SQLite waits anyway."""
    if tx.dialect == "sqlite":
        return
    c = t.person.c
    mine = select(c.id).where(c.team_id == tx.team, c.id.in_(set(person_ids))).order_by(c.id)
    await tx.conn.execute(mine.with_for_update())
    tx.conn.forget()


async def change(tx: Tx, session_id: str, before: SessionState, **values: Any) -> bool:
    """Change columns if the state still is `before`; False when somebody was quicker."""
    c = t.session.c
    where = (c.team_id == tx.team, c.id == session_id, c.state == before)
    return (await tx.conn.execute(update(t.session).where(*where).values(**values))).rowcount == 1


async def number(tx: Tx, numbers: Mapping[str, int]) -> None:
    """Write sessions' numbers, by session id."""
    c = t.session.c
    for session_id, value in numbers.items():
        await tx.conn.execute(update(t.session).where(c.team_id == tx.team, c.id == session_id).values(number=value))


async def remove(tx: Tx, session_id: str) -> None:
    """Take a session back as though it had never been logged, with what was said about it."""
    reports, sessions = t.session_report.c, t.session.c
    await tx.conn.execute(t.session_report.delete().where(reports.team_id == tx.team, reports.session_id == session_id))
    await tx.conn.execute(t.session.delete().where(sessions.team_id == tx.team, sessions.id == session_id))


@remembered(t.session)
async def of_pair(tx: Tx, pair_id: str, *states: SessionState) -> list[Session]:
    """A pair's sessions, earliest first; only those in the given states, if any are given."""
    return await _sessions(tx, t.session.c.pair_id == pair_id, *_in(states))


async def known_as(tx: Tx, pair_id: str, uid: str) -> list[Session]:
    """A pair's sessions that calendars know by one name, in the order of their changes."""
    found = await of_pair(tx, pair_id)
    return sorted((s for s in found if s.known_as == uid), key=lambda s: (s.sequence, s.id))


async def next_of_pair(tx: Tx, pair_id: str, now: datetime) -> Session | None:
    """The pair's planned session that is under way or comes first."""
    c = t.session.c
    ahead = await _sessions(tx, c.pair_id == pair_id, c.state == SessionState.PLANNED, c.starts_at > now - _LONGEST)
    return next((s for s in ahead if s.ends_at > now), None)


async def next_of_pairs(tx: Tx, pair_ids: Iterable[str], now: datetime) -> dict[str, Session]:
    """As `next_of_pair`, for many pairs at once; pairs with none are left out."""
    c = t.session.c
    ahead = await _sessions(
        tx, c.pair_id.in_(set(pair_ids)), c.state == SessionState.PLANNED, c.starts_at > now - _LONGEST
    )
    return {s.pair_id: s for s in reversed(ahead) if s.ends_at > now}


async def last_held(tx: Tx, pair_id: str) -> Session | None:
    held = await _sessions(tx, t.session.c.pair_id == pair_id, t.session.c.state == SessionState.HELD)
    return held[-1] if held else None


async def of_cohort(tx: Tx, cohort_id: str, *states: SessionState) -> list[Session]:
    """All sessions of a cohort's pairs, earliest first, without their places: for counting, where nobody needs them."""
    c = t.session.c
    query = select(*WITHOUT_PLACE).where(c.team_id == tx.team, _of_cohort(tx, cohort_id), *_in(states))
    rows = await tx.conn.execute(query.order_by(c.starts_at, c.id))
    return [bare(row) for row in rows]


async def of_people(
    tx: Tx, person_ids: Iterable[str], start: datetime, end: datetime, *states: SessionState
) -> list[Session]:
    """Sessions of any of these persons, in whichever pair, that touch [start, end)."""
    wanted = set(person_ids)
    pairs = select(t.pair.c.id).where(
        t.pair.c.team_id == tx.team, or_(t.pair.c.junior_id.in_(wanted), t.pair.c.senior_id.in_(wanted))
    )
    c = t.session.c
    near = and_(c.starts_at < end, c.starts_at > start - _LONGEST)
    found = await _sessions(tx, c.pair_id.in_(pairs), near, *_in(states))
    return [s for s in found if s.ends_at > start]


async def senior_cancellations(tx: Tx, cohort_id: str) -> dict[str, int]:
    """Pair id → how many of its sessions the senior cancelled or could not come to; pairs with none are left out."""
    c = t.session.c
    counted = select(c.pair_id, func.count().label("n")).where(
        c.team_id == tx.team,
        _of_cohort(tx, cohort_id),
        c.state == SessionState.CANCELLED,
        c.hindrance == Hindrance.SENIOR,
    )
    return {row.pair_id: row.n for row in await tx.conn.execute(counted.group_by(c.pair_id))}


async def record_of_senior(tx: Tx, person_id: str) -> tuple[int, int]:
    """For the senior's own scorecard: sessions held, and sessions cancelled on their side, over all their pairs."""
    pairs = select(t.pair.c.id).where(t.pair.c.team_id == tx.team, t.pair.c.senior_id == person_id)
    found = await _sessions(tx, t.session.c.pair_id.in_(pairs), *_in((SessionState.HELD, SessionState.CANCELLED)))
    held = sum(s.state is SessionState.HELD for s in found)
    return held, sum(s.state is SessionState.CANCELLED and s.hindrance is Hindrance.SENIOR for s in found)


async def say(tx: Tx, report: Report) -> None:
    """Keep what one side said; saying something else later replaces it."""
    await put(tx, t.session_report, {**asdict(report), "team_id": tx.team}, key=["session_id", "person_id"])


async def unsay(tx: Tx, session_id: str, person_id: str) -> bool:
    c = t.session_report.c
    where = (c.team_id == tx.team, c.session_id == session_id, c.person_id == person_id)
    return (await tx.conn.execute(t.session_report.delete().where(*where))).rowcount == 1


@remembered(t.session_report)
async def reports(tx: Tx, session_id: str) -> list[Report]:
    """What was said about a session, at most one report per side."""
    c = t.session_report.c
    query = select(t.session_report).where(c.team_id == tx.team, c.session_id == session_id).order_by(c.at)
    return [_report(row) for row in await tx.conn.execute(query)]


def _of_cohort(tx: Tx, cohort_id: str) -> Any:
    pairs = select(t.pair.c.id).where(t.pair.c.team_id == tx.team, t.pair.c.cohort_id == cohort_id)
    return t.session.c.pair_id.in_(pairs)


def _in(states: Iterable[SessionState]) -> list[Any]:
    wanted = tuple(states)
    return [t.session.c.state.in_(wanted)] if wanted else []


async def _sessions(tx: Tx, *where: Any) -> list[Session]:
    c = t.session.c
    query = select(t.session).where(c.team_id == tx.team, *where).order_by(c.starts_at, c.id)
    rows = (await tx.conn.execute(query)).all()
    await tx.load_keys(row.booked_by for row in rows)
    return [await _session(tx, row) for row in rows]


async def _session(tx: Tx, row: Any) -> Session:
    return _typed(row, await tx.open(row.booked_by, t.session.c.place, row.id, row.place) or "")


def bare(row: Any) -> Session:
    """A session of a row of the columns without its place."""
    return _typed(row, "")


def _typed(row: Any, place: str) -> Session:
    typed = {
        "place": place,
        "state": SessionState(row.state),
        "hindrance": Hindrance(row.hindrance) if row.hindrance else None,
        "reason": CancelReason(row.reason) if row.reason else None,
    }
    return Session(**dict(row._mapping) | typed)


def _report(row: Any) -> Report:
    hindrance = Hindrance(row.hindrance) if row.hindrance else None
    return Report(row.session_id, row.person_id, Side(row.side), Said(row.said), hindrance, row.at)
