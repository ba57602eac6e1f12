"""What people receive, and what becomes of the letters: against the playground over real HTTP."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import courier as couriers
from bot.delivery.letters import Entry
from bot.domain.delivery import Pacing
from bot.domain.messages import Kind
from bot.services.post import post
from bot.views.parts import Message
from prompts import Words
from storage import enrol, match
from storage.records.delivery import LetterState, Priority
from tests.delivery.post_office import PLAIN, QUICK, Office, load_plain
from tests.world import ANA, BO, TEAM, World

pytestmark = pytest.mark.both


async def test_a_person_gets_the_letter_in_the_bots_dm_with_its_opaque_id(office: Office) -> None:
    await office.queue(Kind.CHECKIN, ANA, "s1")
    assert await office.send() == 1
    letter = await office.only()
    place = office.slack.workspace.known_direct(ANA)
    assert place is not None and letter.channel == place.id
    message = place.messages[letter.ts or ""]
    assert message.text == "about s1"
    assert message.metadata == {"event_type": "revmentor_letter", "event_payload": {"id": letter.nonce}}
    assert message.blocks[-1]["block_id"] == letter.nonce
    assert letter.state is LetterState.SENT and letter.attempts == 1


async def test_the_opaque_id_names_neither_the_letter_nor_its_subject(office: Office) -> None:
    await office.queue(Kind.CHECKIN, ANA, "s1")
    letter = await office.only()
    assert not {letter.nonce} & {letter.id, letter.key, "s1"} and "-" not in letter.nonce


async def test_a_dm_is_opened_once_and_remembered_by_the_next_courier(office: Office) -> None:
    await office.queue(Kind.CHECKIN, ANA, "s1")
    await office.send()
    await office.queue(Kind.CHECKIN, ANA, "s2")
    office.courier = office.new_courier()
    await office.send(seconds=2)
    assert office.texts() == ["about s1", "about s2"]
    assert office.calls()["conversations.open"] == 1


async def test_a_pair_gets_its_letter_in_a_group_dm_that_is_kept(office: Office, world: World) -> None:
    await office.queue(Kind.PAIR_STARTED, world.pair.id, "start")
    await office.send()
    async with office.kit.store.read(TEAM) as tx:
        pair = await match.get(tx, world.pair.id)
    assert pair is not None and pair.channel_id is not None
    place = office.slack.workspace.conversations[pair.channel_id]
    assert {ANA, BO} <= set(place.members) and office.texts(place.id) == ["about start"]


async def test_a_letter_for_a_pair_that_is_gone_is_skipped_with_the_reason(office: Office) -> None:
    await office.queue(Kind.PAIR_STARTED, "no-such-pair")
    await office.send()
    assert (await office.only()).reason == "its pair is gone"
    assert (await office.only()).state is LetterState.SKIPPED


async def test_a_home_is_published_in_its_owners_language(office: Office, world: World) -> None:
    async with office.kit.store.write(TEAM) as tx:
        await enrol.set_person(tx, world.ana.id, locale="en-GB")
    await office.queue(Kind.HOME, ANA, "today")
    await office.send()
    home = office.slack.views.home(ANA)
    assert home is not None and "en: today" in str(office.slack.views.to_slack(home))
    assert (await office.only()).state is LetterState.SENT


async def test_what_is_no_longer_relevant_is_skipped_and_said_so(office: Office) -> None:
    await office.queue(Kind.CHECKIN, ANA, "irrelevant")
    await office.send()
    letter = await office.only()
    assert (letter.state, letter.reason) == (LetterState.SKIPPED, "no longer relevant")
    assert office.texts() == []


async def test_what_is_past_its_time_is_never_sent_late(office: Office) -> None:
    await office.queue(Kind.CHECKIN, ANA, stale_at=office.clock() + timedelta(hours=1))
    await office.send(hours=1)
    letter = await office.only()
    assert (letter.state, letter.reason) == (LetterState.SKIPPED, "too late")
    assert office.texts() == []


async def test_what_is_due_later_waits(office: Office) -> None:
    await office.queue(Kind.CHECKIN, ANA)
    office.clock.move(seconds=-1)
    assert await office.send() == 0
    assert await office.send(seconds=1) == 1


async def test_a_poisoned_letter_is_set_aside_and_the_others_go_out(office: Office) -> None:
    def draw_badly(words: Words, facts: str) -> Message:
        raise LookupError("a secret that somebody typed")

    office.courier = office.new_courier(letters={**PLAIN, Kind.DID_YOU_MEET: Entry(load_plain, draw_badly)})
    await office.queue(Kind.DID_YOU_MEET, ANA)
    await office.queue(Kind.CHECKIN, BO)
    await office.send()
    dead, sent = sorted(await office.letters(), key=lambda letter: letter.state)
    assert (dead.state, sent.state) == (LetterState.DEAD, LetterState.SENT)
    assert dead.reason == "could not be drawn: LookupError", "the reason must not quote what people typed"


async def test_facts_that_cannot_be_loaded_are_tried_again_and_set_aside_in_the_end(office: Office) -> None:
    async def load_badly(*_: object) -> None:
        raise OSError

    office.courier = office.new_courier(letters={Kind.CHECKIN: Entry(load_badly, PLAIN[Kind.CHECKIN].draw)})
    await office.queue(Kind.CHECKIN, ANA)
    await office.send()
    assert (await office.only()).state is LetterState.WAITING
    for _ in range(QUICK.most_refusals):
        await office.send(hours=1)
    assert (await office.only()).state is LetterState.DEAD


async def test_a_kind_that_nobody_draws_is_set_aside(office: Office) -> None:
    await office.queue(Kind.JOINED, ANA)
    await office.send()
    assert (await office.only()).reason == "nobody knows how to draw this kind"


async def test_a_kind_may_prepare_something_before_it_is_drawn(office: Office) -> None:
    prepared: list[str] = []

    async def prepare(_kit: object, client: object, letter: object) -> None:
        prepared.append(type(client).__name__)

    entry = PLAIN[Kind.DIGEST]
    office.courier = office.new_courier(letters={Kind.DIGEST: Entry(entry.load, entry.draw, prepare)})
    (channel,) = [c for c in office.slack.workspace.conversations.values() if c.kind == "private"][:1]
    await office.queue(Kind.DIGEST, channel.id, "figures")
    await office.send()
    assert prepared == ["AsyncWebClient"] and office.texts(channel.id) == ["about figures"]


async def test_one_conversation_gets_about_one_message_a_second_in_order(office: Office) -> None:
    for n in range(3):
        await office.queue(Kind.CHECKIN, ANA, f"s{n}")
    sent = []
    for _ in range(4):
        await office.send()
        sent.append(len(office.texts()))
        office.clock.move(seconds=1)
    assert sent == [1, 2, 3, 3]
    assert office.texts() == ["about s0", "about s1", "about s2"]


async def test_a_workspace_has_a_budget_and_a_safety_message_never_waits_for_it(office: Office) -> None:
    people = [user.id for user in office.slack.workspace.users.values() if not user.is_bot]
    office.courier = office.new_courier(pacing=Pacing(per_minute=50, opening=timedelta(0)))  # five in six seconds
    for person in people[:12]:
        await office.queue(Kind.CHECKIN, person, "crowd")
    await office.send()
    assert len(office.texts()) == 5
    async with office.kit.store.write(TEAM) as tx:
        from sqlalchemy import update

        from storage.tables import outbox as table

        await tx.conn.execute(
            update(table).where(table.c.to == people[11]).values(priority=Priority.SAFETY, params={"subject": "safety"})
        )
    await office.send()
    assert office.texts().count("about safety") == 1 and len(office.texts()) == 6
    await office.send(seconds=6.1)
    assert len(office.texts()) == 11


async def test_two_couriers_at_once_send_each_letter_once(office: Office) -> None:
    people = [user.id for user in office.slack.workspace.users.values() if not user.is_bot]
    for person in people:
        await office.queue(Kind.CHECKIN, person, "both")
    other = office.new_courier()
    await asyncio.gather(office.courier.send_due(), other.send_due())
    assert len(office.texts()) == len(people)
    assert await office.states() == {LetterState.SENT: len(people)}


async def test_a_commit_tells_when_a_letter_was_queued_and_only_then(office: Office) -> None:
    told: list[bool] = []
    office.kit.store.when_queued = lambda: told.append(True)
    await office.queue(Kind.CHECKIN, ANA)
    assert told == [True]
    async with office.kit.store.write(TEAM) as tx:
        await post(tx, Kind.CHECKIN, ANA, f"{ANA}:x", office.clock(), subject="x")  # the same key again
    with pytest.raises(LookupError):
        async with office.kit.store.write(TEAM) as tx:
            await post(tx, Kind.CHECKIN, ANA, "another", office.clock(), subject="x")
            raise LookupError
    assert told == [True]


async def test_a_courier_is_woken_by_a_commit_and_stops_within_its_time(office: Office) -> None:
    working = asyncio.create_task(office.courier.run())
    await office.queue(Kind.CHECKIN, ANA)
    office.courier.woken.set()
    async with asyncio.timeout(5):
        while not office.texts():
            await asyncio.sleep(0)
        await office.courier.stop()
        await working
    assert (await office.only()).state is LetterState.SENT


async def test_told_to_stop_while_it_leases_it_carries_what_it_leased_and_ends_before_anything_is_closed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(couriers, "_REST", 3600.0)
    await office.queue(Kind.CHECKIN, ANA)
    async with office.kit.store.write(TEAM):
        working = asyncio.create_task(office.courier.run())
        await asyncio.sleep(0.05)  # the lease waits for its turn
        stopping = asyncio.create_task(office.courier.stop(30))
        await asyncio.sleep(0)
        assert not stopping.done()
    async with asyncio.timeout(20):
        await stopping
    assert working.done() and (await office.only()).state is LetterState.SENT


async def test_what_is_still_under_way_when_the_time_is_over_has_ended_too(office: Office) -> None:
    await office.queue(Kind.CHECKIN, ANA)
    async with office.kit.store.write(TEAM):
        working = asyncio.create_task(office.courier.run())
        await asyncio.sleep(0.05)
        await office.courier.stop(0.01)
        assert working.done(), "it would go on when the store is closed"
    assert office.texts() == []


async def test_one_connection_serves_many_sends(office: Office) -> None:
    client = await office.clients(TEAM)
    again = await office.clients(TEAM)
    assert client.session is again.session and client.retry_handlers == []


async def test_one_call_sends_a_crowd_much_larger_than_its_seats(office: Office) -> None:
    people = [user.id for user in office.slack.workspace.users.values() if not user.is_bot]
    for seats in (1, 2, 5):
        office.courier = office.new_courier(pacing=replace(QUICK, abreast=seats))
        for person in people:
            await office.queue(Kind.CHECKIN, person, f"seats {seats}")
        assert await office.send(seconds=2) == len(people)
