"""The disclosure gate: what may leave, decided by who answered and never by what they answered.

Two steps, so that no answer can reach the decision: `draw` sees the urn's members only; `make_release` counts what the
drawn ones answered and clamps it. Everything said later is arithmetic on the cells (`bot.domain.report.figures`).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.report.kinds import ONCE
from bot.domain.when import iso_week, local_day
from storage.records.programme import Cohort
from storage.records.report import Cell, FigureKind, Release, Waiting

LEAST_K = 5
LEAST_CLAMP = 2
SMALL = 10
"""With fewer juniors than this a cohort has no running figure, only one at its end."""
PATIENCE = timedelta(weeks=4)
SENIORS = 3
"""A draw spans at least this many seniors, and none has more than half of it."""
_TRIES = 500

Lot = Callable[[Sequence[Waiting], int], Sequence[Waiting]]
"""Draws so many members by lot: `random.SystemRandom().sample`, seeded in tests."""


class Withheld(StrEnum):
    """Why nothing new is published; follows from membership alone."""

    SMALL = "small"
    FEW = "few"
    WAITING = "waiting"
    SENIORS = "seniors"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the gate knows about a cohort beside the urn. `zone` is the coordinators'.

    `people` counts everybody who ever was the junior of a started pair, or the senior for what seniors say; `releases`
    are those of this kind; `names` are the yes/no counts, one cell each. `ended`: this is the last sweep of this kind.
    `elsewhere`: persons whom another cohort's figures of this kind rule out here. Nobody is in two closing figures, nor
    in one and in another cohort's weekly draws: of two cohorts that share all people but one, the two together would
    tell that one's answer.
    """

    cohort: Cohort
    kind: FigureKind
    names: tuple[str, ...]
    releases: Sequence[Release]
    people: int
    ended: bool
    now: datetime
    zone: str
    elsewhere: AbstractSet[str] = frozenset()

    @property
    def week(self) -> str:
        return iso_week(self.now, self.zone)

    @property
    def closing(self) -> bool:
        """Everybody is counted once, at the end: in small cohorts, and for what is asked once."""
        return self.kind in ONCE or self.people < SMALL


@dataclass(frozen=True, slots=True)
class Drawn:
    """The members whose answers are about to be counted, once and for ever."""

    members: tuple[Waiting, ...]
    closing: bool


def least(cohort: Cohort) -> int:
    """The smallest number of juniors a cell set may count: k, and enough for the two clamps not to meet.

    Both settings may only be raised, whatever is stored.
    """
    return max(LEAST_K, cohort.k, 2 * clamp_of(cohort) + 1)


def needed(cohort: Cohort) -> int:
    """How many juniors must wait before half of them may be drawn."""
    return 2 * least(cohort)


def clamp_of(cohort: Cohort) -> int:
    return max(LEAST_CLAMP, cohort.clamp)


def draw(pool: Sequence[Waiting], standing: Standing, lot: Lot) -> Drawn | Withheld:
    """Who is counted this week, or why nobody is.

    Half of the urn when 4k juniors wait, or 2k and four weeks have passed; at most once per ISO week. In a cohort
    under ten juniors everybody once, at the end; never both ways in one cohort.
    """
    waiting = [one for one in _members(pool) if one.person_id not in standing.elsewhere]
    if any(r.week == standing.week for r in standing.releases):
        return Withheld.WAITING
    if standing.closing:
        return _at_the_end(waiting, standing)
    if any(r.closing for r in standing.releases):
        return Withheld.ENDED
    if not _is_time(len(waiting), standing):
        return _too_few(len(waiting), standing)
    members = _pick(waiting, len(waiting) // 2, lot)
    return Drawn(members, closing=False) if members else Withheld.SENIORS


def make_release(release_id: str, drawn: Drawn, counted: Mapping[str, AbstractSet[str]], standing: Standing) -> Release:
    """The cells of a draw. `counted` maps a source to the figures of which it makes a 1; a missing one makes none."""
    n, clamp = len(drawn.members), clamp_of(standing.cohort)
    totals = Counter(name for m in drawn.members for name in counted.get(m.source_id, ()))
    cell = _named if standing.kind is FigureKind.THEMES else _cell
    cells = tuple(cell(name, totals[name], n, clamp) for name in standing.names)
    return Release(
        id=release_id, team_id=standing.cohort.team_id, cohort_id=standing.cohort.id, kind=standing.kind,
        week=standing.week, n=n, cells=cells, closing=drawn.closing, published_at=standing.now,
    )  # fmt: skip


def _members(pool: Sequence[Waiting]) -> list[Waiting]:
    """The juniors who wait, each once, in an order that tells nothing."""
    waiting = {w.person_id: w for w in pool if not w.spent}
    return [waiting[person] for person in sorted(waiting)]


def _at_the_end(waiting: Sequence[Waiting], standing: Standing) -> Drawn | Withheld:
    """Themes ask for at least ten people who wait, so a small cohort never has any."""
    if not standing.ended:
        return Withheld.SMALL
    if standing.releases or standing.kind is FigureKind.THEMES or len(waiting) < least(standing.cohort):
        return Withheld.ENDED
    return Drawn(tuple(waiting), closing=True) if _mixed(waiting) else Withheld.SENIORS


def _is_time(count: int, standing: Standing) -> bool:
    if count >= 2 * needed(standing.cohort):
        return True
    return count >= needed(standing.cohort) and _today(standing) - _since(standing) >= PATIENCE


def _too_few(count: int, standing: Standing) -> Withheld:
    if standing.ended:
        return Withheld.ENDED
    return Withheld.FEW if count < least(standing.cohort) and not standing.releases else Withheld.WAITING


def _since(standing: Standing) -> date:
    """The day of the last draw, or of the cohort's start."""
    days = [local_day(r.published_at, standing.zone) for r in standing.releases]
    return max(days, default=standing.cohort.starts_on)


def _today(standing: Standing) -> date:
    return local_day(standing.now, standing.zone)


def _pick(waiting: Sequence[Waiting], n: int, lot: Lot) -> tuple[Waiting, ...]:
    """A random `n` of them that spans enough seniors; empty where chance finds none."""
    for _ in range(_TRIES):
        members = lot(waiting, n)
        if _mixed(members):
            return tuple(members)
    return ()


def _mixed(members: Sequence[Waiting]) -> bool:
    seniors = Counter(m.senior_id for m in members)
    return len(seniors) >= SENIORS and 2 * max(seniors.values()) <= len(members)


def _cell(name: str, count: int, n: int, clamp: int) -> Cell:
    """The count, unless it is near nobody or near everybody: then only that it is."""
    if count <= clamp:
        return Cell(name, 0, clamp)
    if count >= n - clamp:
        return Cell(name, n - clamp, n)
    return Cell(name, count, count)


def _named(name: str, count: int, n: int, clamp: int) -> Cell:
    """Of a theme nothing is said but whether more people than the clamp named it: three or more of the drawn."""
    return Cell(name, 0, clamp) if count <= clamp else Cell(name, clamp + 1, n)
