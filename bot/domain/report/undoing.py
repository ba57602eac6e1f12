"""What a change of the digest's settings replaced: carried by its Undo button, good for ten minutes."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.refusals import Refusal, TooLate
from bot.domain.when import UNDO
from storage.records.programme import AuditLine


class Change(StrEnum):
    """Which settings were changed; the value is how the log of what coordinators did calls it."""

    SETTING = "digest.setting"
    SCHEDULE = "digest.scheduled"
    CHANNEL = "digest.channel"


_LOGGED = {
    Change.SETTING: ("digest.setting", "digest.paused", "digest.resumed"),
    Change.SCHEDULE: ("digest.scheduled",),
    Change.CHANNEL: ("digest.channel",),
}


@dataclass(frozen=True, slots=True)
class Was:
    """What held before a change. `subject` is a cohort's id or the workspace's, `at` when it was changed, UTC.

    `channel` is empty for a cohort that used the programme's; `agreed`: it was public, and that was agreed to.
    """

    change: Change
    subject: str
    at: datetime
    channel: str = ""
    agreed: bool = False
    paused: bool = False
    hidden: tuple[str, ...] = ()
    weekday: int = 0
    hour: int = 0
    zone: str = ""


def packed(was: Was) -> str:
    """As a button's value: short enough for Slack's 2,000 characters."""
    return json.dumps(asdict(was) | {"at": was.at.isoformat()}, separators=(",", ":"))


def unpacked(text: str) -> Was:
    """The reverse of `packed`. Raises Refusal for what was not packed here."""
    try:
        values = json.loads(text)
        known = {"change": Change(values["change"]), "at": datetime.fromisoformat(values["at"])}
        was = Was(**{**values, **known, "hidden": tuple(values["hidden"])})
    except (KeyError, TypeError, ValueError):
        raise Refusal("common.errors.gone") from None
    texts = (was.subject, was.channel, was.zone, *was.hidden)
    if not all(isinstance(one, str) for one in texts) or not isinstance(was.weekday + was.hour, int):
        raise Refusal("common.errors.gone")
    return was


def check_undo(was: Was, lines: Iterable[AuditLine], now: datetime) -> None:
    """Raises TooLate unless this change is the latest of its kind in the log, and ten minutes have not passed."""
    mine = [one for one in lines if one.subject == was.subject and one.action in _LOGGED[was.change]]
    latest = max((one.at for one in mine), default=None)
    if latest != was.at or now - was.at > UNDO:
        raise TooLate("report.undo.too_late")
