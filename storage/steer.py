"""Queries about volunteers for the steering group that follows a pilot, and its channel."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select

from storage import tables as t
from storage.records.steer import Steering, Volunteer, VolunteerState
from storage.sql import add_once, put
from storage.store import Tx


async def ask(tx: Tx, cohort_id: str, person_id: str, now: datetime) -> bool:
    """Remember that somebody is asked; False where they were."""
    values = {
        "cohort_id": cohort_id, "person_id": person_id, "team_id": tx.team, "state": VolunteerState.ASKED, "at": now,
    }  # fmt: skip
    return await add_once(tx, t.volunteer, values, key=["cohort_id", "person_id"])


async def say(tx: Tx, cohort_id: str, person_id: str, state: VolunteerState, now: datetime) -> None:
    values = {"cohort_id": cohort_id, "person_id": person_id, "team_id": tx.team, "state": state, "at": now}
    await put(tx, t.volunteer, values, key=["cohort_id", "person_id"])


async def get(tx: Tx, cohort_id: str, person_id: str) -> Volunteer | None:
    c = t.volunteer.c
    where = (c.team_id == tx.team, c.cohort_id == cohort_id, c.person_id == person_id)
    row = (await tx.conn.execute(select(t.volunteer).where(*where))).first()
    return Volunteer(row.cohort_id, row.person_id, VolunteerState(row.state), row.at) if row else None


async def volunteers(tx: Tx, cohort_id: str) -> list[str]:
    """The person ids of those who said yes, first ones first; nobody's other answer is read."""
    c = t.volunteer.c
    where = (c.team_id == tx.team, c.cohort_id == cohort_id, c.state == VolunteerState.YES)
    return list(await tx.conn.scalars(select(c.person_id).where(*where).order_by(c.at, c.person_id)))


async def asked(tx: Tx, cohort_id: str) -> int:
    """How many were asked."""
    c = t.volunteer.c
    query = select(func.count()).select_from(t.volunteer).where(c.team_id == tx.team, c.cohort_id == cohort_id)
    return int((await tx.conn.execute(query)).scalar_one())


async def save_channel(tx: Tx, steering: Steering) -> bool:
    """False where the group has a channel: two coordinators made one at once."""
    return await add_once(tx, t.steering, {**asdict(steering), "team_id": tx.team}, key=["cohort_id"])


async def channel(tx: Tx, cohort_id: str) -> Steering | None:
    c = t.steering.c
    row = (await tx.conn.execute(select(t.steering).where(c.team_id == tx.team, c.cohort_id == cohort_id))).first()
    return Steering(row.cohort_id, row.channel_id, row.made_by, row.at) if row else None
