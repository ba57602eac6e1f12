"""What a pair agreed on about its sessions, for the windows in which they are booked, moved and called off."""

from datetime import datetime

from bot.domain.meet import too_short_notice
from storage import prepare
from storage.records.meet import Session, SessionState
from storage.store import Tx

USUAL_MINUTES = 60


async def minutes_of(tx: Tx, pair_id: str, last: Session | None) -> int:
    """How long a new session is: as agreed, else as long as the last one."""
    contract = await prepare.contract_of(tx, pair_id)
    if contract is not None:
        return contract.minutes
    return last.minutes if last else USUAL_MINUTES


async def short_notice(tx: Tx, session: Session, now: datetime) -> int:
    """The hours of notice that the two agreed on, where a session is nearer than that; else 0."""
    hours = await notice_of(tx, session.pair_id)
    return hours if too_short_notice(session.starts_at, hours, now) else 0


async def notice_for(tx: Tx, moves: Session, now: datetime) -> tuple[int, bool]:
    """The hours of notice to remind of while a session is moved, and whether it would have begun by now.

    What was called off has been said already.
    """
    if moves.state not in (SessionState.PLANNED, SessionState.MOVED):
        return 0, False
    if moves.starts_at <= now:
        return await notice_of(tx, moves.pair_id), True
    return await short_notice(tx, moves, now), False


async def notice_of(tx: Tx, pair_id: str) -> int:
    """How many hours before a change the two agreed to say so; 0 without an agreement."""
    contract = await prepare.contract_of(tx, pair_id)
    return contract.notice_hours if contract is not None else 0
