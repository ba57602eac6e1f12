"""Two cohorts in a row on a real store: closed, asked by the product, counted by its weekly job, read from its message.

The second shares all people but one with the first, or half of them beside enough new ones. Everybody answers alike
both times. The same answers, counted anew in each cohort, are the gate that is known to give people away.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.domain.messages import Kind
from bot.domain.report.outcomes import OutcomeFacts
from bot.domain.review import pack_of
from bot.schedule.sweeps import run_due
from bot.services import report
from bot.services import review as reviews
from bot.services.kit import Actor, Kit
from bot.services.report.counting import names_of
from bot.views import report as report_views
from prompts.parts import ReviewItem
from storage import programme
from storage import report as reports
from storage.ids import new_id
from storage.records.enrol import Side
from storage.records.programme import Cohort
from storage.records.report import FigureKind, Occasion
from storage.records.review import ReviewKind
from tests.attack.history import Given, History, Seen
from tests.attack.papers import Papers
from tests.attack.reading import standing
from tests.attack.repeats import closed
from tests.clockwork import MovableClock
from tests.held import letters, pass_time
from tests.services.finished import again, asked, run, take_part
from tests.services.many import Two, add_pairs
from tests.services.weeks import plan
from tests.world import TEAM, World, seed

KINDS = {FigureKind.END_JUNIOR: Side.JUNIOR, FigureKind.END_SENIOR: Side.SENIOR}
_SILENT = 0.05
_AWAY, _ASKED, _OVER = timedelta(days=9), timedelta(days=6), timedelta(days=37)
"""After a cohort's end: when all were asked, and when it was counted; in between the bot is away mostly."""


@dataclass(slots=True)
class _Two:
    """The cohorts, what everybody would answer each time, and what was told and read so far."""

    kit: Kit
    clock: MovableClock
    world: World
    dice: random.Random
    always: dict[str, Mapping[str, str]] = field(default_factory=dict)
    events: dict[FigureKind, list[Given]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    seen: dict[FigureKind, list[Seen]] = field(default_factory=lambda: {kind: [] for kind in KINDS})


async def closings(kit: Kit, clock: MovableClock, number: int) -> list[tuple[History, bool]]:
    """Per kind the history as it was published, and as a gate without the rule over cohorts would publish it.

    `number` decides everything; where it is even the second cohort is the first without one pair.
    """
    both = _Two(kit, clock, await seed(kit), random.Random(number))
    await plan(kit, both.world)
    first = await add_pairs(kit, both.world.cohort, both.dice.randint(8, 11))
    await take_part(kit, both.world.cohort, first)
    await _lived(both, both.world.cohort, first)
    second = await _another(both)
    left = first[:-1] if number % 2 == 0 else first[: len(first) // 2]
    users = {n: (f"U07JNEW{n:03}", f"U07SNEW{n:03}") for n in range(both.dice.randint(6, 8))}
    fresh = await add_pairs(kit, second, len(users) if number % 2 else 0, users)
    await take_part(kit, second, fresh)
    await _lived(both, second, [*await again(kit, second, left), *fresh])
    return [one for kind in KINDS for one in await _histories(both, kind)]


async def _another(both: _Two) -> Cohort:
    made = replace(both.world.cohort, id=new_id(), name="Autumn", starts_on=both.clock().date())
    async with both.kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, made)
    return made


async def _lived(both: _Two, cohort: Cohort, pairs: Sequence[Two]) -> None:
    """Three sessions, the end, the questions, most people's answers, and the weeks until it is counted."""
    kit, clock = both.kit, both.clock
    await run(kit, cohort, pairs, clock)
    ended = clock()
    await pass_time(kit, clock, ended + _ASKED)
    mine = await asked(kit, pairs, ReviewKind.END)
    for kind, side in KINDS.items():
        for two in pairs:
            person = two.junior if side is Side.JUNIOR else two.senior
            if both.dice.random() >= _SILENT:
                given = both.always.setdefault(person.id, _given(both, side))
                await reviews.answer(kit, Actor(TEAM, person.user_id), mine[person.id].id, given)
                ones = frozenset(item.id for item in _items(both, side) if given[item.id] == _options(item)[1])
                told = Given(clock(), person.id, two.senior.id, mine[person.id].id, ones, cohort.id)
                both.events[kind].append(told)
    clock.set(ended + _OVER - _AWAY)
    await run_due(kit)
    await pass_time(kit, clock, ended + _OVER)
    await _read(both, cohort)


def _items(both: _Two, side: Side) -> list[ReviewItem]:
    """What is counted of a side's questions."""
    items = both.kit.library.content.review(pack_of(ReviewKind.END, side)).for_side(side.value)
    return [one for one in items if one.counts_from or any(option.counts for option in one.options)]


def _options(item: ReviewItem) -> tuple[str, str]:
    """An answer that is not counted, and one that is."""
    if item.counts_from:
        return "1", "5"
    codes = {bool(option.counts): option.code for option in item.options}
    return codes[False], codes[True]


def _given(both: _Two, side: Side) -> Mapping[str, str]:
    return {item.id: both.dice.choice(_options(item)) for item in _items(both, side)}


async def _read(both: _Two, cohort: Cohort) -> None:
    """The message as it is told; the report has to say the same."""
    facts = await _told(both, cohort)
    for kind in KINDS:
        shown = standing(facts.figures.sections[kind])
        if shown.n:
            assert shown.closing
            members = await _members(both, cohort, kind)
            both.seen[kind].append(Seen(facts.figures.at, shown.n, shown.cells, True, members, cohort.id))
    seen = {kind: [one for one in found if one.cohort == cohort.id] for kind, found in both.seen.items()}
    await Papers(both.kit, cohort, facts.zone, seen, []).read()


async def _told(both: _Two, cohort: Cohort) -> OutcomeFacts:
    async with both.kit.store.read(TEAM) as tx:
        found = [await report.load_outcome(both.kit, tx, one) for one in await letters(both.kit, Kind.OUTCOME_FIGURES)]
    (facts,) = [one for one in found if one and (one.cohort.id, one.figures.occasion) == (cohort.id, Occasion.END)]
    assert report_views.outcomes(both.kit.words("en"), facts).blocks
    return facts


async def _members(both: _Two, cohort: Cohort, kind: FigureKind) -> frozenset[str]:
    """Who was counted, by the public rule: who answered here and was not counted before. The marks have to agree."""
    before = {source for one in both.seen[kind] for source in one.members or ()}
    counted = {one.person for one in both.events[kind] if one.source in before}
    here = [one for one in both.events[kind] if one.cohort == cohort.id]
    members = frozenset(one.source for one in here if one.person not in counted)
    async with both.kit.store.read(TEAM) as tx:
        spent = {one.source_id for one in await reports.pool(tx, cohort.id, kind) if one.spent}
    assert spent == members, "the attacker misread whom a closing figure counts"
    return members


async def _histories(both: _Two, kind: FigureKind) -> list[tuple[History, bool]]:
    async with both.kit.store.read(TEAM) as tx:
        names = await names_of(both.kit, tx, both.world.cohort, kind)
    told, twice = both.events[kind], list[Seen | None]()
    for cohort in dict.fromkeys(one.cohort for one in told):
        here = [one for one in told if one.cohort == cohort]
        twice.append(closed(cohort, here, set(), here[-1].at + _OVER, kind, names))
    made = [(both.seen[kind], True), ([one for one in twice if one], False)]
    starts = both.world.cohort.starts_on
    found = []
    for seen, ruled in made:
        drawn = [one.members or frozenset() for one in seen]
        found.append((History(starts, told, [], seen, kind=kind, questions=names, drawn=drawn), ruled))
    return found
