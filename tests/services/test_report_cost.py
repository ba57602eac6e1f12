"""What a week's report costs: as many statements and rows after fifty weeks as after ten."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import event

from bot.domain.report.one_thing import kept
from bot.services.kit import Actor, Kit
from bot.services.report import desk
from storage import meet, programme
from storage import report as reports
from storage import tables as t
from storage.ids import new_id
from storage.records.meet import Session, SessionState
from storage.records.programme import CohortState
from storage.store import Store
from tests.clockwork import MovableClock
from tests.services.many import Two, add_pairs
from tests.services.weeks import plan, sweep
from tests.thorough import thorough
from tests.world import CHI, TEAM, World

Asked = list[tuple[str, Any]]
CHART = 2 * 28
"""The chart reaches back 26 weeks: so many rows at most, of sessions held and planned."""


@contextmanager
def asked(store: Store) -> Iterator[Asked]:
    """Every statement that goes to the database, as the driver gets it."""
    found: Asked = []
    engines = [engine.sync_engine for engine in (store._reader, store._writer)]

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        found.append((statement, parameters))

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield found
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def rows(store: Store, statements: Asked) -> int:
    """How many rows what was asked for has."""
    total = 0
    async with store.engine.connect() as conn:
        for statement, parameters in statements:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                counting = f"SELECT count(*) FROM ({statement}) AS asked"
                total += (await conn.exec_driver_sql(counting, parameters)).scalar_one()
    return total


async def a_week(kit: Kit, clock: MovableClock, pairs: list[Two]) -> None:
    """Every pair meets and has the next date; then it is Monday."""
    async with kit.store.write(TEAM) as tx:
        earlier = (t.session.c.team_id == TEAM, t.session.c.state == SessionState.PLANNED)
        at = clock()
        held = t.session.update().where(*earlier).values(state=SessionState.HELD, decided_at=at)
        await tx.conn.execute(held)
        for two in pairs:
            ahead = at + timedelta(days=5)
            await meet.add(tx, Session(new_id(), TEAM, two.pair.id, 1, ahead, 60, "", SessionState.PLANNED,
                                       two.senior.id, None, None))  # fmt: skip
    await sweep(kit, clock)


@thorough
async def test_a_week_costs_what_happened_in_it_however_many_there_were_before(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 4)  # a small cohort: its answers wait for its end
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, ends_on=date(2027, 3, 31))
    await plan(kit, world)
    statements, found = dict[int, int](), dict[int, int]()
    for week in range(1, 51):
        with asked(kit.store) as log:
            await a_week(kit, clock, pairs)
        if week in (10, 30, 50):
            statements[week], found[week] = len(log), await rows(kit.store, log)
            with asked(kit.store) as log:
                await desk.preview(kit, Actor(TEAM, CHI))
            statements[-week], found[-week] = len(log), await rows(kit.store, log)
    for once in (1, -1):
        assert statements[once * 10] == statements[once * 30] == statements[once * 50]
        assert found[once * 30] == found[once * 50]
        assert found[once * 30] - found[once * 10] <= CHART - 2 * 10
    async with kit.store.read(TEAM) as tx:
        assert len(await reports.digests(tx, world.cohort.id)) == 50


async def test_a_cohort_that_had_its_last_digest_is_not_looked_at_again(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await plan(kit, world)
    await sweep(kit, clock)
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, state=CohortState.CLOSED)
        await programme.add_cohort(tx, replace(world.cohort, id=new_id(), state=CohortState.CLOSED))
        assert [one.id for one in await programme.to_report(tx)] == [world.cohort.id], "nobody ever met in the other"
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        told = await reports.digests(tx, world.cohort.id)
        assert [one.final for one in told] == [False, True]
        assert await programme.to_report(tx) == []
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        assert await reports.digests(tx, world.cohort.id) == told


async def test_digests_from_before_they_told_what_was_shown_are_read_for_it_once(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await plan(kit, world)
    for _ in range(3):
        await sweep(kit, clock)
    async with kit.store.write(TEAM) as tx:
        told = await reports.digests(tx, world.cohort.id)
        shown = [json.loads(one.figures)["one_thing"] for one in told]
        assert tuple(json.loads(told[-1].figures)["shown"]) == tuple(shown)
        for one in told:
            before = {key: value for key, value in json.loads(one.figures).items() if key != "shown"}
            where = t.digest.c.id == one.id
            await tx.conn.execute(t.digest.update().where(where).values(figures=json.dumps(before)))
    at: datetime = clock()
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        last = await reports.last_digest(tx, world.cohort.id)
    assert last is not None and last.created_at > at
    figures = json.loads(last.figures)
    assert tuple(figures["shown"]) == kept(shown, figures["one_thing"])
