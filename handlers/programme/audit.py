"""`/revmentor admin audit`: who did what."""

from slack_sdk.errors import SlackApiError

from bot.domain.programme.audit import AuditPage
from bot.services.programme import audit as service
from bot.views.programme import audit as view
from handlers.programme.routing import in_place, router
from handlers.replies import Reply, Show
from handlers.router import Who
from handlers.turn import Turn

_MEMBERS_MOST = 200


@router.command("admin audit", Who.COORDINATOR, opens=True)
async def audit(turn: Turn) -> Reply:
    return Show(view.audit(turn.words, await _page(turn)))


@router.action("programme.audit")
async def turn_page(turn: Turn) -> Reply:
    facts = await service.page(turn.kit, turn.actor, turn.value)
    return in_place(turn, view.audit(turn.words, facts))


async def _page(turn: Turn) -> AuditPage:
    channel = await service.channel(turn.kit, turn.actor)
    try:
        answer = await turn.client.conversations_members(channel=channel, limit=_MEMBERS_MOST)
    except SlackApiError:
        return await service.page(turn.kit, turn.actor)  # the log is there without the channel, too
    return await service.page(turn.kit, turn.actor, members=answer.get("members") or [])
