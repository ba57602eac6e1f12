"""How each cohort's digest differs from the programme's, and digests that were kept back."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update

from storage import tables as t
from storage.records.report import Digest, DigestSetting, Held
from storage.sql import put
from storage.store import Tx


async def setting(tx: Tx, cohort_id: str) -> DigestSetting:
    """A cohort's own setting, or what holds where it has none."""
    c = t.digest_setting.c
    row = (await tx.conn.execute(_settings(tx).where(c.cohort_id == cohort_id))).first()
    return _setting(row) if row else DigestSetting(cohort_id)


async def settings(tx: Tx) -> dict[str, DigestSetting]:
    """By cohort; only those that differ."""
    return {row.cohort_id: _setting(row) for row in await tx.conn.execute(_settings(tx))}


async def put_setting(tx: Tx, one: DigestSetting) -> None:
    values = asdict(one) | {"team_id": tx.team, "hidden": list(one.hidden)}
    await put(tx, t.digest_setting, values, key=["cohort_id"])


async def hold(tx: Tx, digest_id: str, why: Held | None) -> None:
    """Remember why a digest was not posted; None once it is on its way again."""
    await _change(tx, digest_id, held=why)


async def set_others(tx: Tx, digest_id: str, n: int) -> None:
    """Remember how many of those who read a digest in its channel do not coordinate."""
    await _change(tx, digest_id, others=n)


async def kept_back(tx: Tx) -> list[Digest]:
    """The newest digests of their cohorts that were not posted, oldest first."""
    c, later = t.digest.c, t.digest.alias("later")
    newer = select(later.c.id).where(later.c.cohort_id == c.cohort_id, later.c.week > c.week).exists()
    query = select(t.digest).where(c.team_id == tx.team, c.held.is_not(None), ~newer).order_by(c.week, c.id)
    return [Digest(**row._mapping) for row in await tx.conn.execute(query)]


def _settings(tx: Tx) -> Any:
    return select(t.digest_setting).where(t.digest_setting.c.team_id == tx.team)


def _setting(row: Any) -> DigestSetting:
    return DigestSetting(row.cohort_id, row.channel_id, row.paused, tuple(row.hidden))


async def _change(tx: Tx, digest_id: str, **values: Any) -> None:
    c = t.digest.c
    await tx.conn.execute(update(t.digest).where(c.team_id == tx.team, c.id == digest_id).values(**values))
