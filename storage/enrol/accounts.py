"""Queries about Slack accounts: whose we know, and whether any of them is closed."""

from sqlalchemy import select

from storage import tables as t
from storage.memo import remembered
from storage.records.enrol import GONE
from storage.store import Tx


@remembered(t.person)
async def any_gone(tx: Tx) -> bool:
    """Whether the account of anybody who was not erased is closed."""
    c = t.person.c
    query = select(c.id).where(c.team_id == tx.team, c.deactivated, c.user_id.not_like(f"{GONE}%")).limit(1)
    return (await tx.conn.execute(query)).first() is not None


async def accounts(tx: Tx) -> list[str]:
    """The Slack ids of everybody we know, but those who were erased."""
    c = t.person.c
    query = select(c.user_id).where(c.team_id == tx.team, c.user_id.not_like(f"{GONE}%"))
    return list(await tx.conn.scalars(query.order_by(c.user_id)))


async def strangers(tx: Tx) -> list[str]:
    """The Slack ids of people of another company that we know."""
    c = t.person.c
    query = select(c.user_id).where(c.team_id == tx.team, c.home_team != "", c.user_id.not_like(f"{GONE}%"))
    return list(await tx.conn.scalars(query.order_by(c.user_id)))
