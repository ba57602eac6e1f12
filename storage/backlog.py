"""How much waits in each workspace: numbers for whoever watches over the bot. Crosses workspaces."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, bindparam, case, func, or_, select

from storage.records.delivery import DueState, LetterState
from storage.store import Tx
from storage.tables import due, outbox


@dataclass(frozen=True, slots=True)
class Backlog:
    """One workspace's numbers; `outbox_oldest_seconds` is how long the longest wait has lasted."""

    team_id: str
    outbox_waiting: int = 0
    outbox_oldest_seconds: float = 0.0
    outbox_dead: int = 0
    due_waiting: int = 0
    due_dead: int = 0


_UNSENT = [LetterState.WAITING.value, LetterState.SENDING.value]
_LATE = and_(outbox.c.state.in_(_UNSENT), outbox.c.due_at <= bindparam("now"))
_DEAD = outbox.c.state == LetterState.DEAD.value
_LETTERS = (
    select(
        outbox.c.team_id,
        func.count(case((_LATE, 1))).label("waiting"),
        func.count(case((_DEAD, 1))).label("dead"),
        func.min(case((_LATE, outbox.c.due_at))).label("oldest"),
    )
    .where(or_(_LATE, _DEAD))
    .group_by(outbox.c.team_id)
)
_OVERDUE = and_(due.c.state == DueState.PENDING.value, due.c.due_at <= bindparam("now"))
_FAILED = due.c.state == DueState.DEAD.value
_WORK = (
    select(
        due.c.team_id,
        func.count(case((_OVERDUE, 1))).label("waiting"),
        func.count(case((_FAILED, 1))).label("dead"),
    )
    .where(or_(_OVERDUE, _FAILED))
    .group_by(due.c.team_id)
)


async def all_teams(tx: Tx, now: datetime, known: Iterable[str] = ()) -> list[Backlog]:
    """Every workspace in which something waits or was set aside, and the `known` ones."""
    found = {team: Backlog(team) for team in known}
    for row in await tx.conn.execute(_LETTERS, {"now": now}):
        age = (now - row.oldest).total_seconds() if row.oldest else 0.0
        found[row.team_id] = Backlog(row.team_id, row.waiting, age, row.dead)
    for row in await tx.conn.execute(_WORK, {"now": now}):
        one = found.get(row.team_id, Backlog(row.team_id))
        found[row.team_id] = replace(one, due_waiting=row.waiting, due_dead=row.dead)
    return [found[team] for team in sorted(found)]
