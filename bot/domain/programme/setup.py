"""What a programme needs before it can start, and what a set-up may not say."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.domain.enrol import SlackProfile
from bot.domain.refusals import Refusal
from storage.records.programme import Programme, Purpose

LEAST_K = 5
MOST_K = 50
CLAMP = 2
MOST_HOURS = 48
DIGEST_HOURS = range(7, 19)
CHECKIN_HOURS = (1, 2, 3, 4, 6, 12, 24)
"""The numbers of hours after a session that are offered; any up to `MOST_HOURS` is allowed."""


@dataclass(frozen=True, slots=True)
class SlackChannel:
    """A channel as Slack describes it now. A private channel without the bot looks like one that doesn't exist.

    `shared`: people of another company read there, or will once they accept the invitation.
    """

    id: str
    private: bool
    member: bool
    archived: bool
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What Slack said about the named people and the channel when this was asked for."""

    people: Mapping[str, SlackProfile]
    channel: SlackChannel


@dataclass(frozen=True, slots=True)
class Setup:
    """The set-up as it stands in the modals; empty text where nothing has been picked yet.

    `ready` are the ids of the readiness items that were ticked: advice, kept nowhere. `public_asked` opens the
    choice of public channels, `public_agreed` is the second confirmation.
    """

    purpose: Purpose = Purpose.FREE
    findings_owner: str = ""
    contact_1: str = ""
    contact_2: str = ""
    channel_id: str = ""
    public_asked: bool = False
    public_agreed: bool = False
    zone: str = "UTC"
    digest_weekday: int = 0
    digest_hour: int = 9
    k: int = LEAST_K
    checkin_after_hours: int | None = None
    language: str = "en"
    ready: tuple[str, ...] = ()


def setup_of(programme: Programme) -> Setup:
    """The set-up that is in force, to be edited."""
    return Setup(
        purpose=programme.purpose, findings_owner=programme.findings_owner, contact_1=programme.safe_contacts[0],
        contact_2=programme.safe_contacts[1], channel_id=programme.channel_id, zone=programme.zone,
        digest_weekday=programme.digest_weekday, digest_hour=programme.digest_hour, k=programme.k,
        checkin_after_hours=programme.checkin_after_hours, language=programme.language,
    )  # fmt: skip


def packed(setup: Setup) -> dict[str, str]:
    """The set-up as a modal's metadata, so that a later step knows the earlier ones."""
    texts = {f.name: getattr(setup, f.name) for f in fields(setup)}
    return {
        **{name: str(value) for name, value in texts.items() if isinstance(value, str | int)},
        "public_asked": "yes" if setup.public_asked else "",
        "public_agreed": "yes" if setup.public_agreed else "",
        "checkin_after_hours": str(setup.checkin_after_hours or ""),
        "ready": " ".join(setup.ready),
    }


def unpacked(texts: Mapping[str, str]) -> Setup:
    """The reverse of `packed`. Raises Refusal for what was not packed here."""
    try:
        return _unpacked(texts)
    except (KeyError, ValueError):
        raise Refusal("common.errors.gone") from None


def _unpacked(texts: Mapping[str, str]) -> Setup:
    return Setup(
        purpose=Purpose(texts["purpose"]), findings_owner=texts["findings_owner"], contact_1=texts["contact_1"],
        contact_2=texts["contact_2"], channel_id=texts["channel_id"], public_asked=bool(texts["public_asked"]),
        public_agreed=bool(texts["public_agreed"]), zone=texts["zone"], digest_weekday=int(texts["digest_weekday"]),
        digest_hour=int(texts["digest_hour"]), k=int(texts["k"]),
        checkin_after_hours=int(texts["checkin_after_hours"]) if texts["checkin_after_hours"] else None,
        language=texts["language"], ready=tuple(texts["ready"].split()),
    )  # fmt: skip


def owner_problems(setup: Setup, people: Mapping[str, SlackProfile]) -> list[Refusal]:
    """What is wrong with the first step: who owns what is found. It goes to them, so they are of our own company."""
    owner = people.get(setup.findings_owner)
    if owner is not None and owner.usable and owner.home_team:
        return [Refusal("programme.refused.owner_outside", field="findings_owner")]
    return _account_problems({"findings_owner": setup.findings_owner}, people)


def contact_problems(setup: Setup, people: Mapping[str, SlackProfile]) -> list[Refusal]:
    """What is wrong with the safe contacts: two people, so that a concern about one can go to the other."""
    problems = _account_problems({"contact_1": setup.contact_1, "contact_2": setup.contact_2}, people)
    if setup.contact_1 and setup.contact_1 == setup.contact_2:
        problems.append(Refusal("programme.refused.same_contact", field="contact_2"))
    return problems


def channel_problems(setup: Setup, channel: SlackChannel) -> list[Refusal]:
    """What is wrong with the coordinators' channel."""
    if channel.archived:
        return [Refusal("programme.refused.channel_archived", field="channel_id")]
    if not channel.member:
        return [Refusal("programme.refused.channel_not_member", field="channel_id")]
    if channel.shared:
        return [Refusal("programme.refused.channel_shared", field="channel_id")]
    if not channel.private and not (setup.public_asked and setup.public_agreed):
        return [Refusal("programme.refused.channel_public", field="channel_id")]
    return []


def rhythm_problems(setup: Setup, languages: tuple[str, ...], before: Programme | None) -> list[Refusal]:
    """What is wrong with the last step: zone, digest, k, check-in, language."""
    least = max(LEAST_K, before.k if before else LEAST_K)
    checks = {
        "digest_weekday": setup.digest_weekday in range(7),
        "digest_hour": setup.digest_hour in range(24),
        "checkin_after_hours": setup.checkin_after_hours is None or setup.checkin_after_hours in _hours(),
        "language": setup.language in languages,
    }
    problems = [Refusal("common.errors.pick_one", field=name) for name, fine in checks.items() if not fine]
    if not least <= setup.k <= MOST_K:
        problems.append(Refusal("programme.refused.k", field="k", least=least, most=MOST_K))
    if not is_zone(setup.zone):
        problems.append(_zone_problem(setup.zone))
    return problems


def is_zone(name: str) -> bool:
    """Whether this is a place on the IANA list, such as Europe/Berlin."""
    try:
        return bool(name) and ZoneInfo(name).key == name and ("/" in name or name == "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def programme_of(setup: Setup, before: Programme | None, *, team: str, enterprise: str | None,
                 now: datetime) -> Programme:  # fmt: skip
    """The programme that a checked set-up makes, keeping what the set-up does not ask."""
    fresh = Programme(
        team_id=team, enterprise_id=enterprise, purpose=setup.purpose, findings_owner=setup.findings_owner,
        safe_contacts=(setup.contact_1, setup.contact_2), channel_id=setup.channel_id, zone=setup.zone,
        digest_weekday=setup.digest_weekday, digest_hour=setup.digest_hour, k=setup.k, clamp=CLAMP,
        checkin_after_hours=setup.checkin_after_hours, language=setup.language, digest_paused=False, created_at=now,
    )  # fmt: skip
    if before is None:
        return fresh
    return replace(
        fresh, clamp=before.clamp, digest_paused=before.digest_paused, created_at=before.created_at,
        enterprise_id=before.enterprise_id,
    )  # fmt: skip


def changed(before: Programme | None, after: Programme) -> tuple[str, ...]:
    """The names of the settings that differ; all of them where there was nothing before."""
    kept = ("team_id", "enterprise_id", "clamp", "digest_paused", "created_at", "public_channel")
    names = [f.name for f in fields(Programme) if f.name not in kept]
    return tuple(n for n in names if before is None or getattr(before, n) != getattr(after, n))


def _account_problems(picked: Mapping[str, str], people: Mapping[str, SlackProfile]) -> list[Refusal]:
    problems = []
    for field, user_id in picked.items():
        profile = people.get(user_id)
        if profile is None:
            problems.append(Refusal("programme.refused.nobody", field=field))
        elif profile.bot:
            problems.append(Refusal("programme.refused.bot", field=field))
        elif profile.deactivated:
            problems.append(Refusal("programme.refused.deactivated", field=field))
    return problems


def _hours() -> range:
    return range(1, MOST_HOURS + 1)


def _zone_problem(typed: str) -> Refusal:
    known = {name.rpartition("/")[2].lower(): name for name in sorted(available_timezones()) if "/" in name}
    place = typed.rpartition("/")[2].strip().lower().replace(" ", "_")
    near = get_close_matches(place, known, 1, 0.75)
    if near:
        return Refusal("programme.refused.zone_near", field="zone", zone=known[near[0]])
    return Refusal("programme.refused.zone", field="zone")
