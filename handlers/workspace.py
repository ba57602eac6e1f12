"""What Slack says about the app in the workspace: removed, or its token revoked."""

from typing import Any

from bot.services import workspace as service
from bot.services.kit import Kit
from handlers.router import Router
from storage.store import Tx

router = Router("workspace")


@router.event("app_uninstalled")
async def uninstalled(kit: Kit, tx: Tx, event: dict[str, Any]) -> None:
    await service.gone(kit, tx, "uninstalled")


@router.event("tokens_revoked")
async def revoked(kit: Kit, tx: Tx, event: dict[str, Any]) -> None:
    """Only the bot's token matters: people's own tokens are none of ours."""
    if (event.get("tokens") or {}).get("bot"):
        await service.gone(kit, tx, "revoked")
