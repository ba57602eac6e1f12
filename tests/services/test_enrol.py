"""Joining, the profile, the promised word, and status, on a real database."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import enrol
from bot.services.kit import Kit
from bot.services.post import plan, post
from storage import enrol as people
from storage import match, outbox, programme
from storage import tables as t
from storage.records.enrol import Enrolment, Side
from storage.records.programme import CohortState
from tests.clockwork import MovableClock
from tests.services.town_hall import IVY, JUNO, MAX, about, account, actor, join, letters, receivers, work_until
from tests.world import ANA, BO, CHI, TEAM, World


async def test_joining_stores_place_consent_profile_and_line(kit: Kit, world: World) -> None:
    juno = await join(kit, world, JUNO, about(Side.JUNIOR, share="spreadsheets", manager=MAX))
    async with kit.store.read(TEAM) as tx:
        place = await people.place(tx, juno.id, world.cohort.id)
        lines = await people.lines(tx)
    assert place is not None
    assert (place.state, place.consent_version, place.consented_at) == (Enrolment.WAITING, "2026-3", kit.clock())
    assert (place.profile.share, place.profile.region, lines[JUNO]) == ("spreadsheets", "DE", MAX)
    assert await receivers(kit, Kind.JOINED) == [JUNO]


async def test_what_somebody_shares_and_learns_is_unreadable_in_the_file(kit: Kit, world: World) -> None:
    await join(kit, world, JUNO, about(Side.JUNIOR, share="secret garden", learn="secret garden"))
    async with kit.store.read(TEAM) as tx:
        rows = (await tx.conn.execute(select(t.participant))).all()
    assert not any(b"secret garden" in bytes(row.share) + bytes(row.learn) for row in rows)


async def test_joining_twice_says_so_and_changes_nothing(kit: Kit, world: World) -> None:
    await join(kit, world, JUNO, about(Side.JUNIOR))
    with pytest.raises(Refusal, match="already"):
        await join(kit, world, JUNO, about(Side.SENIOR))
    with pytest.raises(Refusal, match="already"):
        await enrol.offer(kit, actor(JUNO))


async def test_whose_cohort_is_over_but_not_closed_may_join_the_next(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await join(kit, world, JUNO, about(Side.JUNIOR))
    clock.set(datetime(2026, 6, 20, 9, tzinfo=UTC))
    async with kit.store.write(TEAM) as tx:
        later = {"starts_on": date(2026, 6, 20), "ends_on": date(2026, 12, 1)}
        await programme.add_cohort(tx, replace(world.cohort, id="next", name="Autumn", **later))
    assert [cohort.name for cohort in (await enrol.offer(kit, actor(JUNO))).cohorts] == ["Autumn"]


async def test_a_cohort_that_closed_meanwhile_takes_nobody(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, state=CohortState.CLOSED)
    with pytest.raises(Refusal, match="cohort_gone"):
        await join(kit, world, JUNO, about(Side.JUNIOR))


async def test_a_cohort_that_ends_soon_is_not_offered(kit: Kit, world: World, clock: MovableClock) -> None:
    clock.set(datetime(2026, 6, 1, 9, tzinfo=UTC))
    assert (await enrol.offer(kit, actor(JUNO))).cohorts == ()


async def test_consent_to_an_older_text_does_not_count(kit: Kit, world: World) -> None:
    with pytest.raises(Refusal, match="consent_changed"):
        await enrol.join(
            kit, actor(JUNO), account(JUNO), cohort_id=world.cohort.id, version="1999", about=about(Side.JUNIOR)
        )


async def test_nothing_is_stored_of_a_form_with_mistakes(kit: Kit, world: World) -> None:
    with pytest.raises(Refusals) as refused:
        await join(kit, world, JUNO, about(Side.JUNIOR, department="   ", location=""))
    assert {p.field for p in refused.value.problems} == {"department", "location"}
    async with kit.store.read(TEAM) as tx:
        assert await people.find(tx, JUNO) is None


async def test_before_the_set_up_nobody_can_join(kit: Kit) -> None:
    with pytest.raises(Refusal, match="not_set_up"):
        await enrol.offer(kit, actor(JUNO))


async def test_whoever_asked_hears_of_the_next_cohort_once(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, state=CohortState.CLOSED)
    assert await enrol.tell_me(kit, actor(JUNO))
    assert not await enrol.tell_me(kit, actor(JUNO))
    assert (await enrol.offer(kit, actor(JUNO))).told
    async with kit.store.write(TEAM) as tx:
        autumn = replace(world.cohort, id="autumn", state=CohortState.OPEN)
        await programme.add_cohort(tx, autumn)
        assert await enrol.tell_waiting(tx, autumn, kit.clock()) == 1
        assert await enrol.tell_waiting(tx, autumn, kit.clock()) == 0
    assert await receivers(kit, Kind.COHORT_OPEN) == [JUNO]
    with pytest.raises(Refusal, match="open_now"):
        await enrol.tell_me(kit, actor(IVY))


async def test_everybody_hears_by_the_day_that_was_named_match_or_no_match(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    joined = await enrol.join(
        kit, actor(JUNO), account(JUNO), cohort_id=world.cohort.id, version="2026-3", about=about(Side.JUNIOR)
    )
    assert joined.hear_by == date(2026, 3, 16)
    assert (await enrol.status(kit, actor(JUNO))).waits_until == joined.hear_by
    await work_until(kit, clock, datetime(2026, 3, 16, 23, tzinfo=UTC))
    assert await letters(kit, Kind.NO_MATCH_YET) == [(Kind.NO_MATCH_YET, JUNO, datetime(2026, 3, 16, 9, tzinfo=UTC))]
    assert (await enrol.status(kit, actor(JUNO))).waits_until == date(2026, 3, 30)
    await work_until(kit, clock, datetime(2026, 3, 30, 23, tzinfo=UTC))
    assert await receivers(kit, Kind.NO_MATCH_YET) == [JUNO, JUNO]


async def test_who_waits_to_the_end_gets_a_last_word_and_no_promise_that_is_not_kept(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    clock.set(datetime(2026, 5, 20, 9, tzinfo=UTC))
    await join(kit, world, JUNO, about(Side.JUNIOR))
    await work_until(kit, clock, datetime(2026, 9, 1, tzinfo=UTC))
    async with kit.store.read(TEAM) as tx:
        rows = (await tx.conn.execute(select(t.outbox).where(t.outbox.c.kind == Kind.NO_MATCH_YET))).all()
        told = [await enrol.load_joined(kit, tx, outbox_letter) for row in rows
                if (outbox_letter := await outbox.get(tx, row.id))]  # fmt: skip
    assert [(one.hear_by, one.last) for one in told if one][:-1] == [
        (date(2026, 6, 18), False),
        (date(2026, 6, 22), False),
    ]
    assert [one.last for one in told if one][-1], "the first working day after the cohort"


async def test_who_joins_a_pilot_that_has_all_its_pairs_is_told_that_they_wait_for_one_to_end(
    kit: Kit, world: World
) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, pilot=True)
        for n in range(11):
            await match.add(tx, replace(world.pair, id=f"pair{n}"))
    joined = await enrol.join(
        kit, actor(JUNO), account(JUNO), cohort_id=world.cohort.id, version="2026-3", about=about(Side.JUNIOR)
    )
    assert joined.full


async def test_who_is_paired_or_in_a_closed_cohort_is_not_told_that_there_is_no_match(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    juno = await join(kit, world, JUNO, about(Side.JUNIOR))
    await join(kit, world, IVY, about(Side.JUNIOR))
    async with kit.store.write(TEAM) as tx:
        await people.set_state(tx, juno.id, world.cohort.id, Enrolment.PAIRED)
    await work_until(kit, clock, datetime(2026, 3, 17, tzinfo=UTC))
    assert await receivers(kit, Kind.NO_MATCH_YET) == [IVY]
    async with kit.store.write(TEAM) as tx:
        await programme.set_cohort(tx, world.cohort.id, state=CohortState.CLOSED)
    await work_until(kit, clock, datetime(2026, 4, 17, tzinfo=UTC))
    assert await receivers(kit, Kind.NO_MATCH_YET) == [IVY]


async def test_a_side_with_a_pair_cannot_be_left(kit: Kit, world: World) -> None:
    with pytest.raises(Refusals) as refused:
        await enrol.edit(kit, actor(ANA), account(ANA), about(Side.SENIOR))
    assert [p.key for p in refused.value.problems] == ["enrol.refused.bound_junior"]


async def test_an_empty_manager_field_leaves_a_known_top_at_the_top(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await people.set_line(tx, JUNO, "")
    await join(kit, world, JUNO, about(Side.JUNIOR, manager=None))
    async with kit.store.read(TEAM) as tx:
        assert (await people.lines(tx))[JUNO] == ""


async def test_only_those_who_take_part_have_a_profile_and_a_status(kit: Kit, world: World) -> None:
    for use in (enrol.status(kit, actor(CHI)), enrol.told(kit, actor(CHI)), enrol.edit_form(kit, actor(CHI))):
        with pytest.raises(Refusal, match="not_enrolled"):
            await use


async def test_status_shows_the_pair_and_what_did_not_arrive_but_nothing_of_others(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await join(kit, world, JUNO, about(Side.JUNIOR))
    ends = {"skipped": "too late", "taken_back": "undone", "dead": "user_not_found"}
    async with kit.store.write(TEAM) as tx:
        for end, reason in ends.items():
            await post(tx, Kind.JOINED, JUNO, end, kit.clock())
            state = "dead" if end == "dead" else "skipped"
            ended = t.outbox.update().where(t.outbox.c.key == f"{Kind.JOINED}:{end}")
            await tx.conn.execute(ended.values(state=state, reason=reason))
    clock.move(hours=1)
    shown = await enrol.status(kit, actor(JUNO))
    assert sorted((one.about, one.too_late) for one in shown.undelivered) == [("enrol", False), ("enrol", True)]
    ana = await enrol.status(kit, actor(ANA))
    assert ana.undelivered == ()
    assert [(p.people.senior.id, p.side) for p in ana.pairs] == [(world.bo.id, Side.JUNIOR)]
    clock.move(days=31)
    assert (await enrol.status(kit, actor(JUNO))).undelivered == ()


async def test_a_message_to_the_pair_space_that_failed_is_in_both_statuses(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await post(tx, Kind.BOOKED, world.pair.id, "s1", kit.clock())
        await tx.conn.execute(t.outbox.update().values(state="dead", reason="is_archived"))
    for user in (ANA, BO):
        shown = await enrol.status(kit, actor(user))
        assert [(one.about, one.too_late) for one in shown.undelivered] == [("meet", False)]


async def test_work_for_somebody_that_came_too_late_is_in_their_status_alone(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    async with kit.store.write(TEAM) as tx:
        await plan(tx, Job.REMIND_CHECKIN, "k1", kit.clock(), recipient=world.ana.id, stale_at=kit.clock())
    await work_until(kit, clock, clock.now + timedelta(hours=1))
    assert [one.about for one in (await enrol.status(kit, actor(ANA))).undelivered] == ["checkin"]
    assert (await enrol.status(kit, actor(BO))).undelivered == ()


async def test_twenty_submissions_of_one_modal_take_one_place(kit: Kit, world: World) -> None:
    tries = [join(kit, world, JUNO, about(Side.JUNIOR)) for _ in range(20)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(answer, Refusal) for answer in answers) == 19
    assert await receivers(kit, Kind.JOINED) == [JUNO]
