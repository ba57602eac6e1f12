"""How many seniors left their reflections open; what stands in one is not looked at."""

from datetime import datetime

from sqlalchemy import case, func, or_, select

from storage import tables as t
from storage.match import RUNNING
from storage.records.checkin import CheckinState
from storage.records.enrol import Side
from storage.store import Tx

_IN_A_ROW = 3


async def missing(tx: Tx, cohort_id: str, since: datetime, now: datetime) -> tuple[int, int]:
    """(asked, missing): seniors of a cohort's running pairs with three reflections decided, and who gave none of those.

    Decided is one that was given, or cannot be any more. Only those due from `since` (UTC) on count, so that a week
    costs the same however long it has been going on.
    """
    c, p = t.checkin.c, t.pair.c
    theirs = select(p.id).where(p.team_id == tx.team, p.cohort_id == cohort_id, p.state.in_(RUNNING))
    given = c.state == CheckinState.ANSWERED
    decided = or_(given, c.closes_at <= now) & (c.state != CheckinState.DUE)  # one that never went out asked nobody
    place = func.row_number().over(partition_by=c.person_id, order_by=(c.due_at.desc(), c.id.desc()))
    last = select(c.person_id, case((given, 1), else_=0).label("given"), place.label("place")).where(
        c.team_id == tx.team, c.pair_id.in_(theirs), c.side == Side.SENIOR, c.due_at >= since, decided
    )  # fmt: skip
    rows = last.subquery("last")
    each = select(func.sum(rows.c.given).label("given")).where(rows.c.place <= _IN_A_ROW)
    asked = each.group_by(rows.c.person_id).having(func.count() == _IN_A_ROW).subquery("asked")
    query = select(func.count().label("asked"), func.count(case((asked.c.given == 0, 1))).label("missing"))
    row = (await tx.conn.execute(query.select_from(asked))).one()
    return row.asked, row.missing
