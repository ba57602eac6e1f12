"""Queries about who was mainly learning: what each side said of each session, for that side alone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from storage import tables as t
from storage.records.checkin import Learner
from storage.records.meet import SessionState
from storage.sql import put
from storage.store import Tx


async def save(tx: Tx, pair_id: str, session_id: str, person_id: str, said: Learner, now: datetime) -> None:
    """Keep what somebody said of a session, in the place of what they said before."""
    sealed = await tx.seal(person_id, t.learner.c.learner, f"{session_id}:{person_id}", said, now)
    values = {
        "session_id": session_id, "person_id": person_id, "team_id": tx.team, "pair_id": pair_id, "learner": sealed,
        "at": now,
    }  # fmt: skip
    await put(tx, t.learner, values, key=["session_id", "person_id"])


async def mine(tx: Tx, pair_id: str, person_id: str) -> dict[str, Learner]:
    """What somebody said of each held session of a pair, in the order of the sessions, for their own eyes."""
    c, s = t.learner.c, t.session.c
    query = (
        select(c.session_id, c.learner)
        .select_from(t.learner.join(t.session, s.id == c.session_id))
        .where(c.team_id == tx.team, c.pair_id == pair_id, c.person_id == person_id, s.state == SessionState.HELD)
        .order_by(s.starts_at, s.id)
    )
    found = {}
    for row in (await tx.conn.execute(query)).all():
        said = await tx.open(person_id, c.learner, f"{row.session_id}:{person_id}", row.learner)
        if said is not None:
            found[row.session_id] = Learner(said)
    return found


async def of_sessions(tx: Tx, whose: Collection[tuple[str, str]]) -> dict[tuple[str, str], Learner]:
    """What persons said of sessions, by (session, person): for each one's own eyes, and for counting."""
    c = t.learner.c
    wanted = set(whose)
    query = select(c.session_id, c.person_id, c.learner).where(
        c.team_id == tx.team, c.session_id.in_({session for session, _ in wanted})
    )
    found = {}
    for row in (await tx.conn.execute(query)).all():
        if (row.session_id, row.person_id) in wanted:
            said = await tx.open(row.person_id, c.learner, f"{row.session_id}:{row.person_id}", row.learner)
            if said is not None:
                found[row.session_id, row.person_id] = Learner(said)
    return found


async def forget(tx: Tx, session_id: str, person_id: str | None = None) -> None:
    """As if it had never been said: by one of the two, or by both, for the session was not held."""
    c = t.learner.c
    mine = [] if person_id is None else [c.person_id == person_id]
    await tx.conn.execute(t.learner.delete().where(c.team_id == tx.team, c.session_id == session_id, *mine))
