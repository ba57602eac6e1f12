"""A year in every zone of tzdata, through the database and the real schedule: nobody is asked at night, late or twice.

A pair lives in each zone, with a partner in another one, and meets around every clock change of the junior's year.
Of zones that show the same time throughout the year, three stand for all. `YEAR=long` takes every name, and lets the
pairs meet every other week too.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.when import utc_of
from bot.schedule.sweeps import run_due
from bot.services import checkin
from bot.services.calendar import quiet
from bot.services.kit import Kit
from bot.services.match import people_of
from storage import due, enrol, match, meet, tables
from storage.ids import new_id
from storage.records.delivery import DueState
from storage.records.enrol import Person
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.store import Tx
from tests.clockwork import MovableClock
from tests.thorough import PLAYED
from tests.world import TEAM, World

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
LONG = os.environ.get("YEAR") == "long"
REGIONS = ("", "DE", "US", "JP", "BR")
ASKED = (Kind.CHECKIN.value, Kind.REFLECTION.value)
FOLLOW_UPS = (Job.REMIND_CHECKIN.value, Job.CLOSE_CHECKIN.value)


class Dice(random.Random):
    """Jitter at its ends and in the middle: what matters, at few different minutes."""

    def randint(self, a: int, b: int) -> int:
        return self.choice((a, 0, b))


def changes(zone: str) -> list[date]:
    """The days of the year on which the zone's clocks change."""
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(364)]
    offsets = [datetime.combine(day, time(12), ZoneInfo(zone)).utcoffset() for day in days]
    return [day for day, one, next_one in zip(days[1:], offsets, offsets[1:], strict=False) if one != next_one]


def clocks(zone: str) -> tuple[object, ...]:
    """What a zone's clocks show in the year: their offset at its beginning, and hour by hour around each change."""
    start, around = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset(), []
    for day in changes(zone):
        noon = datetime.combine(day, time(12), UTC)
        around += [(noon + timedelta(hours=n)).astimezone(ZoneInfo(zone)).replace(tzinfo=None) for n in range(-36, 13)]
    return start, *around


@cache
def zones() -> list[str]:
    """In their order; in the short form three at most of all whose clocks show the same: one for each hour below.

    In `make test` one of them.
    """
    names = sorted(available_timezones())
    alike: dict[object, list[str]] = {}
    for name in names:
        alike.setdefault(clocks(name), []).append(name)
    return names if LONG else sorted(name for same in alike.values() for name in same[: 3 if PLAYED else 1])


def evenings(zone: str, n: int) -> Iterator[datetime]:
    """When the pair's sessions end: the evening before each change, when it is odd to ask, and some day of the year."""
    days = [day - timedelta(days=1 + n % 3) for day in changes(zone)] or [date(2026, 4, 3) + timedelta(days=n % 5)]
    if LONG:
        days += [date(2026, 1, 5) + timedelta(days=14 * week + n % 7) for week in range(24)]
    for day in sorted(set(days)):
        yield utc_of(day, time((8, 16, 21)[n % 3]), zone)


async def settle_everywhere(kit: Kit, world: World) -> tuple[dict[str, Person], dict[Pair, str]]:
    """A person and a pair in each zone; the senior is at home somewhere else."""
    people: list[Person] = []
    pairs: dict[Pair, str] = {}
    async with kit.store.write(TEAM) as tx:
        for n, zone in enumerate(zones()):
            await tx.conn.execute(
                tables.person.insert().values(
                    id=new_id(), team_id=TEAM, user_id=f"U{n:08}", name=zone, zone=zone, locale="en-US",
                    region=REGIONS[n % len(REGIONS)], deactivated=False,
                )
            )  # fmt: skip
        people = [one for n in range(len(zones())) if (one := await enrol.find(tx, f"U{n:08}")) is not None]
        for n, junior in enumerate(people):
            senior = people[(n + len(people) // 3 + 11) % len(people)]
            pair = Pair(
                id=new_id(), team_id=TEAM, cohort_id=world.cohort.id, junior_id=junior.id, senior_id=senior.id,
                state=PairState.ACTIVE, channel_id=None, why="", created_by="", created_at=NEW_YEAR,
                active_at=NEW_YEAR, ended_at=None,
            )  # fmt: skip
            await match.add(tx, pair)
            pairs[pair] = junior.zone
    return {one.user_id: one for one in people}, pairs


async def hold(kit: Kit, tx: Tx, pair: Pair, ended: datetime) -> None:
    """They have met, and say so."""
    session = Session(
        new_id(), TEAM, pair.id, 1, ended - timedelta(hours=1), 60, "", SessionState.HELD, pair.senior_id, None, ended
    )
    await meet.add(tx, session)
    await checkin.plan_for(kit, tx, session, await people_of(tx, pair), ended)


async def work_until(kit: Kit, clock: MovableClock, until: datetime) -> None:
    """From due to due; whoever is asked answers at once, so that nothing follows."""
    while True:
        async with kit.store.read("") as tx:
            moment = await due.next_at(tx)
        if moment is None or moment > until:
            break
        clock.set(max(moment, clock.now))
        await run_due(kit)
        async with kit.store.write(TEAM) as tx:
            await tx.conn.execute(tables.due.delete().where(tables.due.c.kind.in_(FOLLOW_UPS)))
    clock.set(max(until, clock.now))


async def test_a_year_in_every_zone_asks_everybody_once_and_nobody_at_night(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    clock.set(NEW_YEAR)
    kit = replace(kit, dice=Dice(7))
    people, pairs = await settle_everywhere(kit, world)
    sessions = sorted(
        ((ended, pair) for n, (pair, zone) in enumerate(pairs.items()) for ended in evenings(zone, n)),
        key=lambda one: one[0],
    )
    for ended in sorted({ended for ended, _ in sessions}):
        await work_until(kit, clock, ended)
        async with kit.store.write(TEAM) as tx:
            for _, pair in (one for one in sessions if one[0] == ended):
                await hold(kit, tx, pair, ended)
    await work_until(kit, clock, datetime(2027, 1, 20, tzinfo=UTC))

    async with kit.store.read(TEAM) as tx:
        letters = (await tx.conn.execute(select(tables.outbox).where(tables.outbox.c.kind.in_(ASKED)))).all()
        planned = (await tx.conn.execute(select(tables.due).where(tables.due.c.kind == Job.CHECKIN.value))).all()
    assert {row.state for row in planned} == {DueState.DONE.value}
    assert len(planned) == len(letters) == 2 * len(sessions)
    assert Counter(row.params["checkin"] for row in letters).most_common(1)[0][1] == 1
    assert [(people[row.to].zone, row.due_at) for row in letters if quiet(people[row.to], row.due_at)] == []
    assert {people[row.to].zone for row in letters} == set(zones())
    late = [row for row in letters if row.stale_at is None or row.stale_at <= row.due_at]
    assert late == []
