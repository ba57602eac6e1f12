"""The statement is the junior's alone, a quote is seen once it is approved, and staying in touch takes two."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.close import QuoteForm, stamp
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import close as closing
from bot.services.kit import Actor, Kit
from storage import outbox
from storage.records.close import QuoteState
from storage.records.delivery import Letter
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters, pass_time
from tests.services.close.steps import ended, holds, look
from tests.services.town_hall import COORDINATOR
from tests.world import ANA, BO, ELI, TEAM, World

STRANGER = Actor(TEAM, ELI)


async def test_a_statement_is_made_of_facts_and_hours_are_estimated_as_it_says(kit: Kit, world: World) -> None:
    with pytest.raises(Refusal, match="no_statement"):
        await closing.contribution(kit, JUNIOR)
    await holds(kit, world, 6)
    facts = await closing.contribution(kit, JUNIOR)
    assert (facts.held, facts.minutes, facts.hours, facts.text) == (6, 360, 7.0, None)
    assert facts.cohort.name == "Spring" and facts.purpose == "technology"


async def test_it_is_for_the_junior_alone_and_missing_reads_as_forbidden(kit: Kit, world: World) -> None:
    await holds(kit, world, 1)
    for who, pair_id in ((SENIOR, world.pair.id), (COORDINATOR, world.pair.id), (STRANGER, "no-such-pair")):
        with pytest.raises(Refusal, match="gone"):
            await closing.contribution(kit, who, pair_id)
        with pytest.raises(Refusal, match="gone"):
            await closing.save(kit, who, pair_id, "mine", "")
    with pytest.raises(Refusal, match="no_statement"):
        await closing.contribution(kit, SENIOR)


async def test_her_own_wording_is_kept_until_she_starts_again(kit: Kit, world: World, clock: MovableClock) -> None:
    await holds(kit, world, 6)
    await closing.save(kit, JUNIOR, world.pair.id, "I taught.", "Thank you.")
    kept = await closing.contribution(kit, JUNIOR)
    assert (kept.text, kept.note) == ("I taught.", "Thank you.")
    with pytest.raises(Refusal, match="too_long"):
        await closing.save(kit, JUNIOR, world.pair.id, "x" * 2001, "")
    await look(kit, clock, days=20)  # the pair is completed
    assert (await closing.contribution(kit, JUNIOR)).text == "I taught."
    assert (await closing.fresh(kit, JUNIOR, world.pair.id)).text is None
    assert {letter.kind for letter in await letters(kit) if letter.kind.startswith("close.")} <= {
        Kind.WRAPPING, Kind.THANKS,
    }  # fmt: skip


async def test_a_quote_is_read_by_coordinators_only_as_it_was_approved(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await holds(kit, world, 3)
    draft = await closing.write_quote(kit, JUNIOR, world.pair.id, "  It went both ways.  ", named=False)
    assert draft.quote is not None and draft.quote.state is QuoteState.DRAFT
    assert await closing.quotes(kit, COORDINATOR) == ()
    seen = _stamp(draft)
    clock.move(minutes=1)
    newer = await closing.write_quote(kit, JUNIOR, world.pair.id, "It went both ways, mostly.", named=True)
    assert newer.quote is not None
    with pytest.raises(Refusal, match="quote_changed"):
        await closing.approve_quote(kit, JUNIOR, newer.quote.id, seen)
    with pytest.raises(Refusal, match="gone"):
        await closing.approve_quote(kit, SENIOR, newer.quote.id, _stamp(newer))
    await closing.approve_quote(kit, JUNIOR, newer.quote.id, _stamp(newer))
    (shown,) = await closing.quotes(kit, COORDINATOR)
    assert (shown.quote.text, shown.name) == ("It went both ways, mostly.", "Ana Silva")
    for who in (JUNIOR, SENIOR, STRANGER):
        with pytest.raises(Refusal):
            await closing.quotes(kit, who)


async def test_a_quote_that_is_changed_or_withdrawn_leaves_the_list(kit: Kit, world: World) -> None:
    await holds(kit, world, 3)
    for change in ("withdraw", "rewrite"):
        made = await closing.write_quote(kit, JUNIOR, world.pair.id, "Worth it.", named=False)
        assert made.quote is not None
        await closing.approve_quote(kit, JUNIOR, made.quote.id, _stamp(made))
        assert [one.name for one in await closing.quotes(kit, COORDINATOR)] == [None]
        if change == "withdraw":
            with pytest.raises(Refusal, match="gone"):
                await closing.withdraw_quote(kit, COORDINATOR, made.quote.id)
            await closing.withdraw_quote(kit, JUNIOR, made.quote.id)
        else:
            await closing.write_quote(kit, JUNIOR, world.pair.id, "Well worth it.", named=False)
        assert await closing.quotes(kit, COORDINATOR) == ()
    for text, why in (("  ", "empty"), ("x" * 301, "too_long")):
        with pytest.raises((Refusal, Refusals), match=why):
            await closing.write_quote(kit, JUNIOR, world.pair.id, text, named=False)


async def test_staying_in_touch_is_told_to_both_once_both_have_said_so(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await holds(kit, world, 6)
    with pytest.raises(Refusal, match="gone"):
        await closing.stay(kit, JUNIOR, world.pair.id, yes=True)  # nothing comes to its end yet
    await look(kit, clock, days=3)
    one = await closing.stay(kit, JUNIOR, world.pair.id, yes=True)
    assert (one.stays, one.both) == (True, False) and await ended(kit, Kind.BOTH_STAY) == []
    for yes in (True, False, True, True):
        peeking = await closing.stay(kit, SENIOR, world.pair.id, yes=yes)
        assert not peeking.both, "who says yes only to look, and takes it back, learns nothing"
    told = await ended(kit, Kind.BOTH_STAY)
    assert {letter.to for letter in told} == {ANA, BO}
    assert all(letter.due_at >= clock.now + timedelta(minutes=10) for letter in told)
    await closing.stay(kit, JUNIOR, world.pair.id, yes=False)
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    assert await drawn(kit, told) == set()


async def test_two_who_stay_in_touch_after_all_are_told_so_and_only_once(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await holds(kit, world, 6)
    await look(kit, clock, days=3)
    for actor, yes in ((JUNIOR, True), (SENIOR, True), (SENIOR, False)):
        await closing.stay(kit, actor, world.pair.id, yes=yes)
    clock.now += timedelta(minutes=11)
    await asyncio.gather(*(closing.stay(kit, SENIOR, world.pair.id, yes=True) for _ in range(3)))
    assert await drawn(kit, await ended(kit, Kind.BOTH_STAY)) == set()
    clock.now += timedelta(minutes=10)
    told = await ended(kit, Kind.BOTH_STAY)
    assert await drawn(kit, told) == {ANA, BO}
    async with kit.store.write(TEAM) as tx:
        await outbox.mark_all_sent(tx, [(one.id, "D07", "1.0") for one in told[-2:]])
    for yes in (False, True):
        await closing.stay(kit, JUNIOR, world.pair.id, yes=yes)
    clock.now += timedelta(minutes=10)
    fresh = [one for one in await ended(kit, Kind.BOTH_STAY) if one.ts is None]
    assert fresh and await drawn(kit, fresh) == set()


async def drawn(kit: Kit, letters: list[Letter]) -> set[str]:
    """Whom these letters would tell now."""
    async with kit.store.read(TEAM) as tx:
        return {one.to for one in letters if await closing.load_both_stay(kit, tx, one) is not None}


def _stamp(form: QuoteForm) -> str:
    assert form.quote is not None
    return stamp(form.quote)
