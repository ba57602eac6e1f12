"""Queries about the programme, its coordinators and cohorts, and the audit log."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage import tables as t
from storage.ids import new_id
from storage.records.programme import AuditLine, Cohort, CohortState, Coordinator, Programme, Purpose
from storage.sql import add_once, put
from storage.store import Tx


async def get(tx: Tx) -> Programme | None:
    """The workspace's programme, once it has been set up."""
    row = (await tx.conn.execute(select(t.programme).where(t.programme.c.team_id == tx.team))).first()
    return _programme(row) if row else None


async def save(tx: Tx, programme: Programme) -> None:
    values = asdict(programme)
    values["safe_contact_1"], values["safe_contact_2"] = values.pop("safe_contacts")
    await put(tx, t.programme, values, key=["team_id"])


async def is_coordinator(tx: Tx, user_id: str) -> bool:
    c = t.coordinator.c
    query = select(c.user_id).where(c.team_id == tx.team, c.user_id == user_id)
    return (await tx.conn.execute(query)).first() is not None


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


async def cohort(tx: Tx, cohort_id: str) -> Cohort | None:
    query = select(t.cohort).where(t.cohort.c.team_id == tx.team, t.cohort.c.id == cohort_id)
    row = (await tx.conn.execute(query)).first()
    return _cohort(row) if row else None


async def cohorts(tx: Tx, *states: CohortState) -> list[Cohort]:
    """The workspace's cohorts, oldest first; only those in the given states, if any are given."""
    query = select(t.cohort).where(t.cohort.c.team_id == tx.team).order_by(t.cohort.c.starts_on, t.cohort.c.id)
    if states:
        query = query.where(t.cohort.c.state.in_(states))
    return [_cohort(row) for row in await tx.conn.execute(query)]


async def set_cohort(tx: Tx, cohort_id: str, **values: Any) -> None:
    """Change a cohort's columns, such as state."""
    where = (t.cohort.c.team_id == tx.team, t.cohort.c.id == cohort_id)
    await tx.conn.execute(update(t.cohort).where(*where).values(**values))


async def count_cohorts(tx: Tx) -> int:
    query = select(func.count()).select_from(t.cohort).where(t.cohort.c.team_id == tx.team)
    return int((await tx.conn.execute(query)).scalar_one())


async def note(tx: Tx, actor: str, action: str, subject: str, now: datetime, detail: str = "") -> None:
    """A line in the audit log: ids and settings only."""
    await tx.conn.execute(
        t.audit.insert().values(
            id=new_id(), team_id=tx.team, actor=actor, action=action, subject=subject, detail=detail, at=now
        )
    )


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
