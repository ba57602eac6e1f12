"""A pause: everything stops at once, is undone for ten minutes, and goes on by itself, on a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.match import Proposed, Reason
from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.domain.report.activity import check
from bot.services import match as match_services
from bot.services import meet, pause, prefs
from bot.services.calendar import quiet
from bot.services.enrol import edit, keep_in_step, status
from bot.services.kit import Kit
from bot.services.programme import cohorts
from bot.services.report.activity import histories
from storage import due, enrol, match
from storage import meet as sessions
from storage import pause as pauses
from storage.records.delivery import DueState
from storage.records.enrol import Enrolment, Side
from storage.records.match import PairState
from storage.records.meet import Hindrance, SessionState
from storage.records.prefs import Prefs
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, asked, hold, letters, pass_time
from tests.services.town_hall import COORDINATOR, about, account, join
from tests.world import ANA, BO, TEAM, World

UNTIL = date(2026, 3, 23)
BACK = datetime(2026, 3, 23, 9, tzinfo=UTC)  # 10:00 in Berlin


async def states(kit: Kit, world: World) -> tuple[PairState, Enrolment]:
    async with kit.store.read(TEAM) as tx:
        pair = await match.get(tx, world.pair.id)
        place = await enrol.place(tx, world.ana.id, world.cohort.id)
    assert pair is not None
    assert place is not None
    return pair.state, place.state


async def pending(kit: Kit, job: Job, subject: str) -> list[datetime]:
    async with kit.store.read(TEAM) as tx:
        return [item.due_at for item in await due.about(tx, job, subject) if item.state is DueState.PENDING]


async def test_a_pause_holds_work_tells_the_partner_and_ends_by_itself(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    held = await hold(kit, world)
    planned = await pending(kit, Job.CHECKIN, held.id)
    done = await pause.pause(kit, JUNIOR, UNTIL, "Back soon")
    assert (done.pairs, done.pause.resumes_at) == (1, BACK)
    assert await states(kit, world) == (PairState.PAUSED, Enrolment.PAUSED)
    assert set(await pending(kit, Job.CHECKIN, held.id)) == {BACK + timedelta(minutes=1)} != set(planned)
    assert await letters(kit, Kind.PAUSED) == []

    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    told = await letters(kit, Kind.PAUSED)
    assert [letter.to for letter in told] == [BO]
    async with kit.store.read(TEAM) as tx:
        facts = await pause.load_paused(kit, tx, told[0])
    assert facts is not None
    assert (facts.until, facts.note) == (UNTIL, "Back soon")
    assert (await status(kit, JUNIOR)).paused_until == UNTIL

    await pass_time(kit, clock, BACK + timedelta(minutes=1))
    assert await states(kit, world) == (PairState.ACTIVE, Enrolment.PAIRED)
    assert {letter.to for letter in await letters(kit, Kind.RESUMED)} == {ANA, BO}
    async with kit.store.read(TEAM) as tx:  # three weeks later nobody is asked any more, and it is written down why
        items = await due.about(tx, Job.CHECKIN, held.id)
    assert {(item.state, item.reason) for item in items} == {(DueState.SKIPPED, "too late")}


async def test_a_short_pause_only_delays(kit: Kit, world: World, clock: MovableClock) -> None:
    held = await hold(kit, world)
    await pause.pause(kit, SENIOR, date(2026, 3, 6), "")
    await pass_time(kit, clock, datetime(2026, 3, 6, 9, 30, tzinfo=UTC))
    async with kit.store.read(TEAM) as tx:
        assert {item.state for item in await due.about(tx, Job.CHECKIN, held.id)} == {DueState.DONE}
    assert {letter.to for letter in await letters(kit, Kind.CHECKIN, Kind.REFLECTION)} == {ANA, BO}


async def test_a_slip_is_undone_and_nobody_hears_of_it(kit: Kit, world: World, clock: MovableClock) -> None:
    held = await hold(kit, world)
    planned = await pending(kit, Job.CHECKIN, held.id)
    done = await pause.pause(kit, JUNIOR, UNTIL, "")
    clock.move(minutes=9)
    with pytest.raises(Refusal):
        await pause.undo(kit, SENIOR, done.pause.id)
    await pause.undo(kit, JUNIOR, done.pause.id)
    assert await states(kit, world) == (PairState.ACTIVE, Enrolment.PAIRED)
    assert await pending(kit, Job.CHECKIN, held.id) == planned
    await pass_time(kit, clock, clock.now + timedelta(hours=1))
    assert await letters(kit, Kind.PAUSED, Kind.RESUMED) == []


async def test_after_ten_minutes_it_is_ended_not_undone(kit: Kit, world: World, clock: MovableClock) -> None:
    done = await pause.pause(kit, JUNIOR, UNTIL, "")
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    with pytest.raises(Refusal) as refused:
        await pause.undo(kit, JUNIOR, done.pause.id)
    assert refused.value.key == "pause.refused.too_late"
    await pause.resume(kit, JUNIOR)
    assert await states(kit, world) == (PairState.ACTIVE, Enrolment.PAIRED)
    assert [letter.to for letter in await letters(kit, Kind.RESUMED)] == [BO]
    with pytest.raises(Refusal):
        await pause.resume(kit, JUNIOR)


async def test_sessions_in_that_time_are_called_off_on_nobodys_account(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    soon = await meet.book(kit, SENIOR, Booking(world.pair.id, clock.now + timedelta(days=4), 60, ""))
    later = await meet.book(kit, SENIOR, Booking(world.pair.id, BACK + timedelta(days=4), 60, ""))
    await pause.pause(kit, SENIOR, UNTIL, "")
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    async with kit.store.read(TEAM) as tx:
        off, kept = await sessions.get(tx, soon.id), await sessions.get(tx, later.id)
        facts = await pause.load_paused(kit, tx, (await letters(kit, Kind.PAUSED))[0])
    assert off is not None
    assert kept is not None
    assert facts is not None
    assert (off.state, off.hindrance) == (SessionState.CANCELLED, Hindrance.OTHER)
    assert kept.state is SessionState.PLANNED
    assert [session.id for session in facts.called_off] == [soon.id]
    with pytest.raises(Refusal):
        await meet.book(kit, JUNIOR, Booking(world.pair.id, BACK + timedelta(days=8), 60, ""))


async def test_a_pair_goes_on_when_both_are_back(kit: Kit, world: World, clock: MovableClock) -> None:
    await pause.pause(kit, JUNIOR, date(2026, 3, 9), "")
    await pause.pause(kit, SENIOR, date(2026, 3, 16), "")
    await pass_time(kit, clock, datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert await states(kit, world) == (PairState.PAUSED, Enrolment.PAIRED)
    await pass_time(kit, clock, datetime(2026, 3, 16, 12, tzinfo=UTC))
    assert (await states(kit, world))[0] is PairState.ACTIVE


async def test_pausing_again_moves_the_end(kit: Kit, world: World, clock: MovableClock) -> None:
    first = await pause.pause(kit, JUNIOR, date(2026, 3, 9), "")
    second = await pause.pause(kit, JUNIOR, UNTIL, "")
    assert second.pause.id == first.pause.id
    await pass_time(kit, clock, datetime(2026, 3, 10, 12, tzinfo=UTC))
    assert (await states(kit, world))[0] is PairState.PAUSED
    await pass_time(kit, clock, BACK + timedelta(hours=1))
    assert (await states(kit, world))[0] is PairState.ACTIVE


async def test_whoever_waits_for_a_partner_is_left_in_peace_and_hears_anew_afterwards(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    juno = await join(kit, world, "U07JUNO000", about())
    who = type(JUNIOR)(TEAM, juno.user_id)
    await pause.pause(kit, who, UNTIL, "")
    async with kit.store.read(TEAM) as tx:
        place = await enrol.place(tx, juno.id, world.cohort.id)
        assert await pauses.running(tx, juno.id) is not None
    assert place is not None
    assert place.state is Enrolment.PAUSED
    await pass_time(kit, clock, BACK + timedelta(hours=1))
    assert await letters(kit, Kind.NO_MATCH_YET) == []
    assert [at.date() for at in await pending(kit, Job.NO_MATCH_YET, place.id)] == [date(2026, 4, 8)]  # after Easter


async def test_a_form_that_cannot_be_is_refused_under_its_fields(kit: Kit, world: World) -> None:
    with pytest.raises(Refusals) as refused:
        await pause.pause(kit, JUNIOR, date(2026, 3, 1), "x" * 201)
    assert {problem.field for problem in refused.value.problems} == {"pause.until", "pause.note"}
    assert (await pause.form(kit, JUNIOR, "2 weeks")).until == date(2026, 3, 16)


async def test_a_new_zone_moves_what_is_planned_for_both(kit: Kit, world: World, clock: MovableClock) -> None:
    held = await hold(kit, world)
    before = await pending(kit, Job.CHECKIN, held.id)
    form = await prefs.form(kit, JUNIOR)
    done = await prefs.save(kit, JUNIOR, type(form.me.prefs)(zone="America/New_York", fewer=True), "US-CA")
    assert (done.changed, done.moved) == (True, 4)
    after = await pending(kit, Job.CHECKIN, held.id)
    assert len(set(after)) == 1
    fits = await pending(kit, Job.FIT, held.id)
    assert [at.date() for at in fits] == [after[0].date() + timedelta(days=1)] * 2, "how the pair fits comes along"
    assert after != before
    assert after[0] >= datetime(2026, 3, 3, 14, tzinfo=UTC)  # nine in New York, three in Berlin
    assert (done.me.zone, done.me.region, done.me.locale) == ("America/New_York", "US-CA", "en-US")

    clock.move(minutes=9)
    back = await prefs.undo(kit, JUNIOR)
    assert (back.me.prefs, back.me.region, back.me.zone) == (form.me.prefs, "DE", "Europe/Berlin")
    assert max(await pending(kit, Job.CHECKIN, held.id)) <= max(before) + timedelta(minutes=40)
    with pytest.raises(Refusal):
        await prefs.undo(kit, JUNIOR)


async def test_reminders_keep_their_day_and_hour_on_the_new_clock(kit: Kit, world: World, clock: MovableClock) -> None:
    mine, _ = await asked(kit, world, clock)
    await prefs.save(kit, JUNIOR, type(world.ana.prefs)(zone="Asia/Tokyo", checkin_hour=15), "")
    assert await pending(kit, Job.REMIND_CHECKIN, mine.id) == [
        datetime(2026, 3, 5, 6, tzinfo=UTC), datetime(2026, 3, 10, 6, tzinfo=UTC),
    ]  # fmt: skip
    assert not (await prefs.save(kit, JUNIOR, type(world.ana.prefs)(zone="Asia/Tokyo", checkin_hour=15), "")).changed


async def test_the_time_of_a_pause_is_nobodys_fault(kit: Kit, world: World, clock: MovableClock) -> None:
    await pause.pause(kit, SENIOR, date(2026, 4, 20), "")
    await pass_time(kit, clock, datetime(2026, 4, 20, 12, tzinfo=UTC))
    async with kit.store.read(TEAM) as tx:
        (known,) = await histories(tx, world.cohort)
    assert known.back_at is not None
    checked = check(known, world.cohort.cadence_days, clock.now, "Europe/Berlin")
    assert checked.concerns == ()
    forgotten = replace(known, back_at=None)
    assert check(forgotten, world.cohort.cadence_days, clock.now, "Europe/Berlin").concerns != ()


async def test_a_paused_person_is_not_paired(kit: Kit, world: World) -> None:
    juno = await join(kit, world, "U07JUNO000", about())
    await join(kit, world, "U07MAX0000", about(Side.SENIOR, manager="U07OTTO000", level=4))
    before = await match_services.survey(kit, COORDINATOR, "U07JUNO000", "U07MAX0000")
    assert "U07JUNO000" in before.juniors
    await pause.pause(kit, type(JUNIOR)(TEAM, juno.user_id), UNTIL, "")
    after = await match_services.survey(kit, COORDINATOR, "U07JUNO000", "U07MAX0000")
    assert after.verdict is not None
    assert after.verdict.hard
    assert "U07JUNO000" not in (await match_services.survey(kit, COORDINATOR, None, None)).juniors


async def test_a_suggestion_on_its_way_ends_without_why(kit: Kit, world: World, clock: MovableClock) -> None:
    juno = await join(kit, world, "U07JUNO000", about())
    await join(kit, world, "U07MAX0000", about(Side.SENIOR, manager="U07OTTO000", level=4))
    made = await match_services.propose(kit, COORDINATOR, "U07JUNO000", "U07MAX0000", reason=Reason.WANTED)
    assert isinstance(made, Proposed)
    await pause.pause(kit, type(JUNIOR)(TEAM, juno.user_id), UNTIL, "")
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    async with kit.store.read(TEAM) as tx:
        pair = await match.get(tx, made.people.pair.id)
    assert pair is not None
    assert pair.state is PairState.EXPIRED
    assert [letter.to for letter in await letters(kit, Kind.PROPOSAL_CLOSED)] == ["U07JUNO000"]


async def test_slack_says_that_somebody_moved_and_what_is_planned_moves_too(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    held = await hold(kit, world)
    await prefs.save(kit, JUNIOR, Prefs(language="en"), "")
    async with kit.store.write(TEAM) as tx:
        await keep_in_step(kit, tx, replace(account(ANA, "Asia/Tokyo"), locale="ja-JP"), locale="ja-JP")
        moved = await enrol.get(tx, world.ana.id)
    assert moved is not None
    assert (moved.zone, moved.locale) == ("Asia/Tokyo", "en")  # the zone follows Slack, the language was chosen
    for person in (moved, world.bo):
        assert [at for at in await pending(kit, Job.CHECKIN, held.id) if quiet(person, at)] == []
    await prefs.save(kit, JUNIOR, Prefs(zone="Europe/Berlin"), "")
    async with kit.store.write(TEAM) as tx:
        await keep_in_step(kit, tx, account(ANA, "America/Lima"), locale=None)
        stays = await enrol.get(tx, world.ana.id)
        assert await enrol.in_slack(tx, world.ana.id) == ("America/Lima", "ja-JP")
    assert stays is not None
    assert (stays.zone, stays.locale) == ("Europe/Berlin", "ja-JP")


async def test_the_profile_keeps_the_part_of_a_country(kit: Kit, world: World) -> None:
    await prefs.save(kit, JUNIOR, Prefs(), "DE-BY")
    await edit(kit, JUNIOR, account(ANA), about(region="DE"))
    assert (await prefs.form(kit, JUNIOR)).me.region == "DE-BY"
    await edit(kit, JUNIOR, account(ANA), about(region="FR"))
    assert (await prefs.form(kit, JUNIOR)).me.region == "FR"


async def test_a_cohort_that_ends_says_so_to_whoever_has_paused_once(kit: Kit, world: World) -> None:
    juno = await join(kit, world, "U07JUNO000", about())
    for who in (juno.user_id, ANA):
        await pause.pause(kit, type(JUNIOR)(TEAM, who), UNTIL, "")
    await cohorts.close(kit, COORDINATOR, world.cohort.id)
    assert sorted(letter.to for letter in await letters(kit, Kind.COHORT_CLOSED)) == sorted([ANA, BO, juno.user_id])
