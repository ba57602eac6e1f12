"""Queries about runs of matching: what each suggested, whom it found nobody for, and a cohort's weights."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from storage import tables as t
from storage.records.enrol import Side
from storage.records.match import MatchRun, MatchSetting, RunState, Suggestion, SuggestionState, Unmatched
from storage.sql import put
from storage.store import Tx

PENDING = (SuggestionState.OPEN, SuggestionState.HELD)
"""Suggestions that wait for a coordinator."""
_ORDER = (
    t.match_suggestion.c.score.is_not(None), t.match_suggestion.c.score.desc(), t.match_suggestion.c.id,
)  # fmt: skip
"""What coordinators put together first, then the best."""


async def setting(tx: Tx, cohort_id: str) -> MatchSetting | None:
    """A cohort's weights and floor; None where nobody has changed them."""
    c = t.match_setting.c
    query = select(c.cohort_id, c.weights, c.floor).where(c.team_id == tx.team, c.cohort_id == cohort_id)
    row = (await tx.conn.execute(query)).first()
    return MatchSetting(**row._mapping) if row else None


async def save_setting(tx: Tx, setting: MatchSetting) -> None:
    await put(tx, t.match_setting, {**asdict(setting), "team_id": tx.team}, key=["cohort_id"])


async def drop_setting(tx: Tx, cohort_id: str) -> None:
    """Back to the usual weights."""
    c = t.match_setting.c
    await tx.conn.execute(delete(t.match_setting).where(c.team_id == tx.team, c.cohort_id == cohort_id))


async def add_run(tx: Tx, run: MatchRun) -> None:
    await tx.conn.execute(t.match_run.insert().values(**asdict(run)))


async def run(tx: Tx, run_id: str) -> MatchRun | None:
    return next(iter(await _runs(tx, t.match_run.c.id == run_id)), None)


async def newest(tx: Tx, cohort_id: str, *states: RunState) -> MatchRun | None:
    """A cohort's newest run, in one of these states."""
    found = await _runs(tx, t.match_run.c.cohort_id == cohort_id, t.match_run.c.state.in_(states))
    return found[-1] if found else None


async def move_run(tx: Tx, run_id: str, before: RunState, after: RunState, **values: Any) -> bool:
    """Change the state if it still is `before`; False when somebody was quicker."""
    c = t.match_run.c
    where = (c.team_id == tx.team, c.id == run_id, c.state == before)
    return (await tx.conn.execute(update(t.match_run).where(*where).values(state=after, **values))).rowcount == 1


async def replace_runs(tx: Tx, cohort_id: str, but: str) -> None:
    """A newer run has come: what earlier ones suggested and nobody has decided or held is over."""
    runs, c = t.match_run.c, t.match_suggestion.c
    older = (runs.team_id == tx.team, runs.cohort_id == cohort_id, runs.id != but)
    await tx.conn.execute(update(t.match_run).where(*older).values(state=RunState.REPLACED))
    mine = (c.team_id == tx.team, c.cohort_id == cohort_id, c.run_id != but, c.state == SuggestionState.OPEN)
    await tx.conn.execute(update(t.match_suggestion).where(*mine).values(state=SuggestionState.REPLACED))


async def add_suggestions(tx: Tx, suggestions: Collection[Suggestion]) -> None:
    """Many at once."""
    if suggestions:
        await tx.conn.execute(t.match_suggestion.insert(), [asdict(one) for one in suggestions])


async def suggestion(tx: Tx, suggestion_id: str) -> Suggestion | None:
    return next(iter(await _suggestions(tx, t.match_suggestion.c.id == suggestion_id)), None)


async def of_cohort(tx: Tx, cohort_id: str, *states: SuggestionState) -> list[Suggestion]:
    """A cohort's suggestions in these states: the best first, those that a coordinator made before them."""
    c = t.match_suggestion.c
    return await _suggestions(tx, c.cohort_id == cohort_id, c.state.in_(states))


async def page(
    tx: Tx, cohort_id: str, state: SuggestionState, since: datetime, offset: int, limit: int
) -> list[Suggestion]:
    """A part of a cohort's suggestions in a state; of what was approved, only what was since a moment."""
    query = select(t.match_suggestion).where(*_shown(tx, cohort_id, since), t.match_suggestion.c.state == state)
    rows = await tx.conn.execute(query.order_by(*_ORDER).offset(offset).limit(limit))
    return [_suggestion(row) for row in rows]


async def counts(tx: Tx, cohort_id: str, since: datetime) -> dict[SuggestionState, int]:
    """How many of a cohort's suggestions are in which state; approved ones are counted since a moment."""
    c = t.match_suggestion.c
    query = select(c.state, func.count().label("n")).where(*_shown(tx, cohort_id, since)).group_by(c.state)
    return {SuggestionState(row.state): row.n for row in await tx.conn.execute(query)}


async def of_person(tx: Tx, cohort_id: str, person_id: str, *states: SuggestionState) -> list[Suggestion]:
    """Somebody's suggestions in a cohort, on either side."""
    c = t.match_suggestion.c
    theirs = (c.junior_id == person_id) | (c.senior_id == person_id)
    return await _suggestions(tx, c.cohort_id == cohort_id, c.state.in_(states), theirs)


async def decide(
    tx: Tx,
    suggestion_id: str,
    before: Collection[SuggestionState],
    after: SuggestionState,
    by: str,
    at: datetime,
    **values: Any,
) -> bool:
    """Change the state if it still is one of `before`; False when somebody was quicker."""
    c = t.match_suggestion.c
    where = (c.team_id == tx.team, c.id == suggestion_id, c.state.in_(before))
    values |= {"state": after, "decided_by": by, "decided_at": at}
    return (await tx.conn.execute(update(t.match_suggestion).where(*where).values(**values))).rowcount == 1


async def warn(tx: Tx, suggestion_id: str, warnings: str) -> None:
    """What speaks against a suggestion has changed since it was made."""
    c = t.match_suggestion.c
    where = (c.team_id == tx.team, c.id == suggestion_id)
    await tx.conn.execute(update(t.match_suggestion).where(*where).values(warnings=warnings))


async def add_unmatched(tx: Tx, people: Collection[Unmatched]) -> None:
    """Many at once."""
    if people:
        rows = [{**asdict(one), "team_id": tx.team} for one in people]
        await tx.conn.execute(t.match_unmatched.insert(), rows)


async def unmatched(tx: Tx, run_id: str, offset: int, limit: int) -> list[Unmatched]:
    """A part of those whom a run found nobody for, juniors first."""
    c = t.match_unmatched.c
    query = select(c.run_id, c.person_id, c.side, c.reason).where(c.team_id == tx.team, c.run_id == run_id)
    rows = await tx.conn.execute(query.order_by(c.side, c.reason, c.person_id).offset(offset).limit(limit))
    return [Unmatched(row.run_id, row.person_id, Side(row.side), row.reason) for row in rows]


async def count_unmatched(tx: Tx, run_id: str) -> int:
    c = t.match_unmatched.c
    query = select(func.count()).select_from(t.match_unmatched).where(c.team_id == tx.team, c.run_id == run_id)
    return int((await tx.conn.execute(query)).scalar_one())


async def drop_unmatched(tx: Tx, run_id: str, person_id: str, side: Side) -> None:
    """Somebody was found after all."""
    c = t.match_unmatched.c
    where = (c.team_id == tx.team, c.run_id == run_id, c.person_id == person_id, c.side == side)
    await tx.conn.execute(delete(t.match_unmatched).where(*where))


async def drop_pair(tx: Tx, pair_id: str) -> None:
    """A pair that nobody was asked about has never been."""
    c = t.match_suggestion.c
    freed = update(t.match_suggestion).where(c.team_id == tx.team, c.pair_id == pair_id)
    await tx.conn.execute(freed.values(pair_id=None))
    await tx.conn.execute(delete(t.pair).where(t.pair.c.team_id == tx.team, t.pair.c.id == pair_id))


async def _runs(tx: Tx, *where: Any) -> list[MatchRun]:
    query = select(t.match_run).where(t.match_run.c.team_id == tx.team, *where).order_by(t.match_run.c.id)
    return [MatchRun(**{**row._mapping, "state": RunState(row.state)}) for row in await tx.conn.execute(query)]


async def _suggestions(tx: Tx, *where: Any) -> list[Suggestion]:
    query = select(t.match_suggestion).where(t.match_suggestion.c.team_id == tx.team, *where)
    return [_suggestion(row) for row in await tx.conn.execute(query.order_by(*_ORDER))]


def _shown(tx: Tx, cohort_id: str, since: datetime) -> tuple[Any, ...]:
    c = t.match_suggestion.c
    fresh = or_(c.state != SuggestionState.APPROVED, c.decided_at > since)
    return (c.team_id == tx.team, c.cohort_id == cohort_id, fresh)


def _suggestion(row: Any) -> Suggestion:
    return Suggestion(**{**row._mapping, "state": SuggestionState(row.state)})
