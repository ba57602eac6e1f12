"""Queries about what waits for a coordinator beside the lights: accounts that are gone, lines, suggestions."""

from datetime import datetime

from sqlalchemy import func, or_, select

from storage import tables as t
from storage.records.enrol import GONE
from storage.records.match import PairState, RunState, SuggestionState
from storage.records.programme import CohortState
from storage.store import Tx

_RUNNING = (PairState.ACTIVE.value, PairState.PAUSED.value)


async def frozen(tx: Tx) -> list[str]:
    """Running pairs in which the account of one is gone."""
    p, person = t.pair.c, t.person.c
    query = select(p.id).distinct().join(t.person, or_(person.id == p.junior_id, person.id == p.senior_id))
    gone = (person.deactivated, ~person.user_id.startswith(GONE))
    return list(await tx.conn.scalars(query.where(p.team_id == tx.team, p.state.in_(_RUNNING), *gone).order_by(p.id)))


async def forbidden(tx: Tx, since: datetime) -> list[str]:
    """Running pairs whose two people were asked after a moment whether to go on, for the lines forbid them now."""
    p, c = t.pair.c, t.crossing.c
    query = select(p.id).join(t.crossing, c.pair_id == p.id)
    where = (p.team_id == tx.team, p.state.in_(_RUNNING), c.at > since)
    return list(await tx.conn.scalars(query.where(*where).order_by(p.id)))


async def unreviewed(tx: Tx, since: datetime, until: datetime) -> int:
    """Suggestions of matches from between two moments that are open or held, in open cohorts."""
    s, r, c = t.match_suggestion.c, t.match_run.c, t.cohort.c
    query = select(func.count()).select_from(t.match_suggestion)
    query = query.join(t.match_run, r.id == s.run_id).join(t.cohort, c.id == s.cohort_id)
    waits = s.state.in_((SuggestionState.OPEN.value, SuggestionState.HELD.value))
    run = (r.state == RunState.READY, r.created_at > since, r.created_at <= until)
    return int(await tx.conn.scalar(query.where(s.team_id == tx.team, waits, c.state == CohortState.OPEN, *run)) or 0)
