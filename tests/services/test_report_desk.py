"""What coordinators ask for between two digests: the last release and nothing newer; flags, lists, settings."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.report.activity import Concern
from bot.schedule.sweeps import run_due
from bot.services import report
from bot.services.kit import Actor, Kit
from bot.services.report import desk
from bot.views.report.digest import digest
from storage import programme
from storage import tables as t
from storage.ids import new_id
from storage.records.delivery import LetterState
from storage.report import letters
from tests.clockwork import MovableClock
from tests.services.many import YES, add_pairs, everybody_answers
from tests.services.weeks import pending, plan, releases, sweep
from tests.world import ANA, BO, CHI, TEAM, World

CHIS = Actor(TEAM, CHI)


async def test_commands_show_the_last_release_and_never_draw(kit: Kit, world: World, clock: MovableClock) -> None:
    pairs = await add_pairs(kit, world.cohort, 40)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    preview = await desk.preview(kit, CHIS)
    await desk.post_now(kit, CHIS)
    assert preview.digests[0].figures.reciprocity.published is None and not preview.digests[0].ahead
    assert await releases(kit, world) == []
    await sweep(kit, clock)
    shown = (await desk.preview(kit, CHIS)).digests[0].figures.reciprocity.published
    assert shown is not None and shown.n == 20


async def test_the_digest_can_be_posted_once_a_minute(kit: Kit, world: World) -> None:
    await desk.post_now(kit, CHIS)
    with pytest.raises(Refusal, match=r"report\.refused\.soon"):
        await desk.post_now(kit, CHIS)


async def test_flags_are_posted_once_when_something_comes_up_and_not_again_the_day_after(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await plan(kit, world)
    found = []
    for _ in range(16):
        at = (await pending(kit, Job.FLAGS))[0]
        clock.set(at)
        await run_due(kit)
        async with kit.store.read(TEAM) as tx:
            rows = await tx.conn.execute(select(t.outbox.c.due_at).where(t.outbox.c.kind == "report.flags"))
            found = [row.due_at for row in rows]
    assert [at.date().isoformat() for at in found] == ["2026-03-13"], "ten days after the pair began"
    async with kit.store.read(TEAM) as tx:
        facts = await report.weekly.flags(tx, world.programme, found[0])
    assert facts.cohorts[0][1] == ((Concern.NO_FIRST, 1),)
    await become(kit, LetterState.SKIPPED)
    clock.set((await pending(kit, Job.FLAGS))[0])
    await run_due(kit)
    async with kit.store.read(TEAM) as tx:
        assert len(await letters.states(tx, Kind.FLAGS, [f"{TEAM}:{clock():%Y-%m-%d}"])) == 1
        assert (await report.weekly.flags(tx, world.programme, clock())).cohorts == facts.cohorts, (
            "said again days later"
        )
    await become(kit, LetterState.SENT)
    async with kit.store.read(TEAM) as tx:
        assert not (await report.weekly.flags(tx, world.programme, clock() + timedelta(days=1))).cohorts


async def become(kit: Kit, state: LetterState) -> None:
    """What became of all flags so far."""
    async with kit.store.write(TEAM) as tx:
        await tx.conn.execute(update(t.outbox).where(t.outbox.c.kind == Kind.FLAGS).values(state=state.value))


@pytest.mark.parametrize("user", [ANA, BO, "U07NOBODY0"])
async def test_only_coordinators_see_the_digest_the_list_and_the_lights(kit: Kit, world: World, user: str) -> None:
    actor = Actor(TEAM, user)
    for call in (desk.preview, desk.post_now, desk.schedule, desk.health):
        with pytest.raises(Refusal, match=r"not_coordinator"):
            await call(kit, actor)
    with pytest.raises(Refusal, match=r"not_coordinator"):
        await desk.needs(kit, actor, world.cohort.id)


async def test_before_its_first_day_and_without_pairs_a_cohort_says_so(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        spring = await programme.cohort(tx, world.cohort.id)
        assert spring is not None
        later = replace(spring, id=new_id(), name="Autumn", starts_on=kit.clock().date() + timedelta(days=9))
        await programme.add_cohort(tx, later)
    spoken, ahead = (await desk.preview(kit, CHIS)).digests
    assert (spoken.ahead, ahead.ahead, ahead.cohort.name) == (False, True, "Autumn")
    said = str(digest(kit.words("en"), ahead).payload())
    assert "There are no pairs yet; the first day is" in said and "There are no figures yet" in said
    assert "week 1" not in said and "Every pair is on its way" not in said
    assert "One thing this week" not in said, "the next step is enough"


async def test_a_zone_that_is_none_is_refused_under_its_field(kit: Kit, world: World) -> None:
    with pytest.raises(Refusal) as refused:
        await desk.reschedule(kit, CHIS, 0, 9, "Atlantis/Deep", False)
    assert refused.value.field == "zone"
