"""The digest in the coordinators' channel, with its chart, and what opens from it."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.services import report
from playground.faults import Fault
from playground.person import Person
from storage import meet, programme
from storage.ids import new_id
from storage.records.meet import Hindrance, Session, SessionState
from storage.records.programme import Cohort
from tests.end_to_end.cohort import open_cohort
from tests.end_to_end.conftest import Town
from tests.services.many import YES, Two, add_pairs, everybody_answers

MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
CHANNEL = "C07TEAM001"


async def begin(town: Town, pairs: int) -> tuple[Cohort, list[Two]]:
    """A cohort with so many pairs, whose digest is planned."""
    cohort = await open_cohort(town)
    team, kit = town.pg.workspace.team_id, town.house.kit
    made = await add_pairs(kit, cohort, pairs)
    async with kit.store.write(team) as tx:
        known = await programme.get(tx)
        assert known is not None
        await report.plan_weekly(kit, tx, known, kit.clock())
    return cohort, made


def digests(chi: Person) -> list[dict[str, Any]]:
    return [m for m in chi.messages(CHANNEL) if "weekly digest" in m["text"]]


def pictures(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for block in message["blocks"] if block["type"] == "image"]


async def test_the_digest_arrives_on_monday_with_figures_in_words_and_a_chart(town: Town) -> None:
    _, pairs = await begin(town, 20)
    await everybody_answers(town.house.kit, pairs, YES)
    await town.until(MONDAY)
    (message,) = digests(town.person("chi"))
    assert "Helped me: *most* (8 or more of 10)" in str(message)
    (picture,) = pictures(message)
    assert "Helped me: most, 8 or more of 10." in picture["alt_text"]
    uploaded = town.pg.workspace.files[picture["slack_file"]["id"]]
    assert uploaded.mimetype == "image/png"
    assert uploaded.alt_txt == picture["alt_text"]
    town.pg.faults.rules = [Fault("files.getUploadURLExternal", "error", error="missing_scope")]
    for n in (1, 2):
        await town.until(MONDAY + timedelta(days=7 * n, seconds=30))
        assert len(digests(town.person("chi"))) == n + 1, "at once, without its chart"
    assert pictures(digests(town.person("chi"))[-1]) == []
    (hint,) = [m for m in town.person("chi").messages() if "files:write" in str(m)]
    assert "came without its chart" in str(hint)


async def test_a_chart_that_slack_is_not_done_with_follows_in_the_thread(town: Town) -> None:
    _, pairs = await begin(town, 20)
    await everybody_answers(town.house.kit, pairs, YES)
    town.pg.processing_seconds = 3600
    await town.until(MONDAY)
    (message,) = digests(town.person("chi"))
    assert pictures(message) == []
    for file in town.pg.workspace.files.values():
        file.ready_at = 0
    await town.until(MONDAY + timedelta(minutes=5))
    (follow,) = [m for m in town.person("chi").messages(CHANNEL) if m.get("thread_ts") == message["ts"]]
    assert len(pictures(follow)) == 1


async def test_the_list_of_the_digest_opens_for_coordinators_only(town: Town) -> None:
    _, pairs = await begin(town, 3)
    await cancel_twice(town, pairs[0])
    await town.until(MONDAY)
    chi, dee = town.person("chi"), town.person("dee")
    (message,) = digests(chi)
    assert "senior cancelled twice in a row" in str(message)
    assert pairs[0].junior.user_id not in str(message)
    await chi.press("Open list", in_=message)
    assert pairs[0].junior.user_id in str(chi.modal)
    await dee.press("Open list", in_=message)
    assert pairs[0].junior.user_id not in str(dee.modal)
    assert "for coordinators" in str(dee.modal)


async def test_everybody_in_the_channel_can_read_how_the_numbers_are_protected(town: Town) -> None:
    await begin(town, 3)
    await town.until(MONDAY)
    dee = town.person("dee")
    await dee.press("How these numbers are protected", in_=digests(dee)[0])
    assert "at least 10 people" in str(dee.modal)


async def test_preview_is_seen_by_nobody_else(town: Town) -> None:
    await begin(town, 3)
    chi = town.person("chi")
    assert (await chi.command("/revmentor admin digest preview", channel=CHANNEL)).ok
    assert "Only you see this" in town.said(chi, CHANNEL)
    assert "Only you see this" not in town.said(town.person("dee"), CHANNEL)


async def test_now_posts_the_last_figures(town: Town) -> None:
    await begin(town, 3)
    chi, dee = town.person("chi"), town.person("dee")
    assert (await chi.command(f"/revmentor admin coordinators add <@{dee.id}>")).ok
    await asyncio.gather(*(one.command("/revmentor admin digest now", channel=CHANNEL) for one in (chi, dee)))
    await town.settle()
    (posted,) = digests(chi)
    both = town.said(chi, CHANNEL) + town.said(dee, CHANNEL)
    assert "On its way" in both and "That was asked for a moment ago" in both, "two pressed at the same moment"
    assert "do not coordinate" not in str(posted)
    assert (await chi.command(f"/revmentor admin coordinators remove <@{dee.id}>")).ok
    await town.forward(minutes=2)
    assert (await chi.command("/revmentor admin digest now", channel=CHANNEL)).ok
    await town.settle()
    assert "One person in this channel does not coordinate" in str(digests(chi)[-1])


async def test_the_schedule_is_changed_in_a_modal_that_says_when_the_next_one_comes(town: Town) -> None:
    await begin(town, 3)
    chi = town.person("chi")
    assert (await chi.command("/revmentor admin digest schedule", channel=CHANNEL)).ok
    refused = await chi.submit({"zone": "Atlantis/Deep"})
    assert "zone" in refused.errors
    assert (await chi.submit({"weekday": "2", "hour": "14", "zone": "Europe/Berlin"})).ok
    assert "The next digest comes on" in str(chi.modal)
    await town.until(datetime(2026, 3, 4, 13, 0, tzinfo=UTC))
    assert digests(chi) == [], "the cohort has no whole week behind it yet"
    await town.until(datetime(2026, 3, 11, 13, 0, tzinfo=UTC))
    assert len(digests(chi)) == 1


async def test_a_public_channel_is_refused_for_the_digest(town: Town) -> None:
    await begin(town, 3)
    chi = town.person("chi")
    general = next(c["id"] for c in chi.conversations() if c["name"] == "general")
    assert (await chi.command("/revmentor admin digest channel", channel=CHANNEL)).ok
    refused = await chi.submit({"channel": general})
    assert "public" in refused.errors["channel"] or "invite" in refused.errors["channel"]


async def cancel_twice(town: Town, two: Two) -> None:
    """The senior calls two sessions off."""
    kit, team = town.house.kit, town.pg.workspace.team_id
    async with kit.store.write(team) as tx:
        for n in (1, 2):
            at = kit.clock() + timedelta(days=n)
            session = Session(
                new_id(), team, two.pair.id, n, at, 60, "", SessionState.CANCELLED, two.senior.id, Hindrance.SENIOR,
                at - timedelta(hours=5),
            )  # fmt: skip
            await meet.add(tx, session)


async def book(town: Town, two: Two, at: datetime) -> None:
    """A session that is planned."""
    session = Session(
        new_id(), town.pg.workspace.team_id, two.pair.id, 2, at, 60, "", SessionState.PLANNED, two.senior.id, None, None
    )
    async with town.house.kit.store.write(town.pg.workspace.team_id) as tx:
        await meet.add(tx, session)


async def test_closing_a_small_cohort_ends_in_a_last_digest_with_its_one_figure(town: Town) -> None:
    cohort, pairs = await begin(town, 6)
    await everybody_answers(town.house.kit, pairs, YES)
    await book(town, pairs[0], MONDAY + timedelta(days=2))
    chi = town.person("chi")
    await town.until(MONDAY)
    (running,) = digests(chi)
    assert "until the end" in str(running) and "1 planned ahead" in str(running)
    assert (await chi.command(f"/revmentor admin cohort close {cohort.name}")).ok
    assert "6 pairs end" in str(chi.modal)
    assert (await chi.submit({})).ok
    await town.until(MONDAY + timedelta(weeks=3))
    _, last = digests(chi)
    assert "Spring: the last digest" in str(last)
    assert "Asked once at the end: 6 answers" in str(last)
    assert "This cohort is closed" in str(last)
    assert "1 planned" not in str(last), "the booked session does not take place any more"
    assert "next date" not in str(last), "nobody has to do anything about a cohort that is over"


async def test_of_two_coordinators_who_close_a_cohort_at_once_one_is_told_it_is_closed(town: Town) -> None:
    await begin(town, 2)
    chi, dee = town.person("chi"), town.person("dee")
    assert (await chi.command(f"/revmentor admin coordinators add <@{dee.id}>")).ok
    for person in (chi, dee):
        assert (await person.command("/revmentor admin cohort close")).ok
    await asyncio.gather(chi.submit({}), dee.submit({}))
    said = sorted("closed already" in str(person.modal) for person in (chi, dee))
    assert said == [False, True]
