"""A concern is stored nowhere; only that one was sent, and on which day. And safe contacts whose account ends."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.domain.enrol import SlackProfile
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.support import CONTACT, ContactGone
from bot.log import log
from bot.services.kit import Actor, Kit
from bot.services.post import post
from storage import enrol, programme, support
from storage.records.delivery import Letter
from storage.store import Tx

T = TypeVar("T")

PATIENCE = 0.5
"""Seconds that a concern waits for storage; then it is sent all the same."""

_writing: set[asyncio.Task[None]] = set()


async def may_reach(kit: Kit, actor: Actor, contact: str) -> str:
    """The language in which to write to a safe contact. Raises Refusal for anybody else, and for oneself."""
    async with kit.store.read(actor.team_id) as tx:
        known = await programme.get(tx)
        reader = await enrol.find(tx, contact)
    if known is None or contact not in known.safe_contacts or contact == actor.user_id:
        raise Refusal("support.refused.contact", field=CONTACT)
    return reader.locale if reader else known.language


async def note_down(kit: Kit, team: str, mark: str) -> bool:
    """Write down that one is sent today, if storage lets us; whether this very one had been written down before."""
    new: list[bool] = []

    async def write(tx: Tx) -> None:
        new.append(await support.note_concern(tx, mark, kit.clock().date()))

    await _try(kit, team, write)
    return new == [False]


async def forget(kit: Kit, team: str, mark: str) -> None:
    """It could not be sent after all, as far as anybody knows."""
    await _try(kit, team, lambda tx: support.forget_concern(tx, mark))


async def _try(kit: Kit, team: str, work: Callable[[Tx], Awaitable[None]]) -> None:
    """Write without letting anybody wait for it, whether storage is locked, full or read-only."""

    async def run() -> None:
        async with kit.store.write(team) as tx:
            await work(tx)

    task = asyncio.create_task(run())
    _writing.add(task)
    task.add_done_callback(_done)
    await asyncio.wait({task}, timeout=PATIENCE)


def _done(task: asyncio.Task[None]) -> None:
    _writing.discard(task)
    problem = None if task.cancelled() else task.exception()
    if problem is not None:
        log.warning("concern_not_counted", error=type(problem).__name__)


async def matters(tx: Tx, user_id: str) -> bool:
    """Whether a change of this account concerns the programme, though its owner may take no part in it."""
    known = await programme.get(tx)
    return known is not None and user_id in known.safe_contacts


async def contact_changed(kit: Kit, tx: Tx, slack: SlackProfile) -> None:
    """A safe contact's account was closed: every coordinator hears of it at once."""
    if not slack.deactivated or not await matters(tx, slack.user_id):
        return
    now = kit.clock()
    for one in await programme.coordinators(tx):
        if one.user_id != slack.user_id:
            key = f"{slack.user_id}:{one.user_id}:{now:%Y%m%d}"
            await post(tx, Kind.CONTACT_GONE, one.user_id, key, now, contact=slack.user_id)


async def load_contact_gone(kit: Kit, tx: Tx, letter: Letter) -> ContactGone | None:
    """While nobody else has been named, for a coordinator who still is one."""
    known = await programme.get(tx)
    gone = letter.params["contact"]
    if known is None or gone not in known.safe_contacts or not await programme.is_coordinator(tx, letter.to):
        return None
    return ContactGone(gone, next(one for one in known.safe_contacts if one != gone))
