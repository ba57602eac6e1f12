"""What a change of the digest's settings replaced: kept in the log of what coordinators did, good for ten minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.refusals import TooLate
from bot.domain.when import UNDO
from storage.records.programme import AuditLine, Programme
from storage.records.report import DigestSetting


class Change(StrEnum):
    """Which settings were changed; the value is how the log of what coordinators did calls it."""

    SETTING = "digest.setting"
    SCHEDULE = "digest.scheduled"
    CHANNEL = "digest.channel"


_CHANGES = {
    "digest.setting": Change.SETTING,
    "digest.paused": Change.SETTING,
    "digest.resumed": Change.SETTING,
    "digest.scheduled": Change.SCHEDULE,
    "digest.channel": Change.CHANNEL,
}
_SET_UP = "programme.changed"
"""The set-up can change day, zone and channel, too."""
_BEFORE = "was:"
"""Begins what held before in a line's detail; the words behind it have no spaces."""
_YES = "yes"


@dataclass(frozen=True, slots=True)
class Was:
    """What held before the change that stands in the line `line` of the log. `subject` is a cohort's id or the
    workspace's.

    `channel` is empty for a cohort that used the programme's; `agreed`: it was public, and that was agreed to.
    """

    line: str
    change: Change
    subject: str
    channel: str = ""
    agreed: bool = False
    paused: bool = False
    hidden: tuple[str, ...] = ()
    weekday: int = 0
    hour: int = 0
    zone: str = ""


def setting_before(before: DigestSetting) -> str:
    """One cohort's own settings, for the log."""
    paused = _YES if before.paused else ""
    return _written(channel=before.channel_id or "", paused=paused, hidden=",".join(before.hidden))


def schedule_before(before: Programme) -> str:
    """When the digest came, for the log."""
    paused, day, hour = _YES if before.digest_paused else "", before.digest_weekday, before.digest_hour
    return _written(paused=paused, weekday=str(day), hour=str(hour), zone=before.zone)


def channel_before(before: Programme) -> str:
    """Where the digest went, for the log."""
    return _written(channel=before.channel_id, agreed=_YES if before.public_channel else "")


def _written(**held: str) -> str:
    return " ".join(f"{_BEFORE}{name}={value}" for name, value in held.items())


def shown(detail: str) -> str:
    """A line's detail as coordinators read it: without what held before."""
    return " ".join(one for one in detail.split() if not one.startswith(_BEFORE))


def to_undo(lines: Sequence[AuditLine], line_id: str, now: datetime) -> Was:
    """What held before a change.

    Raises TooLate unless it is in the log with what held before, nothing of its kind came after it, and ten minutes
    have not passed; one that never was is refused in the same words.
    """
    line = next((one for one in lines if one.id == line_id and one.action in _CHANGES), None)
    held = _held(line.detail) if line else {}
    if line is None or not held or now - line.at > UNDO:
        raise TooLate("report.undo.too_late")
    change = _CHANGES[line.action]
    later = [one for one in lines if one.subject == line.subject and (one.at, one.id) > (line.at, line.id)]
    if any(_CHANGES.get(one.action) is change or one.action == _SET_UP for one in later):
        raise TooLate("report.undo.too_late")
    return Was(
        line.id, change, line.subject, held.get("channel", ""), held.get("agreed") == _YES, held.get("paused") == _YES,
        tuple(filter(None, held.get("hidden", "").split(","))), int(held.get("weekday", 0)), int(held.get("hour", 0)),
        held.get("zone", ""),
    )  # fmt: skip


def _held(detail: str) -> dict[str, str]:
    parts = (one.removeprefix(_BEFORE).partition("=") for one in detail.split() if one.startswith(_BEFORE))
    return {name: value for name, _, value in parts}
