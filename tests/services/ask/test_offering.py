"""Words offered after three times *not yet*: to the junior alone, by no message, and without a trace in the open."""

from sqlalchemy import select

from bot.domain.ask import AGAIN
from bot.services import ask, home
from bot.services import checkin as checkins
from bot.services.kit import Actor, Kit
from storage import ask as offers
from storage import tables as t
from storage.records.checkin import AnswerSheet, Question
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, asked, letters, sheet
from tests.world import ANA, BO, CHI, TEAM, World

NEVER = sheet(introduce="not_yet")


async def once(kit: Kit, world: World, clock: MovableClock, given: AnswerSheet) -> Question | None:
    """A session is held, Ana is asked and answers; returns what she is offered in reply."""
    mine, _ = await asked(kit, world, clock)
    thanks = await checkins.answer(kit, JUNIOR, mine.id, given)
    clock.move(days=12, hours=22)
    return thanks.offer


async def on_home(kit: Kit, user: str) -> list[Question | None]:
    return [card.offer_to_ask for card in (await home.today(kit, Actor(TEAM, user))).pairs]


async def row(kit: Kit) -> bytes:
    async with kit.store.read(TEAM) as tx:
        return bytes((await tx.conn.execute(select(t.ask_offer.c.offered))).scalar_one())


async def test_after_the_third_not_yet_in_the_reply_and_on_her_home_and_on_no_other(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    assert [await once(kit, world, clock, NEVER) for _ in range(3)] == [None, None, Question.INTRODUCE]
    assert await on_home(kit, ANA) == [Question.INTRODUCE]
    assert await on_home(kit, BO) == [None]
    for other in (SENIOR, Actor(TEAM, CHI)):
        await ask.settle(kit, other, world.pair.id)
    await ask.settle(kit, JUNIOR, world.pair.id, Question.HELP)
    assert await on_home(kit, ANA) == [Question.INTRODUCE], "it is hers to answer, and this question's"
    await ask.settle(kit, JUNIOR, world.pair.id)
    assert await on_home(kit, ANA) == [None]
    assert await once(kit, world, clock, NEVER) is None, "not again within eight weeks"
    clock.move(days=AGAIN.days)
    assert await once(kit, world, clock, NEVER) is Question.INTRODUCE


async def test_changing_the_answers_of_the_same_check_in_offers_nothing_twice_and_can_end_it(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    for _ in range(2):
        await once(kit, world, clock, NEVER)
    mine, _ = await asked(kit, world, clock)
    given = [NEVER, NEVER, sheet(introduce="made"), NEVER]
    replies = [(await checkins.answer(kit, JUNIOR, mine.id, one)).offer for one in given]
    assert replies == [Question.INTRODUCE, None, None, None]
    assert await on_home(kit, ANA) == [None]


async def test_nobody_can_tell_from_what_is_sent_planned_or_stored_that_something_was_offered(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    """The third check-in leaves the same traces as the second: the same letters and work, one row of one size."""
    traces, rows = [], []
    for _ in range(3):
        mine, _ = await asked(kit, world, clock)
        before = [letter.id for letter in await letters(kit)]
        await checkins.answer(kit, JUNIOR, mine.id, NEVER)
        traces.append([(one.kind, one.to, sorted(one.params)) for one in await letters(kit) if one.id not in before])
        rows.append(await row(kit))
        clock.move(days=12, hours=22)
    assert traces[0] == traces[1] == traces[2]
    assert len({len(one) for one in rows}) == 1 and len(set(rows)) == 3
    async with kit.store.read(TEAM) as tx:
        found = await offers.offers(tx, world.ana.id)
        assert [list(one.made) for one in found.values()] == [[Question.INTRODUCE]]
        assert await offers.offers(tx, world.bo.id) == {}


async def test_the_offer_goes_from_the_home_by_itself_after_two_weeks(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    for _ in range(3):
        await once(kit, world, clock, NEVER)
    clock.move(days=2)
    assert await on_home(kit, ANA) == [None]


async def test_her_answers_over_time_are_hers_and_stay_so_after_the_pair_has_ended(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    given = [sheet(example="He asked first"), sheet(help="no")]
    for one in given:
        await once(kit, world, clock, one)
    (told,) = await checkins.over_time(kit, JUNIOR)
    assert list(told.sheets) == given and [session.number for session, _ in told.entries] == [1, 2]
    for other in (SENIOR, Actor(TEAM, CHI), Actor(TEAM, "U0NOBODY"), Actor("T0OTHER", ANA)):
        assert await checkins.over_time(kit, other) == ()
    async with kit.store.write(TEAM) as tx:
        await tx.conn.execute(t.pair.update().values(state="ended"))
    assert (await checkins.over_time(kit, JUNIOR))[0].sheets == told.sheets
    assert (await home.today(kit, JUNIOR)).answered
    assert not (await home.today(kit, SENIOR)).answered
