"""The outbox's promises, against a real database."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.dialects import postgresql

from bot.domain.messages import Kind
from storage import outbox, pace
from storage.ids import new_id, new_nonce
from storage.records.delivery import UNCERTAIN, Letter, LetterState, Priority, Target
from storage.store import Store
from tests.clockwork import MONDAY

pytestmark = pytest.mark.both
TEAM = "T1"
LEASE = timedelta(seconds=120)
GRACE = timedelta(seconds=90)


def letter(**changes: object) -> Letter:
    row = Letter(
        id=new_id(), team_id=TEAM, key=new_id(), kind=Kind.CHECKIN, target=Target.PERSON, to=f"U{new_nonce()[:9]}",
        params={}, priority=Priority.PERSONAL, due_at=MONDAY, stale_at=None, state=LetterState.WAITING, attempts=0,
        nonce=new_nonce(), ambiguous=False, first_attempt_at=None, channel=None, ts=None, reason=None,
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


async def queue(store: Store, *letters: Letter) -> None:
    for one in letters:
        async with store.write(one.team_id) as tx:
            await outbox.add(tx, one)


async def lease(store: Store, courier: str, now: datetime = MONDAY, limit: int = 10) -> list[str]:
    async with store.write(TEAM) as tx:
        return [one.id for one in await outbox.lease(tx, courier, now, now + LEASE, limit)]


async def state(store: Store, letter_id: str) -> Letter:
    async with store.read(TEAM) as tx:
        found = await outbox.get(tx, letter_id)
    assert found is not None
    return found


async def attempt(store: Store, letter_id: str, courier: str, now: datetime = MONDAY) -> bool:
    async with store.write(TEAM) as tx:
        until = now + timedelta(seconds=20)
        return bool(await outbox.record_attempts(tx, {letter_id: "D1"}, courier, now, until=until))


async def test_the_same_key_is_queued_once_in_a_workspace(store: Store) -> None:
    async with store.write(TEAM) as tx:
        assert await outbox.add(tx, letter(key="checkin.invite:1"))
        assert not await outbox.add(tx, letter(key="checkin.invite:1"))
    async with store.write("T2") as tx:
        assert await outbox.add(tx, letter(key="checkin.invite:1", team_id="T2"))


async def test_a_letter_rolled_back_with_its_fact_was_never_queued(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.write(TEAM) as tx:
            await outbox.add(tx, letter(key="k"))
            raise ZeroDivisionError
    assert await lease(store, "a") == []


async def test_two_couriers_never_lease_the_same_letter(store: Store) -> None:
    await queue(store, *(letter() for _ in range(40)))
    taken = await asyncio.gather(*(lease(store, f"courier-{n}", limit=7) for n in range(8)))
    ids = [letter_id for batch in taken for letter_id in batch]
    ids += await lease(store, "late", limit=40)  # what another's lock hid for a moment is still there
    assert len(ids) == len(set(ids)) == 40


async def test_a_lease_that_ran_out_may_be_taken_by_another(store: Store) -> None:
    one = letter()
    await queue(store, one)
    assert await lease(store, "a") == [one.id]
    assert await lease(store, "b", MONDAY + LEASE - timedelta(seconds=1)) == []
    assert await lease(store, "b", MONDAY + LEASE) == [one.id]


async def test_who_lost_the_lease_changes_nothing(store: Store) -> None:
    one = letter()
    await queue(store, one)
    await lease(store, "a")
    await lease(store, "b", MONDAY + LEASE)
    async with store.write(TEAM) as tx:
        assert not await outbox.put_off(tx, one.id, "a", MONDAY, "late", ambiguous=True)
        assert not await outbox.end(tx, one.id, "a", LetterState.DEAD, "late")
    assert not await attempt(store, one.id, "a", MONDAY + LEASE)
    assert await attempt(store, one.id, "b", MONDAY + LEASE)


async def test_an_attempt_is_refused_when_the_lease_would_end_before_the_answer_can_come(store: Store) -> None:
    one = letter()
    await queue(store, one)
    await lease(store, "a")
    assert not await attempt(store, one.id, "a", MONDAY + LEASE - timedelta(seconds=10))


async def test_an_attempt_is_recorded_once_with_its_time_and_place(store: Store) -> None:
    one = letter()
    await queue(store, one)
    await lease(store, "a")
    assert await attempt(store, one.id, "a")
    assert not await attempt(store, one.id, "a")
    after = await state(store, one.id)
    assert (after.state, after.attempts, after.channel) == (LetterState.SENDING, 1, "D1")
    assert after.first_attempt_at == after.last_attempt_at == MONDAY


async def test_what_a_dead_courier_was_sending_becomes_ambiguous_after_its_lease_and_waits_out_the_grace(
    store: Store,
) -> None:
    one = letter()
    await queue(store, one)
    await lease(store, "a")
    await attempt(store, one.id, "a")
    async with store.write(TEAM) as tx:
        assert await outbox.recover(tx, MONDAY + LEASE - timedelta(seconds=1), GRACE) == 0
        assert await outbox.recover(tx, MONDAY + LEASE, GRACE) == 1
    after = await state(store, one.id)
    assert (after.state, after.ambiguous, after.due_at) == (LetterState.WAITING, True, MONDAY + LEASE + GRACE)
    assert await lease(store, "b", MONDAY + LEASE + GRACE - timedelta(seconds=1)) == []


@pytest.mark.parametrize("target", [Target.PAIR, Target.CHANNEL])
async def test_a_second_uncertain_send_where_nobody_can_look_is_set_aside(store: Store, target: Target) -> None:
    one = letter(target=target, ambiguous=True)
    await queue(store, one)
    await lease(store, "a")
    await attempt(store, one.id, "a")
    async with store.write(TEAM) as tx:
        await outbox.recover(tx, MONDAY + LEASE, GRACE)
        assert [found.id for found in await outbox.dead(tx)] == [one.id]
    assert (await state(store, one.id)).reason == UNCERTAIN


async def test_the_only_process_may_end_all_leases_at_its_start(store: Store) -> None:
    one = letter()
    await queue(store, one)
    await lease(store, "dead")
    async with store.write(TEAM) as tx:
        assert await outbox.teams_leased(tx, MONDAY) == [TEAM]
        assert await outbox.expire_leases(tx, MONDAY) == 1
    assert await lease(store, "alive") == [one.id]


async def test_a_safety_message_goes_before_ten_thousand_others(store: Store) -> None:
    crowd = [letter(due_at=MONDAY - timedelta(hours=1)) for _ in range(50)]
    urgent = letter(priority=Priority.SAFETY)
    await queue(store, *crowd, urgent)
    assert await lease(store, "a", limit=1) == [urgent.id]


async def test_only_safety_messages_are_leased_when_only_they_are_asked_for(store: Store) -> None:
    urgent = letter(priority=Priority.SAFETY)
    await queue(store, letter(), urgent)
    async with store.write(TEAM) as tx:
        taken = await outbox.lease(tx, "a", MONDAY, MONDAY + LEASE, 10, most=Priority.SAFETY)
    assert [one.id for one in taken] == [urgent.id]


async def test_one_receiver_gets_one_letter_at_a_time_in_order(store: Store) -> None:
    second = letter(to="U1")
    first = letter(to="U1", due_at=MONDAY - timedelta(minutes=1))
    home = letter(to="U1", target=Target.HOME)
    await queue(store, second, first, home)
    assert set(await lease(store, "a")) == {first.id, home.id}


async def test_a_receiver_whose_turn_is_later_is_not_leased(store: Store) -> None:
    held, free = letter(to="U1"), letter(to="U2")
    await queue(store, held, free)
    async with store.write(TEAM) as tx:
        gap = timedelta(seconds=1)
        assert await pace.slots(tx, {pace.receiver(Target.PERSON, "U1")}, MONDAY, gap)
        assert not await pace.slots(tx, {pace.receiver(Target.PERSON, "U1")}, MONDAY, gap)
    assert await lease(store, "a") == [free.id]
    assert await lease(store, "a", MONDAY + timedelta(seconds=1)) == [held.id]


async def test_turns_that_have_passed_are_forgotten(store: Store) -> None:
    async with store.write(TEAM) as tx:
        await pace.hold(tx, "chat.postMessage", MONDAY)
        await pace.hold(tx, "views.publish", MONDAY + timedelta(seconds=5))
        assert await pace.forget(tx, MONDAY + timedelta(seconds=1)) == 1
        assert list(await pace.held(tx, MONDAY, ["chat.postMessage", "views.publish"])) == ["views.publish"]


async def test_a_letter_taken_back_in_time_is_never_sent_and_one_under_way_cannot_be(store: Store) -> None:
    back, going = letter(key=f"{Kind.BOOKED}:1"), letter(key=f"{Kind.BOOKED}:2")
    await queue(store, back, going)
    async with store.write(TEAM) as tx:
        assert await outbox.cancel(tx, Kind.BOOKED, "1", "undone")
    await lease(store, "a")
    await attempt(store, going.id, "a")
    async with store.write(TEAM) as tx:
        assert not await outbox.cancel(tx, Kind.BOOKED, "2", "undone")
        assert await outbox.counts(tx) == {LetterState.SKIPPED: 1, LetterState.SENDING: 1}


async def test_waiting_sees_only_letters_that_nobody_tried(store: Store) -> None:
    one = letter(kind=Kind.HOME, target=Target.HOME, to="U1")
    await queue(store, one)
    async with store.write(TEAM) as tx:
        assert await outbox.waiting(tx, Kind.HOME, "U1")
        assert not await outbox.waiting(tx, Kind.HOME, "U2")
    await lease(store, "a")
    await attempt(store, one.id, "a")
    async with store.write(TEAM) as tx:
        assert not await outbox.waiting(tx, Kind.HOME, "U1")


async def test_a_late_answer_still_marks_a_letter_that_another_courier_took_over(store: Store) -> None:
    one = letter()
    await queue(store, one)
    await lease(store, "slow")
    await attempt(store, one.id, "slow")
    async with store.write(TEAM) as tx:
        await outbox.recover(tx, MONDAY + LEASE, GRACE)
        assert await outbox.mark_sent(tx, one.id, "D1", "1.000001")
        assert not await outbox.mark_sent(tx, one.id, "D1", "2.000002")
    after = await state(store, one.id)
    assert (after.state, after.ts, after.ambiguous) == (LetterState.SENT, "1.000001", False)


async def test_every_question_stays_inside_its_workspace(store: Store) -> None:
    other = letter(team_id="T2", to="U1", channel="D2")
    await queue(store, other)
    async with store.write(TEAM) as tx:
        assert await outbox.get(tx, other.id) is None
        assert await outbox.lease(tx, "a", MONDAY, MONDAY + LEASE, 5) == []
        assert await outbox.channel_of(tx, Target.PERSON, "U1") is None
        assert await outbox.counts(tx) == {}
        assert await outbox.teams_due(tx, MONDAY) == {}
        assert await outbox.next_at(tx) is None
    async with store.read("") as tx:
        assert await outbox.teams_due(tx, MONDAY) == {"T2": {(LetterState.WAITING, Target.PERSON)}}


async def test_the_next_moment_is_the_earliest_waiting_letter_or_lease_to_recover(store: Store) -> None:
    async with store.read("") as tx:
        assert await outbox.next_at(tx) is None
    soon, later = letter(), letter(due_at=MONDAY + timedelta(hours=3))
    await queue(store, soon, later)
    await lease(store, "a")
    await attempt(store, soon.id, "a")
    async with store.read("") as tx:
        assert await outbox.next_at(tx) == MONDAY + LEASE


async def test_postgresql_is_asked_to_skip_what_another_courier_has_locked() -> None:
    asked: list[str] = []

    class Recorder:
        """Stands where a PostgreSQL connection would, and keeps the statements as that database would read them."""

        class dialect:
            name = "postgresql"

        async def execute(self, statement: object) -> list[object]:
            asked.append(str(statement.compile(dialect=postgresql.dialect())))  # type: ignore[attr-defined]
            return []

    from storage.store import Tx

    tx = Tx(Recorder(), None, TEAM)  # type: ignore[arg-type]
    assert await outbox.lease(tx, "a", MONDAY, MONDAY + LEASE, 5) == []
    assert "FOR UPDATE OF outbox SKIP LOCKED" in asked[0]
