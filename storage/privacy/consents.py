"""The consent log: small, apart from the rest, and kept when the rest goes."""

from datetime import datetime

from sqlalchemy import update

from storage import tables as t
from storage.ids import new_id
from storage.store import Tx


async def give_consent(tx: Tx, user_id: str, cohort_id: str, version: str, now: datetime) -> None:
    """Somebody agreed to a version of the text, for a cohort."""
    values = {"id": new_id(), "team_id": tx.team, "user_id": user_id, "cohort_id": cohort_id, "version": version}
    await tx.conn.execute(t.consent.insert().values(**values, given_at=now, ended_at=None))


async def end_consents(tx: Tx, user_id: str, now: datetime, cohort_id: str | None = None) -> None:
    """Somebody left a cohort, or all of them: what they agreed to ends."""
    c = t.consent.c
    where = [c.team_id == tx.team, c.user_id == user_id, c.ended_at.is_(None)]
    if cohort_id is not None:
        where.append(c.cohort_id == cohort_id)
    await tx.conn.execute(update(t.consent).where(*where).values(ended_at=now))
