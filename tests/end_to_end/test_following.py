"""Slack accounts that are closed, opened and changed, with the bot over real HTTP and Socket Mode."""

from datetime import UTC, datetime, timedelta

from bot.domain.meet import Booking
from bot.services import match as matching
from bot.services import meet
from bot.services.kit import Actor
from playground.person import Person
from storage import enrol, match
from storage.ids import new_id
from storage.records.match import Pair, PairState
from tests.end_to_end.cohort import join, open_cohort
from tests.end_to_end.conftest import Town
from tests.thorough import thorough


async def paired(town: Town, junior: Person, senior: Person, cohort_id: str) -> str:
    """A pair that runs, made behind the scenes."""
    kit, team = town.house.kit, town.pg.workspace.team_id
    async with kit.store.write(team) as tx:
        one, other = await enrol.find(tx, junior.id), await enrol.find(tx, senior.id)
        assert one is not None and other is not None
        now = kit.clock()
        pair = Pair(new_id(), team, cohort_id, one.id, other.id, PairState.ACTIVE, None, "", "", now, now, None)
        await match.add(tx, pair)
    return pair.id


def infos(town: Town) -> int:
    """How often Slack was asked about one account."""
    return sum(row["what"] == "users.info" for row in town.pg.log.rows(2000))


async def test_an_account_that_was_closed_unnoticed_is_found_at_night_and_comes_back(town: Town) -> None:
    cohort = await open_cohort(town)
    ana, bo = await join(town, "ana", "junior"), await join(town, "bo", "senior")
    await paired(town, ana, bo, cohort.id)
    bo.user.deleted, ana.user.tz = True, "America/New_York"  # and Slack's word of it never came
    before = len(bo.messages())
    await town.until(datetime(2026, 3, 3, 16, tzinfo=UTC))
    said, chi = town.said(ana), town.person("chi")
    assert "Your pair is paused for now" in said and "account" not in said.partition("paused for now")[2]
    assert "Find somebody new" in town.said(chi)
    assert len(bo.messages()) == before
    async with town.house.kit.store.read(town.pg.workspace.team_id) as tx:
        known = [await enrol.find(tx, one.id) for one in (ana, bo)]
    assert [one.zone for one in known if one] == ["America/New_York", "Europe/Berlin"]

    await town.pg.change_user(bo.id, deleted=False)
    await town.settle()
    assert "goes on" in town.said(ana)
    assert "Find somebody new" in town.said(chi)  # what was said stays; pressing it asks first
    await chi.press("leave.part:rematch")
    assert "End a pair" in str(chi.modal)


async def test_lines_that_forbid_a_pair_are_asked_about_and_either_ends_it(town: Town) -> None:
    cohort = await open_cohort(town)
    ana, bo = await join(town, "ana", "junior"), await join(town, "bo", "senior")
    await paired(town, ana, bo, cohort.id)
    chi = town.person("chi")
    await matching.set_line(town.house.kit, Actor(town.pg.workspace.team_id, chi.id), ana.id, bo.id)
    await town.until(datetime(2026, 3, 2, 16, tzinfo=UTC))
    assert "would not be paired today" in town.said(chi)
    assert all("Your reporting lines have changed" in town.said(one) for one in (ana, bo))
    await bo.press("leave.go_on")
    assert "goes on" in town.said(bo)
    await ana.press("leave.cross_out")
    assert "In ten minutes your pair with" in town.said(ana)
    await town.forward(minutes=11)
    assert all("has ended" in town.said(one) for one in (ana, bo))
    assert "ended a pair" not in town.said(chi)


async def test_guests_and_people_of_another_company_are_told_apart_and_taken_where_the_cohort_says_so(
    town: Town,
) -> None:
    await open_cohort(town)
    juno, max_, chi = town.person("juno"), town.person("max"), town.person("chi")
    juno.user.is_restricted, max_.user.home_team = True, "T07OTHER01"
    await max_.command("/revmentor join")
    assert "people of this company only" in str(max_.modal)
    await join(town, "juno", "junior")
    await open_cohort(town, name="Across", guests=False, strangers=True)
    await join(town, "max", "senior")
    await chi.command("/revmentor admin people")
    shown = str(chi.modal)
    assert "guest" in shown and "of another company" in shown
    async with town.house.kit.store.read(town.pg.workspace.team_id) as tx:
        known = [await enrol.find(tx, one.id) for one in (juno, max_)]
    assert [(one.guest, one.home_team) for one in known if one] == [(True, ""), (False, "T07OTHER01")]
    max_.user.deleted = True
    before = infos(town)
    await town.until(datetime(2026, 3, 3, 5, tzinfo=UTC))
    async with town.house.kit.store.read(town.pg.workspace.team_id) as tx:
        gone = await enrol.find(tx, max_.id)
    assert gone is not None and gone.deactivated
    assert infos(town) - before == 1, "Slack's list may leave out people of another company"


@thorough
async def test_two_who_share_no_group_message_each_get_it_and_press_where_they_are(town: Town) -> None:
    cohort = await open_cohort(town, strangers=True)
    town.person("bo").user.home_team = "T07OTHER01"
    for place in town.pg.workspace.conversations.values():
        if town.person("bo").id in place.members:
            place.members.remove(town.person("bo").id)
    ana, bo = await join(town, "ana", "junior"), await join(town, "bo", "senior")
    pair_id = await paired(town, ana, bo, cohort.id)
    kit, team = town.house.kit, town.pg.workspace.team_id
    starts = town.clock.now() + timedelta(days=7)
    await meet.book(kit, Actor(team, ana.id), Booking(pair_id, starts, 60, "Room 4"))
    await town.settle()
    for one in (ana, bo):
        assert "Room 4" in town.said(one)
        assert "so your partner gets the same one from me" in town.said(one)
    await bo.press("meet.reschedule")
    assert "Move" in str(bo.modal) or "Room 4" in str(bo.modal)
    await town.until(starts - timedelta(hours=24))
    copies = [town.said(one).count("so your partner gets the same one") for one in (ana, bo)]
    assert copies[0] == copies[1] >= 4, "booked, icebreakers, agenda, reminder"
