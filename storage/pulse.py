"""Queries about the two taps on load and safety: who was asked, and each one's own sealed answers."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from storage import tables as t
from storage.records.pulse import Load, Pulse, Safety
from storage.sql import add_once
from storage.store import Tx


async def add(tx: Tx, pulse: Pulse) -> bool:
    """Note that somebody is asked; False when they were asked about this pair on this day before."""
    values = {
        "id": pulse.id, "team_id": tx.team, "pair_id": pulse.pair_id, "person_id": pulse.person_id, "day": pulse.day,
        "asked_at": pulse.asked_at, "closes_at": pulse.closes_at, "taps": None,
    }  # fmt: skip
    return await add_once(tx, t.pulse, values, key=["pair_id", "person_id", "day"])


async def mine(tx: Tx, pulse_id: str, person_id: str) -> Pulse | None:
    """One's own, with one's own answers; None for anybody else's."""
    return next(iter(await _pulses(tx, person_id, t.pulse.c.id == pulse_id)), None)


async def open_of(tx: Tx, person_id: str, now: datetime) -> list[Pulse]:
    """What somebody may still answer or change, oldest first, for their own eyes."""
    return await _pulses(tx, person_id, t.pulse.c.closes_at > now)


async def save(tx: Tx, pulse: Pulse, load: Load | None, safety: Safety | None, now: datetime) -> None:
    """Keep both answers in the place of those before; both None takes them back."""
    sealed = None
    if load is not None or safety is not None:
        body = json.dumps({"load": load, "safety": safety})
        sealed = await tx.seal(pulse.person_id, t.pulse.c.taps, pulse.id, body, now)
    where = (t.pulse.c.team_id == tx.team, t.pulse.c.id == pulse.id, t.pulse.c.person_id == pulse.person_id)
    await tx.conn.execute(update(t.pulse).where(*where).values(taps=sealed))


async def taps_for_release(tx: Tx, pulse_ids: Collection[str]) -> dict[str, tuple[Load | None, Safety | None]]:
    """Many people's taps at once: for the disclosure gate and for nothing else."""
    c = t.pulse.c
    rows = (await tx.conn.execute(select(t.pulse).where(c.team_id == tx.team, c.id.in_(pulse_ids)))).all()
    await tx.load_keys(row.person_id for row in rows)
    return {row.id: await _taps(tx, row.person_id, row) for row in rows}


async def _pulses(tx: Tx, person_id: str, *where: Any) -> list[Pulse]:
    c = t.pulse.c
    query = select(t.pulse).where(c.team_id == tx.team, c.person_id == person_id, *where).order_by(c.asked_at, c.id)
    found = []
    for row in (await tx.conn.execute(query)).all():
        load, safety = await _taps(tx, person_id, row)
        found.append(
            Pulse(
                row.id, row.team_id, row.pair_id, row.person_id, row.day, row.asked_at, row.closes_at,
                load, safety,
            )
        )  # fmt: skip
    return found


async def _taps(tx: Tx, person_id: str, row: Row[Any]) -> tuple[Load | None, Safety | None]:
    body = await tx.open(person_id, t.pulse.c.taps, row.id, row.taps) if row.taps is not None else None
    said = json.loads(body) if body else {}
    load, safety = said.get("load"), said.get("safety")
    return Load(load) if load else None, Safety(safety) if safety else None
