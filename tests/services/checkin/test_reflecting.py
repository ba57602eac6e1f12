"""The senior's reflection: empty or not, shared or not, with one dated promise."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.checkin import Mirror, Reflected
from bot.domain.messages import Kind
from bot.domain.refusals import Refusals
from bot.services import checkin as checkins
from bot.services.kit import Kit
from storage import checkin, commit
from storage.records.checkin import CheckinState, Reflection
from storage.records.commit import CommitmentKind
from tests.clockwork import MovableClock
from tests.held import SENIOR, asked, letters, state_of
from tests.world import TEAM, World

PROMISE = {"text": "When the rota is planned, I will ask the phones first", "due_on": date(2026, 3, 20)}


async def reflect(kit: Kit, checkin_id: str, **changes: Any) -> Reflected:
    given: dict[str, Any] = {"learned": "Whom to ask", "shared": True, "text": "", "due_on": None} | changes
    return await checkins.reflect(kit, SENIOR, checkin_id, **given)


async def read(kit: Kit, world: World, checkin_id: str) -> tuple[Reflection | None, list[Reflection], int]:
    """The senior's own reflection, what the junior may see, and how many commitments there are."""
    async with kit.store.read(TEAM) as tx:
        own = await checkin.reflection(tx, checkin_id)
        return own, await checkin.shared_of_pair(tx, world.pair.id), len(await commit.of_pair(tx, world.pair.id))


async def test_an_empty_reflection_is_enough(kit: Kit, world: World, clock: MovableClock) -> None:
    _, theirs = await asked(kit, world, clock)
    facts = await reflect(kit, theirs.id, learned="")
    own, shared, promises = await read(kit, world, theirs.id)
    assert own is not None
    assert (own.learned, shared, promises, facts.shared) == (None, [], 0, False)
    assert await state_of(kit, theirs) is CheckinState.ANSWERED


async def test_what_was_learned_is_seen_by_the_junior_only_where_it_is_shared(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    _, theirs = await asked(kit, world, clock)
    await reflect(kit, theirs.id)
    assert [r.learned for r in (await read(kit, world, theirs.id))[1]] == ["Whom to ask"]
    await reflect(kit, theirs.id, shared=False)
    own, shared, _ = await read(kit, world, theirs.id)
    assert own is not None
    assert (own.learned, shared) == ("Whom to ask", [])


async def test_a_promise_becomes_a_commitment_that_the_pair_space_hears_of_in_ten_minutes(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    _, theirs = await asked(kit, world, clock)
    made = (await reflect(kit, theirs.id, **PROMISE)).commitment
    assert made is not None
    assert (made.text, made.due_on, made.kind, made.checkin_id) == (
        PROMISE["text"], PROMISE["due_on"], CommitmentKind.BEHAVIOUR, theirs.id,
    )  # fmt: skip
    told = await letters(kit, Kind.COMMITMENT_MADE)
    assert [(letter.to, letter.due_at - clock.now) for letter in told] == [(world.pair.id, timedelta(minutes=10))]


async def test_pressing_twenty_times_makes_one_commitment(kit: Kit, world: World, clock: MovableClock) -> None:
    _, theirs = await asked(kit, world, clock)
    await asyncio.gather(*(reflect(kit, theirs.id, **PROMISE) for _ in range(20)))
    assert (await read(kit, world, theirs.id))[2] == 1
    assert len(await letters(kit, Kind.COMMITMENT_MADE)) == 1


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"text": "When …"}, ["commit.due_on"]),
        ({"due_on": date(2026, 3, 20)}, ["commit.text"]),
        ({"text": "When …", "due_on": date(2026, 3, 3)}, ["commit.due_on"]),
        ({"text": "x" * 301, "due_on": date(2026, 3, 20)}, ["commit.text"]),
        ({"learned": "x" * 1001}, ["checkin.learned"]),
    ],
)
async def test_half_a_promise_is_refused_under_its_field_and_nothing_is_stored(
    kit: Kit, world: World, clock: MovableClock, changes: dict[str, Any], fields: list[str]
) -> None:
    _, theirs = await asked(kit, world, clock)
    with pytest.raises(Refusals) as refused:
        await reflect(kit, theirs.id, **changes)
    assert [problem.field for problem in refused.value.problems] == fields
    assert await read(kit, world, theirs.id) == (None, [], 0)
    assert await state_of(kit, theirs) is CheckinState.SENT


async def test_a_reflection_can_be_changed_and_shows_what_was_promised(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    _, theirs = await asked(kit, world, clock)
    await reflect(kit, theirs.id, **PROMISE)
    shown = await checkins.opened(kit, SENIOR, theirs.id)
    assert isinstance(shown, Mirror)
    assert shown.earlier is not None
    assert shown.commitment is not None
    assert (shown.earlier.learned, shown.commitment.text) == ("Whom to ask", PROMISE["text"])
    await reflect(kit, theirs.id, learned="Even more")
    own, _, promises = await read(kit, world, theirs.id)
    assert own is not None
    assert (own.learned, promises) == ("Even more", 1)
