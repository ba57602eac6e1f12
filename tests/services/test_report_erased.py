"""Somebody goes, by themselves or with the years: what was published stays, what comes later leaves them out."""

import random
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.disclosure import Withheld
from bot.services import privacy, report
from bot.services.kit import Actor, Kit
from bot.services.report import urn
from bot.services.report.counting import counted
from bot.services.report.weekly import stored
from storage import enrol, programme
from storage import privacy as keeping
from storage import report as reports
from storage import tables as t
from storage.ids import new_id
from storage.records.enrol import Enrolment, Participant, Profile, Side
from storage.records.programme import Cohort, CohortState
from storage.records.report import FigureKind, Waiting
from tests.clockwork import MovableClock
from tests.services.many import YES, Two, add_pairs, everybody_answers
from tests.services.weeks import KIND, plan, releases, sweep
from tests.thorough import few
from tests.world import TEAM, World

ZONE = "Europe/Berlin"
JUNIOR = Profile(frozenset({Side.JUNIOR}), 2, "Operations", "Berlin", "DE", "", "", ("technology",))
PUBLISHED = (t.release, t.digest, t.outcome)


async def published(kit: Kit) -> dict[str, list[str]]:
    """Every row of what was published, as it stands in the file."""
    async with kit.store.read(TEAM) as tx:
        return {
            table.name: [repr(tuple(row)) for row in await tx.conn.execute(select(table).order_by(table.c.id))]
            for table in PUBLISHED
        }


async def gone(kit: Kit, user: str) -> None:
    await privacy.erase(kit, Actor(TEAM, user))


async def in_urn(kit: Kit, world: World) -> list[Waiting]:
    async with kit.store.read(TEAM) as tx:
        return await reports.pool(tx, world.cohort.id, KIND)


async def waiting(kit: Kit, world: World) -> set[str]:
    return {one.person_id for one in await in_urn(kit, world) if not one.spent}


async def people(kit: Kit, world: World) -> tuple[int, int]:
    """Juniors and seniors, as the gate counts them to know which rule a cohort has."""
    async with kit.store.read(TEAM) as tx:
        return (
            await reports.people(tx, world.cohort.id, Side.JUNIOR),
            await reports.people(tx, world.cohort.id, Side.SENIOR),
        )


async def remember_all(kit: Kit, pairs: Collection[Two], *kinds: FigureKind) -> None:
    """An answer of every pair to what each of these kinds asks, as far as the urn is concerned."""
    async with kit.store.write(TEAM) as tx:
        for kind in kinds:
            for two in pairs:
                await report.remember(kit, tx, two.pair, kind, new_id(), kit.clock())


async def close(kit: Kit, cohort_id: str) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.move_cohort(tx, cohort_id, CohortState.OPEN, CohortState.CLOSED)


async def leave_by_chance(kit: Kit, world: World, living: list[Two], chance: random.Random) -> set[str]:
    """None or a few of them have everything deleted; the answers that went with them."""
    before = {one.source_id for one in await in_urn(kit, world)}
    for two in chance.sample(living, chance.choice((0, 1, 2))):
        await gone(kit, chance.choice((two.junior, two.junior, two.senior)).user_id)
        living.remove(two)
    return before - {one.source_id for one in await in_urn(kit, world)}


@pytest.mark.parametrize("seed", few([1, 2]))
async def test_whoever_goes_in_whichever_week_is_in_no_later_release_and_changes_none_before(
    kit: Kit, world: World, clock: MovableClock, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance, read, out = random.Random(seed), list[str](), set[str]()
    monkeypatch.setattr(urn, "counted", noting(read))
    living = await add_pairs(kit, world.cohort, 26)
    last = await plan(kit, world) - timedelta(weeks=1)
    for week in range(9):
        if week in (0, 3):
            await everybody_answers(kit, chance.sample(living, len(living) * 4 // 5), YES)
        out |= await leave_by_chance(kit, world, living, chance)
        before, made, wait = await published(kit), len(await releases(kit, world)), len(await waiting(kit, world))
        read.clear()
        await sweep(kit, clock)
        after, fresh = await published(kit), (await releases(kit, world))[made:]
        assert all(set(rows) <= set(after[name]) for name, rows in before.items())
        is_time = wait >= 20 or (wait >= 10 and clock() - last >= timedelta(days=27))
        assert [one.n for one in fresh] == ([wait // 2] if is_time else []), "by who waits, and by nothing else"
        assert len(read) == sum(one.n for one in fresh) and not out.intersection(read)
        last = clock() if fresh else last
        assert await people(kit, world) == (27, 27), "they, Ana and Bo"
    assert out and await releases(kit, world), "there was something to leave them out of"


def noting(read: list[str]) -> Any:
    """What the gate reads, noted on its way."""

    async def note(kit: Kit, tx: Any, kind: FigureKind, sources: Collection[str]) -> Any:
        read.extend(sources if kind is KIND else ())
        return await counted(kit, tx, kind, sources)

    return note


async def test_one_of_ten_goes_and_the_cohort_stays_one_that_is_told_of_while_it_runs(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 9)
    await everybody_answers(kit, pairs, YES)
    await gone(kit, pairs[0].junior.user_id)
    await plan(kit, world)
    for _ in range(2):
        await sweep(kit, clock)
    await close(kit, world.cohort.id)
    await sweep(kit, clock)
    assert await people(kit, world) == (10, 10)
    async with kit.store.read(TEAM) as tx:
        said = [stored(one).reciprocity.withheld for one in await reports.digests(tx, world.cohort.id)]
    assert said == [Withheld.WAITING, Withheld.WAITING, Withheld.ENDED], "never both ways in one cohort"
    assert await releases(kit, world) == []


async def test_whoever_joins_again_is_somebody_new_to_the_urn(kit: Kit, world: World) -> None:
    (two,) = await add_pairs(kit, world.cohort, 1)
    await everybody_answers(kit, [two], YES)
    await gone(kit, two.junior.user_id)
    (again,) = await add_pairs(kit, world.cohort, 1)
    assert again.junior.user_id == two.junior.user_id and again.junior.id != two.junior.id
    assert await waiting(kit, world) == set()
    await everybody_answers(kit, [again], YES)
    assert await waiting(kit, world) == {again.junior.id}
    assert (await people(kit, world))[0] == 3, "Ana, who was there before, and who is there now"


async def test_somebody_leaves_the_urns_of_every_kind_and_nobody_else_does(kit: Kit, world: World) -> None:
    first, second, third = await add_pairs(kit, world.cohort, 3)
    await remember_all(kit, (first, second, third), *FigureKind)
    await gone(kit, first.junior.user_id)
    await gone(kit, second.senior.user_id)
    async with kit.store.read(TEAM) as tx:
        rows = (await tx.conn.execute(select(t.urn.c.kind, t.urn.c.person_id))).all()
    seniors_say = {kind.value for kind in FigureKind if kind.endswith("_senior")}
    for kind in FigureKind:
        left = {first.senior, third.senior} if kind.value in seniors_say else {second.junior, third.junior}
        assert {row.person_id for row in rows if row.kind == kind} == {one.id for one in left}, kind


async def retain(kit: Kit, clock: MovableClock, world: World, days: int) -> None:
    """The night so many days after the cohort's last one."""
    clock.set(datetime.combine(world.cohort.ends_on, clock.now.timetz()) + timedelta(days=days))
    async with kit.store.write(TEAM) as tx:
        if days > kit.keeping.text_days:
            await keeping.forget_texts(tx, [world.cohort.id])
        if days > kit.keeping.row_days:
            for user_id, person_id in await keeping.forget_people(tx, [world.cohort.id]):
                await keeping.erase(tx, user_id, person_id)


async def test_the_years_take_the_urns_and_leave_every_byte_of_what_was_published(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    await sweep(kit, clock)
    await close(kit, world.cohort.id)
    await sweep(kit, clock)
    late = FigureKind.LATER_180_JUNIOR
    await remember_all(kit, pairs, late)
    before = await published(kit)
    assert len(before["release"]) == 1 and len(before["digest"]) == 2
    await retain(kit, clock, world, 181)
    async with kit.store.read(TEAM) as tx:
        assert len(await reports.pool(tx, world.cohort.id, KIND)) == 20, "without answers, for other cohorts' figures"
        assert len(await reports.pool(tx, world.cohort.id, late)) == 20, "half a year later is counted after that"
    assert await people(kit, world) == (21, 21)
    await retain(kit, clock, world, 366)
    async with kit.store.read(TEAM) as tx:
        assert await tx.conn.scalar(select(t.urn.c.kind)) is None
    assert await published(kit) == before


async def test_nobody_is_in_a_second_closing_figure_though_the_answers_to_the_first_are_long_gone(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    """Of two totals that count the same people but one, the difference would be that one's answer."""
    pairs = await add_pairs(kit, world.cohort, 8)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    await close(kit, world.cohort.id)
    await sweep(kit, clock)
    assert [one.n for one in await releases(kit, world)] == [8]
    autumn = replace(world.cohort, id=new_id(), name="Autumn")
    async with kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, autumn)
        for two in pairs:
            place = Participant(new_id(), TEAM, two.junior.id, autumn.id, Enrolment.PAIRED, "1", kit.clock(), JUNIOR)
            await enrol.save_participant(tx, place, kit.clock())
    for days in (181, 366):
        await retain(kit, clock, world, days)
    again = await add_pairs(kit, autumn, 9)
    assert [two.junior.id for two in again[:8]] == [two.junior.id for two in pairs]
    await everybody_answers(kit, again, YES)
    async with kit.store.write(TEAM) as tx:
        await programme.move_cohort(tx, autumn.id, CohortState.OPEN, CohortState.CLOSED)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        assert len(await reports.pool(tx, autumn.id, KIND)) == 9
        assert await reports.releases(tx, autumn.id, KIND) == [], "one new one among eight who were counted before"


async def in_autumn(kit: Kit, world: World, first: int, then: int) -> tuple[Cohort, list[Two]]:
    """A first cohort of so many pairs with figures, and a second with the same people and some more, who all answer."""
    await everybody_answers(kit, await add_pairs(kit, world.cohort, first), YES)
    await plan(kit, world)
    autumn = replace(world.cohort, id=new_id(), name="Autumn")
    async with kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, autumn)
    return autumn, await add_pairs(kit, autumn, then)


async def test_whom_a_closing_figure_counted_is_in_no_other_cohorts_draw(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    autumn, again = await in_autumn(kit, world, 8, 30)
    await close(kit, world.cohort.id)
    await sweep(kit, clock)
    assert [one.closing for one in await releases(kit, world)] == [True]
    await everybody_answers(kit, again, YES)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        spent = {one.person_id for one in await reports.pool(tx, autumn.id, KIND) if one.spent}
    assert len(spent) == 11 and not spent & {two.junior.id for two in again[:8]}, "half of the 22 new ones"


async def test_who_may_have_been_drawn_is_in_no_other_cohorts_closing_figure(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    autumn, again = await in_autumn(kit, world, 20, 9)
    await sweep(kit, clock)
    assert [one.closing for one in await releases(kit, world)] == [False]
    await everybody_answers(kit, again, YES)
    await close(kit, autumn.id)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        assert await reports.releases(tx, autumn.id, KIND) == []


async def test_whoever_had_everything_deleted_and_joins_again_is_in_no_second_closing_figure(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    """The log of consents is kept as proof, and says that this account took part there before this person was made."""
    pairs = await add_pairs(kit, world.cohort, 8)
    await agree(kit, world.cohort.id, pairs)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    await close(kit, world.cohort.id)
    await sweep(kit, clock)
    assert [one.n for one in await releases(kit, world)] == [8]
    for two in pairs[:6]:
        await gone(kit, two.junior.user_id)
    autumn = replace(world.cohort, id=new_id(), name="Autumn")
    async with kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, autumn)
    again = await add_pairs(kit, autumn, 12)
    await agree(kit, autumn.id, again)
    persons = [two.junior.id for two in again]
    assert not {two.junior.id for two in pairs[:6]} & set(persons)
    async with kit.store.read(TEAM) as tx:
        known = await reports.counted_elsewhere(tx, autumn.id, KIND, persons, closing=True)
        assert await reports.counted_elsewhere(tx, autumn.id, FigureKind.SAY_DO, persons, closing=False) == set()
    assert known == set(persons[:8]), "six who are new persons, two who are not, and none of the four others"


async def agree(kit: Kit, cohort_id: str, pairs: Collection[Two]) -> None:
    async with kit.store.write(TEAM) as tx:
        for two in pairs:
            await keeping.give_consent(tx, two.junior.user_id, cohort_id, "1", kit.clock())
