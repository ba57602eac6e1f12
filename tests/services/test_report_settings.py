"""What each cohort's digest may differ in, and when one is kept back."""

from dataclasses import replace

import pytest

from bot.domain.programme.setup import SlackChannel
from bot.domain.refusals import Refusal
from bot.domain.report.facts import Part
from bot.services.kit import Actor, Kit
from bot.services.report import desk, keeping, settings
from storage import outbox, programme
from storage import report as reports
from storage.records.report import Held
from storage.report import settings as kept
from tests.clockwork import MovableClock
from tests.services.weeks import plan, sweep
from tests.world import ANA, BO, CHANNEL, CHI, TEAM, World

CHIS = Actor(TEAM, CHI)
OWN = SlackChannel("C07OWN0001", private=True, member=True, archived=False)
GOOD = replace(OWN, id=CHANNEL)


@pytest.mark.parametrize("user", [ANA, BO, "U07NOBODY0"])
async def test_only_coordinators_change_a_cohorts_digest(kit: Kit, world: World, user: str) -> None:
    actor, cohort = Actor(TEAM, user), world.cohort.id
    for refused in (
        settings.setting_of(kit, actor, cohort), settings.pause(kit, actor, cohort, True),
        settings.save_setting(kit, actor, cohort, None, False, ()), settings.cohort_of(kit, actor, world.cohort.name),
        desk.post_now(kit, actor, cohort),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=r"not_coordinator"):
            await refused


@pytest.mark.parametrize("name", ["no such cohort", "SPRING 2"])
async def test_a_cohort_that_is_not_open_has_nothing_to_set(kit: Kit, world: World, name: str) -> None:
    with pytest.raises(Refusal, match=r"common\.errors\.no_such_cohort"):
        await settings.cohort_of(kit, CHIS, name)
    with pytest.raises(Refusal) as refused:
        await settings.cohort_of(kit, CHIS, "<!channel>")
    assert "&lt;!channel&gt;" in refused.value.params.values(), "what was typed calls nobody"
    with pytest.raises(Refusal, match=r"common\.errors\.gone"):
        await settings.setting_of(kit, CHIS, name)
    assert await settings.cohort_of(kit, CHIS, f"  {world.cohort.name.upper()} ") == world.cohort.id


@pytest.mark.parametrize("wrong", [{"private": False}, {"archived": True}, {"member": False}, {"shared": True}])
async def test_a_channel_that_others_read_or_nobody_does_is_refused_under_its_field(
    kit: Kit, world: World, wrong: dict[str, bool]
) -> None:
    with pytest.raises(Refusal) as refused:
        await settings.save_setting(kit, CHIS, world.cohort.id, replace(OWN, **wrong), False, ())
    assert refused.value.field == "channel"


async def test_a_paused_cohorts_answers_are_drawn_while_nothing_is_posted(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await plan(kit, world)
    await settings.pause(kit, CHIS, world.cohort.id, True)
    await sweep(kit, clock)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        assert await reports.digests(tx, world.cohort.id), "it is made all the same"
        assert not await outbox.waiting(tx, "report.digest", CHANNEL)


async def test_a_cohorts_own_channel_and_what_it_leaves_out_hold_for_every_digest(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await plan(kit, world)
    await settings.save_setting(kit, CHIS, world.cohort.id, OWN, False, [Part.CHART, Part.CARE])
    assert (await desk.preview(kit, CHIS)).digests[0].hidden == {Part.CHART, Part.CARE}
    await sweep(kit, clock)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        assert await outbox.waiting(tx, "report.digest", OWN.id)
        assert not await outbox.waiting(tx, "report.digest", CHANNEL)


@pytest.mark.parametrize(
    ("channel", "agreed", "why"),
    [
        (GOOD, False, None),
        (replace(GOOD, private=False), False, Held.PUBLIC),
        (replace(GOOD, private=False), True, None),
        (replace(OWN, private=False), True, Held.PUBLIC),
        (replace(GOOD, archived=True), True, Held.ARCHIVED),
        (replace(GOOD, member=False), False, Held.OUTSIDE),
        (replace(GOOD, shared=True), True, Held.SHARED),
    ],
)
async def test_only_the_channel_that_was_agreed_to_may_be_public(
    world: World, channel: SlackChannel, agreed: bool, why: Held | None
) -> None:
    assert keeping.problem_of(replace(world.programme, public_channel=agreed), channel) is why


async def test_a_digest_that_was_kept_back_is_posted_as_it_was_and_an_older_one_is_let_go(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await plan(kit, world)
    await sweep(kit, clock)
    await sweep(kit, clock)
    async with kit.store.write(TEAM) as tx:
        first = (await reports.digests(tx, world.cohort.id))[-1]
        await kept.hold(tx, first.id, Held.PUBLIC)
        assert [one.id for one in await kept.kept_back(tx)] == [first.id]
    assert await desk.post_now(kit, CHIS) == (CHANNEL,)
    async with kit.store.write(TEAM) as tx:
        assert await kept.kept_back(tx) == []
        await kept.hold(tx, first.id, Held.PUBLIC)
    await sweep(kit, clock)
    async with kit.store.read(TEAM) as tx:
        assert await kept.kept_back(tx) == [], "the next week's digest has come since"


async def test_an_agreement_to_a_public_channel_ends_with_the_channel(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.save(tx, replace(world.programme, public_channel=True))
    assert not (await desk.move_channel(kit, CHIS, OWN)).programme.public_channel
