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
from storage.report import courses
from storage.store import Tx
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
