"""What stands in Slack is taken away once, and what is gone already counts as done."""

from bot.delivery import chores
from bot.delivery.letters import Entry, Letters
from bot.domain.messages import Kind
from storage.records.delivery import LetterState
from tests.delivery.post_office import PLAIN, Office
from tests.world import ANA

LETTERS: Letters = {
    **PLAIN,
    Kind.REMOVE_MESSAGE: Entry(chores.load, chores.message),
    Kind.REMOVE_FILE: Entry(chores.load, chores.file),
}


async def sent(office: Office) -> tuple[str, str]:
    """Where a message to Ana stands."""
    office.courier = office.new_courier(letters=LETTERS)
    await office.queue(Kind.CHECKIN, ANA, "s1")
    await office.send()
    letter = await office.only()
    return str(letter.channel), str(letter.ts)


async def test_a_message_is_taken_away(office: Office) -> None:
    channel, ts = await sent(office)
    await office.queue(Kind.REMOVE_MESSAGE, channel, ts=ts)
    await office.send(seconds=2)
    assert office.texts() == []
    assert [letter.state for letter in await office.letters()] == [LetterState.SENT] * 2


async def test_what_is_gone_already_is_done(office: Office) -> None:
    channel, _ = await sent(office)
    await office.queue(Kind.REMOVE_MESSAGE, channel, ts="1.000001")
    await office.queue(Kind.REMOVE_FILE, "F0NONE")
    await office.send(seconds=2)
    assert {letter.state for letter in await office.letters()} == {LetterState.SENT}


async def test_a_lost_answer_is_followed_by_another_try_that_finds_it_gone(office: Office) -> None:
    channel, ts = await sent(office)
    office.fail("chat.delete", "drop_after")
    await office.queue(Kind.REMOVE_MESSAGE, channel, ts=ts)
    await office.send(seconds=2)
    await office.send(minutes=2)
    assert office.texts() == [] and office.calls()["chat.delete"] == 2
    assert (await office.letters())[-1].state is LetterState.SENT


async def test_a_rate_limit_holds_back_chores_and_nothing_else(office: Office) -> None:
    channel, ts = await sent(office)
    office.fail("chat.delete", "429", retry_after=30)
    await office.queue(Kind.REMOVE_MESSAGE, channel, ts=ts)
    await office.send(seconds=2)
    await office.queue(Kind.CHECKIN, ANA, "s2")
    await office.send(seconds=2)
    assert office.texts() == ["about s1", "about s2"]
    await office.send(seconds=31)
    assert office.texts() == ["about s2"]
