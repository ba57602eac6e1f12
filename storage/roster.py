"""Queries about the organisation's list of people, and about lists that are being looked over."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from storage import tables as t
from storage.memo import remembered
from storage.records.enrol import Side
from storage.records.roster import Draft, DraftState, Listed, Part
from storage.sql import put, put_all
from storage.store import Tx

_PIECE = 16_000
"""Characters in a sealed piece: four bytes each at most."""
_FORM = "list 1\n"
"""What a part begins with: whoever reads it knows how it is written."""
_BATCH = 500
"""Rows or values in one statement."""
_COLUMNS = tuple(t.roster.c.keys())


@remembered(t.roster)
async def find(tx: Tx, user_id: str) -> Listed | None:
    """What the organisation told about a Slack account; None where no list named it."""
    query = _mine(tx).where(t.roster.c.user_id == user_id)
    row = (await tx.conn.execute(query)).first()
    return _listed(row) if row else None


async def everybody(tx: Tx) -> dict[str, Listed]:
    """The whole list by Slack id."""
    return {row.user_id: _listed(row) for row in await tx.conn.execute(_mine(tx).order_by(t.roster.c.user_id))}


async def save(tx: Tx, people: Sequence[Listed], at: datetime | None = None) -> None:
    """Put people on the list, or bring them up to date; a list named them at `at`, or when they say."""
    for start in range(0, len(people), _BATCH):  # in between, others get their turn
        rows = [_row(tx.team, one, at) for one in people[start : start + _BATCH]]
        await put_all(tx, t.roster, rows, key=["team_id", "user_id"])


def _row(team: str, one: Listed, at: datetime | None) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in _COLUMNS}
    more = {"team_id": team, "languages": list(one.languages), "sides": sorted(one.sides), "at": at or one.at}
    return row | more


async def drop(tx: Tx, user_ids: Collection[str]) -> None:
    """Take people off the list."""
    for some in _batches(user_ids):
        c = t.roster.c
        await tx.conn.execute(delete(t.roster).where(c.team_id == tx.team, c.user_id.in_(some)))


async def set_lines(tx: Tx, managers: Mapping[str, str]) -> None:
    """Record whom people report to: Slack id → the manager's, "" for nobody."""
    lines = [{"team_id": tx.team, "user_id": user, "manager_id": manager} for user, manager in managers.items()]
    for at in range(0, len(lines), _BATCH):
        await put_all(tx, t.line, lines[at : at + _BATCH], key=["team_id", "user_id"])


async def drop_lines(tx: Tx, user_ids: Collection[str]) -> None:
    """Forget whom people report to."""
    for some in _batches(user_ids):
        c = t.line.c
        await tx.conn.execute(delete(t.line).where(c.team_id == tx.team, c.user_id.in_(some)))


async def old(tx: Tx, before: datetime) -> list[str]:
    """Slack ids that no list has named since a moment, of people who have no place in any cohort."""
    c, person = t.roster.c, t.person.c
    places = select(person.user_id).join(t.participant, t.participant.c.person_id == person.id)
    places = places.where(person.team_id == tx.team)
    query = select(c.user_id).where(c.team_id == tx.team, c.at < before, c.user_id.not_in(places))
    return [row.user_id for row in await tx.conn.execute(query.order_by(c.user_id))]


async def placed(tx: Tx) -> list[str]:
    """Slack ids of everybody who has a place in a cohort."""
    person = t.person.c
    query = select(person.user_id).join(t.participant, t.participant.c.person_id == person.id)
    return [row.user_id for row in await tx.conn.execute(query.where(person.team_id == tx.team).distinct())]


async def add_draft(tx: Tx, draft: Draft) -> None:
    await tx.conn.execute(t.roster_draft.insert().values(**asdict(draft)))


async def draft(tx: Tx, draft_id: str) -> Draft | None:
    """A list on its way in."""
    c = t.roster_draft.c
    row = (await tx.conn.execute(select(t.roster_draft).where(c.team_id == tx.team, c.id == draft_id))).first()
    return Draft(**{**row._mapping, "state": DraftState(row.state)}) if row else None


async def waiting(tx: Tx, person_id: str) -> Draft | None:
    """The newest checked list of somebody that was not saved."""
    c = t.roster_draft.c
    mine = (c.team_id == tx.team, c.person_id == person_id, c.state == DraftState.CHECKED)
    query = select(t.roster_draft).where(*mine).order_by(c.made_at.desc(), c.id.desc()).limit(1)
    row = (await tx.conn.execute(query)).first()
    return Draft(**{**row._mapping, "state": DraftState(row.state)}) if row else None


async def set_draft(tx: Tx, draft_id: str, **values: Any) -> None:
    c = t.roster_draft.c
    await tx.conn.execute(update(t.roster_draft).where(c.team_id == tx.team, c.id == draft_id).values(**values))


async def keep(tx: Tx, draft: Draft, what: Part, text: str, now: datetime) -> None:
    """Keep one part of a draft, sealed, in the place of what it held before."""
    await forget(tx, draft.id, what)
    column = t.roster_part.c.piece
    text = f"{_FORM}{text}"
    for n, piece in enumerate(text[at : at + _PIECE] for at in range(0, len(text), _PIECE)):
        sealed = await tx.seal(draft.person_id, column, f"{draft.id}:{what}:{n}", piece, now)
        values = {"draft_id": draft.id, "what": what.value, "n": n, "team_id": tx.team, "person_id": draft.person_id}
        await put(tx, t.roster_part, values | {"piece": sealed}, key=["draft_id", "what", "n"])


async def kept(tx: Tx, draft: Draft, what: Part) -> str:
    """One part of a draft, opened; "" where there is none, or its key is gone."""
    c = t.roster_part.c
    where = (c.team_id == tx.team, c.draft_id == draft.id, c.what == what.value)
    rows = (await tx.conn.execute(select(t.roster_part).where(*where).order_by(c.n))).all()
    keys = (f"{draft.id}:{what}:{row.n}" for row in rows)
    pieces = [
        await tx.open(draft.person_id, c.piece, key, row.piece) or "" for key, row in zip(keys, rows, strict=True)
    ]
    return "".join(pieces).removeprefix(_FORM)


async def pieces(tx: Tx, draft_id: str, what: Part) -> int:
    """How many pieces of 16,000 characters a part has: how much there is to do, without opening it."""
    c = t.roster_part.c
    mine = (c.team_id == tx.team, c.draft_id == draft_id, c.what == what.value)
    return await tx.conn.scalar(select(func.count()).where(*mine)) or 0


async def forget(tx: Tx, draft_id: str, *what: Part) -> None:
    """Drop parts of a draft."""
    c = t.roster_part.c
    named = [part.value for part in what]
    await tx.conn.execute(delete(t.roster_part).where(c.team_id == tx.team, c.draft_id == draft_id, c.what.in_(named)))


async def drop_draft(tx: Tx, draft_id: str) -> None:
    """Forget a list and everything kept of it."""
    await forget(tx, draft_id, *Part)
    c = t.roster_draft.c
    await tx.conn.execute(delete(t.roster_draft).where(c.team_id == tx.team, c.id == draft_id))


def _mine(tx: Tx) -> Select[Any]:
    return select(t.roster).where(t.roster.c.team_id == tx.team)


def _listed(row: Any) -> Listed:
    values = dict(row._mapping)
    values["languages"], values["purposes"] = tuple(row.languages), tuple(row.purposes)
    return Listed(**values | {"sides": frozenset(Side(one) for one in row.sides)})


def _batches(values: Collection[str]) -> Iterable[list[str]]:
    every = sorted(values)
    return (every[at : at + _BATCH] for at in range(0, len(every), _BATCH))
