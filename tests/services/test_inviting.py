"""People are asked to take part: once, at a decent hour, with one reminder; their no is kept and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.enrol import Left, SlackProfile, Standing, stands
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import enrol
from bot.services.kit import Kit
from storage import enrol as people
from storage import programme, roster
from storage.records.enrol import Invitation, InvitationState, Side
from storage.records.programme import CohortState
from storage.records.roster import Listed
from tests.clockwork import MovableClock
from tests.services.town_hall import (
    COORDINATOR,
    IVY,
    JUNO,
    MAX,
    OTTO,
    about,
    account,
    actor,
    join,
    letters,
    receivers,
    work_until,
)
from tests.world import ANA, CHI, TEAM, World

BOT, GUEST, OTHER, GONE, NOBODY = "U07BOTTY00", "U07GUEST00", "U07OTHER00", "U07GONE000", "U07NOBODY0"
ACCOUNTS: dict[str, SlackProfile] = {
    **{user: account(user) for user in (JUNO, IVY, MAX, ANA)},
    BOT: replace(account(BOT), bot=True), GUEST: replace(account(GUEST), guest=True),
    OTHER: replace(account(OTHER), home_team="T07OTHER01"),
    GONE: replace(account(GONE), deactivated=True), OTTO: account(OTTO, "America/New_York"),
}  # fmt: skip


async def invitation_of(kit: Kit, user: str, world: World) -> Invitation:
    async with kit.store.read(TEAM) as tx:
        found = await people.invitation_of(tx, user, world.cohort.id)
    assert found is not None
    return found


async def ask(kit: Kit, *users: str) -> tuple[str, ...]:
    return (await enrol.invite(kit, COORDINATOR, "", users, ACCOUNTS)).asked


async def test_everybody_is_asked_once_and_who_is_not_is_named_with_the_reason(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, guests=False)
    everybody = [JUNO, IVY, JUNO, ANA, BOT, GUEST, OTHER, GONE, NOBODY]
    found = await enrol.invite(kit, COORDINATOR, "", everybody, ACCOUNTS)
    assert found.asked == (JUNO, IVY)
    assert dict(found.left) == {
        ANA: Left.TAKES_PART, BOT: Left.BOT, GUEST: Left.GUEST, OTHER: Left.STRANGER, GONE: Left.DEACTIVATED,
        NOBODY: Left.UNKNOWN,
    }  # fmt: skip
    again = await enrol.invite(kit, COORDINATOR, world.cohort.id, [JUNO, MAX], ACCOUNTS)
    assert (again.asked, again.left) == ((MAX,), ((JUNO, Left.ASKED),))
    assert await receivers(kit, Kind.INVITATION) == [JUNO, IVY, MAX]


async def test_nothing_is_stored_of_anybody_but_the_invitation(kit: Kit, world: World) -> None:
    await ask(kit, JUNO)
    async with kit.store.read(TEAM) as tx:
        assert await people.find(tx, JUNO) is None, "nobody is enrolled by being asked"


async def test_an_invitation_waits_for_the_receiver_s_own_morning(kit: Kit, world: World) -> None:
    await ask(kit, JUNO, OTTO)
    assert await letters(kit, Kind.INVITATION) == [
        (Kind.INVITATION, JUNO, datetime(2026, 3, 2, 9, tzinfo=UTC)),
        (Kind.INVITATION, OTTO, datetime(2026, 3, 2, 15, tzinfo=UTC)),
    ]


async def test_one_reminder_after_five_working_days_and_then_silence(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await ask(kit, JUNO, IVY, MAX)
    await enrol.decline(kit, actor(IVY), (await invitation_of(kit, IVY, world)).id)
    await join(kit, world, MAX, about(Side.SENIOR))
    await work_until(kit, clock, datetime(2026, 4, 30, tzinfo=UTC))
    assert await letters(kit, Kind.INVITATION_REMINDER) == [
        (Kind.INVITATION_REMINDER, JUNO, datetime(2026, 3, 9, 9, tzinfo=UTC))
    ]
    assert stands(await invitation_of(kit, JUNO, world), clock.now) is Standing.UNANSWERED


async def test_not_for_me_is_kept_can_be_undone_for_ten_minutes_and_is_never_asked_about_again(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await ask(kit, JUNO)
    asked = (await invitation_of(kit, JUNO, world)).id
    for _ in range(2):
        await enrol.decline(kit, actor(JUNO), asked)
    await enrol.take_back(kit, actor(JUNO), asked)
    assert (await invitation_of(kit, JUNO, world)).state is InvitationState.OPEN
    await enrol.decline(kit, actor(JUNO), asked)
    clock.move(minutes=11)
    with pytest.raises(Refusal, match="too_late"):
        await enrol.take_back(kit, actor(JUNO), asked)
    assert dict((await enrol.invite(kit, COORDINATOR, "", [JUNO], ACCOUNTS)).left) == {JUNO: Left.DECLINED}
    with pytest.raises(Refusal, match="said_no"):
        await enrol.ask_again(kit, COORDINATOR, asked)
    await join(kit, world, JUNO, about(Side.JUNIOR))  # changing one's mind is always possible


async def test_an_invitation_is_its_receiver_s_and_inviting_the_coordinators(kit: Kit, world: World) -> None:
    await ask(kit, JUNO)
    asked = (await invitation_of(kit, JUNO, world)).id
    for use in (enrol.decline(kit, actor(IVY), asked), enrol.take_back(kit, actor(CHI), asked)):
        with pytest.raises(Refusal, match="gone"):
            await use
    for use in (enrol.invite(kit, actor(ANA), "", [IVY], ACCOUNTS), enrol.ask_again(kit, actor(ANA), asked)):
        with pytest.raises(Refusal, match="not_coordinator"):
            await use
    with pytest.raises(Refusal, match="not_coordinator"):
        await enrol.unasked(kit, actor(ANA), "")


async def test_whoever_has_joined_cannot_say_no_any_more_and_no_letter_goes_out_to_them(kit: Kit, world: World) -> None:
    await ask(kit, JUNO)
    asked = (await invitation_of(kit, JUNO, world)).id
    await join(kit, world, JUNO, about(Side.JUNIOR))
    with pytest.raises(Refusal, match="joined"):
        await enrol.decline(kit, actor(JUNO), asked)
    with pytest.raises(Refusal, match="gone"):
        await enrol.ask_again(kit, COORDINATOR, asked)


async def test_the_reminder_can_be_sent_sooner_and_after_silence_all_can_be_asked_anew(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await ask(kit, JUNO)
    asked = (await invitation_of(kit, JUNO, world)).id
    await enrol.ask_again(kit, COORDINATOR, asked)
    assert await receivers(kit, Kind.INVITATION_REMINDER) == [JUNO]
    with pytest.raises(Refusal, match="reminded"):
        await enrol.ask_again(kit, COORDINATOR, asked)
    await work_until(kit, clock, datetime(2026, 3, 20, 9, tzinfo=UTC))
    assert await receivers(kit, Kind.INVITATION_REMINDER) == [JUNO], "the planned one does not come on top"
    await enrol.ask_again(kit, COORDINATOR, asked)
    await work_until(kit, clock, datetime(2026, 4, 20, 9, tzinfo=UTC))
    assert await receivers(kit, Kind.INVITATION) == [JUNO, JUNO]
    assert await receivers(kit, Kind.INVITATION_REMINDER) == [JUNO, JUNO]


async def test_everybody_on_the_list_who_was_not_asked_yet(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await roster.save(tx, [Listed(TEAM, user, user, kit.clock()) for user in (JUNO, IVY, MAX, ANA)])
    await ask(kit, IVY)
    assert set(await enrol.unasked(kit, COORDINATOR, "")) == {JUNO, MAX}
    desk = await enrol.invite_desk(kit, COORDINATOR)
    assert (desk.listed, desk.unasked) == (4, 2)


async def test_where_no_cohort_takes_people_nobody_is_asked(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, state=CohortState.CLOSED)
    for use in (enrol.invite_desk(kit, COORDINATOR), ask(kit, JUNO)):
        with pytest.raises(Refusal, match="no_cohort"):
            await use


async def test_a_thousand_are_asked_at_once_and_again_nobody(kit: Kit, world: World) -> None:
    users = [f"U07N{n:06}" for n in range(1000)]
    accounts = {user: account(user) for user in users}
    assert len((await enrol.invite(kit, COORDINATOR, "", users, accounts)).asked) == 1000
    assert (await enrol.invite(kit, COORDINATOR, "", users, accounts)).asked == ()
    assert len(await receivers(kit, Kind.INVITATION)) == 1000
