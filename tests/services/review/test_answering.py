"""One's own answers: partial, changed, taken back, closed; and nobody else's."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import enrol, privacy
from bot.services import review as reviews
from bot.services.kit import Actor, Kit
from storage import outbox, review, tables
from storage.ids import new_id
from storage.records.review import ReviewKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, asked, letters, pass_time
from tests.services.review.steps import both, complete, given, halfway
from tests.world import ANA, CHI, NOOR, TEAM, World

ANSWERS = {"midpoint_say": "2", "midpoint_get_back": "5", "midpoint_one_thing": "meet outside, not in her office"}
STRANGERS = (SENIOR, Actor(TEAM, CHI), Actor(TEAM, NOOR), Actor("T07ELSEWHERE", ANA))


async def test_answers_are_kept_changed_and_taken_back_as_often_as_somebody_likes(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await halfway(kit, world, clock)
    await reviews.answer(kit, JUNIOR, mine.id, ANSWERS)
    assert await given(kit, JUNIOR, mine) == ANSWERS
    await reviews.answer(kit, JUNIOR, mine.id, {"midpoint_hour": "1"})  # the second device wins, whole
    assert await given(kit, JUNIOR, mine) == {"midpoint_hour": "1"}
    await reviews.skip(kit, JUNIOR, mine.id)
    assert await given(kit, JUNIOR, mine) == {}
    await reviews.answer(kit, JUNIOR, mine.id, ANSWERS)
    assert (await both(kit, world, ReviewKind.MIDPOINT))[0].state == "answered"


async def test_the_version_of_the_questions_is_kept_with_the_answers(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await halfway(kit, world, clock)
    await reviews.answer(kit, JUNIOR, mine.id, ANSWERS)
    async with kit.store.read(TEAM) as tx:
        found = await review.given(tx, mine)
    assert found is not None and found.version == kit.library.content.review("midpoint").version


async def test_whatever_stands_in_it_an_answer_is_stored_in_the_same_size(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, theirs = await halfway(kit, world, clock)
    await reviews.answer(kit, JUNIOR, mine.id, {"midpoint_say": "1"})
    await reviews.answer(kit, SENIOR, theirs.id, {"midpoint_one_thing": "\U0001f9ed" * 500, "midpoint_give_back": "5"})
    async with kit.store.read(TEAM) as tx:
        rows = (await tx.conn.execute(tables.review.select())).all()
    assert len({len(row.answers) for row in rows}) == 1


async def test_nobody_else_can_open_answer_or_take_back_and_learns_nothing_by_trying(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await halfway(kit, world, clock)
    await reviews.answer(kit, JUNIOR, mine.id, ANSWERS)
    for actor in STRANGERS:
        for one in (mine.id, new_id(), world.pair.id, ""):
            for attempt in (
                reviews.opened(kit, actor, one), reviews.answer(kit, actor, one, ANSWERS), reviews.skip(kit, actor, one)
            ):  # fmt: skip
                with pytest.raises(Refusal, match=r"common.errors.gone"):
                    await attempt
    assert await given(kit, JUNIOR, mine) == ANSWERS


async def test_the_partner_sees_the_same_whether_somebody_answered_or_not(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, theirs = await halfway(kit, world, clock)

    async def seen() -> object:
        return await reviews.opened(kit, SENIOR, theirs.id), [one.id for one in await letters(kit) if one.to != ANA]

    before = await seen()
    await reviews.answer(kit, JUNIOR, mine.id, ANSWERS)
    assert await seen() == before


async def test_a_question_of_the_other_side_is_not_stored_and_a_forged_figure_refused(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await halfway(kit, world, clock)
    await reviews.answer(kit, JUNIOR, mine.id, {"midpoint_say": "3", "midpoint_give_back": "5"})
    assert await given(kit, JUNIOR, mine) == {"midpoint_say": "3"}
    with pytest.raises(Refusals):
        await reviews.answer(kit, JUNIOR, mine.id, {"midpoint_say": "99"})
    assert await given(kit, JUNIOR, mine) == {"midpoint_say": "3"}


async def test_what_has_closed_stands_as_it_is(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, _ = await halfway(kit, world, clock)
    await reviews.answer(kit, JUNIOR, mine.id, ANSWERS)
    await pass_time(kit, clock, mine.closes_at)
    for attempt in (reviews.opened(kit, JUNIOR, mine.id), reviews.answer(kit, JUNIOR, mine.id, {"midpoint_say": "1"})):
        with pytest.raises(Refusal, match=r"review.refused.closed"):
            await attempt
    async with kit.store.read(TEAM) as tx:
        found = await review.given(tx, mine)
    assert found is not None and found.answers == ANSWERS


async def test_an_answered_question_that_waits_to_be_sent_is_not_sent(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await halfway(kit, world, clock)
    letter = next(one for one in await letters(kit, Kind.MIDPOINT) if one.to == ANA)
    async with kit.store.read(TEAM) as tx:
        assert await reviews.load_review(kit, tx, letter) is not None
    await reviews.answer(kit, JUNIOR, mine.id, ANSWERS)
    async with kit.store.read(TEAM) as tx:
        assert await reviews.load_review(kit, tx, letter) is None
        assert await outbox.get(tx, letter.id) is not None


async def test_only_a_junior_says_whether_she_may_be_quoted_and_her_statement_alone_knows(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await complete(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    mine, theirs = await both(kit, world, ReviewKind.END)
    async with kit.store.read(TEAM) as tx:
        assert await reviews.quote_of(tx, world.pair.id, world.ana.id) is None
    await reviews.answer(kit, JUNIOR, mine.id, {"end_junior_quote": "unnamed"})
    await reviews.answer(kit, SENIOR, theirs.id, {"end_senior_again": "yes"})
    async with kit.store.read(TEAM) as tx:
        both_say = [await reviews.quote_of(tx, world.pair.id, one.id) for one in (world.ana, world.bo)]
    assert both_say == ["unnamed", None]


async def test_how_are_we_doing_goes_on_the_next_agenda_once_though_both_press_at_once(kit: Kit, world: World) -> None:
    presses = [reviews.together(kit, who, world.pair.id) for who in (JUNIOR, SENIOR, JUNIOR)]
    done = [one for one in await asyncio.gather(*presses, return_exceptions=True) if isinstance(one, tuple)]
    assert [facts.text.partition("?")[0] for facts, _ in done] == ["How are we doing"]
    with pytest.raises(Refusal, match=r"on_agenda"):
        await reviews.together(kit, SENIOR, world.pair.id)
    with pytest.raises(Refusal, match=r"common.errors.gone"):
        await reviews.together(kit, Actor(TEAM, CHI), world.pair.id)


async def test_ones_own_answers_are_in_the_export_and_gone_with_the_person(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, theirs = await halfway(kit, world, clock)
    await reviews.answer(kit, JUNIOR, mine.id, ANSWERS)
    await reviews.answer(kit, SENIOR, theirs.id, {"midpoint_say": "5"})
    shown = (await privacy.own_data(kit, JUNIOR)).tables["review"]
    assert [ANSWERS["midpoint_one_thing"] in row["answers"] for row in shown] == [True]
    await privacy.erase(kit, JUNIOR)
    async with kit.store.read(TEAM) as tx:
        left = (await tx.conn.execute(tables.review.select())).all()
    assert [row.person_id for row in left] == [world.bo.id]


async def test_a_check_in_of_a_pair_that_has_ended_stands_in_the_way_of_nothing(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await asked(kit, world, clock)
    await complete(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    opened = await reviews.instead(kit, JUNIOR)
    assert opened is not None and opened.review.kind is ReviewKind.END
    assert (await enrol.status(kit, JUNIOR)).checkins == ()


async def test_checkin_opens_what_waits_where_no_check_in_does(kit: Kit, world: World, clock: MovableClock) -> None:
    await complete(kit, world)
    assert await reviews.instead(kit, JUNIOR) is None
    await pass_time(kit, clock, clock.now + timedelta(days=4))
    mine, _ = await both(kit, world, ReviewKind.END)
    for answers in ({}, {"end_junior_again": "yes"}):
        if answers:
            await reviews.answer(kit, JUNIOR, mine.id, answers)
        sheet = await reviews.instead(kit, JUNIOR)
        assert sheet is not None and sheet.review.id == mine.id
        assert dict(sheet.given.answers if sheet.given else {}) == answers
