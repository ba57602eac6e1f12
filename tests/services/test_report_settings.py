"""What each cohort's digest may differ in, and when one is kept back."""

from dataclasses import replace

import pytest

from bot.domain.programme.setup import SlackChannel
from bot.domain.refusals import Refusal, TooLate
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


async def test_what_held_before_is_taken_from_the_log_and_never_from_the_button(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    """The value names a line of the log; whatever else it claims is too late."""
    cohort = world.cohort.id
    first = (await settings.save_setting(kit, CHIS, cohort, OWN, False, [Part.CHART])).undo
    clock.move(minutes=1)
    second = (await settings.save_setting(kit, CHIS, cohort, None, True, ())).undo
    before = await settings.before_change(kit, CHIS, second)
    assert (before.channel, before.paused, before.hidden) == (OWN.id, False, ("chart",))
    claimed = f'{{"change":"digest.channel","subject":"{TEAM}","channel":"C07PUBLIC0","agreed":true}}'
    for value in (first, "", "no such line", claimed, "[" * 100_000, cohort):
        with pytest.raises(TooLate, match=r"report\.undo\.too_late"):
            await settings.before_change(kit, CHIS, value)
    for actor in (Actor(TEAM, ANA), Actor("T0OTHER", CHI)):
        with pytest.raises(Refusal):
            await settings.before_change(kit, actor, second)
    forged = replace(before, paused=True, hidden=())
    with pytest.raises(TooLate):
        await settings.save_setting(kit, CHIS, cohort, OWN, True, (), undoing=forged)
    await settings.save_setting(kit, CHIS, cohort, OWN, False, [Part.CHART], undoing=before)
    async with kit.store.read(TEAM) as tx:
        assert (await kept.setting(tx, cohort)).channel_id == OWN.id
        undone = (await programme.audit_since(tx, clock()))[0]
    for value in (second, undone.id):
        with pytest.raises(TooLate):
            await settings.before_change(kit, CHIS, value)


async def test_no_undo_leads_back_to_a_channel_that_others_read_by_now(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    """Whether it was public on purpose stands in the programme of before, not in the button."""
    undo = (await desk.move_channel(kit, CHIS, OWN)).undo
    before = await settings.before_change(kit, CHIS, undo)
    for wrong, key in (
        ({"private": False}, r"report\.refused\.public"), ({"archived": True}, "channel_archived"),
        ({"shared": True}, "channel_shared"), ({"member": False}, "channel_not_member"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=key):
            await desk.move_channel(kit, CHIS, replace(GOOD, **wrong), undoing=before)
    public = replace(GOOD, private=False)
    with pytest.raises(TooLate):
        await desk.move_channel(kit, CHIS, public, undoing=replace(before, agreed=True))
    assert (await desk.move_channel(kit, CHIS, GOOD, undoing=before)).programme.channel_id == CHANNEL
    async with kit.store.write(TEAM) as tx:
        known = await programme.get(tx)
        assert known is not None
        await programme.save(tx, replace(known, public_channel=True))
    undo = (await desk.move_channel(kit, CHIS, OWN)).undo
    before = await settings.before_change(kit, CHIS, undo)
    with pytest.raises(Refusal, match=r"report\.refused\.public"):
        await desk.move_channel(kit, CHIS, replace(public, id="C07OTHER01"), undoing=before)
    clock.move(minutes=1)
    async with kit.store.write(TEAM) as tx:
        await programme.note(tx, CHI, "programme.changed", TEAM, clock(), "zone")
    with pytest.raises(TooLate, match=r"report\.undo\.too_late"):
        await desk.move_channel(kit, CHIS, public, undoing=before)
