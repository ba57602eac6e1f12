"""Queries about pairs and declared conflicts of interest."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from storage import tables as t
from storage.memo import remembered
from storage.records.match import Conflict, Pair, PairState
from storage.sql import by, put
from storage.store import Tx

RUNNING = (PairState.ACTIVE, PairState.PAUSED)
OPEN = (PairState.PROPOSED, PairState.ASKING_SENIOR, PairState.STARTING, *RUNNING)
_OVER = (PairState.ENDED, PairState.COMPLETED)
MET = (*RUNNING, *_OVER)
"""Whoever was in such a pair, in whatever cohort, is not paired with the same person again."""

_PAIRS_OF = (
    select(t.pair)
    .where(
        t.pair.c.team_id == bindparam("team"),
        or_(t.pair.c.junior_id == bindparam("person"), t.pair.c.senior_id == bindparam("person")),
        t.pair.c.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(t.pair.c.id)
)


async def add(tx: Tx, pair: Pair) -> None:
    await tx.conn.execute(t.pair.insert().values(**asdict(pair)))


@remembered(t.pair)
async def get(tx: Tx, pair_id: str) -> Pair | None:
    row = (await tx.conn.execute(by(t.pair, "team_id", "id"), {"team_id": tx.team, "id": pair_id})).first()
    return _pair(row) if row else None


@remembered(t.pair)
async def running_of(tx: Tx, person_id: str) -> list[Pair]:
    """Pairs of a person that are active or paused, oldest first."""
    return await _pairs_of(tx, person_id, RUNNING)


async def open_of(tx: Tx, person_id: str) -> list[Pair]:
    """Pairs of a person from proposal to pause: what counts against capacity."""
    return await _pairs_of(tx, person_id, OPEN)


async def ended_of(tx: Tx, person_id: str) -> list[Pair]:
    """Pairs of a person that ran and have ended, oldest first."""
    return await _pairs_of(tx, person_id, _OVER)


@remembered(t.pair)
async def of_cohort(tx: Tx, cohort_id: str, *states: PairState) -> list[Pair]:
    wanted = [t.pair.c.state.in_(states)] if states else []
    return await _pairs(tx, t.pair.c.cohort_id == cohort_id, *wanted)


async def between(tx: Tx, one: str, other: str) -> list[Pair]:
    """Every pair these two persons ever had, on whichever side."""
    return await _pairs(tx, _has(one), _has(other))


async def move(tx: Tx, pair_id: str, before: PairState, after: PairState, **values: Any) -> bool:
    """Change the state if it still is `before`; False when somebody was quicker."""
    c = t.pair.c
    where = (c.team_id == tx.team, c.id == pair_id, c.state == before)
    done = await tx.conn.execute(update(t.pair).where(*where).values(state=after, **values))
    return done.rowcount == 1


async def set_no(tx: Tx, pair_id: str, state: PairState, at: datetime | None) -> bool:
    """The side that is asked says no, or takes it back; False when it was so already, or the state has changed."""
    c = t.pair.c
    before = c.declined_at.is_not(None) if at is None else c.declined_at.is_(None)
    where = (c.team_id == tx.team, c.id == pair_id, c.state == state, before)
    return (await tx.conn.execute(update(t.pair).where(*where).values(declined_at=at))).rowcount == 1


async def set_channel(tx: Tx, pair_id: str, channel_id: str | None, *, mirrored: bool = False) -> None:
    """Where the pair's messages go; `mirrored`: nowhere for both, so each gets a copy of their own."""
    where = (t.pair.c.team_id == tx.team, t.pair.c.id == pair_id)
    await tx.conn.execute(update(t.pair).where(*where).values(channel_id=channel_id, mirrored=mirrored))


async def add_conflict(tx: Tx, one: str, other: str, declared_by: str) -> None:
    """Declare a conflict between two Slack users; declaring it again changes nothing."""
    first, second = sorted((one, other))
    values = asdict(Conflict(tx.team, first, second, declared_by))
    await put(tx, t.conflict, values, key=["team_id", "first", "second"])


async def remove_conflict(tx: Tx, one: str, other: str) -> bool:
    first, second = sorted((one, other))
    c = t.conflict.c
    where = (c.team_id == tx.team, c.first == first, c.second == second)
    return (await tx.conn.execute(t.conflict.delete().where(*where))).rowcount == 1


async def conflicts(tx: Tx) -> list[Conflict]:
    rows = await tx.conn.execute(select(t.conflict).where(t.conflict.c.team_id == tx.team))
    return [Conflict(**row._mapping) for row in rows]


async def all_open(tx: Tx) -> list[Pair]:
    """Every pair of the workspace that is proposed or running."""
    return await _pairs(tx, t.pair.c.state.in_(OPEN))


async def all_pairs(tx: Tx) -> list[Pair]:
    """Every pair and suggestion that the workspace ever had."""
    return await _pairs(tx)


async def taken(tx: Tx) -> dict[str, int]:
    """Cohort → number of pairs that are proposed or running."""
    c = t.pair.c
    query = select(c.cohort_id, func.count().label("n")).where(c.team_id == tx.team, c.state.in_(OPEN))
    return {row.cohort_id: row.n for row in await tx.conn.execute(query.group_by(c.cohort_id))}


async def _pairs_of(tx: Tx, person_id: str, states: Sequence[PairState]) -> list[Pair]:
    rows = await tx.conn.execute(_PAIRS_OF, {"team": tx.team, "person": person_id, "states": list(states)})
    found = [_pair(row) for row in rows]
    for pair in found:
        get.know(tx, pair, pair.id)
    return found


def _has(person_id: str) -> Any:
    return or_(t.pair.c.junior_id == person_id, t.pair.c.senior_id == person_id)


async def _pairs(tx: Tx, *where: Any) -> list[Pair]:
    query = select(t.pair).where(t.pair.c.team_id == tx.team, *where).order_by(t.pair.c.id)
    return [_pair(row) for row in await tx.conn.execute(query)]


def _pair(row: Any) -> Pair:
    return Pair(**{**row._mapping, "state": PairState(row.state)})
