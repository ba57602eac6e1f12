"""How a pair agrees to work, over a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.domain.prepare import ContractForm, ContractView, Typed
from bot.domain.refusals import Refusal, Refusals
from bot.schedule.sweeps import run_due
from bot.services import meet
from bot.services.kit import Actor, Kit
from bot.services.prepare import confidentiality, contract, icebreakers, load_contract, review
from storage import enrol, privacy, tables
from storage import prepare as stored
from storage.records.meet import Said
from storage.records.prepare import ContractField
from tests.clockwork import MovableClock
from tests.held import hold, pass_time
from tests.services.prepare.steps import COORDINATOR, JUNIOR, SENIOR, letters
from tests.world import ANA, TEAM, World

FIVE = ("stays_here", "not_that_topic", "next_time", "help_both_ways", "free_to_end")
WRITTEN = Typed(FIVE, "my old team\n- pay", "the library", "", 14, 60, 24, None)


async def write(kit: Kit, world: World, typed: Typed = WRITTEN, by: Actor = JUNIOR, base: str = "") -> ContractView:
    found = await contract.save_contract(kit, by, world.pair.id, typed, base)
    assert isinstance(found, ContractView)
    return found


async def agreed(kit: Kit, world: World) -> ContractView:
    """Ana wrote it, and both have agreed."""
    one = (await write(kit, world)).facts.contract
    await contract.agree(kit, JUNIOR, one.id)
    return await contract.agree(kit, SENIOR, one.id)


async def holds(kit: Kit, world: World) -> str | None:
    async with kit.store.read(TEAM) as tx:
        found = await stored.contract_of(tx, world.pair.id)
        assert await stored.contracts_agreed(tx, [world.pair.id]) == ({world.pair.id} if found else set())
        return found.id if found else None


async def test_it_holds_once_both_have_agreed_to_the_same_version(kit: Kit, world: World) -> None:
    one = (await write(kit, world)).facts.contract
    assert await holds(kit, world) is None
    waiting = await contract.agree(kit, JUNIOR, one.id)
    assert [person.user_id for person in waiting.facts.missing] == [world.bo.user_id]
    assert await holds(kit, world) is None
    await contract.agree(kit, JUNIOR, one.id)
    assert await holds(kit, world) is None
    await contract.agree(kit, SENIOR, one.id)
    assert await holds(kit, world) == one.id


async def test_a_change_asks_both_again_and_what_was_agreed_holds_until_then(kit: Kit, world: World) -> None:
    first = (await agreed(kit, world)).facts.contract
    new = await write(kit, world, replace(WRITTEN, cadence_days=28), SENIOR, first.id)
    assert len(new.facts.missing) == 2 and new.facts.standing
    assert await holds(kit, world) == first.id
    for actor in (SENIOR, JUNIOR):
        await contract.agree(kit, actor, new.facts.contract.id)
    assert await holds(kit, world) == new.facts.contract.id
    with pytest.raises(Refusal, match="newer"):
        await contract.agree(kit, JUNIOR, first.id)


async def test_an_agreement_is_taken_back_for_ten_minutes(kit: Kit, world: World, clock: MovableClock) -> None:
    one = (await agreed(kit, world)).facts.contract
    clock.move(minutes=9)
    await contract.take_back(kit, SENIOR, one.id)
    assert await holds(kit, world) is None
    with pytest.raises(Refusal, match="not_agreed"):
        await contract.take_back(kit, SENIOR, one.id)
    clock.move(minutes=9)
    with pytest.raises(Refusal, match="agreement_stands"):
        await contract.take_back(kit, JUNIOR, one.id)


async def test_two_who_write_at_once_lose_nothing(kit: Kit, world: World) -> None:
    theirs = await write(kit, world)
    mine = replace(WRITTEN, place="the roof", off_limits="pay")
    found = await contract.save_contract(kit, SENIOR, world.pair.id, mine, "")
    assert isinstance(found, ContractForm) and found.typed == mine
    assert found.theirs is not None and found.theirs.contract.id == theirs.facts.contract.id
    again = await write(kit, world, mine, SENIOR, found.base)
    assert again.facts.contract.version == 2


async def test_saving_what_stands_there_already_asks_nobody_again(kit: Kit, world: World) -> None:
    one = (await agreed(kit, world)).facts.contract
    form = await contract.contract_form(kit, SENIOR, world.pair.id)
    same = await write(kit, world, form.typed, SENIOR, form.base)
    assert same.facts.contract.id == one.id and len(await letters(kit, Kind.CONTRACT)) == 1


async def test_words_stay_their_authors_whoever_saves_and_go_with_them(kit: Kit, world: World) -> None:
    first = (await write(kit, world)).facts.contract
    new = await write(kit, world, replace(WRITTEN, off_limits="my old team\nbonus", place="the roof"), SENIOR, first.id)
    async with kit.store.write(TEAM) as tx:
        await privacy.erase(tx, ANA, world.ana.id)
    async with kit.store.read(TEAM) as tx:
        left = await stored.contract(tx, new.facts.contract.id)
    assert left is not None
    assert left.said(ContractField.OFF_LIMITS) == (None, "bonus") and left.said(ContractField.PLACE) == ("the roof",)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (replace(WRITTEN, principles=FIVE[:4]), "principles"),
        (replace(WRITTEN, principles=(*FIVE[:4], "no_such_thing")), "principles"),
        (replace(WRITTEN, off_limits="\n".join(f"topic {n}" for n in range(11))), "off_limits"),
        (replace(WRITTEN, disagreeing="x" * 301), "disagreeing"),
        (replace(WRITTEN, review_on=date(2026, 3, 1)), "review_on"),
    ],
)
async def test_what_cannot_be_is_said_under_its_field(kit: Kit, world: World, typed: Typed, field: str) -> None:
    with pytest.raises(Refusals) as refused:
        await contract.save_contract(kit, JUNIOR, world.pair.id, typed, "")
    assert [problem.field for problem in refused.value.problems] == [f"prepare.{field}"]


async def test_a_rhythm_that_was_never_offered_is_no_rhythm(kit: Kit, world: World) -> None:
    with pytest.raises(Refusal, match="gone"):
        await contract.save_contract(kit, JUNIOR, world.pair.id, replace(WRITTEN, cadence_days=1), "")


async def test_it_is_nobody_elses_business(kit: Kit, world: World) -> None:
    one = (await write(kit, world)).facts.contract
    for attempt in (
        contract.look(kit, COORDINATOR, world.pair.id),
        contract.save_contract(kit, COORDINATOR, world.pair.id, WRITTEN, one.id),
        contract.agree(kit, COORDINATOR, one.id),
        review.still_fits(kit, COORDINATOR, one.id),
    ):
        with pytest.raises(Refusal, match="gone"):
            await attempt
    with pytest.raises(Refusal, match="not_coordinator"):
        await confidentiality.set_exceptions(kit, JUNIOR, "ours")


async def test_the_organisations_sentence_stands_in_every_pairs(kit: Kit, world: World) -> None:
    await write(kit, world)
    await confidentiality.set_exceptions(kit, COORDINATOR, " Threats, and what the law \n\n wants told. ")
    found = await contract.look(kit, JUNIOR)
    assert isinstance(found, ContractView) and found.exceptions == "Threats, and what the law\nwants told."


async def test_the_messages_say_what_is_so_now(kit: Kit, world: World) -> None:
    one = (await write(kit, world)).facts.contract
    await _sent(kit, Kind.CONTRACT)
    await contract.agree(kit, JUNIOR, one.id)
    assert len(await letters(kit, Kind.REDRAW)) == 1
    await write(kit, world, replace(WRITTEN, minutes=30), SENIOR, one.id)
    assert len(await letters(kit, Kind.REDRAW)) == 2
    async with kit.store.read(TEAM) as tx:
        old, new = [await load_contract(kit, tx, letter) for letter in await letters(kit, Kind.CONTRACT)]
    assert old is not None and new is not None and (old.replaced, new.replaced) == (True, False)


async def test_halfway_the_two_read_one_message_with_what_to_talk_about_and_whether_it_still_fits(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    one = (await agreed(kit, world)).facts.contract
    for _ in range(3):
        assert not await letters(kit, Kind.CONTRACT_REVIEW)
        await meet.log(kit, JUNIOR, Booking(world.pair.id, kit.clock() - timedelta(hours=2), 60, ""))
        await pass_time(kit, clock, clock.now + timedelta(days=7))
    await pass_time(kit, clock, datetime(2026, 4, 29, tzinfo=UTC))  # past the middle of the cohort, too
    told = await letters(kit, Kind.CONTRACT_REVIEW)
    assert [letter.params["contract"] for letter in told] == [one.id]
    async with kit.store.read(TEAM) as tx:
        facts = await review.load_review(kit, tx, told[0])
    assert facts is not None and facts.together and facts.contract is not None
    await review.still_fits(kit, JUNIOR, one.id)
    facts = await review.still_fits(kit, SENIOR, one.id)
    assert facts.together and facts.contract is not None
    assert all(agreement.fits_at for agreement in facts.contract.agreements)


async def test_halfway_what_was_agreed_last_week_is_not_asked_about_and_the_rest_is_talked_about(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    for _ in range(2):
        await hold(kit, world)
        clock.move(days=7)
    await agreed(kit, world)
    clock.move(days=2)
    await meet.log(kit, JUNIOR, Booking(world.pair.id, kit.clock() - timedelta(hours=2), 60, ""))
    await pass_time(kit, clock, clock.now + timedelta(days=7))
    told = await letters(kit, Kind.CONTRACT_REVIEW)
    assert [letter.params["contract"] for letter in told] == [""]


async def test_a_pair_that_chose_a_day_is_asked_on_that_day(kit: Kit, world: World, clock: MovableClock) -> None:
    one = (await write(kit, world, replace(WRITTEN, review_on=date(2026, 3, 18)))).facts.contract
    for actor in (JUNIOR, SENIOR):
        await contract.agree(kit, actor, one.id)
    clock.set(datetime(2026, 3, 18, 9, 30, tzinfo=UTC))
    await run_due(kit)
    assert len(await letters(kit, Kind.CONTRACT_REVIEW)) == 1


async def test_the_deep_set_opens_with_the_contract_and_not_for_whom_identity_is_no_topic(
    kit: Kit, world: World
) -> None:
    async with kit.store.write(TEAM) as tx:
        await tx.conn.execute(tables.cohort.update().values(purpose="inclusion"))
    await hold(kit, world)
    with pytest.raises(Refusal, match="locked"):
        await icebreakers.preview(kit, JUNIOR, wanted="inclusion")
    await agreed(kit, world)
    assert (await icebreakers.preview(kit, JUNIOR, wanted="inclusion")).deck == "inclusion"
    async with kit.store.write(TEAM) as tx:
        place = await enrol.place(tx, world.bo.id, world.cohort.id)
        assert place is not None
        off = replace(place, profile=replace(place.profile, identity_off=True))
        await enrol.save_participant(tx, off, kit.clock())
    with pytest.raises(Refusal, match="locked"):
        await icebreakers.preview(kit, JUNIOR, wanted="inclusion")


async def test_booking_starts_from_what_was_agreed_and_a_late_change_is_reminded_of_it(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    written = (await write(kit, world, replace(WRITTEN, minutes=45))).facts.contract
    await contract.agree(kit, JUNIOR, written.id)
    assert (await meet.book_form(kit, SENIOR)).minutes == 60, "one of the two has not agreed"
    await contract.agree(kit, SENIOR, written.id)
    assert [
        (await meet.book_form(kit, JUNIOR)).minutes, (await meet.offer_form(kit, SENIOR)).minutes,
        (await meet.log_form(kit, SENIOR)).minutes,
    ] == [45, 45, 45]  # fmt: skip
    session = await meet.book(kit, JUNIOR, Booking(world.pair.id, clock() + timedelta(days=7), 45, ""))
    notice = timedelta(hours=WRITTEN.notice_hours)
    for before, said in ((notice, 0), (notice - timedelta(minutes=1), WRITTEN.notice_hours), (-notice, 0)):
        clock.move(seconds=(session.starts_at - before - clock()).total_seconds())
        assert (await meet.cancel_form(kit, JUNIOR, session.id)).notice == said
        form = await meet.book_form(kit, SENIOR, moves=session.id)
        assert form.begun is (before < timedelta()) and form.notice == (WRITTEN.notice_hours if form.begun else said)
    await meet.said(kit, SENIOR, session.id, Said.MOVED)
    form = await meet.book_form(kit, SENIOR, moves=session.id)
    assert (form.begun, form.notice) == (True, WRITTEN.notice_hours), "*we moved it* is reminded as well"


async def _sent(kit: Kit, kind: Kind) -> None:
    """As though Slack had every letter of a kind."""
    async with kit.store.write(TEAM) as tx:
        mark = tables.outbox.update().where(tables.outbox.c.kind == kind)
        await tx.conn.execute(mark.values(channel="G1", ts="1.0", state="sent"))


async def test_the_second_session_over_without_an_agreement_is_said_and_no_more(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    for expected in (False, False, True):
        async with kit.store.read(TEAM) as tx:
            assert (await contract.card_of(tx, world.pair)).late is expected
        await hold(kit, world)
        clock.move(days=7)
    await agreed(kit, world)
    async with kit.store.read(TEAM) as tx:
        card = await contract.card_of(tx, world.pair)
    assert not card.late and card.holds is not None and card.waits is None
