"""A pair's space that is none any more: turned into a channel, archived, or without the app. A new one is opened."""

import pytest

from bot.domain.messages import Kind
from playground.records import Conversation
from storage import match
from tests.delivery.post_office import Office
from tests.world import TEAM, World


async def opened(office: Office, world: World) -> Conversation:
    """The space of the pair, with a message in it."""
    await office.queue(Kind.PAIR_STARTED, world.pair.id, "before")
    await office.send()
    async with office.kit.store.read(TEAM) as tx:
        pair = await match.get(tx, world.pair.id)
    assert pair is not None
    return office.slack.workspace.conversations[str(pair.channel_id)]


async def test_what_was_turned_into_a_channel_gets_nothing_more(office: Office, world: World) -> None:
    old = await opened(office, world)
    office.slack.workspace.turn_into_channel(old.id, "our-channel")
    await office.queue(Kind.PAIR_STARTED, world.pair.id, "after")
    await office.send(hours=48)
    assert office.texts(old.id) == ["about before"]
    assert office.texts() == ["about before", "about after"]
    again = await opened_again(office, world)
    assert again not in (old.id, None)


async def opened_again(office: Office, world: World) -> str | None:
    async with office.kit.store.read(TEAM) as tx:
        pair = await match.get(tx, world.pair.id)
    return pair.channel_id if pair else None


@pytest.mark.parametrize("way", ["archived", "left"])
async def test_a_space_that_is_gone_is_opened_anew_at_once(office: Office, world: World, way: str) -> None:
    old = await opened(office, world)
    office.slack.workspace.turn_into_channel(old.id, "our-channel")
    if way == "archived":
        old.is_archived = True
    else:
        old.members.remove(office.slack.bot_id)
    await office.queue(Kind.PAIR_STARTED, world.pair.id, "after")
    await office.send(seconds=5)
    assert office.texts() == ["about before"]
    await office.send(seconds=5)
    assert (office.texts(old.id), office.texts()) == (["about before"], ["about before", "about after"])


async def test_a_space_that_stays_one_is_asked_about_once_a_day(office: Office, world: World) -> None:
    await opened(office, world)
    for n in range(3):
        await office.queue(Kind.PAIR_STARTED, world.pair.id, str(n))
        await office.send(hours=1)
    assert office.calls()["conversations.open"] == 1
    await office.queue(Kind.PAIR_STARTED, world.pair.id, "later")
    await office.send(hours=72)
    assert office.calls()["conversations.open"] == 2
    assert len(office.texts()) == 5
