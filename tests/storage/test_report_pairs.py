"""The database's lights are the rule's lights, over made-up pairs."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.report.activity import Concern
from bot.services.kit import Kit
from bot.services.report.activity import checks, histories
from bot.services.report.pairs import turning_points
from storage import enrol, match, meet, pause, programme
from storage.ids import new_id
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.meet import Hindrance, Rhythm, RhythmState, Session, SessionState
from storage.records.pause import Pause
from storage.report import courses, papers, recent
from storage.store import Tx
from tests.services.test_report_cost import asked
from tests.world import TEAM, World

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)  # a Monday
STATES = (SessionState.HELD, SessionState.HELD, SessionState.CANCELLED, SessionState.CANCELLED, *SessionState)


async def make_up(tx: Tx, dice: random.Random, cohort_id: str, juniors: list[Person], senior: Person) -> None:
    """A pair with a life of its own."""
    at = NOW - timedelta(days=dice.randrange(70), hours=1)
    state = PairState.PAUSED if dice.random() < 0.1 else PairState.ACTIVE
    junior = dice.choice(juniors)
    pair = Pair(new_id(), TEAM, cohort_id, junior.id, senior.id, state, None, "", "U", at, at, None)
    await match.add(tx, pair)
    for _ in range(dice.randrange(6)):
        how = dice.choice(STATES)
        starts = NOW + timedelta(days=dice.randrange(-60, 20), minutes=dice.randrange(-60, 0))
        who = dice.choice([Hindrance.SENIOR, *Hindrance]) if how is SessionState.CANCELLED else None
        decided = None if how is SessionState.PLANNED else min(NOW, starts - timedelta(days=dice.randrange(9)))
        minutes = dice.choice((15, 30, 60, 90))
        one = Session(new_id(), TEAM, pair.id, 1, starts, minutes, "", how, senior.id, who, decided)
        await meet.add(tx, one)
    if dice.random() < 0.4:
        every, sessions = dice.choice((7, 28, 56)), dice.randrange(1, 6)
        await meet.add_rhythm(
            tx, Rhythm(new_id(), TEAM, pair.id, senior.id, every, sessions, RhythmState.AGREED, at, at)
        )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_databases_lights_are_the_rules_lights(kit: Kit, world: World, seed: int) -> None:
    dice = random.Random(seed)
    async with kit.store.write(TEAM) as tx:
        juniors = [await enrol.meet_person(tx, f"U07X{n:05}", name=f"X {n}", zone="UTC", locale="en") for n in range(6)]
        for n, one in enumerate(juniors[:3]):
            ended = NOW - timedelta(days=5 + 9 * n)
            was = Pause(new_id(), TEAM, one.id, ended, date(2026, 1, 1), ended, "")
            await pause.add(tx, replace(was, settled_at=ended, ended_at=ended), ended)
        for _ in range(200):
            await make_up(tx, dice, world.cohort.id, juniors, world.bo)
    async with kit.store.read(TEAM) as tx:
        known = await programme.get(tx)
        assert known is not None
        marks, off = await turning_points(tx, known, NOW)
        rule = checks(await histories(tx, world.cohort), world.cohort, known, NOW, off)
        listed = await courses.courses(tx, marks, NOW, limit=300, offset=0)
        counted = await courses.counted(tx, marks, NOW)
    order = list(Concern)
    said = {
        c.history.pair.id: (c.light.value, min(c.concerns, key=order.index).value if c.concerns else "") for c in rule
    }
    assert {one.pair_id: (one.stands, one.concern) for one in listed} == said
    assert {concern for _, concern in said.values()} == {"", *map(str, Concern)}
    assert sum(counted.values()) == len(listed) == 201


@pytest.mark.sqlite
async def test_sessions_are_found_by_their_pairs_and_never_by_going_through_all_of_them(kit: Kit, world: World) -> None:
    """What closed cohorts did in all the years costs nothing."""
    week = (NOW - timedelta(days=7), NOW)
    async with kit.store.read(TEAM) as tx:
        known = await programme.get(tx)
        assert known is not None
        marks, _ = await turning_points(tx, known, NOW)
        with asked(kit.store) as log:
            await courses.courses(tx, marks, NOW, limit=8, offset=0)
            await courses.counted(tx, marks, NOW, cohort=world.cohort.id)
            await courses.worst_of(tx, marks, NOW)
            await recent.sessions(tx, world.cohort.id, NOW)
            await recent.held(tx, world.cohort.id)
            await recent.bars(tx, world.cohort.id, week)
            await papers.months(tx, world.cohort.id, [(NOW.date(), *week)])
        plans = [
            [str(row[-1]) for row in await tx.conn._conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", bound)]
            for said, bound in log
        ]
    ways = [[line for line in plan if "ix_session_" in line or line.startswith("SCAN session")] for plan in plans]
    assert len(ways) == 7 and all(ways), "each of them looks at sessions"
    assert all("pair_id=?" in line for found in ways for line in found)
