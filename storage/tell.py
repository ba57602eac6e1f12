"""Queries about what coordinators send by hand: nudges, announcements, and what became of their messages."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, exists, func, or_, select, type_coerce, update

from storage import tables as t
from storage.records.delivery import LetterState, Target
from storage.records.enrol import Enrolment, Side
from storage.records.match import PairState
from storage.records.meet import SessionState
from storage.records.privacy import Sent
from storage.records.programme import CohortState
from storage.records.tell import Announcement, Audience, Delivery, Nudge, Readers
from storage.report.beats import beats_of_pairs
from storage.sql import add_all_once
from storage.store import Tx

_OUT = (Enrolment.LEFT.value, Enrolment.FINISHED.value)
_GOES, _GONE = (LetterState.WAITING.value, LetterState.SENDING.value), LetterState.DEAD.value


async def add_nudge(tx: Tx, nudge: Nudge) -> None:
    await tx.conn.execute(t.nudge.insert().values(**asdict(nudge)))


async def nudge(tx: Tx, nudge_id: str) -> Nudge | None:
    where = (t.nudge.c.team_id == tx.team, t.nudge.c.id == nudge_id)
    row = (await tx.conn.execute(select(t.nudge).where(*where))).first()
    return Nudge(**dict(row._mapping) | {"audience": Audience(row.audience)}) if row else None


async def undo_nudge(tx: Tx, nudge_id: str, now: datetime) -> bool:
    """False when it was undone before."""
    return await _undo(tx, t.nudge, nudge_id, now)


async def keep_nudged(tx: Tx, nudge_id: str, user_ids: Collection[str], now: datetime) -> None:
    """Write down who got a nudge, and when."""
    rows = [{"nudge_id": nudge_id, "user_id": user, "team_id": tx.team, "at": now} for user in user_ids]
    await add_all_once(tx, t.nudged, rows, key=["nudge_id", "user_id"])


async def nudged_since(tx: Tx, since: datetime) -> set[str]:
    """The Slack accounts that got a nudge after a moment."""
    c = t.nudged.c
    return set(await tx.conn.scalars(select(c.user_id).distinct().where(c.team_id == tx.team, c.at > since)))


async def nudges_of(tx: Tx, user_ids: Collection[str], since: datetime) -> list[tuple[str, datetime]]:
    """(account, moment) of each nudge that one of these people got after a moment."""
    c = t.nudged.c
    query = select(c.user_id, c.at).where(c.team_id == tx.team, c.user_id.in_(user_ids), c.at >= since)
    return [(row.user_id, row.at) for row in await tx.conn.execute(query.order_by(c.at.desc()).limit(10))]


async def audience(tx: Tx, whom: Audience, now: datetime, pair_id: str | None = None) -> list[str]:
    """The Slack accounts of an audience, in order: people of running pairs in open cohorts, by place and bookings.

    `now` decides what is booked; a pair that has met as often as it wants lacks no date. Who has paused or whose
    account is gone is left out.
    """
    p, person = t.pair.c, t.person.c
    open_ones = select(t.cohort.c.id).where(t.cohort.c.team_id == tx.team, t.cohort.c.state == CohortState.OPEN)
    where = [p.team_id == tx.team, p.state == PairState.ACTIVE, p.cohort_id.in_(open_ones)]
    if whom is Audience.PAIR:
        where.append(p.id == (pair_id or ""))
    if whom is Audience.UNBOOKED:
        s = t.session.c
        booked = exists().where(s.pair_id == p.id, s.state == SessionState.PLANNED, s.starts_at > now)
        beat = beats_of_pairs(tx.team).c
        held = select(func.count()).where(s.pair_id == p.id, s.state == SessionState.HELD).scalar_subquery()
        planned = select(beat.sessions).where(beat.pair_id == p.id).scalar_subquery()
        where += [~booked, held < planned]
    who = person.id == p.senior_id
    if whom is not Audience.SENIORS:
        who = or_(who, person.id == p.junior_id)
    query = select(person.user_id).distinct().select_from(t.pair).join(t.person, who)
    query = query.where(*where, person.deactivated.is_(False)).order_by(person.user_id)
    return list(await tx.conn.scalars(query))


async def add_announcement(tx: Tx, made: Announcement) -> None:
    """Store it, sealed under its author's key."""
    c = t.announcement.c
    text = await tx.seal(made.author_id, c.text, made.id, made.text or "", made.at)
    await tx.conn.execute(t.announcement.insert().values(**asdict(made) | {"text": text}))


async def announcement(tx: Tx, announcement_id: str) -> Announcement | None:
    return next(iter(await _announcements(tx, 1, t.announcement.c.id == announcement_id)), None)


async def announcements(tx: Tx, limit: int) -> list[Announcement]:
    """The latest, newest first."""
    return await _announcements(tx, limit)


async def undo_announcement(tx: Tx, announcement_id: str, now: datetime) -> bool:
    """False when it was undone before."""
    return await _undo(tx, t.announcement, announcement_id, now)


async def readers(tx: Tx, cohort_id: str, whom: Readers) -> list[str]:
    """The Slack accounts of everybody in a cohort, or of one side of it: as in their pairs, else as they joined."""
    p, person = t.participant.c, t.person.c
    where = [p.team_id == tx.team, p.cohort_id == cohort_id, p.state.not_in(_OUT), person.deactivated.is_(False)]
    if whom is not Readers.EVERYBODY:
        where.append(_on_side(Side.JUNIOR if whom is Readers.JUNIORS else Side.SENIOR))
    query = select(person.user_id).distinct().join(t.participant, p.person_id == person.id).where(*where)
    return list(await tx.conn.scalars(query.order_by(person.user_id)))


async def told(tx: Tx, kind: str, about: str) -> set[str]:
    """Who has a message of this kind about something, whatever became of it. Its key is `<kind>:<about>:<account>`."""
    c = t.outbox.c
    rows = await tx.conn.execute(select(c.to).where(c.team_id == tx.team, _keyed(kind, about)))
    return {row.to for row in rows}


async def delivery(tx: Tx, kind: str, about: str) -> Delivery:
    """What became of the messages of this kind about something."""
    c = t.outbox.c
    query = select(c.state, func.count().label("n")).where(c.team_id == tx.team, _keyed(kind, about))
    n = {row.state: row.n for row in await tx.conn.execute(query.group_by(c.state))}
    waiting = sum(n.get(state, 0) for state in _GOES)
    return Delivery(waiting, n.get(LetterState.SENT, 0), n.get(_GONE, 0), n.get(LetterState.SKIPPED, 0))


async def shown_words(tx: Tx, author_id: str, kind: str) -> list[Sent]:
    """Messages in Slack that show an author's announcements."""
    found = []
    ids = select(t.announcement.c.id).where(
        t.announcement.c.team_id == tx.team, t.announcement.c.author_id == author_id
    )
    for one in await tx.conn.scalars(ids):
        found += await shown(tx, kind, one)
    return found


async def shown(tx: Tx, kind: str, about: str) -> list[Sent]:
    """Messages in Slack of this kind about something. Their keys are `<kind>:<about>:<account>`."""
    c = t.outbox.c
    where = (c.team_id == tx.team, _keyed(kind, about), c.ts.is_not(None), c.channel.is_not(None))
    return [Sent(row.channel, row.ts) for row in await tx.conn.execute(select(c.channel, c.ts).where(*where))]


def _keyed(kind: str, about: str) -> Any:
    c = t.outbox.c
    start = f"{kind}:{about}:"
    return and_(c.kind == kind, c.target == Target.PERSON.value, c.key >= start, c.key < f"{start[:-1]};")


def _on_side(side: Side) -> Any:
    p = t.participant.c
    pairs, mine = t.pair.c, t.pair.c.junior_id if side is Side.JUNIOR else t.pair.c.senior_id
    runs = (PairState.ACTIVE.value, PairState.PAUSED.value)
    here = (pairs.cohort_id == p.cohort_id, pairs.state.in_(runs))
    paired = exists().where(*here, or_(pairs.junior_id == p.person_id, pairs.senior_id == p.person_id))
    offered = type_coerce(p.sides, Text).contains(f'"{side}"')
    return or_(exists().where(*here, mine == p.person_id), and_(~paired, offered))


async def _undo(tx: Tx, table: Any, row_id: str, now: datetime) -> bool:
    where = (table.c.team_id == tx.team, table.c.id == row_id, table.c.undone_at.is_(None))
    return (await tx.conn.execute(update(table).where(*where).values(undone_at=now))).rowcount == 1


async def _announcements(tx: Tx, limit: int, *where: Any) -> list[Announcement]:
    c = t.announcement.c
    query = select(t.announcement).where(c.team_id == tx.team, *where).order_by(c.id.desc()).limit(limit)
    rows = (await tx.conn.execute(query)).all()
    await tx.load_keys(row.author_id for row in rows)
    return [
        Announcement(**dict(row._mapping) | {
            "readers": Readers(row.readers), "text": await tx.open(row.author_id, c.text, row.id, row.text),
        })
        for row in rows
    ]  # fmt: skip
