"""Queueing: a message into the outbox, work into the schedule; both in the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.jobs import STALE, Job
from bot.domain.messages import MESSAGES, Kind
from bot.services.timing import fit
from storage import due, home, outbox
from storage.ids import new_id, new_nonce
from storage.records.delivery import Due, DueState, Letter, LetterState
from storage.store import Tx


async def post(
    tx: Tx,
    kind: Kind,
    to: str,
    key: str,
    due_at: datetime,
    *,
    stale_at: datetime | None = None,
    **params: str,
) -> bool:
    """Queue one message; False when its key was queued before. `params` are ids only.

    `to` is a Slack user id (person, home), a pair id (pair space) or a channel id, as the kind's target says.
    What waits for people's hours is due when the receiver may be written to. The stale time is the kind's, unless an
    earlier or later one is given (an agenda: the session's start).
    """
    spec = MESSAGES[kind]
    due_at = await fit(tx, kind, to, due_at)
    letter = Letter(
        id=new_id(), team_id=tx.team, key=f"{kind}:{key}", kind=kind, target=spec.target, to=to, params=dict(params),
        priority=spec.priority, due_at=due_at, stale_at=stale_at or (due_at + spec.stale if spec.stale else None),
        state=LetterState.WAITING, attempts=0, nonce=new_nonce(), ambiguous=False, first_attempt_at=None,
        channel=None, ts=None, reason=None,
    )  # fmt: skip
    return await outbox.add(tx, letter)


async def refresh_home(tx: Tx, user_id: str, now: datetime) -> None:
    """Have the person's App Home drawn again soon, if they ever opened it; wishes before it is drawn are one."""
    await refresh_homes(tx, [user_id], now)


async def refresh_homes(tx: Tx, user_ids: Iterable[str], now: datetime) -> None:
    """As `refresh_home`, for several people."""
    for user_id in await home.to_draw(tx, user_ids, Kind.HOME):
        await post(tx, Kind.HOME, user_id, f"{user_id}:{new_id()}", now)


async def plan(
    tx: Tx,
    job: Job,
    subject: str,
    due_at: datetime,
    *,
    recipient: str = "",
    occurrence: str = "",
    stale_at: datetime | None = None,
) -> bool:
    """Plan work once for (job, subject, recipient, occurrence); False when it was planned before."""
    made = work(tx, job, subject, due_at, recipient=recipient, occurrence=occurrence, stale_at=stale_at)
    return await due.add(tx, made)


def work(
    tx: Tx,
    job: Job,
    subject: str,
    due_at: datetime,
    *,
    recipient: str = "",
    occurrence: str = "",
    stale_at: datetime | None = None,
) -> Due:
    """What `plan` plans, for `plan_many`."""
    stale = STALE[job]
    return Due(
        id=new_id(), team_id=tx.team, kind=job, subject=subject, recipient=recipient, occurrence=occurrence,
        due_at=due_at, stale_at=stale_at or (due_at + stale if stale else None), state=DueState.PENDING,
        attempts=0, reason=None,
    )  # fmt: skip


async def plan_many(tx: Tx, items: Iterable[Due]) -> None:
    """Plan each once, as `plan` does, with one statement for all."""
    await due.add_all(tx, items)


async def unplan(tx: Tx, job: Job, subject: str, reason: str, *, occurrence: str | None = None) -> int:
    """Cancel pending work about a subject; tells how many items it was."""
    return await due.cancel(tx, job, subject, reason, occurrence=occurrence)
