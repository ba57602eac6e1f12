"""Gates that look safe and are not, over the same answers: the attack has to find people in what they publish."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.disclosure import Drawn, draw
from bot.domain.disclosure import Standing as GateStanding
from storage.records.programme import Cohort
from storage.records.report import FigureKind, Release, Waiting
from tests.attack.history import QUESTIONS, Episode, History, Seen, episodes

K = 5


def threshold_only(history: History, cohort: Cohort) -> History:
    """Every week the counts of all who answered in it, as soon as five did."""
    seen, before = [], datetime.min.replace(tzinfo=history.sweeps[0].at.tzinfo)
    for sweep in history.sweeps:
        fresh = [e for e in episodes(history.events) if before < e.since <= sweep.at and e.waits(sweep.at)]
        seen += [_counted(sweep.at, fresh, 0)] if len(fresh) >= K else []
        before = sweep.at
    return _shown(history, seen)


def clamp_of_one(history: History, cohort: Cohort) -> History:
    """The urn with cells that say *1 or fewer* where the real ones say *2 or fewer*."""
    return _swept(history, cohort, random.Random(7).sample, 1, known=False)


def oldest_first(history: History, cohort: Cohort) -> History:
    """The urn, but those who have waited longest are drawn instead of a lot being cast."""
    return _swept(history, cohort, lambda waiting, n: waiting[:n], 2, known=True)


def on_demand(history: History, cohort: Cohort) -> History:
    """A command publishes whoever waits, and the coordinator gives it each time that the fifth has answered."""
    known, seen, spent = episodes(history.events), list[Seen](), set[str]()
    for event in history.events:
        waiting = [e for e in known if e.waits(event.at) and e.source not in spent]
        if len(waiting) >= K:
            seen.append(_counted(event.at, waiting, 2))
            spent |= {e.source for e in waiting}
    return _shown(history, seen)


NAIVE: Mapping[str, Callable[[History, Cohort], History]] = {
    "threshold only": threshold_only,
    "clamp of 1": clamp_of_one,
    "oldest first": oldest_first,
    "on demand": on_demand,
}


def _swept(history: History, cohort: Cohort, lot: Callable[..., list[Waiting]], clamp: int, *, known: bool) -> History:
    """The real decision week by week with another lot or another clamp. `known`: the lot's rule tells the members."""
    urn, spent, releases, seen = episodes(history.events), set[str](), list[Release](), list[Seen]()
    for sweep in history.sweeps:
        standing = GateStanding(
            cohort, FigureKind.RECIPROCITY, QUESTIONS, releases, sweep.people, sweep.ended, sweep.at, "Europe/Berlin"
        )
        here = {e.source: e for e in urn if e.waits(sweep.at) and e.source not in spent}
        order = sorted(here.values(), key=lambda e: e.since)
        pool = [Waiting(f"{place:04}", e.senior, e.source, False) for place, e in enumerate(order)]
        outcome = draw(pool, standing, lot)
        if not isinstance(outcome, Drawn):
            continue
        members = [here[m.source_id] for m in outcome.members]
        spent |= {e.source for e in members}
        one = _counted(sweep.at, members, clamp, closing=outcome.closing)
        seen.append(one)
        releases.append(
            Release(
                "", cohort.team_id, cohort.id, FigureKind.RECIPROCITY, standing.week, one.n, (), one.closing, sweep.at
            )
        )
    return _shown(history, seen, known=known)


def _shown(history: History, seen: list[Seen], *, known: bool = True) -> History:
    """What such a gate publishes, and the truth beside it."""
    drawn = [one.members or frozenset() for one in seen]
    return replace(history, seen=seen if known else [replace(one, members=None) for one in seen], drawn=drawn)


def _counted(at: datetime, members: Iterable[Episode], clamp: int, *, closing: bool = False) -> Seen:
    drawn = list(members)
    totals = Counter(question for e in drawn for question in e.version(at).ones)
    cells = {question: _cell(totals[question], len(drawn), clamp) for question in QUESTIONS}
    return Seen(at, len(drawn), cells, closing, frozenset(e.source for e in drawn))


def _cell(count: int, n: int, clamp: int) -> tuple[int, int]:
    if not clamp:
        return count, count
    if count <= clamp:
        return 0, clamp
    return (n - clamp, n) if count >= n - clamp else (count, count)
