"""How well two people fit: different on the surface, similar underneath, one has what the other wants.

Every part is worth 0 to `FULL`; weights are a coordinator's. Sources: evidence.md, rules 3, 4 and 6 of the product's
papers. What was told in confidence counts for the best set of pairs and is in no figure that anybody reads.
"""

import re
from dataclasses import dataclass

from bot.domain.match.apart import NOTHING, Member
from storage.records.enrol import Confided, Profile

FULL = 12
"""Divided by 2, 3 and 4 without rest, so that everything stays a whole number."""
UNKNOWN = FULL // 2
SURFACE = ("department", "division", "location")
MOST = 10
"""The greatest weight."""
LEVEL_GAP = 2
"""Levels between two people from which on there is enough to see: the Civil Service's mutual scheme asks for two."""

_WORD = re.compile(r"\w{3,}")
_SMALL_WORDS = (
    "about also and any are can for from get has have how into its like more new not our out some than that the their "
    "them they this use using want was what when where which who why will with would you your"
)
_EMPTY = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts, 0 to 10. The first row is open to coordinators, the last told in confidence.

    Similar values weigh most, for their evidence is strongest; gender is off until a coordinator wants it.
    """

    exchange: int = 6
    purposes: int = 3
    levels: int = 4
    department: int = 3
    division: int = 2
    location: int = 2
    values: int = 6
    generation: int = 2
    gender: int = 0

    @property
    def open(self) -> tuple[int, ...]:
        """In the order of `open_parts`."""
        return (self.exchange, self.purposes, self.levels, self.department, self.division, self.location)

    @property
    def confided(self) -> tuple[int, ...]:
        """In the order of `confided_parts`."""
        return (self.values, self.generation, self.gender)


def open_parts(junior: Profile, senior: Profile) -> tuple[int, ...]:
    """The parts that coordinators can see for themselves."""
    return (
        exchange(junior, senior),
        in_common(chosen(junior), chosen(senior)),
        level_gap(senior.level - junior.level),
        *(_different(getattr(junior, name), getattr(senior, name)) for name in SURFACE),
    )


def confided_parts(junior: Member, senior: Member) -> tuple[int, ...]:
    """The parts that nobody may see; who did not say, or does not want identity to be a topic, counts half."""
    one, other = identity(junior), identity(senior)
    return (
        values_near(junior.told.values, senior.told.values),
        decades_between(decade(one.generation), decade(other.generation)),
        _different(one.gender, other.gender),
    )


def identity(member: Member) -> Confided:
    """What somebody told, but nothing of who they are if that is not to be a topic."""
    return NOTHING if member.profile.identity_off else member.told


def paper_score(junior: Profile, senior: Profile, weights: Weights) -> int:
    """0 to 100, from what coordinators can see: the figure that is shown, and that the floor is held against."""
    points = sum(w * part for w, part in zip(weights.open, open_parts(junior, senior), strict=True))
    return percent(points, FULL * sum(weights.open))


def score(junior: Member, senior: Member, weights: Weights) -> int:
    """0 to 100, from everything: what the best set of pairs is looked for with, and nobody reads.

    What was confided weighs as much as what is open at most. So no choice of weights turns the outcome into a probe.
    """
    points = sum(w * part for w, part in zip(weights.open, open_parts(junior.profile, senior.profile), strict=True))
    hidden = sum(w * part for w, part in zip(weights.confided, confided_parts(junior, senior), strict=True))
    open_by, hidden_by, most = balance(weights)
    return percent(points * open_by + hidden * hidden_by, most)


def wrong_way(junior: Member, senior: Member, weights: Weights) -> bool:
    """Whether two people who both could sit on either side are the wrong way round.

    The lower level is the junior; on one level the way that fits better counts, then the smaller id. So the same two
    are never suggested both ways.
    """
    if junior.profile.level != senior.profile.level:
        return junior.profile.level > senior.profile.level
    return (-score(junior, senior, weights), junior.id) > (-score(senior, junior, weights), senior.id)


def balance(weights: Weights) -> tuple[int, int, int]:
    """By what open and confided points are multiplied, and how many there can be then."""
    seen, hidden = sum(weights.open), sum(weights.confided)
    if hidden <= seen:
        return 1, 1, FULL * (seen + hidden)
    return hidden, seen, FULL * 2 * seen * hidden


def percent(points: int, most: int) -> int:
    """Rounded half up; where nothing weighs anything, everybody fits."""
    return (200 * points + most) // (2 * most) if most else 100


def exchange(junior: Profile, senior: Profile) -> int:
    """What one offers meets what the other wants, both ways; two topics or words each way are enough."""
    return _met(offered(junior), wished(senior)) + _met(offered(senior), wished(junior))


def _met(offers: frozenset[str], wishes: frozenset[str]) -> int:
    return met(len(offers & wishes)) if offers and wishes else UNKNOWN // 2


def offered(profile: Profile) -> frozenset[str]:
    """What somebody can share: the topics they picked, and the words of their own text."""
    return frozenset(profile.offers) | words(profile.share)


def wished(profile: Profile) -> frozenset[str]:
    """What somebody wants to learn, likewise."""
    return frozenset(profile.wants) | words(profile.learn)


def met(shared: int) -> int:
    """What words in common are worth, one way."""
    return (0, FULL // 3, FULL // 2)[min(shared, 2)]


def words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about: three letters and more, without endings of the plural."""
    found = (word.removesuffix("s") if len(word) > 4 else word for word in _WORD.findall(text.casefold()))
    return frozenset(word for word in found if word not in _EMPTY)


def chosen(profile: Profile) -> frozenset[str]:
    """The purposes somebody picked, without "free"."""
    return frozenset(profile.purposes) - {"free"}


def in_common(one: frozenset[str], other: frozenset[str]) -> int:
    """Purposes that both picked; who picked none counts half."""
    return (0, 2 * FULL // 3, FULL)[min(len(one & other), 2)] if one and other else UNKNOWN


def level_gap(levels: int) -> int:
    """Two levels and more are full marks; none is little, for there is less to see from below."""
    return (0, FULL // 6, FULL // 2, FULL)[min(max(levels, -1), LEVEL_GAP) + 1]


def _different(one: str, other: str) -> int:
    first, second = plain(one), plain(other)
    if not first or not second:
        return UNKNOWN
    return FULL if first != second else 0


def plain(text: str) -> str:
    """As people write it, but for capitals and spaces."""
    return " ".join(text.casefold().split())


def decade(generation: str) -> int:
    """Which decade since year 0; 0 where nobody said."""
    return int(generation) // 10 if generation.isascii() and generation.isdigit() else 0


def decades_between(one: int, other: int) -> int:
    """Two decades and more are full marks."""
    return (0, 2 * FULL // 3, FULL)[min(abs(one - other), 2)] if one and other else UNKNOWN


def values_near(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """How close answers from 1 to 5 are, over the items that both answered."""
    apart = [abs(a - b) for a, b in zip(one, other, strict=False) if a and b]
    return (FULL * len(apart) - FULL // 4 * sum(apart)) // len(apart) if apart else UNKNOWN
