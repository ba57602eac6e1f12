"""Icebreakers over a real database: which set, without repeats, swapped and posted."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.jobs import Job
from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.domain.prepare import IcebreakerFacts
from bot.domain.refusals import Refusal
from bot.schedule.sweeps import run_due
from bot.services import meet
from bot.services.kit import Actor, Kit
from bot.services.prepare import asides, icebreakers
from storage import tables
from tests.clockwork import MovableClock
from tests.services.prepare.steps import (
    JUNIOR,
    SENIOR,
    TUESDAY,
    booked,
    drawn,
    letters,
)
from tests.world import CHI, TEAM, World


async def test_the_agenda_comes_two_days_before_and_icebreakers_five(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    session = await booked(kit, world)
    clock.set(datetime(2026, 3, 5, 16, 30, tzinfo=UTC))
    await run_due(kit)
    assert len(await letters(kit, Kind.ICEBREAKERS)) == 1 and not await letters(kit, Kind.AGENDA)
    clock.set(datetime(2026, 3, 8, 14, tzinfo=UTC))
    await run_due(kit)
    (letter,) = await letters(kit, Kind.AGENDA)
    assert letter.params == {"session": session.id} and letter.stale_at == TUESDAY - timedelta(hours=1)
    async with kit.store.read(TEAM) as tx:
        at = (await tx.conn.execute(select(tables.due.c.due_at).where(tables.due.c.kind == Job.AGENDA))).scalar_one()
    assert at == datetime(2026, 3, 6, 16, tzinfo=UTC)  # Sunday is quiet: Friday at 17:00 in Berlin


async def test_icebreakers_come_once_per_set_and_without_repeats(kit: Kit, world: World) -> None:
    session = await booked(kit, world, kit.clock() + timedelta(hours=4))
    await run_due(kit)
    facts = await drawn(kit, Kind.ICEBREAKERS)
    assert isinstance(facts, IcebreakerFacts) and len(facts.items) == 5
    assert {item.rpartition("_")[0] for item in facts.items} == {"warmup"}
    await meet.book(
        kit, SENIOR, Booking(world.pair.id, session.starts_at + timedelta(hours=2), 60, ""), moves=session.id
    )
    await run_due(kit)
    assert len(await letters(kit, Kind.ICEBREAKERS)) == 1
    swapped = await icebreakers.swap(kit, JUNIOR, world.pair.id, facts.items, facts.items[2])
    assert swapped.items[2] not in facts.items and len(set(swapped.items)) == 5
    longer = await icebreakers.more(kit, SENIOR, world.pair.id, swapped.items)
    assert len(set(longer.items)) == 10
    with pytest.raises(Refusal, match="no_more"):
        await icebreakers.more(kit, SENIOR, world.pair.id, longer.items)


@pytest.mark.parametrize("items", [["nonsense"], [""], ["warmup_01", "'; --"]])
async def test_an_icebreaker_that_does_not_exist_is_gone(kit: Kit, world: World, items: Sequence[str]) -> None:
    for attempt in (
        icebreakers.swap(kit, JUNIOR, world.pair.id, items, items[0]),
        icebreakers.more(kit, JUNIOR, world.pair.id, items),
        icebreakers.post_icebreakers(kit, JUNIOR, world.pair.id, items),
    ):
        with pytest.raises(Refusal, match="gone"):
            await attempt


async def test_a_previewed_set_is_posted_once_and_a_locked_one_is_not_shown(kit: Kit, world: World) -> None:
    form = await icebreakers.preview(kit, JUNIOR, wanted="How I work")
    for _ in range(2):
        await icebreakers.post_icebreakers(kit, JUNIOR, form.pair_id, form.items)
    assert len(await letters(kit, Kind.ICEBREAKERS)) == 1
    with pytest.raises(Refusal, match="locked"):
        await icebreakers.preview(kit, JUNIOR, wanted="looking_back")
    with pytest.raises(Refusal, match="no_such_set"):
        await icebreakers.preview(kit, JUNIOR, wanted="horoscopes")


async def test_a_question_is_put_off_or_away_for_good_and_undone(kit: Kit, world: World, clock: MovableClock) -> None:
    before = await icebreakers.preview(kit, JUNIOR)
    skipped = await asides.put_away_number(kit, JUNIOR, "2", never=False)
    second = before.items[1]
    assert skipped.aside is not None
    assert (skipped.aside.item, second in skipped.items, len(skipped.items)) == (second, False, 5)
    never = await asides.put_away_number(kit, SENIOR, "1", never=True)
    deck = {"pair_id": never.pair_id, "deck": never.deck}
    back = await asides.bring_back(kit, SENIOR, second, **deck)
    assert second in back.items
    for _ in range(4):  # all were shown: those seen longest ago come again, the one put away never does
        form = await icebreakers.preview(kit, JUNIOR)
        assert before.items[0] not in form.items
        await icebreakers.post_icebreakers(kit, JUNIOR, form.pair_id, form.items)
        clock.move(days=1)
    with pytest.raises(Refusal, match=r"back_late"):
        await asides.bring_back(kit, SENIOR, before.items[0], **deck)


@pytest.mark.parametrize("number", ["0", "6", "", "two", "-1", "99999999999999999999"])
async def test_a_number_that_is_not_in_the_list_is_refused(kit: Kit, world: World, number: str) -> None:
    with pytest.raises(Refusal, match=r"which_number"):
        await asides.put_away_number(kit, JUNIOR, number, never=True)


async def test_more_shows_ten_of_the_sets_that_are_open(kit: Kit, world: World) -> None:
    form = await icebreakers.preview(kit, JUNIOR, count=icebreakers.MOST)
    assert len(set(form.items)) == 10
    await icebreakers.post_icebreakers(kit, JUNIOR, form.pair_id, form.items)
    assert len(await letters(kit, Kind.ICEBREAKERS)) == 1


async def test_of_another_pair_nothing_is_put_away(kit: Kit, world: World) -> None:
    form = await icebreakers.preview(kit, JUNIOR)
    stranger = Actor(TEAM, CHI)
    for attempt in (
        asides.put_away(kit, stranger, form.items[0], never=True, pair_id=form.pair_id, deck=form.deck),
        asides.bring_back(kit, stranger, form.items[0], pair_id=form.pair_id, deck=form.deck),
        asides.put_away(kit, JUNIOR, "no-such-question", never=True, pair_id=form.pair_id, deck=form.deck),
    ):
        with pytest.raises(Refusal):
            await attempt
