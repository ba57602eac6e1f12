"""What somebody may know of suggestions about them: nothing before being asked, and nothing of the other's answer."""

from typing import Any

from sqlalchemy import select

from storage import tables as t
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.store import Tx

ASKED = "match.expire_proposal"
"""The work that ends somebody's wait; planned when they are asked."""
NOT_COME = "not_come"
"""Said in place of how a suggestion ended: by a no, by no answer, or because it was withdrawn."""
_WAITS_FOR = {PairState.PROPOSED: Side.JUNIOR, PairState.ASKING_SENIOR: Side.SENIOR}
_OVER = (PairState.DECLINED, PairState.EXPIRED)

Rows = list[dict[str, Any]]


async def told(tx: Tx, pairs: Rows, person_id: str | None) -> Rows:
    """The pairs that a person knows of, with a no only where it is their own."""
    shown: Rows = []
    for pair in pairs:
        side = Side.JUNIOR if pair["junior_id"] == person_id else Side.SENIOR
        state = PairState(pair["state"])
        if pair["active_at"] is None and not await _asked(tx, pair["id"], side):
            continue
        own = {"declined_at": pair["declined_at"] if _WAITS_FOR.get(state) is side else None}
        shown.append({**pair, **own, "state": NOT_COME if state in _OVER else state.value})
    return shown


async def _asked(tx: Tx, pair_id: str, side: Side) -> bool:
    c = t.due.c
    mine = c.occurrence.startswith(side.value)
    query = select(c.id).where(c.team_id == tx.team, c.kind == ASKED, c.subject == pair_id, mine)
    return (await tx.conn.execute(query.limit(1))).first() is not None
