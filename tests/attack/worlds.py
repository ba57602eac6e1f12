"""Worlds that fit, found without a solver: who was drawn stays as it was, and answers change places.

An answer that changes alone, or with one other person's, in a world that still fits everything published is not
determined; and it is not for any insiders but that other person. What is left over is for `solver` to decide.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from tests.attack.history import Episode, Given, History, episodes, waiting_in
from tests.attack.solver import PATIENCE, SENIORS, SMALL, Key, key_of

_ENOUGH, _COUPLES = 5, 600
"""With so many others to change with, no three insiders can be all of them; and how many couples are tried."""

_ANY = (0, 1 << 30)
"""What is known of a question that a release says nothing about."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that has one value in a world: an answer, or, where people answer alike, a person's to a question."""

    person: str
    value: bool
    where: frozenset[int]


class Misread(AssertionError):
    """The truth does not fit what was published: the attacker's rules are not the product's."""


def others(history: History, alike: bool) -> dict[Key, frozenset[str]]:
    """With whom each answer can change: "" for nobody needed. Empty where no such world was found."""
    found: dict[Key, frozenset[str]] = {}
    for question in history.questions:
        units = _units(history, question, alike)
        counts = Counter(place for unit in units.values() if unit.value for place in unit.where)
        room = [(seen.cells.get(question, _ANY), counts[place]) for place, seen in enumerate(history.seen)]
        by_class = defaultdict(list)
        for unit in units.values():
            by_class[unit.where, unit.value].append(unit)
        for key, unit in units.items():
            found[key] = frozenset(_partners(unit, by_class, room))
    return found


def widened(
    history: History, alike: bool, found: Mapping[Key, frozenset[str]], dice: random.Random, tries: int
) -> dict[Key, frozenset[str]]:
    """The same from other draws too, a step by lot from one to the next, until every answer can change with two."""
    known = dict(found)
    for other in redrawn(history, dice, tries):
        if all("" in partners or len(partners) > 1 for partners in known.values()):
            break
        for key, partners in others(other, alike).items():
            known[key] |= partners
    return traded(history, known, dice) if alike else known


def traded(history: History, found: Mapping[Key, frozenset[str]], dice: random.Random) -> dict[Key, frozenset[str]]:
    """Where people answer alike: two change answers and, wherever only one was drawn, that place in the draw too."""
    known, always = dict(found), {told.person: told.ones for told in history.told}
    couples = list(combinations(sorted(always), 2)) if history.seen else []
    for one, other in dice.sample(couples, min(len(couples), _COUPLES)):
        keys = [(who, question) for question in always[one] ^ always[other] for who in (one, other)]
        if all(len(known[key]) > 1 or "" in known[key] for key in keys):
            continue
        world = _traded(history, one, other, always)
        if world is not None and _fit(world):
            for key in keys:
                known[key] |= {other if key[0] == one else one}
    return known


def _traded(history: History, one: str, other: str, always: Mapping[str, frozenset[str]]) -> History | None:
    swap = {one: other, other: one}
    known = [episode for episode in episodes(history.events) if episode.person in swap]
    drawn = []
    for seen, members in zip(history.seen, history.drawn, strict=True):
        mine = {episode.person: episode.source for episode in known if episode.source in members}
        if len(mine) == 1:
            (person, source) = next(iter(mine.items()))
            theirs = [e for e in known if e.person == swap[person] and e.cohort == seen.cohort]
            there = [e.source for e in theirs if e.waits(seen.at)]
            if not there:
                return None
            members = members - {source} | {there[-1]}
        drawn.append(members)
    events = [
        replace(event, ones=always[swap[event.person]]) if isinstance(event, Given) and event.person in swap else event
        for event in history.events
    ]
    return replace(history, events=events, drawn=drawn)


def _fit(history: History) -> bool:
    try:
        check(history)
    except Misread:
        return False
    return True


def redrawn(history: History, dice: random.Random, tries: int) -> Iterator[History]:
    """Worlds with other draws and the true answers: two who waited together change places, where all still fits."""
    by_source = {one.source: one for one in episodes(history.events)}
    for _ in range(tries if history.drawn else 0):
        other = _exchanged(history, by_source, dice)
        if other is None:
            continue
        if _fit(other):
            history = other
            yield history


def _exchanged(history: History, by_source: Mapping[str, Episode], dice: random.Random) -> History | None:
    place = dice.randrange(len(history.drawn))
    seen, drawn = history.seen[place], [set(one) for one in history.drawn]
    before = set[str]().union(*drawn[: place + 1])
    here = waiting_in(history, by_source.values(), seen.cohort, seen.at)
    waiting = [one for one in here if one.source not in before]
    if not waiting:
        return None
    goes, comes = dice.choice(sorted(drawn[place])), dice.choice(waiting).source
    drawn[place] = drawn[place] - {goes} | {comes}
    for later in drawn[place + 1 :]:
        if comes in later:
            later ^= {comes, goes}
    read = Counter(one for source in drawn[place] for one in by_source[source].version(seen.at).ones)
    fits = all(low <= read[question] <= high for question, (low, high) in seen.cells.items())
    return replace(history, drawn=[frozenset(one) for one in drawn]) if fits else None


def closed(found: Mapping[Key, frozenset[str]], insiders: Collection[str]) -> set[Key]:
    """The answers for which no world was found that leaves these insiders' as they are."""
    return {key for key, partners in found.items() if partners <= set(insiders)}


def _partners(
    unit: Unit,
    by_class: Mapping[tuple[frozenset[int], bool], Sequence[Unit]],
    room: Sequence[tuple[tuple[int, int], int]],
) -> Iterator[str]:
    """Those with whom this one can change places, most alike first."""
    if _fits(unit, frozenset(), room):
        yield ""
        return
    known = 0
    for (where, value), same in sorted(by_class.items(), key=lambda one: len(one[0][0] ^ unit.where)):
        if value == unit.value or not _fits(unit, where, room):
            continue
        for other in same:
            if other.person != unit.person:
                known += 1
                yield other.person
            if known >= _ENOUGH:
                return


def _fits(unit: Unit, where: frozenset[int], room: Sequence[tuple[tuple[int, int], int]]) -> bool:
    """Whether all cells still hold when this unit changes, and one of the other value that is counted in `where`."""
    step = -1 if unit.value else 1
    changes = [(place, step) for place in unit.where - where] + [(place, -step) for place in where - unit.where]
    return all(room[place][0][0] <= room[place][1] + by <= room[place][0][1] for place, by in changes)


def _units(history: History, question: str, alike: bool) -> dict[Key, Unit]:
    where: dict[Key, set[int]] = defaultdict(set)
    values: dict[Key, tuple[str, bool]] = {}
    for told in (one for one in history.told if one.asks([question])):
        values[key_of(told, question, alike)] = (told.person, question in told.ones)
    for place, read in enumerate(_read(history)):
        for told in read if question in history.seen[place].cells else ():
            where[key_of(told, question, alike)].add(place)
    return {key: Unit(*value, frozenset(where[key])) for key, value in values.items()}


def _read(history: History) -> list[list[Given]]:
    """The version of each answer that was counted, release by release."""
    by_source = {one.source: one for one in episodes(history.events)}
    pairs = zip(history.seen, history.drawn, strict=True)
    return [[by_source[source].version(seen.at) for source in sorted(drawn)] for seen, drawn in pairs]


def check(history: History) -> None:
    """The truth is a world that fits, by the attacker's own reading of the rules. Raises Misread where it is none."""
    for cohort in history.cohorts:
        _check_draws(history, cohort)
    for seen, read in zip(history.seen, _read(history), strict=True):
        counts = Counter(one for told in read for one in told.ones)
        fits = all(low <= counts[question] <= high for question, (low, high) in seen.cells.items())
        _hold(fits, f"{history.kind}: the counts of {seen.at}")


def _check_draws(history: History, cohort: str) -> None:
    """Who was drawn of a cohort, and when nobody was."""
    known, spent = {one.source: one for one in episodes(history.events)}, set[str]()
    pairs = [one for one in zip(history.seen, history.drawn, strict=True) if one[0].cohort == cohort]
    drawn_at, last = {seen.at: (seen, drawn) for seen, drawn in pairs}, history.starts_on
    for sweep in (one for one in history.sweeps if one.cohort == cohort):
        waiting = {one.source for one in waiting_in(history, known.values(), cohort, sweep.at)} - spent
        if sweep.at in drawn_at:
            seen, drawn = drawn_at[sweep.at]
            size = len(waiting) if seen.closing else len(waiting) // 2
            _hold(drawn <= waiting and len(drawn) == seen.n == size, f"{history.kind}: who waits at {sweep.at}")
            _hold(_mixed([known[one] for one in drawn]), f"{history.kind}: seniors at {sweep.at}")
            spent |= drawn
            last = sweep.day
        elif sweep.people >= SMALL and not sweep.ended:
            enough = history.least * (2 if sweep.day - last >= PATIENCE else 4)
            _hold(len(waiting) < enough or _one_sided(waiting, known), f"{history.kind}: silence at {sweep.at}")


def _one_sided(waiting: Collection[str], known: Mapping[str, Episode]) -> bool:
    seniors = Counter(known[one].senior for one in waiting)
    return max(seniors.values()) > 1 and len(seniors) < 2 * SENIORS


def _mixed(members: Sequence[Episode]) -> bool:
    seniors = Counter(one.senior for one in members)
    return len(seniors) >= SENIORS and 2 * max(seniors.values()) <= len(members)


def _hold(true: bool, what: str) -> None:
    if not true:
        raise Misread(what)
