"""Queries about the programme, its coordinators and cohorts, and the audit log."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, func, or_, select, update

from storage import tables as t
from storage.ids import new_id
from storage.memo import remembered
from storage.records.checkin import CheckinState
from storage.records.commit import CommitmentState
from storage.records.enrol import Enrolment, Side
from storage.records.match import PairState
from storage.records.meet import SessionState
from storage.records.programme import AuditLine, Cohort, CohortState, CohortTally, Coordinator, Programme, Purpose
from storage.sql import add_once, by, put
from storage.store import Tx

_RUNNING = (PairState.ACTIVE, PairState.PAUSED)
_PROPOSED = (PairState.PROPOSED, PairState.ASKING_SENIOR, PairState.STARTING)


@remembered(t.programme)
async def get(tx: Tx) -> Programme | None:
    """The workspace's programme, once it has been set up."""
    row = (await tx.conn.execute(by(t.programme, "team_id"), {"team_id": tx.team})).first()
    return _programme(row) if row else None


async def smallest_k(tx: Tx) -> int | None:
    """The least number of people that a figure counts in any cohort that ever opened, or in those to come."""
    p, c = t.programme.c, t.cohort.c
    opened = select(func.min(c.k)).where(c.team_id == tx.team, c.state != CohortState.DRAFT).scalar_subquery()
    row = (await tx.conn.execute(select(p.k, opened).where(p.team_id == tx.team))).first()
    return min(int(k) for k in row if k is not None) if row else None


async def hold(tx: Tx) -> None:
    """Make other transactions that call this wait, so that a count read here is still true when we write."""
    await tx.conn.execute(select(t.programme.c.team_id).where(t.programme.c.team_id == tx.team).with_for_update())
    tx.conn.forget()


async def save(tx: Tx, programme: Programme) -> None:
    values = asdict(programme)
    values["safe_contact_1"], values["safe_contact_2"] = values.pop("safe_contacts")
    await put(tx, t.programme, values, key=["team_id"])


@remembered(t.coordinator)
async def is_coordinator(tx: Tx, user_id: str) -> bool:
    c = t.coordinator.c
    query = select(c.user_id).where(c.team_id == tx.team, c.user_id == user_id)
    return (await tx.conn.execute(query)).first() is not None


@remembered(t.coordinator)
async def coordinators(tx: Tx) -> list[Coordinator]:
    """All coordinators, in the order in which they were added."""
    query = select(t.coordinator).where(t.coordinator.c.team_id == tx.team).order_by(t.coordinator.c.added_at)
    return [Coordinator(**row._mapping) for row in await tx.conn.execute(query)]


async def add_coordinator(tx: Tx, user_id: str, added_by: str, now: datetime) -> bool:
    """True when the person was not one before."""
    values = {"team_id": tx.team, "user_id": user_id, "added_by": added_by, "added_at": now}
    return await add_once(tx, t.coordinator, values, key=["team_id", "user_id"])


async def remove_coordinator(tx: Tx, user_id: str) -> bool:
    c = t.coordinator.c
    done = await tx.conn.execute(t.coordinator.delete().where(c.team_id == tx.team, c.user_id == user_id))
    return done.rowcount == 1


async def add_cohort(tx: Tx, cohort: Cohort) -> None:
    await tx.conn.execute(t.cohort.insert().values(**asdict(cohort)))


@remembered(t.cohort)
async def cohort(tx: Tx, cohort_id: str) -> Cohort | None:
    row = (await tx.conn.execute(by(t.cohort, "team_id", "id"), {"team_id": tx.team, "id": cohort_id})).first()
    return _cohort(row) if row else None


@remembered(t.cohort)
async def cohorts(tx: Tx, *states: CohortState) -> list[Cohort]:
    """The workspace's cohorts, oldest first; only those in the given states, if any are given."""
    query = select(t.cohort).where(t.cohort.c.team_id == tx.team).order_by(t.cohort.c.starts_on, t.cohort.c.id)
    if states:
        query = query.where(t.cohort.c.state.in_(states))
    return [_cohort(row) for row in await tx.conn.execute(query)]


async def to_report(tx: Tx) -> list[Cohort]:
    """Open cohorts, and closed ones in which a pair ever started that have not had their last digest, oldest first."""
    c, d, p = t.cohort.c, t.digest.c, t.pair.c
    told = select(d.id).where(d.team_id == tx.team, d.cohort_id == c.id, d.final).exists()
    lived = select(p.id).where(p.team_id == tx.team, p.cohort_id == c.id, p.active_at.is_not(None)).exists()
    wanted = or_(c.state == CohortState.OPEN, and_(c.state == CohortState.CLOSED, lived, ~told))
    query = select(t.cohort).where(c.team_id == tx.team, wanted).order_by(c.starts_on, c.id)
    return [_cohort(row) for row in await tx.conn.execute(query)]


async def set_cohort(tx: Tx, cohort_id: str, **values: Any) -> None:
    """Change a cohort's columns, such as state."""
    where = (t.cohort.c.team_id == tx.team, t.cohort.c.id == cohort_id)
    await tx.conn.execute(update(t.cohort).where(*where).values(**values))


async def move_cohort(tx: Tx, cohort_id: str, before: CohortState, after: CohortState, **values: Any) -> bool:
    """Change the state if it still is `before`; False when somebody was quicker."""
    c = t.cohort.c
    where = (c.team_id == tx.team, c.id == cohort_id, c.state == before)
    done = await tx.conn.execute(update(t.cohort).where(*where).values(state=after, **values))
    return done.rowcount == 1


async def tally(tx: Tx, cohort_id: str, now: datetime) -> CohortTally:
    """How many of what a cohort has under way."""
    places, pairs, sessions = t.participant.c, t.pair.c, t.session.c
    waiting = select(places.sides).where(
        places.team_id == tx.team, places.cohort_id == cohort_id, places.state == Enrolment.WAITING
    )
    sides = [row.sides for row in await tx.conn.execute(waiting)]
    states = select(pairs.state, func.count().label("n")).where(pairs.team_id == tx.team, pairs.cohort_id == cohort_id)
    by_state = {row.state: row.n for row in await tx.conn.execute(states.group_by(pairs.state))}
    ours = select(pairs.id).where(pairs.team_id == tx.team, pairs.cohort_id == cohort_id, pairs.state.in_(_RUNNING))
    ahead = (sessions.pair_id.in_(ours), sessions.state == SessionState.PLANNED, sessions.starts_at > now)
    asked = (t.checkin.c.pair_id.in_(ours), t.checkin.c.state == CheckinState.SENT, t.checkin.c.closes_at > now)
    owed = (t.commitment.c.pair_id.in_(ours), t.commitment.c.state == CommitmentState.OPEN)
    return CohortTally(
        running=sum(by_state.get(state, 0) for state in _RUNNING),
        proposals=sum(by_state.get(state, 0) for state in _PROPOSED),
        waiting=len(sides),
        waiting_juniors=sum(Side.JUNIOR in chosen for chosen in sides),
        waiting_seniors=sum(Side.SENIOR in chosen for chosen in sides),
        sessions_ahead=await _count(tx, t.session, *ahead),
        checkins_open=await _count(tx, t.checkin, *asked),
        promises_open=await _count(tx, t.commitment, *owed),
    )


async def waiting(tx: Tx, cohort_id: str) -> int:
    """How many people of a cohort wait for a partner."""
    c = t.participant.c
    return await _count(tx, t.participant, c.cohort_id == cohort_id, c.state == Enrolment.WAITING)


async def waiting_users(tx: Tx, cohort_id: str) -> list[str]:
    """Slack ids of those who joined a cohort and have no partner, whether they wait or have paused meanwhile."""
    c, pairs = t.participant.c, t.pair.c
    theirs = or_(pairs.junior_id == c.person_id, pairs.senior_id == c.person_id)
    paired = select(pairs.id).where(pairs.team_id == tx.team, pairs.cohort_id == cohort_id, theirs)
    paused = and_(c.state == Enrolment.PAUSED, ~paired.where(pairs.active_at.is_not(None)).exists())
    joined = t.participant.join(t.person, t.person.c.id == c.person_id)
    query = select(t.person.c.user_id).select_from(joined).order_by(c.id)
    query = query.where(c.team_id == tx.team, c.cohort_id == cohort_id, or_(c.state == Enrolment.WAITING, paused))
    return [row.user_id for row in await tx.conn.execute(query)]


async def finish_places(tx: Tx, cohort_id: str) -> None:
    """Everybody who still has a place in a cohort has finished."""
    c = t.participant.c
    over = (c.team_id == tx.team, c.cohort_id == cohort_id, c.state.not_in((Enrolment.LEFT, Enrolment.FINISHED)))
    await tx.conn.execute(update(t.participant).where(*over).values(state=Enrolment.FINISHED))


async def _count(tx: Tx, table: Table, *where: Any) -> int:
    query = select(func.count()).select_from(table).where(table.c.team_id == tx.team, *where)
    return int((await tx.conn.execute(query)).scalar_one())


async def note(tx: Tx, actor: str, action: str, subject: str, now: datetime, detail: str = "") -> str:
    """A line in the audit log: ids and settings only. Gives its id."""
    made = new_id()
    await tx.conn.execute(
        t.audit.insert().values(
            id=made, team_id=tx.team, actor=actor, action=action, subject=subject, detail=detail, at=now
        )
    )
    return made


async def audit_since(tx: Tx, since: datetime) -> Sequence[AuditLine]:
    query = select(t.audit).where(t.audit.c.team_id == tx.team, t.audit.c.at >= since).order_by(t.audit.c.id.desc())
    return [AuditLine(**row._mapping) for row in await tx.conn.execute(query)]


def _programme(row: Any) -> Programme:
    values = dict(row._mapping)
    contacts = (values.pop("safe_contact_1"), values.pop("safe_contact_2"))
    return Programme(**{**values, "purpose": Purpose(values["purpose"])}, safe_contacts=contacts)


def _cohort(row: Any) -> Cohort:
    values = dict(row._mapping)
    return Cohort(**{**values, "purpose": Purpose(values["purpose"]), "state": CohortState(values["state"])})
