"""Two cohorts in a row on a real store: closed, asked by the product, counted by its weekly job, read from its message.

The second shares all people but one with the first, or half of them beside enough new ones; one has everything deleted
in between and joins again, as a new person of the same account. Everybody answers alike each time, 90 and 180 days
later too. Two gates are known to give people away: the same answers counted anew in each
cohort, and every question counted on each occasion that it is asked on.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.domain.messages import Kind
from bot.domain.report.kinds import ONCE, of_review, review_of
from bot.domain.report.outcomes import REVIEWS, OutcomeFacts, kinds_of
from bot.domain.review import LATER, pack_of
from bot.schedule.sweeps import run_due
from bot.services import privacy, report
from bot.services import review as reviews
from bot.services.kit import Actor, Kit
from bot.services.report.paper import reported
from bot.views import report as report_views
from prompts.parts import ReviewItem
from storage import enrol, programme
from storage import privacy as keeping
from storage import report as reports
from storage.ids import new_id
from storage.records.enrol import Person, Side
from storage.records.programme import Cohort
from storage.records.report import FigureKind, Occasion
from storage.records.review import Review
from tests.attack.history import Given, History, Seen
from tests.attack.papers import Papers
from tests.attack.reading import standing
from tests.attack.repeats import TWICE, closed
from tests.clockwork import MovableClock
from tests.held import letters, pass_time
from tests.services.finished import again, asked, run, take_part
from tests.services.many import Two, add_pairs
from tests.services.weeks import plan
from tests.world import TEAM, World, seed

_SIDES = {Side.JUNIOR: FigureKind.END_JUNIOR, Side.SENIOR: FigureKind.END_SENIOR}
AGAIN = "asked again, played"
_SILENT = 0.05
_DAY = timedelta(days=1)
_AWAY, _ASKED, _OVER = timedelta(days=9), timedelta(days=6), timedelta(days=37)
"""After an occasion came: when all were asked, and when it was counted; in between the bot is away mostly."""


@dataclass(slots=True)
class _Lived:
    """A cohort that was closed: its pairs, and when."""

    cohort: Cohort
    pairs: Sequence[Two]
    ended: datetime


@dataclass(slots=True)
class _Two:
    """The cohorts, what everybody would answer each time, and what was told and read so far.

    `back`: who a person is that had everything deleted and joined again, new id → the one before.
    """

    kit: Kit
    clock: MovableClock
    world: World
    dice: random.Random
    always: dict[tuple[str, str], str] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)
    events: dict[FigureKind, list[Given]] = field(default_factory=lambda: {kind: [] for kind in ONCE})
    seen: dict[FigureKind, list[Seen]] = field(default_factory=lambda: {kind: [] for kind in ONCE})


async def closings(
    kit: Kit, clock: MovableClock, number: int, *, later: bool = False
) -> list[tuple[History, str]]:  # fmt: skip
    """For each side the history as it was published (""), and as another gate would publish it, with its name.

    `number` decides everything; where it is even the second cohort is the first without one pair. `later`: until both
    were asked what came of it half a year after.
    """
    both = _Two(kit, clock, await seed(kit), random.Random(number))
    await plan(kit, both.world)
    first = await add_pairs(kit, both.world.cohort, both.dice.randint(8, 11))
    await take_part(kit, both.world.cohort, first)
    await _agree(both, both.world.cohort, first)
    cohorts = [await _lived(both, both.world.cohort, first)]
    second = await _another(both)
    left = await _one_joins_again(both, first[:-1] if number % 2 == 0 else first[: len(first) // 2])
    users = {n: (f"U07JNEW{n:03}", f"U07SNEW{n:03}") for n in range(both.dice.randint(6, 8))}
    fresh = await add_pairs(kit, second, len(users) if number % 2 else 0, users)
    await take_part(kit, second, fresh)
    await _agree(both, second, [*left, *fresh])
    cohorts.append(await _lived(both, second, [*await again(kit, second, left), *fresh]))
    for occasion in (Occasion.LATER_90, Occasion.LATER_180) if later else ():
        for lived in cohorts:
            await _told_of(both, lived, occasion)
    return [one for side in _SIDES for one in _histories(both, side, later=later)]


async def _another(both: _Two) -> Cohort:
    made = replace(both.world.cohort, id=new_id(), name="Autumn", starts_on=both.clock().date())
    async with both.kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, made)
    return made


async def _agree(both: _Two, cohort: Cohort, pairs: Sequence[Two]) -> None:
    """Everybody's consent, of which the log stays."""
    async with both.kit.store.write(TEAM) as tx:
        for two in pairs:
            for person in (two.junior, two.senior):
                await keeping.give_consent(tx, person.user_id, cohort.id, "1", both.clock())


async def _one_joins_again(both: _Two, pairs: Sequence[Two]) -> list[Two]:
    """The second junior has everything deleted, and is here anew."""
    gone = pairs[1].junior
    await privacy.erase(both.kit, Actor(TEAM, gone.user_id))
    async with both.kit.store.write(TEAM) as tx:
        anew = await enrol.meet_person(tx, gone.user_id, name="again", zone=gone.zone, locale="en-US")
    assert anew.id != gone.id
    both.back[anew.id] = gone.id
    return [replace(two, junior=anew) if two is pairs[1] else two for two in pairs]


async def _lived(both: _Two, cohort: Cohort, pairs: Sequence[Two]) -> _Lived:
    """Three sessions, the end, the questions, most people's answers, and the weeks until it is counted."""
    await run(both.kit, cohort, pairs, both.clock)
    lived = _Lived(cohort, pairs, both.clock())
    await _told_of(both, lived, Occasion.END)
    return lived


async def _told_of(both: _Two, lived: _Lived, occasion: Occasion) -> None:
    """An occasion comes, all are asked, most answer, and it is counted. After half a year the first pair is silent."""
    kit, clock = both.kit, both.clock
    since = lived.ended + LATER.get(REVIEWS[occasion], timedelta())
    if clock() < since - _DAY:
        clock.set(since - _DAY)
        await run_due(kit)
    await pass_time(kit, clock, since + _ASKED)
    mine = await asked(kit, lived.pairs, REVIEWS[occasion])
    for two in lived.pairs[occasion is Occasion.LATER_180 :]:
        for person in (two.junior, two.senior):
            if person.id in mine and (occasion is not Occasion.END or both.dice.random() >= _SILENT):
                await _answer(both, lived.cohort, two, person, mine[person.id])
    clock.set(since + _OVER - _AWAY)
    await run_due(kit)
    await pass_time(kit, clock, since + _OVER)
    await _read(both, lived.cohort, occasion)


async def _answer(both: _Two, cohort: Cohort, two: Two, person: Person, mine: Review) -> None:
    """What they always say; where their answers wait is their cohort's urn of the occasion."""
    side = Side.JUNIOR if person.id == two.junior.id else Side.SENIOR
    kind = of_review(mine.kind, side)
    assert kind is not None
    items = _items(both, kind)
    who = both.back.get(person.id, person.id)
    given = {one.id: both.always.setdefault((who, one.id), both.dice.choice(_options(one))) for one in items}
    await reviews.answer(both.kit, Actor(TEAM, person.user_id), mine.id, given)
    ones = frozenset(one.id for one in items if given[one.id] == _options(one)[1])
    urn = f"{cohort.id}:{ONCE[kind]}"
    given_at = both.clock()
    both.events[kind].append(Given(given_at, who, two.senior.id, mine.id, ones, urn, frozenset(given)))


def _items(both: _Two, kind: FigureKind) -> list[ReviewItem]:
    """What could be counted of a side's questions."""
    asked_, side = review_of(kind)
    items = both.kit.library.content.review(pack_of(asked_, side)).for_side(side.value)
    return [one for one in items if one.counts_from or any(option.counts for option in one.options)]


def _options(item: ReviewItem) -> tuple[str, str]:
    """An answer that is not counted, and one that is."""
    if item.counts_from:
        return "1", "5"
    codes = {bool(option.counts): option.code for option in item.options}
    return codes[False], codes[True]


async def _read(both: _Two, cohort: Cohort, occasion: Occasion) -> None:
    """The message as it is told; the report has to say the same."""
    facts = await _message(both, cohort, occasion)
    for kind in kinds_of(occasion):
        shown = standing(facts.figures.sections[kind])
        if shown.n:
            assert shown.closing
            members = await _members(both, cohort, kind)
            urn = f"{cohort.id}:{occasion}"
            both.seen[kind].append(Seen(facts.figures.at, shown.n, shown.cells, True, members, urn))
    async with both.kit.store.read(TEAM) as tx:
        cohorts = await reported(tx)
    seen = {
        one.id: {k: [seen for seen in found if seen.cohort.startswith(one.id)] for k, found in both.seen.items()}
        for one in cohorts
    }
    for about in ([cohort], cohorts):
        await Papers(both.kit, about, facts.zone, seen, []).read()


async def _message(both: _Two, cohort: Cohort, occasion: Occasion) -> OutcomeFacts:
    async with both.kit.store.read(TEAM) as tx:
        found = [await report.load_outcome(both.kit, tx, one) for one in await letters(both.kit, Kind.OUTCOME_FIGURES)]
    same = [one for one in found if one and (one.cohort.id, one.figures.occasion) == (cohort.id, occasion)]
    facts = same[0]
    assert all(one == facts for one in same)  # told again each week until it stands in the channel
    assert report_views.outcomes(both.kit.words("en"), facts).blocks
    return facts


async def _members(both: _Two, cohort: Cohort, kind: FigureKind) -> frozenset[str]:
    """Who was counted, by the public rule: who answered here and was not counted before, nor perhaps was, under the
    same account. The marks have to agree."""
    before = {source for one in both.seen[kind] for source in one.members or ()}
    counted = {one.person for one in both.events[kind] if one.source in before}
    counted |= set(both.back.values()) if both.seen[kind] and cohort.id != both.world.cohort.id else set()
    here = [one for one in both.events[kind] if one.cohort == f"{cohort.id}:{ONCE[kind]}"]
    members = frozenset(one.source for one in here if one.person not in counted)
    async with both.kit.store.read(TEAM) as tx:
        spent = {one.source_id for one in await reports.pool(tx, cohort.id, kind) if one.spent}
    assert spent == members, "the attacker misread whom a closing figure counts"
    return members


def _histories(both: _Two, side: Side, *, later: bool) -> Iterator[tuple[History, str]]:
    """All occasions together, as they were published; the end counted in each cohort; all that is asked, each time."""
    kinds = [one for one in ONCE if review_of(one)[1] is side]
    told = sorted((event for kind in kinds for event in both.events[kind]), key=lambda one: one.at)
    seen = sorted((one for kind in kinds for one in both.seen[kind]), key=lambda one: one.at)
    yield _history(both, side, told, seen), ""
    end = both.events[_SIDES[side]]
    yield _history(both, side, end, list(_counted(both, _SIDES[side], ruled=False))), f"{TWICE}, played"
    if later:
        counted = [one for kind in kinds for one in _counted(both, kind, ruled=True)]
        yield _history(both, side, told, sorted(counted, key=lambda one: one.at)), AGAIN


def _counted(both: _Two, kind: FigureKind, *, ruled: bool) -> Iterator[Seen]:
    """Everything that is asked on an occasion, cohort by cohort; with the rule over cohorts, or without it."""
    told, counted = both.events[kind], set[str]()
    names = tuple(one.id for one in _items(both, kind))
    for urn in dict.fromkeys(one.cohort for one in told):
        here = [one for one in told if one.cohort == urn]
        one = closed(urn, here, counted if ruled else set(), here[-1].at + _OVER, kind, names)
        if one is not None:
            counted |= {event.person for event in here if event.source in (one.members or ())}
            yield one


def _history(both: _Two, side: Side, told: Sequence[Given], seen: Sequence[Seen]) -> History:
    kinds = [one for one in ONCE if review_of(one)[1] is side]
    questions = tuple(dict.fromkeys(item.id for kind in kinds for item in _items(both, kind)))
    drawn = [one.members or frozenset() for one in seen]
    return History(
        both.world.cohort.starts_on, told, [], seen, kind=_SIDES[side], questions=questions, drawn=drawn
    )  # fmt: skip
