"""Whom an invitation may go to, and until when an answer to it can be taken back."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from bot.domain.enrol.facts import Left, SlackProfile, Standing
from storage.records.enrol import Invitation, InvitationState
from storage.records.programme import Cohort

REMIND_DAYS = 5
"""Working days after which somebody who has not answered is asked once more, and then never again."""
SILENT = timedelta(days=7)
"""After the reminder, when coordinators read "not answered": five working days."""
INVITE_AT_MOST = 10_000


def left_out(
    user_ids: Collection[str],
    accounts: Mapping[str, SlackProfile],
    enrolled: Collection[str],
    asked: Mapping[str, Invitation],
    cohort: Cohort,
) -> dict[str, Left]:
    """Who of these is not invited, and why: not twice, nobody who takes part, nobody who could not answer."""
    reasons = {
        user_id: _reason(accounts.get(user_id), user_id in enrolled, asked.get(user_id), cohort) for user_id in user_ids
    }
    return {user_id: reason for user_id, reason in reasons.items() if reason is not None}


def _reason(account: SlackProfile | None, takes_part: bool, asked: Invitation | None, cohort: Cohort) -> Left | None:
    if account is None:
        return Left.UNKNOWN
    if takes_part:
        return Left.TAKES_PART
    if asked is not None:
        return Left.DECLINED if asked.state is InvitationState.DECLINED else Left.ASKED
    checks = {
        Left.BOT: account.bot, Left.DEACTIVATED: account.deactivated,
        Left.STRANGER: bool(account.home_team) and not cohort.strangers,
        Left.GUEST: account.guest and not cohort.guests,
    }  # fmt: skip
    return next((reason for reason, so in checks.items() if so), None)


def stands(invitation: Invitation, now: datetime) -> Standing:
    """Where somebody stands who was invited and takes part in nothing."""
    if invitation.state is InvitationState.DECLINED:
        return Standing.DECLINED
    reminded = invitation.reminded_at
    return Standing.UNANSWERED if reminded is not None and reminded <= now - SILENT else Standing.INVITED
