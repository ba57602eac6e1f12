"""What stands in Slack and asks for what has been given stops asking."""

from datetime import datetime

from bot.domain.checkin import Mine, Replaced
from bot.domain.messages import Kind
from bot.services.checkin.asking import invite_of
from bot.services.kit import Kit
from bot.services.post import post
from storage import checkin
from storage.records.checkin import CheckinState
from storage.records.delivery import Letter
from storage.store import Tx

_INVITES = (Kind.CHECKIN, Kind.REFLECTION)
"""Reminders are left: one may stand in a message with others."""


async def stop_asking(tx: Tx, it: Mine, now: datetime) -> None:
    """Have the invitations of an answered check-in say so; their buttons answered in words until then."""
    me, about = it.me.user_id, it.checkin.id
    for channel, ts in await checkin.invitations_sent(tx, about, me, _INVITES):
        await post(tx, Kind.CHECKIN_ANSWERED, me, f"{channel}:{ts}", now, checkin=about, channel=channel, ts=ts)


async def load_answered(kit: Kit, tx: Tx, letter: Letter) -> Replaced | None:
    """The invitation, if its check-in is answered still."""
    found = await checkin.get(tx, letter.params["checkin"])
    if found is None or found.state is not CheckinState.ANSWERED:
        return None
    invite = await invite_of(tx, found)
    return Replaced(invite, letter.params["channel"], letter.params["ts"]) if invite is not None else None
