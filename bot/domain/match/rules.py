"""The rules of pairing: the off-line rule, what else speaks against a pair, and what speaks for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.domain.match.apart import Common, Member, forbidden, room
from bot.domain.match.checks import ADVICE, SOFT, Check
from bot.domain.match.hours import FAR, Offsets, between
from bot.domain.match.lines import chain, off_line
from bot.domain.match.scoring import FULL, LEVEL_GAP, exchange, plain
from storage.records.enrol import Enrolment, Participant, Profile, Side
from storage.records.programme import Cohort

PILOT_PAIRS = 12
REMIND_DAYS = 2
EXPIRE_DAYS = 5
"""Working days a proposal waits for an answer, with one reminder on the way."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who might be paired: their places in open cohorts, and how many pairs they have on this side.

    `outside`: a guest, or from another company. `barred` are cohorts that take nobody from where they are.
    """

    user_id: str
    places: tuple[Participant, ...] = ()
    pairs: int = 0
    zone: str = "UTC"
    outside: bool = False
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the workspace knows: open cohorts with their numbers of pairs, lines, conflicts, this couple's open pair.

    `former`: the two were a pair, or declined to be one in an open cohort. `language` is the programme's.
    """

    cohorts: Mapping[str, Cohort]
    taken: Mapping[str, int]
    lines: Mapping[str, str]
    conflicts: Collection[frozenset[str]]
    already: bool
    former: bool = False
    language: str = "en"
    offsets: Offsets = field(default_factory=lambda: {"UTC": (0,)})
    outsiders: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The cohort in which two people would be paired, and all that speaks against it."""

    cohort_id: str | None
    checks: tuple[Check, ...]

    @property
    def hard(self) -> tuple[Check, ...]:
        return tuple(c for c in self.checks if c not in SOFT | ADVICE)

    @property
    def soft(self) -> tuple[Check, ...]:
        return tuple(c for c in self.checks if c in SOFT)

    @property
    def advice(self) -> tuple[Check, ...]:
        return tuple(c for c in self.checks if c in ADVICE)


def judge(junior: Candidate, senior: Candidate, grounds: Grounds) -> Verdict:
    """Everything that speaks against a pair, hard things first. The first hard one is what a coordinator is told.

    All that keeps people apart in a match does here, but for the avoid lists: those would show through a refusal.
    """
    if junior.user_id == senior.user_id:
        return Verdict(None, (Check.SAME_PERSON,))
    places, problem = _places(junior, senior)
    line = off_line(junior.user_id, senior.user_id, grounds.lines)
    excluded = frozenset({junior.user_id, senior.user_id}) in grounds.conflicts
    cohort = _cohort(places, grounds)
    hard = [
        problem,
        line,
        Check.CONFLICT if excluded else None,
        Check.ALREADY if grounds.already else None,
        Check.PILOT_FULL if places and cohort is None else None,
        *(_apart(junior, senior, grounds, cohort) if cohort else ()),
    ]
    found = tuple(dict.fromkeys(c for c in hard if c is not None))
    soft = () if found or not places else (*_soft(junior, senior, grounds), *_advice(junior, senior, grounds, cohort))
    return Verdict(cohort, found + soft)


def _apart(junior: Candidate, senior: Candidate, grounds: Grounds, cohort: str) -> list[Check | None]:
    """The rules that are the same in a match."""
    one, other = _member(junior, Side.JUNIOR, cohort), _member(senior, Side.SENIOR, cohort)
    common = Common(
        lines=grounds.lines, conflicts=grounds.conflicts,
        former={frozenset({one.id, other.id})} if grounds.former else (), purpose=grounds.cohorts[cohort].purpose,
        language=grounds.language, offsets=grounds.offsets,
        outsiders=grounds.outsiders and cohort not in junior.barred | senior.barred,
    )  # fmt: skip
    return [
        forbidden(one, other, common),
        None if room(one, Side.JUNIOR) else Check.JUNIOR_FULL,
        None if room(other, Side.SENIOR) else Check.SENIOR_FULL,
    ]


def _member(one: Candidate, side: Side, cohort: str) -> Member:
    place = next(p for p in one.places if p.cohort_id == cohort)
    outside = one.outside or cohort in one.barred
    return Member(
        place.person_id, one.user_id, place.profile, one.zone, outside=outside, pairs={side: one.pairs}
    )  # fmt: skip


def _places(junior: Candidate, senior: Candidate) -> tuple[tuple[str, ...], Check | None]:
    """The cohorts that both are in, on the right sides."""
    for one, missing in ((junior, Check.JUNIOR_NOT_HERE), (senior, Check.SENIOR_NOT_HERE)):
        if not _free(one):
            return (), missing
    sided = {
        side: [p.cohort_id for p in _free(one) if side in p.profile.sides]
        for one, side in ((junior, Side.JUNIOR), (senior, Side.SENIOR))
    }
    if not sided[Side.JUNIOR]:
        return (), Check.NOT_A_JUNIOR
    if not sided[Side.SENIOR]:
        return (), Check.NOT_A_SENIOR
    shared = tuple(c for c in sided[Side.JUNIOR] if c in sided[Side.SENIOR])
    return shared, None if shared else Check.OTHER_COHORT


def _free(one: Candidate) -> list[Participant]:
    return [p for p in one.places if p.state in (Enrolment.WAITING, Enrolment.PAIRED)]


def _cohort(shared: tuple[str, ...], grounds: Grounds) -> str | None:
    """The first shared cohort with room."""
    roomy = (c for c in shared if not (grounds.cohorts[c].pilot and grounds.taken.get(c, 0) >= PILOT_PAIRS))
    return next(roomy, None)


def _soft(junior: Candidate, senior: Candidate, grounds: Grounds) -> list[Check]:
    checks = {
        Check.JUNIOR_LINE_UNKNOWN: junior.user_id not in grounds.lines,
        Check.SENIOR_LINE_UNKNOWN: senior.user_id not in grounds.lines,
        Check.JUNIOR_BUSY: junior.pairs > 0,
        Check.SENIOR_BUSY: senior.pairs > 0,
    }
    return [check for check, so in checks.items() if so]


def _advice(junior: Candidate, senior: Candidate, grounds: Grounds, cohort: str | None) -> list[Check]:
    levels = [next(p.profile.level for p in one.places if p.cohort_id == cohort) for one in (junior, senior)]
    checks = {
        Check.LINE_ENDS: bool(line_end(junior.user_id, grounds.lines)),
        Check.FEW_LEVELS: levels[1] - levels[0] < LEVEL_GAP,
        Check.FAR_APART: between(junior.zone, senior.zone, grounds.offsets) >= FAR,
    }
    return [check for check, so in checks.items() if so]


def line_end(user_id: str, lines: Mapping[str, str]) -> str:
    """The last person known above somebody, if it is not known whom that one reports to; else empty."""
    last = next(reversed(chain(user_id, lines)), "")
    return last if last and last not in lines else ""


def warnings(junior: Member, senior: Member, common: Common) -> tuple[Check, ...]:
    """What a coordinator should know of a suggestion that breaks no rule."""
    checks = {
        Check.JUNIOR_LINE_UNKNOWN: junior.user_id not in common.lines,
        Check.SENIOR_LINE_UNKNOWN: senior.user_id not in common.lines,
        Check.JUNIOR_BUSY: junior.pairs.get(Side.JUNIOR, 0) > 0,
        Check.SENIOR_BUSY: senior.pairs.get(Side.SENIOR, 0) > 0,
        Check.LINE_ENDS: bool(line_end(junior.user_id, common.lines)),
        Check.FEW_LEVELS: senior.profile.level - junior.profile.level < LEVEL_GAP,
        Check.FAR_APART: between(junior.zone, senior.zone, common.offsets) >= FAR,
    }
    return tuple(check for check, so in checks.items() if so)


def reasons(junior: Profile, senior: Profile) -> str:
    """Why two people might work well, in at most two codes; stored with the pair, said in each reader's language.

    Only what both may read of each other counts; nothing that was told in confidence.
    """
    shared = [p for p in junior.purposes if p in senior.purposes and p != "free"]
    apart = [
        name for name in ("department", "division", "location")
        if plain(getattr(junior, name)) and plain(getattr(senior, name))
        and plain(getattr(junior, name)) != plain(getattr(senior, name))
    ]  # fmt: skip
    found = [
        *(["exchange"] if exchange(junior, senior) > FULL // 2 else []),
        *(f"purpose_{p}" for p in shared[:1]),
        *apart,
        *(["levels"] if senior.level - junior.level >= LEVEL_GAP else []),
    ]
    return " ".join(found[:2] or ["fresh"])
