"""What no suggestion may break: the hard rules between two people of a cohort."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.domain.match.checks import Check
from bot.domain.match.hours import SHARED, Offsets, Shift, shared
from bot.domain.match.lines import off_line
from storage.records.enrol import Confided, Profile, Side
from storage.records.programme import Purpose

RARE = 10
"""A lived experience is scarce when at most one in so many people of the cohort named it (or two people did)."""


NOTHING = Confided()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a cohort as the matching sees them.

    `pairs` counts what is proposed or running on each side. `outside`: a guest, or from another company. `here`: takes
    part now, is not paused, and has an account. `id` is the person's.
    """

    id: str
    user_id: str
    profile: Profile
    zone: str
    told: Confided = NOTHING
    outside: bool = False
    here: bool = True
    pairs: Mapping[Side, int] = field(default_factory=dict)

    @property
    def shift(self) -> Shift:
        return Shift(self.zone, self.profile.works_from, self.profile.works_to)


@dataclass(frozen=True, slots=True)
class Common:
    """What is known for everybody of a cohort: lines and conflicts (Slack ids), couples that were (person ids).

    `language` is assumed of whoever named none. `outsiders`: whether guests and other companies' people are paired.
    """

    lines: Mapping[str, str]
    conflicts: Collection[frozenset[str]]
    former: Collection[frozenset[str]]
    purpose: Purpose
    language: str
    offsets: Offsets
    outsiders: bool = True


def forbidden(junior: Member, senior: Member, common: Common) -> Check | None:
    """The first hard rule that a pair would break, all but room and the avoid lists; None when there is none."""
    if junior.id == senior.id:
        return Check.SAME_PERSON
    line = off_line(junior.user_id, senior.user_id, common.lines)
    if line is not None:
        return line
    broken = {
        Check.CONFLICT: frozenset({junior.user_id, senior.user_id}) in common.conflicts,
        Check.FORMER: frozenset({junior.id, senior.id}) in common.former,
        Check.OUTSIDER: not (allowed(junior, common) and allowed(senior, common)),
        Check.OTHER_PURPOSE: not (wants(junior.profile, common.purpose) and wants(senior.profile, common.purpose)),
        Check.NO_LANGUAGE: not spoken(junior.profile, common.language) & spoken(senior.profile, common.language),
        Check.FEW_HOURS: shared(junior.shift, senior.shift, common.offsets) < SHARED,
    }
    return next((check for check, so in broken.items() if so), None)


def avoided(one: Member, other: Member) -> bool:
    """Whether either of two has said in confidence not to be paired with the other."""
    return other.user_id in one.told.avoid or one.user_id in other.told.avoid


def allowed(member: Member, common: Common) -> bool:
    """Whether somebody may be paired here at all, being from where they are."""
    return common.outsiders or not member.outside


def wants(profile: Profile, purpose: Purpose) -> bool:
    """Whether somebody picked what the cohort is for; picking nothing or "free" is being open to anything."""
    chosen = profile.purposes
    return purpose is Purpose.FREE or not chosen or Purpose.FREE in chosen or purpose in chosen


def spoken(profile: Profile, language: str) -> frozenset[str]:
    """The languages somebody can meet in, as two letters; who named none is taken to speak the programme's."""
    return frozenset(code[:2].lower() for code in profile.languages or (language,))


def room(member: Member, side: Side, scarce: Collection[str] = frozenset()) -> int:
    """How many more pairs somebody can take on a side.

    `scarce` are the persons on whom everybody's wish to learn would fall: never more than one junior's place each.
    """
    profile = member.profile
    if side not in profile.sides or not member.here:
        return 0
    most = profile.capacity_junior if side is Side.JUNIOR else profile.capacity_senior
    if side is Side.JUNIOR and member.id in scarce:
        most = min(most, 1)
    return max(0, most - member.pairs.get(side, 0))


def scarce(members: Collection[Member], purpose: Purpose) -> frozenset[str]:
    """Who carries a lived experience that few in an inclusion cohort share: they give one hour, not everybody's."""
    if purpose is not Purpose.INCLUSION:
        return frozenset()
    told = {m.id: () if m.profile.identity_off else m.told.tags for m in members}
    named: dict[str, int] = {}
    for tags in told.values():
        for tag in set(tags):
            named[tag] = named.get(tag, 0) + 1
    few = max(2, len(members) // RARE)
    return frozenset(person for person, tags in told.items() if any(named[tag] <= few for tag in tags))
