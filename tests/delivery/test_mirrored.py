"""Where Slack lets two people share no group message, each gets one copy, through crashes and lost answers."""

import pytest

from bot.domain.messages import Kind
from storage import leave, match, outbox
from tests.delivery.post_office import Office
from tests.faults.test_crash_points import die, until_quiet
from tests.world import ANA, BO, TEAM, World


@pytest.fixture(autouse=True)
def apart(office: Office) -> None:
    """Bo is of another company, and in no channel with Ana."""
    office.slack.workspace.user(BO).home_team = "T07OTHER01"
    for place in office.slack.workspace.conversations.values():
        if BO in place.members:
            place.members.remove(BO)


def inboxes(office: Office) -> dict[str, list[str]]:
    """What each of the two has read from the bot."""
    places = {place.members[0]: place for place in office.slack.workspace.conversations.values() if place.kind == "app"}
    return {user: office.texts(places[user].id) if user in places else [] for user in (ANA, BO)}


async def test_each_of_the_two_gets_it_once_and_the_pair_is_remembered(office: Office, world: World) -> None:
    await office.queue(Kind.PAIR_STARTED, world.pair.id)
    await office.send()
    assert inboxes(office) == {ANA: ["about x"], BO: ["about x"]}
    opened = office.calls()["conversations.open"]
    await office.queue(Kind.PAIR_STARTED, world.pair.id, "y")
    await office.send(seconds=5)
    assert inboxes(office) == {ANA: ["about x", "about y"], BO: ["about x", "about y"]}
    assert office.calls()["conversations.open"] == opened, "Slack is not asked again"
    async with office.kit.store.read(TEAM) as tx:
        pair = await match.get(tx, world.pair.id)
        again = await outbox.sent_about(tx, Kind.PAIR_STARTED, world.pair.id, {"subject": "y"})
    assert pair is not None
    assert (pair.mirrored, pair.channel_id) == (True, None)
    assert {one.to for one in again} == {ANA, BO}, "both are drawn again when something changes"


@pytest.mark.parametrize("point", ["leased", "drawn", "apart", "mirrored", "attempt_recorded", "sent", "marked"])
async def test_a_death_at_any_point_loses_and_doubles_nothing(office: Office, world: World, point: str) -> None:
    await office.queue(Kind.PAIR_STARTED, world.pair.id)
    await die(office, point)
    await until_quiet(office)
    assert inboxes(office) == {ANA: ["about x"], BO: ["about x"]}


async def test_a_lost_answer_to_one_of_them_doubles_nothing(office: Office, world: World) -> None:
    office.fail("chat.postMessage", "500_after")
    await office.queue(Kind.PAIR_STARTED, world.pair.id)
    await until_quiet(office)
    assert inboxes(office) == {ANA: ["about x"], BO: ["about x"]}


async def test_copies_that_wait_stop_with_the_pair(office: Office, world: World) -> None:
    await office.queue(Kind.PAIR_STARTED, world.pair.id)
    desk, now = office.courier.desk, office.clock()
    async with office.kit.store.write(TEAM) as tx:
        (letter,) = await outbox.lease(tx, desk.name, now, now + desk.pacing.lease, 1)
    assert await desk.split(letter)
    assert not await desk.split(letter), "and not once more"
    async with office.kit.store.write(TEAM) as tx:
        await leave.stop_letters(tx, world.pair.id)
    await until_quiet(office)
    assert inboxes(office) == {ANA: [], BO: []}
