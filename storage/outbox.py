"""The outbox: letters queued beside their facts, leased by couriers, marked when Slack has them.

A letter is free to lease while it waits, is due, and nobody's lease on it is running. Everything that a courier
writes names its lease, so that one who lost it changes nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, union_all, update

from storage.attempts import DUE, DUE_HERE, MARK, MAY_TRY, OPEN, SENDING, TRY, WAITING
from storage.records.delivery import UNCERTAIN, Letter, LetterState, Priority, Target
from storage.sql import add_once
from storage.store import Tx
from storage.tables import outbox, pace, pair


async def add(tx: Tx, letter: Letter) -> bool:
    """Queue a letter; False when its key was queued before, whatever became of that one."""
    new = await add_once(tx, outbox, asdict(letter), key=("team_id", "key"))
    tx.queued |= new
    return new


def copies_of(pair_id: str) -> str:
    """How the keys of a pair's mirrored letters begin: each of the two has one."""
    return f"mirror:{pair_id}:"


async def mirror(tx: Tx, letter: Letter, courier: str, copies: Iterable[Letter], reason: str) -> bool:
    """Two letters in the place of one to a pair; False where the lease was lost, and nothing has changed."""
    if not await end(tx, letter.id, courier, LetterState.SKIPPED, reason):
        return False
    for copy in copies:
        await add(tx, copy)
    return True


async def get(tx: Tx, letter_id: str) -> Letter | None:
    row = (await tx.conn.execute(_mine(tx).where(outbox.c.id == letter_id))).first()
    return _letter(row) if row else None


async def waiting(tx: Tx, kind: str, to: str) -> bool:
    """Whether a letter of this kind to this receiver has yet to be attempted."""
    found = select(outbox.c.id).where(
        outbox.c.team_id == tx.team, outbox.c.to == to, outbox.c.kind == kind, outbox.c.state == WAITING
    )
    return (await tx.conn.execute(found.limit(1))).first() is not None


async def under_way(tx: Tx, kind: str, key: str) -> bool:
    """Whether the letter with the `key` that was given to `post` has yet to arrive or to end."""
    found = _mine(tx).where(outbox.c.key == f"{kind}:{key}", outbox.c.state.in_(OPEN))
    return (await tx.conn.execute(found)).first() is not None


async def sent_about(tx: Tx, kind: str, to: str, about: Mapping[str, str]) -> list[Letter]:
    """Letters of a kind to a receiver that stand in Slack, whose parameters say what `about` says.

    To a pair also the copies that its two people got.
    """
    c = outbox.c
    theirs = c.to == to
    if await tx.conn.scalar(select(pair.c.mirrored).where(pair.c.team_id == tx.team, pair.c.id == to)):
        theirs = or_(theirs, c.key.startswith(copies_of(to), autoescape=True))
    found = await tx.conn.execute(_mine(tx).where(c.kind == kind, theirs, c.ts.is_not(None)).order_by(c.id))
    return [one for row in found if about.items() <= (one := _letter(row)).params.items()]


async def cancel(tx: Tx, kind: str, key: str, reason: str) -> bool:
    """Take back a letter that nobody has tried to send; `key` is the one given to `post`."""
    untried = and_(outbox.c.key == f"{kind}:{key}", outbox.c.state == WAITING, outbox.c.attempts == 0)
    return await _change(tx, untried, state=LetterState.SKIPPED.value, reason=reason[:200]) == 1


async def hurry(tx: Tx, kind: str, key: str, now: datetime) -> None:
    """Send a letter that waits for its hour with what is sent now; `key` is the one given to `post`."""
    waits = and_(outbox.c.key == f"{kind}:{key}", outbox.c.state == WAITING, outbox.c.due_at > now)
    await _change(tx, waits, due_at=now)


async def teams_due(tx: Tx, now: datetime) -> dict[str, set[tuple[LetterState, Target]]]:
    """Every workspace with something to send (waiting) or to recover (sending), and where to.

    This one and the next two cross workspaces, if the transaction is of none.
    """
    found: dict[str, set[tuple[LetterState, Target]]] = {}
    here = {"now": now, "team": tx.team}
    for row in await (tx.conn.execute(DUE_HERE, here) if tx.team else tx.conn.execute(DUE, {"now": now})):
        found.setdefault(row.team_id, set()).add((LetterState(row.state), Target(row.target)))
    return found


async def next_at(tx: Tx, after: datetime | None = None) -> datetime | None:
    """When the earliest letter wants attention, or the earliest later than `after`.

    Pacing may make it later.
    """
    earliest = []
    for column, state in ((outbox.c.due_at, WAITING), (outbox.c.lease_until, SENDING)):
        one = select(func.min(column)).where(outbox.c.state == state, *_here(tx))
        earliest.append((one if after is None else one.where(column > after)).scalar_subquery())
    moments = (await tx.conn.execute(select(*earliest))).one()
    return min((moment for moment in moments if moment is not None), default=None)


async def lease(
    tx: Tx,
    courier: str,
    now: datetime,
    until: datetime,
    limit: int,
    *,
    targets: Collection[Target] = tuple(Target),
    most: Priority = Priority.BULK,
) -> list[Letter]:
    """Take up to `limit` due letters, most urgent first, at most one per receiver, none that pacing holds back.

    `most` leaves out everything less urgent than it.
    """
    wanted = _mine(tx).where(_free(now), outbox.c.target.in_([t.value for t in targets]), ~_held_back(now))
    ordered = wanted.where(outbox.c.priority <= most).order_by(outbox.c.priority, outbox.c.due_at, outbox.c.id)
    if tx.dialect == "postgresql":
        ordered = ordered.with_for_update(skip_locked=True, of=outbox)
    first: dict[tuple[str, str], str] = {}
    for row in await tx.conn.execute(ordered.limit(limit * 2)):
        first.setdefault((row.target, row.to), row.id)
    chosen = list(first.values())[:limit]
    return await _take(tx, chosen, courier, now, until) if chosen else []


async def _take(tx: Tx, chosen: list[str], courier: str, now: datetime, until: datetime) -> list[Letter]:
    still_free = and_(outbox.c.team_id == tx.team, outbox.c.id.in_(chosen), _free(now))
    claim = update(outbox).where(still_free).values(leased_by=courier, lease_until=until).returning(outbox)
    got = {row.id: _letter(row) for row in await tx.conn.execute(claim)}
    return [got[letter_id] for letter_id in chosen if letter_id in got]


async def record_attempts(
    tx: Tx, letters: Mapping[str, str | None], courier: str, now: datetime, *, until: datetime
) -> set[str]:
    """Write down that sends are about to be made: letter id → channel. Tells which may be made.

    The others' leases are lost or end before `until`.
    """
    lease = {"team": tx.team, "courier": courier, "until": until, "letters": list(letters)}
    mine = {row.id for row in await tx.conn.execute(MAY_TRY, lease)}
    rows = [{"team": tx.team, "letter": one, "where": letters[one], "now": now} for one in mine]
    if rows:
        await tx.conn.execute(TRY, rows)
    return mine


async def mark_sent(tx: Tx, letter_id: str, channel: str | None, ts: str | None) -> bool:
    """Slack has it. Counts whoever holds the lease by now: the answer is certain."""
    marked = await tx.conn.execute(MARK, {"team": tx.team, "letter": letter_id, "where": channel, "stamp": ts})
    return int(marked.rowcount) == 1


async def mark_all_sent(tx: Tx, marks: Sequence[tuple[str, str | None, str | None]]) -> None:
    """As `mark_sent`, for many: (letter id, channel, ts) each."""
    rows = [{"team": tx.team, "letter": letter, "where": channel, "stamp": ts} for letter, channel, ts in marks]
    await tx.conn.execute(MARK, rows)


async def end(tx: Tx, letter_id: str, courier: str, state: LetterState, reason: str) -> bool:
    """Skip it or set it aside (dead), with the reason that people will read."""
    return await _change(tx, _leased(letter_id, courier), state=state.value, reason=reason[:200], **_UNLEASED) == 1


async def put_off(
    tx: Tx, letter_id: str, courier: str, due_at: datetime, reason: str, *, ambiguous: bool, tried: int = 0
) -> bool:
    """Give the lease back and try again at `due_at`; `ambiguous` when an attempt may have arrived.

    `tried` counts as attempts what failed before a send was recorded.
    """
    changed = await _change(
        tx,
        _leased(letter_id, courier),
        state=WAITING,
        due_at=due_at,
        ambiguous=ambiguous,
        attempts=outbox.c.attempts + tried,
        reason=reason[:200] or None,
        **_UNLEASED,
    )
    return changed == 1


async def settle(tx: Tx, letter_id: str, courier: str) -> bool:
    """A look found nothing: the earlier attempts did not arrive, and the letter is certain again."""
    return await _change(tx, _leased(letter_id, courier), ambiguous=False) == 1


async def recover(tx: Tx, now: datetime, grace: timedelta) -> int:
    """What a dead courier was sending becomes ambiguous, due when a grace period from now is over.

    A pair space or channel can't be looked into: the second time there, the letter is set aside.
    """
    hanging = and_(outbox.c.state == SENDING, outbox.c.lease_until <= now)
    blind = outbox.c.target.in_([Target.PAIR.value, Target.CHANNEL.value])
    dead = {"state": LetterState.DEAD.value, "reason": UNCERTAIN}
    lost = await _change(tx, and_(hanging, blind, outbox.c.ambiguous), **dead, **_UNLEASED)
    again = {"state": WAITING, "ambiguous": True, "due_at": now + grace}
    return lost + await _change(tx, hanging, **again, **_UNLEASED)


async def expire_leases(tx: Tx, now: datetime) -> int:
    """Every running lease of the workspace ends now: for a process that knows it is the only one."""
    return await _change(tx, and_(outbox.c.state.in_(OPEN), outbox.c.lease_until > now), lease_until=now)


async def teams_leased(tx: Tx, now: datetime) -> list[str]:
    """Every workspace in which a lease is running."""
    running = select(outbox.c.team_id).where(outbox.c.state.in_(OPEN), outbox.c.lease_until > now, *_here(tx))
    return sorted(row.team_id for row in await tx.conn.execute(running.distinct()))


async def spent(tx: Tx, since: datetime, now: datetime) -> Mapping[Target, int]:
    """What a budget counts, by target: letters attempted after `since`, and those that any courier is about to."""
    tried, never = outbox.c.last_attempt_at > since, outbox.c.last_attempt_at.is_(None)
    taken = and_(outbox.c.lease_until > now, outbox.c.state == WAITING, or_(never, ~tried))
    parts = [select(outbox.c.target).where(outbox.c.team_id == tx.team, which) for which in (tried, taken)]
    both = union_all(*parts).subquery()
    counted = select(both.c.target, func.count().label("n")).group_by(both.c.target)
    return {Target(row.target): row.n for row in await tx.conn.execute(counted)}


async def channel_of(tx: Tx, target: Target, to: str) -> str | None:
    """The conversation an earlier letter to this receiver went to."""
    known = (
        select(outbox.c.channel)
        .where(outbox.c.team_id == tx.team, outbox.c.to == to, outbox.c.target == target.value)
        .where(outbox.c.channel.is_not(None))
        .limit(1)
    )
    channel: str | None = await tx.conn.scalar(known)
    return channel


async def dead(tx: Tx, limit: int = 20) -> list[Letter]:
    """What was set aside, newest first; `doctor` and the coordinators' Home show it."""
    found = _mine(tx).where(outbox.c.state == LetterState.DEAD.value).order_by(outbox.c.id.desc()).limit(limit)
    return [_letter(row) for row in await tx.conn.execute(found)]


async def counts(tx: Tx) -> dict[LetterState, int]:
    """How many letters of the workspace are in each state."""
    grouped = select(outbox.c.state, func.count().label("n")).where(outbox.c.team_id == tx.team)
    rows = await tx.conn.execute(grouped.group_by(outbox.c.state))
    return {LetterState(row.state): row.n for row in rows}


_UNLEASED: dict[str, Any] = {"leased_by": None, "lease_until": None}


def _here(tx: Tx) -> list[ColumnElement[bool]]:
    return [outbox.c.team_id == tx.team] if tx.team else []


def _mine(tx: Tx) -> Any:
    return select(outbox).where(outbox.c.team_id == tx.team)


def _free(now: datetime) -> ColumnElement[bool]:
    nobody = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now)
    return and_(outbox.c.state == WAITING, outbox.c.due_at <= now, nobody)


def _leased(letter_id: str, courier: str) -> ColumnElement[bool]:
    return and_(outbox.c.id == letter_id, outbox.c.leased_by == courier, outbox.c.state.in_(OPEN))


def _held_back(now: datetime) -> ColumnElement[bool]:
    receiver = outbox.c.target + ":" + outbox.c.to
    held = select(pace.c.scope).where(pace.c.team_id == outbox.c.team_id, pace.c.not_before > now)
    return held.where(pace.c.scope == receiver).exists()


async def _change(tx: Tx, where: ColumnElement[bool], **values: Any) -> int:
    done = await tx.conn.execute(update(outbox).where(outbox.c.team_id == tx.team, where).values(**values))
    return int(done.rowcount)


def _letter(row: Row[Any]) -> Letter:
    names = Letter.__dataclass_fields__
    values = {name: value for name, value in row._mapping.items() if name in names}
    return Letter(
        **values
        | {
            "target": Target(row.target),
            "priority": Priority(row.priority),
            "state": LetterState(row.state),
        }
    )
