"""How a pair fits: both asked in the same hour of another day, told to nobody but whom they ask for help."""

from datetime import timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.match.fitting import is_asked, may_say
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import checkin, match
from bot.services.kit import Actor, Kit
from bot.services.programme.today import today
from bot.views.stored import in_words
from storage import privacy, programme
from storage.match import fits
from storage.records.match import Fit, FitAnswer, Help
from tests.clockwork import MONDAY, MovableClock
from tests.held import JUNIOR, SENIOR, hold, letters, pass_time, planned
from tests.held import asked as asked_about
from tests.services.town_hall import COORDINATOR, actor
from tests.world import ANA, BO, CHI, NOOR, TEAM, World

ELEVEN, MORNING = timedelta(minutes=11), timedelta(days=2, hours=3)


def answer(fit: Fit, session: str = "one") -> FitAnswer:
    return FitAnswer("pair", "me", session, fit, None, MONDAY)


@pytest.mark.parametrize(
    ("held", "after", "said", "asked"),
    [
        (["one"], "one", None, True),
        (["one"], "one", Fit.GOOD, False),  # said before the message went out
        (["one", "two"], "two", Fit.DECIDING, True),
        (["one", "two"], "two", Fit.GOOD, False),
        (["one", "two"], "two", None, False),
        (["one", "two", "three"], "three", Fit.DECIDING, False),
    ],
)
def test_the_question_comes_after_the_first_session_and_once_more_for_who_is_undecided(
    held: list[str], after: str, said: Fit | None, asked: bool
) -> None:
    assert is_asked(held, after, answer(said) if said else None) is asked


def test_an_answer_can_be_changed_until_the_next_session_has_taken_place() -> None:
    assert may_say(["one"], answer(Fit.GOOD))
    assert not may_say(["one", "two"], answer(Fit.GOOD))
    assert may_say(["one", "two"], answer(Fit.DECIDING))
    assert may_say(["one", "two"], answer(Fit.NOT_GOOD, "two"))
    assert not may_say(["one", "two", "three"], answer(Fit.DECIDING))
    assert not may_say([], None)


async def mine(kit: Kit, world: World, who: str) -> FitAnswer | None:
    async with kit.store.read(TEAM) as tx:
        return await fits.mine(tx, world.pair.id, who)


async def test_both_are_asked_in_one_hour_on_the_working_day_after_their_check_ins(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await hold(kit, world)
    await pass_time(kit, clock, clock.now + MORNING)
    asked = {letter.to: letter.due_at for letter in await letters(kit, Kind.FIT)}
    other = {letter.to: letter.due_at for letter in await letters(kit, Kind.CHECKIN, Kind.REFLECTION)}
    assert asked.keys() == other.keys() == {ANA, BO}
    assert len(set(asked.values())) == 1
    assert all(asked[who].date() - other[who].date() == timedelta(days=1) for who in asked)
    async with kit.store.read(TEAM) as tx:
        facts = [await match.load_fit(kit, tx, letter) for letter in await letters(kit, Kind.FIT)]
    assert {f.me.user_id for f in facts if f} == {ANA, BO}


async def test_who_puts_the_check_in_off_is_asked_how_it_fits_another_day_and_the_partner_as_before(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    mine, _ = await asked_about(kit, world, clock)
    before = {item.recipient: item.due_at for item in await planned(kit, Job.FIT, mine.session_id)}
    _, at, _ = await checkin.tomorrow(kit, JUNIOR, mine.id)
    after = {item.recipient: item.due_at for item in await planned(kit, Job.FIT, mine.session_id)}
    assert before[world.ana.id].date() == at.date()
    assert after[world.ana.id].date() == at.date() + timedelta(days=1)
    assert after[world.bo.id] == before[world.bo.id]


async def test_good_and_undecided_are_told_to_nobody_and_the_undecided_are_asked_once_more(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await hold(kit, world)
    await match.say_fit(kit, JUNIOR, world.pair.id, Fit.DECIDING)
    await match.say_fit(kit, SENIOR, world.pair.id, Fit.GOOD)
    await pass_time(kit, clock, clock.now + MORNING)
    assert await letters(kit, Kind.FIT, Kind.FIT_HELP) == []
    await hold(kit, world)
    await pass_time(kit, clock, clock.now + MORNING)
    assert [letter.to for letter in await letters(kit, Kind.FIT)] == [ANA]
    with pytest.raises(Refusal, match="closed"):
        await match.say_fit(kit, SENIOR, world.pair.id, Fit.NOT_GOOD)


async def test_help_is_told_to_coordinators_after_ten_minutes_and_to_no_partner(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, BO, CHI, kit.clock())  # the partner coordinates, too
    await hold(kit, world)
    await match.say_fit(kit, JUNIOR, world.pair.id, Fit.NOT_GOOD, Help.SOMEONE_ELSE)
    assert await match.wish_list(kit, COORDINATOR) == []
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert [letter.to for letter in await letters(kit, Kind.FIT_HELP)] == [CHI]
    (wish,) = await match.wish_list(kit, COORDINATOR)
    assert (wish.person.user_id, wish.partner.user_id, wish.help) == (ANA, BO, Help.SOMEONE_ELSE)
    assert await match.wish_list(kit, SENIOR) == []
    assert [i.n for i in (await today(kit, COORDINATOR)).items if i.decision == "wishes"] == [1]
    assert [i for i in (await today(kit, SENIOR)).items if i.decision == "wishes"] == []
    with pytest.raises(Refusal, match="gone"):
        await match.wish_done(kit, SENIOR, world.pair.id, world.ana.id)
    await match.wish_done(kit, COORDINATOR, world.pair.id, world.ana.id)
    assert await match.wish_list(kit, COORDINATOR) == []


@pytest.mark.parametrize("wanted", [None, Help.JUST_TELLING])
async def test_not_a_good_fit_alone_is_told_to_nobody(
    kit: Kit, world: World, clock: MovableClock, wanted: Help | None
) -> None:
    await hold(kit, world)
    await match.say_fit(kit, JUNIOR, world.pair.id, Fit.NOT_GOOD, wanted)
    await pass_time(kit, clock, clock.now + ELEVEN)
    assert await letters(kit, Kind.FIT_HELP) == []
    assert await match.wish_list(kit, COORDINATOR) == []
    found = await mine(kit, world, world.ana.id)
    assert found is not None and (found.fit, found.help) == (Fit.NOT_GOOD, wanted)


@pytest.mark.parametrize("how", ["taken back", "changed"])
async def test_within_ten_minutes_it_was_never_asked(kit: Kit, world: World, clock: MovableClock, how: str) -> None:
    await hold(kit, world)
    await match.say_fit(kit, JUNIOR, world.pair.id, Fit.NOT_GOOD, Help.TALK)
    clock.move(minutes=9)
    if how == "changed":
        await match.say_fit(kit, JUNIOR, world.pair.id, Fit.GOOD)
    else:
        assert (await match.forget_fit(kit, JUNIOR, world.pair.id)).answer is None
    await pass_time(kit, clock, clock.now + timedelta(hours=1))
    assert await letters(kit, Kind.FIT_HELP) == []


async def test_a_session_that_was_not_held_after_all_asks_nobody(kit: Kit, world: World, clock: MovableClock) -> None:
    session = await hold(kit, world)
    async with kit.store.write(TEAM) as tx:
        await match.unplan_fit(tx, session.id, "not held")
    await pass_time(kit, clock, clock.now + MORNING)
    assert await letters(kit, Kind.FIT) == []


@pytest.mark.parametrize("stranger", [COORDINATOR, actor(NOOR)])
async def test_strangers_neither_read_nor_write_it(kit: Kit, world: World, stranger: Actor) -> None:
    await hold(kit, world)
    await match.say_fit(kit, JUNIOR, world.pair.id, Fit.GOOD)
    for attempt in (match.fit_form(kit, stranger, world.pair.id), match.forget_fit(kit, stranger, world.pair.id)):
        with pytest.raises(Refusal, match="gone"):
            await attempt
    assert (await match.fit_form(kit, SENIOR, world.pair.id)).answer is None


async def test_one_reads_one_s_own_answer_under_my_data_and_the_partner_does_not(kit: Kit, world: World) -> None:
    await hold(kit, world)
    await match.say_fit(kit, JUNIOR, world.pair.id, Fit.NOT_GOOD, Help.TALK)
    words = kit.words("en")
    async with kit.store.read(TEAM) as tx:
        mine = await privacy.everything_about(tx, ANA, world.ana.id)
        theirs = await privacy.everything_about(tx, BO, world.bo.id)
    assert in_words(words, "answer", mine["fit"][0]["answer"]) == ["Not a good fit", "Help us talk"]
    assert "wants" not in mine["fit"][0]
    assert "fit" not in theirs
