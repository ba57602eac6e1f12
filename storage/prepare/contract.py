"""Queries about how a pair agreed to work: versions, what they say in people's words, and who agreed."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from storage import tables as t
from storage.ids import new_id
from storage.records.prepare import Agreement, Contract, ContractField, ContractLine
from storage.sql import add_once, put
from storage.store import Tx

_C, _L, _A = t.contract.c, t.contract_line.c, t.contract_agreement.c


async def add_contract(tx: Tx, contract: Contract) -> None:
    """Store a version with its lines, each sealed under its own author's key. Erased ones stay behind."""
    values = {
        "id": contract.id, "team_id": tx.team, "pair_id": contract.pair_id, "version": contract.version,
        "author_id": contract.author_id, "at": contract.at, "principles": list(contract.principles),
        "cadence_days": contract.cadence_days, "minutes": contract.minutes, "notice_hours": contract.notice_hours,
        "review_on": contract.review_on,
    }  # fmt: skip
    await tx.conn.execute(t.contract.insert().values(**values))
    for position, line in enumerate(contract.lines, 1):
        if line.text is not None:
            await _add_line(tx, contract, position, line, line.text)


async def contract(tx: Tx, contract_id: str) -> Contract | None:
    """One version, whoever agreed to it."""
    return next(iter(await _contracts(tx, _C.id == contract_id)), None)


async def newest_contract(tx: Tx, pair_id: str) -> Contract | None:
    """What was written last, agreed or not."""
    return next(iter(await _contracts(tx, _C.pair_id == pair_id)), None)


async def contract_of(tx: Tx, pair_id: str) -> Contract | None:
    """What holds between the two: the newest version that both agreed to. None before that."""
    return next((one for one in await _contracts(tx, _C.pair_id == pair_id) if one.agreed), None)


async def contracts_agreed(tx: Tx, pair_ids: Collection[str]) -> set[str]:
    """Which of these pairs have agreed how they work; nothing of what they agreed."""
    both = (
        select(_A.pair_id)
        .where(_A.team_id == tx.team, _A.pair_id.in_(set(pair_ids)))
        .group_by(_A.pair_id, _A.contract_id)
        .having(func.count() == 2)
    )
    return {row.pair_id for row in await tx.conn.execute(both)}


async def agree_contract(tx: Tx, contract: Contract, person_id: str, now: datetime) -> bool:
    """One side agrees; False when they had agreed before."""
    values = {
        "contract_id": contract.id, "person_id": person_id, "team_id": tx.team, "pair_id": contract.pair_id,
        "at": now, "fits_at": None,
    }  # fmt: skip
    return await add_once(tx, t.contract_agreement, values, key=["contract_id", "person_id"])


async def take_back_agreement(tx: Tx, contract_id: str, person_id: str, since: datetime) -> bool:
    """As though this side had never agreed, if they did so after `since`."""
    where = (_A.team_id == tx.team, _A.contract_id == contract_id, _A.person_id == person_id, _A.at > since)
    return (await tx.conn.execute(t.contract_agreement.delete().where(*where))).rowcount == 1


async def say_fits(tx: Tx, contract_id: str, person_id: str, now: datetime) -> None:
    """At the review: this side says that it still fits."""
    where = (_A.team_id == tx.team, _A.contract_id == contract_id, _A.person_id == person_id)
    await tx.conn.execute(update(t.contract_agreement).where(*where).values(fits_at=now))


async def exceptions(tx: Tx) -> str:
    """When confidentiality ends, in the organisation's words; empty where nobody has written any."""
    c = t.contract_setting.c
    return await tx.conn.scalar(select(c.exceptions).where(c.team_id == tx.team)) or ""


async def set_exceptions(tx: Tx, text: str) -> None:
    await put(tx, t.contract_setting, {"team_id": tx.team, "exceptions": text}, key=["team_id"])


async def _add_line(tx: Tx, contract: Contract, position: int, line: ContractLine, text: str) -> None:
    line_id = new_id()
    sealed = await tx.seal(line.author_id, _L.text, line_id, text, contract.at)
    values = {
        "id": line_id, "team_id": tx.team, "pair_id": contract.pair_id, "contract_id": contract.id,
        "field": line.field, "position": position, "author_id": line.author_id, "text": sealed,
    }  # fmt: skip
    await tx.conn.execute(t.contract_line.insert().values(**values))


async def _contracts(tx: Tx, *where: Any) -> list[Contract]:
    """Newest first."""
    query = select(t.contract).where(_C.team_id == tx.team, *where).order_by(_C.version.desc())
    rows = (await tx.conn.execute(query)).all()
    ids = [row.id for row in rows]
    lines, agreements = await _lines(tx, ids), await _agreements(tx, ids)
    return [_contract(row, lines[row.id], agreements[row.id]) for row in rows]


def _contract(row: Row[Any], lines: Sequence[ContractLine], agreements: Sequence[Agreement]) -> Contract:
    review: date | None = row.review_on
    return Contract(
        row.id, row.pair_id, row.version, row.author_id, row.at, tuple(row.principles), row.cadence_days, row.minutes,
        row.notice_hours, review, tuple(lines), tuple(agreements),
    )  # fmt: skip


async def _lines(tx: Tx, ids: Sequence[str]) -> dict[str, list[ContractLine]]:
    query = select(t.contract_line).where(_L.team_id == tx.team, _L.contract_id.in_(ids)).order_by(_L.position)
    rows = (await tx.conn.execute(query)).all()
    await tx.load_keys(row.author_id for row in rows)
    found: dict[str, list[ContractLine]] = {one: [] for one in ids}
    for row in rows:
        text = await tx.open(row.author_id, _L.text, row.id, row.text)
        found[row.contract_id].append(ContractLine(ContractField(row.field), row.author_id, text))
    return found


async def _agreements(tx: Tx, ids: Sequence[str]) -> dict[str, list[Agreement]]:
    query = select(t.contract_agreement).where(_A.team_id == tx.team, _A.contract_id.in_(ids)).order_by(_A.at)
    found: dict[str, list[Agreement]] = {one: [] for one in ids}
    for row in await tx.conn.execute(query):
        found[row.contract_id].append(Agreement(row.person_id, row.at, row.fits_at))
    return found
