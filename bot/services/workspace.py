"""The workspace itself: the app is taken out of it, its token is revoked, and it comes back."""

from datetime import UTC, datetime

from bot.log import log
from bot.services import credit, pulse, theme
from bot.services.close import plan_look
from bot.services.enrol.following import plan_sync
from bot.services.kit import Kit
from bot.services.privacy import plan_retention
from storage import pace, programme
from storage.store import Tx

_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
_SLACK = "slack"


async def gone(kit: Kit, tx: Tx, why: str) -> None:
    """Nothing can be sent any more: letters wait, untried, and what gets too old meanwhile is never sent late."""
    if await _held(kit, tx):
        return
    await pace.hold(tx, pace.WORKSPACE, _FOREVER)
    await programme.note(tx, _SLACK, f"workspace.{why}", tx.team, kit.clock())
    log.warning("workspace.gone", team=tx.team, reason=why)


async def back(kit: Kit, team_id: str) -> None:
    """A token works again: what waits and is still worth sending goes out; what runs by itself is planned."""
    async with kit.store.write(team_id) as tx:
        await plan_retention(tx, kit.clock())
        await plan_sync(tx, kit.clock())
        await plan_look(tx, kit.clock())
        await pulse.plan_rounds(tx, kit.clock())
        await credit.plan_rounds(tx, kit.clock())
        await theme.plan_rounds(tx, kit.clock())
        if await pace.release(tx, pace.WORKSPACE):
            await programme.note(tx, _SLACK, "workspace.back", team_id, kit.clock())
            log.info("workspace.back", team=team_id)


async def _held(kit: Kit, tx: Tx) -> bool:
    return pace.WORKSPACE in await pace.held(tx, kit.clock(), [pace.WORKSPACE])
