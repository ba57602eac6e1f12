"""What a week's report reads of the past says the same as all of the past, over made-up lives."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.report.activity import (
    History,
    WeekBar,
    activity,
    counted,
    days_since_last,
    lights,
    needing,
    newly,
)
from bot.domain.when import local_day, never_off
from bot.services.kit import Kit
from bot.services.report.activity import as_of, checks, histories, midnight
from storage import commit, enrol, match, meet, pause
from storage import tables as t
from storage.ids import new_id
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.meet import Hindrance, Rhythm, RhythmState, Session, SessionState
from storage.records.pause import Pause
from storage.report import recent
from storage.store import Tx
from tests.world import TEAM, World

NOW = datetime(2026, 5, 6, 8, 0, tzinfo=UTC)  # a Wednesday
ZONE = "Europe/Berlin"
MONDAYS = [date(2026, 2, 2) + timedelta(weeks=n) for n in range(16)]
STATES = (SessionState.HELD, SessionState.HELD, SessionState.CANCELLED, SessionState.CANCELLED, *SessionState)
RUN = (PairState.ACTIVE, PairState.ACTIVE, PairState.ACTIVE, PairState.PAUSED, PairState.ENDED, PairState.COMPLETED)


async def make_up(tx: Tx, dice: random.Random, cohort_id: str, juniors: Sequence[Person], senior: Person) -> None:
    """A pair with a life of its own; what is told late is decided long after it took place."""
    at, state = NOW - timedelta(days=dice.randrange(95), hours=1), dice.choice(RUN)
    ended = NOW - timedelta(days=dice.randrange(20)) if state in (PairState.ENDED, PairState.COMPLETED) else None
    pair = Pair(new_id(), TEAM, cohort_id, dice.choice(juniors).id, senior.id, state, None, "", "U", at, at, ended)
    await match.add(tx, replace(pair, active_at=None) if dice.random() < 0.1 else pair)
    for _ in range(dice.randrange(12)):
        how, starts = dice.choice(STATES), NOW + timedelta(days=dice.randrange(-90, 25), hours=dice.randrange(-8, 8))
        who = dice.choice([Hindrance.SENIOR, *Hindrance]) if how is SessionState.CANCELLED else None
        decided = min(NOW, starts + timedelta(days=dice.choice((-9, -1, 0, 0, 1, 6, 30))))
        told = None if how is SessionState.PLANNED else decided
        one = Session(new_id(), TEAM, pair.id, 1, starts, dice.choice((30, 60)), "", how, senior.id, who, told)
        await meet.add(tx, one)
    if dice.random() < 0.5:
        rhythm = Rhythm(new_id(), TEAM, pair.id, senior.id, dice.choice((7, 28)), dice.randrange(1, 5),
                        RhythmState.AGREED, at, at)  # fmt: skip
        await meet.add_rhythm(tx, rhythm)


async def populate(kit: Kit, world: World, dice: random.Random) -> None:
    async with kit.store.write(TEAM) as tx:
        juniors = [await enrol.meet_person(tx, f"U07X{n:05}", name=f"X {n}", zone="UTC", locale="en") for n in range(6)]
        for n, one in enumerate(juniors[:3]):
            ended = NOW - timedelta(days=5 + 9 * n)
            was = Pause(new_id(), TEAM, one.id, ended, date(2026, 1, 1), ended, "")
            await pause.add(tx, replace(was, settled_at=ended, ended_at=ended), ended)
        for _ in range(60):
            await make_up(tx, dice, world.cohort.id, juniors, world.bo)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_is_left_out_of_the_past_changes_no_figure(kit: Kit, world: World, seed: int) -> None:
    dice = random.Random(seed)
    await populate(kit, world, dice)
    monday = midnight(date(2026, 5, 4), ZONE)
    left_out = 0
    async with kit.store.read(TEAM) as tx:
        everything = await histories(tx, world.cohort)
        for since in (monday, monday - timedelta(weeks=1), NOW - timedelta(hours=20), NOW):
            few = await histories(tx, world.cohort, since)
            assert said(world, few, since) == said(world, everything, since)
            left_out += sum(len(h.sessions) for h in everything) - sum(len(h.sessions) for h in few)
    assert left_out > 300


def said(world: World, known: Sequence[History], since: datetime) -> tuple[object, ...]:
    """Everything that reports, flags, lists and Homes say, of now and of the moment itself."""
    now = checks(known, world.cohort, world.programme, NOW, never_off)
    then = checks(as_of(known, since), world.cohort, world.programme, since, never_off)
    lists = [(c.history.pair.id, c.light, c.concerns, c.history.last, c.history.next(NOW)) for c in needing(now)]
    return (
        activity(known, since, min(since + timedelta(weeks=1), NOW), NOW), counted(now), lights(now), newly(then, now),
        lists, days_since_last(known, NOW),
    )  # fmt: skip


async def test_the_charts_weeks_are_those_of_the_coordinators_calendar(kit: Kit, world: World) -> None:
    await populate(kit, world, random.Random(4))
    edges = [midnight(day, ZONE) for day in (*MONDAYS, MONDAYS[-1] + timedelta(weeks=1))]
    async with kit.store.write(TEAM) as tx:
        late_sunday = datetime(2026, 5, 3, 23, 0, tzinfo=UTC)  # Monday in Berlin already
        held = Session(new_id(), TEAM, world.pair.id, 1, late_sunday, 60, "", SessionState.HELD, world.bo.id, None, NOW)
        await meet.add(tx, held)
        bars = await recent.bars(tx, world.cohort.id, edges)
        known = await histories(tx, world.cohort)
    assert [WeekBar(day, *both) for day, both in zip(MONDAYS, bars, strict=True)] == week_bars(known)


def week_bars(known: Sequence[History]) -> list[WeekBar]:
    """The same, session by session."""
    found: Counter[tuple[date, SessionState]] = Counter()
    for one in (one for history in known for one in history.sessions):
        day = local_day(one.starts_at, ZONE)
        found[day - timedelta(days=day.weekday()), one.state] += 1
    return [WeekBar(day, found[day, SessionState.HELD], found[day, SessionState.PLANNED]) for day in MONDAYS]


async def test_promises_are_counted_as_they_stand(kit: Kit, world: World) -> None:
    dice, start = random.Random(5), date(2026, 5, 4)
    end = start + timedelta(days=6)
    async with kit.store.write(TEAM) as tx:
        for _ in range(60):
            made = Commitment(
                new_id(), TEAM, world.pair.id, world.bo.id, None, CommitmentKind.OTHER, "", start + timedelta(
                days=dice.randrange(-9, 15)), dice.randrange(4), dice.choice(list(CommitmentState)), NOW, None, NOW,
            )  # fmt: skip
            await commit.add(tx, made)
        found = await recent.promises(tx, world.cohort.id, start, end)
        known = await commit.of_cohort(tx, world.cohort.id, CommitmentState.OPEN, CommitmentState.DONE)
    due = [one for one in known if start <= one.due_on <= end]
    done = sum(one.state is CommitmentState.DONE for one in due)
    assert found == (len(due), done, sum(one.slipping for one in known))


async def test_a_session_of_a_pair_that_never_started_is_in_no_bar(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await tx.conn.execute(t.pair.update().where(t.pair.c.id == world.pair.id).values(active_at=None))
        held = Session(new_id(), TEAM, world.pair.id, 1, NOW, 60, "", SessionState.HELD, world.bo.id, None, NOW)
        await meet.add(tx, held)
        edges = [NOW - timedelta(days=1), NOW + timedelta(days=1)]
        assert await recent.bars(tx, world.cohort.id, edges) == [(0, 0)]
