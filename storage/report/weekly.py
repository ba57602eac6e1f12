"""Queries about digests: one for each cohort and week, stored as it was said."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update

from storage import tables as t
from storage.records.report import Digest
from storage.sql import add_once
from storage.store import Tx


async def add_digest(tx: Tx, digest: Digest) -> bool:
    """False when the cohort's digest for this week is there already."""
    return await add_once(tx, t.digest, asdict(digest), key=["cohort_id", "week"])


async def digest(tx: Tx, digest_id: str) -> Digest | None:
    return next(iter(await _digests(tx, t.digest.c.id == digest_id)), None)


async def digests(tx: Tx, cohort_id: str) -> list[Digest]:
    """A cohort's digests, oldest first."""
    return await _digests(tx, t.digest.c.cohort_id == cohort_id)


async def last_digest(tx: Tx, cohort_id: str) -> Digest | None:
    """The newest of a cohort's digests."""
    c = t.digest.c
    query = select(t.digest).where(c.team_id == tx.team, c.cohort_id == cohort_id)
    row = (await tx.conn.execute(query.order_by(c.week.desc(), c.id.desc()).limit(1))).first()
    return Digest(**row._mapping) if row else None


async def set_chart(tx: Tx, digest_id: str, file_id: str, language: str) -> None:
    """Remember which Slack file is the digest's chart, and what language its words are in."""
    where = (t.digest.c.team_id == tx.team, t.digest.c.id == digest_id)
    await tx.conn.execute(update(t.digest).where(*where).values(chart_file=file_id, chart_language=language))


async def _digests(tx: Tx, *where: Any) -> list[Digest]:
    query = select(t.digest).where(t.digest.c.team_id == tx.team, *where).order_by(t.digest.c.week, t.digest.c.id)
    return [Digest(**row._mapping) for row in await tx.conn.execute(query)]
