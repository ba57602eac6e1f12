"""Every way in which an answer of Slack's can be wrong, late or lost: nothing is lost, nothing comes twice in a DM."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.messages import Kind
from storage.records.delivery import UNCERTAIN, LetterState
from storage.tables import outbox
from tests.delivery.post_office import QUICK, Office
from tests.world import ANA, BO, TEAM, World

POST = "chat.postMessage"
GRACE = QUICK.grace.total_seconds()


@pytest.mark.parametrize("kind", ["500_after", "internal_error_after", "drop_after"])
async def test_a_message_that_arrived_without_an_answer_is_found_and_not_sent_again(office: Office, kind: str) -> None:
    office.fail(POST, kind)
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    assert (await office.only()).ambiguous and len(office.texts()) == 1
    await office.send(seconds=GRACE)
    letter = await office.only()
    assert letter.state is LetterState.SENT and letter.ts is not None
    assert len(office.texts()) == 1 and office.calls()["conversations.history"] == 1


@pytest.mark.parametrize("kind", ["500_before", "drop_before"])
async def test_a_message_that_never_arrived_is_sent_again_after_the_look(office: Office, kind: str) -> None:
    office.fail(POST, kind)
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    assert office.texts() == []
    await office.send(seconds=GRACE)
    assert len(office.texts()) == 1 and (await office.only()).attempts == 2
    assert office.calls()["conversations.history"] == 1


async def test_nothing_is_sent_again_before_the_grace_is_over(office: Office) -> None:
    office.fail(POST, "500_before")
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    assert await office.send(seconds=GRACE - 1) == 0


async def test_an_answer_that_comes_after_the_timeout_is_looked_for(office: Office) -> None:
    office.fail(POST, "slow", retry_after=QUICK.timeout.total_seconds() + 0.5)
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    assert (await office.only()).reason == "no_answer"
    await office.send(seconds=GRACE)
    assert (await office.only()).state is LetterState.SENT and len(office.texts()) == 1


async def test_a_message_that_shows_up_late_is_found_by_the_next_look(office: Office) -> None:
    office.fail(POST, "500_after")
    office.fail("conversations.history", "500_before")
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    await office.send(seconds=GRACE)
    assert (await office.only()).ambiguous, "a look that failed says nothing"
    assert await office.send(seconds=59) == 0, "one look a minute"
    await office.send(seconds=1)
    assert (await office.only()).state is LetterState.SENT and len(office.texts()) == 1


async def test_a_look_reads_on_where_more_than_a_page_was_said_since(office: Office) -> None:
    office.fail(POST, "500_after")
    await office.queue(Kind.CHECKIN, ANA, "lost answer")
    await office.send()
    for n in range(40):
        await office.queue(Kind.CHECKIN, ANA, f"later {n}")
    for _ in range(41):
        await office.send(seconds=1)
    await office.send(seconds=GRACE)
    assert office.texts().count("about lost answer") == 1
    assert await office.states() == {LetterState.SENT: 41}
    assert office.calls()["conversations.history"] == 3


async def test_too_many_requests_means_not_posted_and_moves_the_whole_method(office: Office) -> None:
    office.fail(POST, "429", retry_after=30)
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    letter = await office.only()
    assert not letter.ambiguous and letter.due_at == office.clock() + timedelta(seconds=30)
    await office.queue(Kind.CHECKIN, BO)
    assert await office.send(seconds=29) == 0, "the method is to be left alone, for every letter"
    assert await office.send(seconds=1) == 2
    assert len(office.texts()) == 2 and office.calls()["conversations.history"] == 0


async def test_a_home_still_goes_out_while_posting_is_held_back(office: Office) -> None:
    office.fail(POST, "429", retry_after=30)
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    await office.queue(Kind.HOME, BO)
    assert await office.send() == 1
    assert office.slack.views.home(BO) is not None


@pytest.mark.parametrize("kind", ["500_after", "drop_before"])
async def test_a_home_is_published_again_without_a_look(office: Office, kind: str) -> None:
    office.fail("views.publish", kind)
    await office.queue(Kind.HOME, ANA)
    await office.send()
    await office.send(seconds=60)
    assert (await office.only()).state is LetterState.SENT and office.slack.views.home(ANA) is not None
    assert office.calls()["conversations.history"] == 0


async def test_a_pair_space_gets_an_uncertain_message_once_more(office: Office, world: World) -> None:
    office.fail(POST, "500_before")
    await office.queue(Kind.PAIR_STARTED, world.pair.id)
    await office.send()
    await office.send(seconds=GRACE)
    assert len(office.texts()) == 1 and (await office.only()).state is LetterState.SENT
    assert office.calls()["conversations.history"] == 0


async def test_a_pair_space_is_not_tried_a_third_time(office: Office, world: World) -> None:
    office.fail(POST, "500_after", times=2)
    await office.queue(Kind.PAIR_STARTED, world.pair.id)
    await office.send()
    await office.send(seconds=GRACE)
    letter = await office.only()
    assert (letter.state, letter.reason) == (LetterState.DEAD, UNCERTAIN)
    assert await office.send(days=1) == 0 and len(office.texts()) == 2


async def test_a_conversation_that_could_not_be_opened_leaves_nothing_uncertain(office: Office) -> None:
    office.fail("conversations.open", "500_after")
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    letter = await office.only()
    assert not letter.ambiguous and letter.state is LetterState.WAITING
    await office.send(seconds=30)
    assert len(office.texts()) == 1 and office.calls()["conversations.history"] == 0


async def test_opening_conversations_waits_its_time_while_known_people_are_written_to(office: Office) -> None:
    await office.queue(Kind.CHECKIN, BO, "first")
    await office.send()
    office.fail("conversations.open", "429", retry_after=30)
    await office.queue(Kind.CHECKIN, ANA, "held")
    await office.send()
    await office.queue(Kind.CHECKIN, BO, "known")
    await office.send(seconds=5)
    assert office.texts() == ["about first", "about known"]
    await office.send(seconds=25)
    assert "about held" in office.texts() and office.calls()["conversations.open"] == 3


async def make_uncertain(office: Office) -> None:
    """As a restored backup has whatever waits: it may have arrived, and nobody knows where."""
    waiting = update(outbox).where(outbox.c.state == LetterState.WAITING)
    async with office.kit.store.write(TEAM) as tx:
        await tx.conn.execute(waiting.values(ambiguous=True, attempts=1, first_attempt_at=office.clock()))


async def test_a_look_whose_conversation_cannot_be_opened_yet_holds_up_no_other_look(office: Office) -> None:
    await office.queue(Kind.CHECKIN, BO, "first")
    await office.send()
    office.fail("conversations.open", "429", retry_after=300)
    await office.queue(Kind.CHECKIN, ANA, "held")
    await make_uncertain(office)
    await office.send()
    await office.queue(Kind.CHECKIN, BO, "known")
    await make_uncertain(office)
    await office.send(seconds=5)
    assert office.texts() == ["about first", "about known"] and office.calls()["conversations.history"] == 1
    await office.send(seconds=300)
    assert "about held" in office.texts()


async def test_uncertain_letters_whose_conversations_are_unknown_are_looked_for_in_turn(office: Office) -> None:
    wait = timedelta(seconds=3)
    office.courier = office.new_courier(pacing=replace(QUICK, opening=wait))
    for person in (ANA, BO):
        await office.queue(Kind.CHECKIN, person)
    await make_uncertain(office)
    await office.send()
    assert office.calls()["conversations.open"] == office.calls()["conversations.history"] == 1
    assert [letter.ambiguous for letter in await office.letters() if letter.state is LetterState.WAITING] == [True]
    await office.send(seconds=wait.total_seconds())
    assert office.calls()["conversations.open"] == office.calls()["conversations.history"] == 2
    assert len(office.texts()) == 2


async def test_a_person_who_is_gone_ends_the_letter_with_slacks_word(office: Office) -> None:
    await office.queue(Kind.CHECKIN, "U07NOBODY0")
    await office.send()
    letter = await office.only()
    assert (letter.state, letter.reason) == (LetterState.DEAD, "user_not_found")


async def test_a_channel_that_was_archived_ends_the_letter(office: Office) -> None:
    (channel,) = [c for c in office.slack.workspace.conversations.values() if c.kind == "private"][:1]
    channel.is_archived = True
    await office.queue(Kind.DIGEST, channel.id)
    await office.send()
    assert (await office.only()).reason == "is_archived"


async def test_a_revoked_token_ends_no_letter(office: Office) -> None:
    office.slack.token_states[office.slack.bot_token] = "token_revoked"
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    letter = await office.only()
    assert (letter.state, letter.reason) == (LetterState.WAITING, "token_revoked")
    office.slack.token_states.clear()
    await office.send(minutes=15)
    assert len(office.texts()) == 1


async def test_slack_that_cannot_be_reached_leaves_nothing_uncertain(office: Office) -> None:
    await office.queue(Kind.CHECKIN, ANA, "first")
    await office.send()
    await office.queue(Kind.CHECKIN, ANA, "second")
    await office.slack.stop()
    await office.send(seconds=5)
    second = (await office.letters())[1]
    assert second.state is LetterState.WAITING
    port = int(office.slack.base_url.rsplit(":", 1)[1])
    await office.slack.start(port=port)
    await office.send(seconds=GRACE)
    assert office.texts() == ["about first", "about second"]


async def test_an_uncertain_letter_past_its_time_is_still_looked_for_but_not_sent_again(office: Office) -> None:
    office.fail(POST, "500_before")
    await office.queue(Kind.CHECKIN, ANA, stale_at=office.clock() + timedelta(seconds=60))
    await office.send()
    await office.send(seconds=GRACE)
    assert (await office.only()).reason == "too late" and office.calls()["conversations.history"] == 1


async def test_retries_spread_out_and_end(office: Office) -> None:
    office.fail("conversations.open", "internal_error_after", times=None)
    await office.queue(Kind.CHECKIN, ANA)
    while (await office.only()).state is LetterState.WAITING:
        due_at = (await office.only()).due_at
        office.clock.set(max(office.clock(), due_at))
        await office.send()
    assert office.calls()["conversations.open"] == QUICK.most_attempts  # at night it waits, and does not count
    assert (await office.only()).reason == f"gave up after {QUICK.most_attempts} attempts: internal_error"
