"""Plays a programme with the product itself, on a real database, and keeps what its coordinator could read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.report.facts import DigestFigures
from bot.domain.report.kinds import SENIORS_SAY
from bot.domain.when import local_day
from bot.schedule.sweeps import run_due
from bot.services import leave, pause, privacy, report
from bot.services.kit import Actor, Kit
from bot.services.programme import cohorts
from bot.services.report import plans
from bot.services.report.counting import names_of
from bot.services.report.weekly import stored
from storage import enrol
from storage import report as reports
from storage.ids import new_id
from storage.records.enrol import Enrolment, Participant, Profile, Side
from storage.records.report import FigureKind
from tests.attack.history import History, Seen, Sweep
from tests.attack.looking import Looker, moved
from tests.attack.papers import Papers
from tests.attack.programmes import Life, Programme, Telling
from tests.attack.reading import NOTHING, Standing, released, sections
from tests.attack.telling import Answers, report_kinds
from tests.clockwork import MovableClock
from tests.services.many import Two, add_pairs
from tests.world import CHI, TEAM, World, seed

CHIS = Actor(TEAM, CHI)
Step = tuple[timedelta, int, str | Telling]
_AFTER, _LOOKS, _LOOKS_WHOLE = 5, 8, 3
"""Weeks in which nothing happens any more: what waits may still be drawn. Every so-manieth week previews are looked at,
with every list in programmes that are played whole."""
_UNDO = timedelta(minutes=11)
DEPARTMENTS = ("Operations", "Sales", "Research")


@dataclass(slots=True)
class Play:
    """One programme under way: what happened, and what could be read."""

    kit: Kit
    clock: MovableClock
    world: World
    answers: Answers
    look: Looker
    whole: bool
    pairs: dict[int, Two] = field(default_factory=dict)
    waits: list[tuple[int, Telling, datetime]] = field(default_factory=list)
    sweeps: list[tuple[datetime, dict[Side, int], bool]] = field(default_factory=list)
    seen: dict[FigureKind, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    drawn: dict[FigureKind, list[frozenset[str]]] = field(default_factory=lambda: defaultdict(list))
    standing: dict[FigureKind, Standing] = field(default_factory=lambda: defaultdict(lambda: NOTHING))


async def played(
    kit: Kit, clock: MovableClock, plan: Programme, *, whole: bool, looks: list[str] | None = None
) -> list[History]:
    """The whole life of a programme, until the last digest after its end: one history for each kind of figure.

    `whole`: every answer goes through the use case behind the form, and the coordinator looks at previews, Homes and
    every list in between; else answers are stored as that use case stores them, which is several times quicker.
    `looks` gets what all of it said, without the figures.
    """
    play = await _begun(kit, clock, whole, [] if looks is None else looks)
    start = clock()
    steps = sorted(_steps(plan), key=lambda one: one[:2])
    for after, number, step in steps:
        await _sweep_until(play, start + after)
        await _do(play, plan.lives[number], number, step)
    await _sweep_until(play, start + steps[-1][0], more=_AFTER)
    await cohorts.close(kit, CHIS, play.world.cohort.id)
    await _sweep(play, ended=True)
    return [await _history(play, kind) for kind in report_kinds()]


async def _begun(kit: Kit, clock: MovableClock, whole: bool, looks: list[str]) -> Play:
    world = await seed(kit)
    async with kit.store.write(TEAM) as tx:
        themes = await names_of(kit, tx, world.cohort, FigureKind.THEMES)
        await report.plan_weekly(kit, tx, world.programme, clock())
    return Play(kit, clock, world, Answers(kit, themes), Looker(kit, world.cohort, looks), whole)


async def _history(play: Play, kind: FigureKind) -> History:
    async with play.kit.store.read(TEAM) as tx:
        names = await names_of(play.kit, tx, play.world.cohort, kind)
    side = Side.SENIOR if kind in SENIORS_SAY else Side.JUNIOR
    zone = play.world.programme.zone
    sweeps = [Sweep(at, local_day(at, zone), people[side], ended) for at, people, ended in play.sweeps]
    return History(
        play.world.cohort.starts_on, play.answers.events[kind], sweeps, play.seen[kind], kind=kind, questions=names,
        drawn=play.drawn[kind],
    )  # fmt: skip


def _steps(plan: Programme) -> Iterator[Step]:
    for number, life in enumerate(plan.lives):
        last = min((one for one in (life.ends, life.erased) if one is not None), default=None)
        yield life.begins, number, "begin"
        if life.ends is not None and life.ends == last:
            yield life.ends, number, "end"
        if life.erased is not None:
            yield life.erased, number, "erase"
        if life.away is not None and life.away[0] > life.begins:
            yield life.away[0], number, "pause"
        if life.moves is not None:
            yield life.moves, number, "move"
        for telling in life.told:
            yield telling.after, number, telling


async def _do(play: Play, life: Life, number: int, step: str | Telling) -> None:
    if isinstance(step, Telling):
        return await _tell(play, number, step)
    await _flush(play)
    if step == "begin":
        return await _begin(play, life, number)
    two = play.pairs[number]
    actor, now = Actor(TEAM, two.junior.user_id), play.clock()
    if step == "erase":
        await privacy.erase(play.kit, actor)
        play.answers.erase(two.junior.id, now)
    elif step == "move":
        await moved(play.kit, two.junior, DEPARTMENTS[number % 3])
    elif step == "pause":
        assert life.away is not None
        until = local_day(now + (life.away[1] - life.away[0]), two.junior.zone)
        await pause.pause(play.kit, actor, until, "")
        await _later(play)
    else:
        await leave.ask(play.kit, actor, two.pair.id, reason=None, note="")
        await _later(play)


async def _later(play: Play) -> None:
    """Ten minutes are over: what could be taken back until now happens."""
    play.clock.set(play.clock() + _UNDO)
    await run_due(play.kit)


async def _begin(play: Play, life: Life, number: int) -> None:
    kit, now = play.kit, play.clock()
    users = {0: (f"U07AJ{number:05}", f"U07AS{life.senior:05}")}
    two = (await add_pairs(kit, play.world.cohort, 1, users))[0]
    play.pairs[number] = two
    async with kit.store.write(TEAM) as tx:
        for person, side in ((two.junior, Side.JUNIOR), (two.senior, Side.SENIOR)):
            told = Profile(frozenset({side}), 2, DEPARTMENTS[0], "Berlin", "DE", "lists", "leading", ("technology",))
            if not await enrol.participations(tx, person.id):
                place = Participant(new_id(), TEAM, person.id, play.world.cohort.id, Enrolment.PAIRED, "1", now, told)
                await enrol.save_participant(tx, place, now)


async def _tell(play: Play, number: int, telling: Telling) -> None:
    """The first answer about something, or a change of it."""
    now = play.clock()
    if play.whole:
        await play.answers.say(number, play.pairs[number], telling, now)
    else:
        play.waits.append((number, telling, now))


async def _flush(play: Play) -> None:
    """Store what was told since, all at once: nobody has looked in between."""
    if not play.waits:
        return
    async with play.kit.store.write(TEAM) as tx:
        for number, telling, at in play.waits:
            await play.answers.tell(tx, number, play.pairs[number], telling, at)
    play.waits.clear()


async def _sweep_until(play: Play, then: datetime, more: int = 0) -> None:
    """Let every weekly digest before `then` happen, and so many after it; then it is `then`."""
    while await _next(play) <= then:
        await _sweep(play)
    play.clock.set(max(then, play.clock()))
    for _ in range(more):
        await _sweep(play)


async def _next(play: Play) -> datetime:
    async with play.kit.store.read(TEAM) as tx:
        at = await plans.next_digest_at(tx)
    assert at is not None
    return at


async def _sweep(play: Play, *, ended: bool = False) -> None:
    await _flush(play)
    at = await _next(play)
    play.clock.set(at)
    await run_due(play.kit)
    cohort = play.world.cohort
    async with play.kit.store.read(TEAM) as tx:
        digests = await reports.digests(tx, cohort.id)
        people = {side: await reports.people(tx, cohort.id, side) for side in Side}
    play.sweeps.append((at, people, ended))
    shown = stored(digests[-1])
    await _read(play, shown, at)
    look = len(play.sweeps) % (_LOOKS_WHOLE if play.whole else _LOOKS) == 0
    if look and not ended:
        await play.look.around(shown, whole=play.whole)
    if ended or (look and play.whole):
        seen = {cohort.id: play.seen}
        await Papers(play.kit, [cohort], play.world.programme.zone, seen, play.look.said).read()


async def _read(play: Play, shown: DigestFigures, at: datetime) -> None:
    for kind, after in sections(shown, report_kinds()).items():
        release = released(play.standing[kind], after, at)
        if release:
            play.seen[kind].append(release)
            play.drawn[kind].append(await _drawn(play, kind, play.drawn[kind]))
        play.standing[kind] = after


async def _drawn(play: Play, kind: FigureKind, before: Sequence[frozenset[str]]) -> frozenset[str]:
    """The truth, from marks that no attacker can read: whose answers were spent in this sweep."""
    async with play.kit.store.read(TEAM) as tx:
        spent = {
            one.source_id for one in await reports.pool(tx, play.world.cohort.id, kind) if one.spent and not one.back
        }
    return frozenset(spent.difference(*before))
