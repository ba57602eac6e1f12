"""Plays a programme with the product itself, on a real database, and keeps what its coordinator could read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.checkin import OPEN_FOR
from bot.domain.report.facts import DigestFacts
from bot.domain.when import local_day
from bot.schedule.sweeps import run_due
from bot.services import privacy, report
from bot.services.checkin.answering import answer
from bot.services.home import home_of
from bot.services.kit import Actor, Kit
from bot.services.programme import cohorts
from bot.services.report import desk, plans
from bot.services.report.weekly import stored
from bot.views import home as home_views
from bot.views import report as report_views
from bot.views.report.modals import preview
from prompts import Words
from storage import checkin, match
from storage import report as reports
from storage.ids import new_id
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState, Question
from storage.records.enrol import Side
from storage.records.match import PairState
from tests.attack.history import Erased, Given, History, Seen, Sweep
from tests.attack.programmes import Life, Programme, Telling
from tests.attack.reading import NOTHING, Standing, read, released
from tests.clockwork import MovableClock
from tests.services.many import NO, YES, Two, add_pairs, hold, save
from tests.world import CHI, TEAM, World, seed

CHIS = Actor(TEAM, CHI)
Step = tuple[timedelta, int, str | Telling]
_AFTER = 5
"""Weeks in which nothing happens any more: what waits may still be drawn."""


@dataclass(slots=True)
class Play:
    """One programme under way: what happened, and the last figures that could be read."""

    kit: Kit
    clock: MovableClock
    world: World
    whole: bool
    pairs: dict[int, Two] = field(default_factory=dict)
    checkins: dict[tuple[int, int], Checkin] = field(default_factory=dict)
    events: list[Given | Erased] = field(default_factory=list)
    sweeps: list[Sweep] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    standing: Standing = NOTHING


async def played(kit: Kit, clock: MovableClock, plan: Programme, *, whole: bool) -> History:
    """The whole life of a programme, until the last digest after its end.

    `whole`: every answer goes through the use case behind the form, and the coordinator looks at previews and Homes in
    between; else answers go to the store and to the gate's `remember`, which is several times quicker.
    """
    play = Play(kit, clock, await seed(kit), whole)
    start = clock()
    async with kit.store.write(TEAM) as tx:
        await report.plan_weekly(kit, tx, play.world.programme, start)
    for after, number, step in sorted(_steps(plan), key=lambda one: one[:2]):
        await _sweep_until(play, start + after)
        await _do(play, plan.lives[number], number, step)
    await _sweep_until(play, start + max(after for after, _, _ in _steps(plan)), more=_AFTER)
    await cohorts.close(kit, CHIS, play.world.cohort.id)
    await _sweep(play, ended=True)
    return History(play.world.cohort.starts_on, play.events, play.sweeps, play.seen)


def _steps(plan: Programme) -> Iterator[Step]:
    for number, life in enumerate(plan.lives):
        yield life.begins, number, "begin"
        if life.ends is not None and (life.erased is None or life.ends < life.erased):
            yield life.ends, number, "end"
        if life.erased is not None:
            yield life.erased, number, "erase"
        for telling in life.told:
            yield telling.after, number, telling


async def _do(play: Play, life: Life, number: int, step: str | Telling) -> None:
    kit = play.kit
    if isinstance(step, Telling):
        await _tell(play, number, step)
    elif step == "begin":
        users = {0: (f"U07AJ{number:05}", f"U07AS{life.senior:05}")}
        play.pairs[number] = (await add_pairs(kit, play.world.cohort, 1, users))[0]
    elif step == "erase":
        await privacy.erase(kit, Actor(TEAM, play.pairs[number].junior.user_id))
        play.events.append(Erased(play.clock(), play.pairs[number].junior.id))
    else:
        async with kit.store.write(TEAM) as tx:
            await match.move(
                tx, play.pairs[number].pair.id, PairState.ACTIVE, PairState.ENDED, ended_at=play.clock()
            )  # fmt: skip


async def _tell(play: Play, number: int, telling: Telling) -> None:
    """The first answer about a session, or a change of it."""
    two, now = play.pairs[number], play.clock()
    if (number, telling.session) not in play.checkins:
        play.checkins[number, telling.session] = await _asked(play, two, now)
    one = play.checkins[number, telling.session]
    given = {question: (YES if question in telling.ones else NO)[question] for question in Question}
    if play.whole:
        sheet = AnswerSheet(tuple(Answer(question, option) for question, option in given.items()))
        await answer(play.kit, Actor(TEAM, two.junior.user_id), one.id, sheet)
    else:
        async with play.kit.store.write(TEAM) as tx:
            await save(play.kit, tx, two, one, given, now)
    play.events.append(Given(now, two.junior.id, two.senior.id, one.id, telling.ones))


async def _asked(play: Play, two: Two, now: datetime) -> Checkin:
    session = await hold(play.kit, two, now)
    one = Checkin(
        new_id(),
        TEAM,
        session.id,
        two.pair.id,
        two.junior.id,
        Side.JUNIOR,
        CheckinState.SENT,
        now,
        now + OPEN_FOR,
        None,
    )
    async with play.kit.store.write(TEAM) as tx:
        await checkin.add(tx, one)
    return one


async def _sweep_until(play: Play, then: datetime, more: int = 0) -> None:
    """Let every weekly digest before `then` happen, and so many after it; then it is `then`."""
    while await _next(play) <= then:
        await _sweep(play)
    play.clock.set(then)
    for _ in range(more):
        await _sweep(play)


async def _next(play: Play) -> datetime:
    async with play.kit.store.read(TEAM) as tx:
        at = await plans.next_digest_at(tx)
    assert at is not None
    return at


async def _sweep(play: Play, *, ended: bool = False) -> None:
    at = await _next(play)
    play.clock.set(at)
    await run_due(play.kit)
    async with play.kit.store.read(TEAM) as tx:
        digests = await reports.digests(tx, play.world.cohort.id)
        juniors = await reports.people(tx, play.world.cohort.id, Side.JUNIOR)
    play.sweeps.append(Sweep(at, local_day(at, play.world.programme.zone), juniors, ended))
    facts = DigestFacts(play.world.cohort, stored(digests[-1]))
    shown = read(_words(play), report_views.digest(_words(play), facts).blocks)
    release = released(play.standing, shown, at)
    play.seen += [release] if release else []
    play.standing = shown
    if not ended and (play.whole or len(play.sweeps) % 8 == 0):
        await _look(play)


async def _look(play: Play) -> None:
    """What a coordinator asks for in between says what the last digest said, at whichever moment."""
    words = _words(play)
    looked = preview(words, await desk.preview(play.kit, CHIS))
    async with play.kit.store.read(TEAM) as tx:
        facts = await home_of(play.kit, tx, CHI, None)
    assert read(words, looked.blocks) == read(words, home_views.home(words, facts).blocks) == play.standing


def _words(play: Play) -> Words:
    return play.kit.words("en")
