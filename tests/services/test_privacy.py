"""A person goes: nothing they wrote is left anywhere on disk, and what others share with them goes on without them."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.privacy import Keeping
from bot.domain.refusals import Refusal
from bot.services import checkin as checkins
from bot.services import commit as commits
from bot.services import enrol as enrolling
from bot.services import leave, privacy
from bot.services.kit import Actor, Kit
from bot.services.post import post
from bot.services.privacy import exporting
from storage import enrol, match, outbox, prepare, programme, report
from storage import privacy as rows
from storage import tables as t
from storage.ids import new_id
from storage.records.commit import CommitmentKind
from storage.records.delivery import LetterState
from storage.records.enrol import Side
from storage.records.match import PairState
from storage.records.prepare import LineKind
from storage.records.programme import CohortState
from storage.records.report import FigureKind
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, asked, letters, pass_time, planned, sheet
from tests.services.town_hall import COORDINATOR, about, account
from tests.world import ANA, BO, CHI, ELI, TEAM, World

SECRETS = ("example-zebra-7731", "parked-lynx-9015", "share-ibis-2210", "Ana Silva")
PROMISE = "promise-heron-1188"


@pytest.fixture
async def lived(kit: Kit, world: World, clock: MovableClock) -> World:
    """Ana has answered, parked a topic and said what she can share; Bo has promised something."""
    mine, _ = await asked(kit, world, clock)
    await checkins.answer(kit, JUNIOR, mine.id, sheet(example=SECRETS[0]))
    async with kit.store.write(TEAM) as tx:
        await prepare.add_line(tx, world.pair.id, world.ana.id, SECRETS[1], kit.clock(), kind=LineKind.PARKED)
        place = (await enrol.participations(tx, world.ana.id))[0]
        profile = replace(place.profile, share=SECRETS[2])
        await enrol.save_participant(tx, replace(place, profile=profile), kit.clock())
    await commits.add(
        kit, SENIOR, world.pair.id, kind=CommitmentKind.BEHAVIOUR, text=PROMISE, due_on=date(2026, 4, 1)
    )  # fmt: skip
    return world


def on_disk(kit: Kit) -> bytes:
    """Every byte of the database and of what lies beside it."""
    path = Path(str(kit.store.url.database))
    return b"".join(part.read_bytes() for part in sorted(path.parent.glob(f"{path.name}*")))


async def key_of(kit: Kit, person_id: str) -> bytes | None:
    async with kit.store.read(TEAM) as tx:
        found: bytes | None = await tx.conn.scalar(
            select(t.data_key.c.wrapped).where(t.data_key.c.person_id == person_id)
        )
    return found


@pytest.mark.sqlite
async def test_nothing_of_what_somebody_wrote_is_left_on_the_disk(kit: Kit, lived: World) -> None:
    key = await key_of(kit, lived.ana.id)
    assert key is not None and key in on_disk(kit) and b"Ana Silva" in on_disk(kit)
    await privacy.erase(kit, JUNIOR)
    left = on_disk(kit)
    assert [secret for secret in SECRETS if secret.encode() in left] == []
    assert key not in left
    async with kit.store.read(TEAM) as tx:
        assert await enrol.find(tx, ANA) is None
        everything = await rows.everything_about(tx, ANA, lived.ana.id)
    found = json.dumps(everything, default=str)
    assert [secret for secret in SECRETS if secret in found] == []
    assert set(everything) <= {
        "person", "participant", "consent", "pair", "session", "icebreaker_use", "agenda_line", "checkin", "leaving",
        "export_file",
    }  # fmt: skip


async def test_the_pair_ends_with_the_same_words_as_ever_and_coordinators_hear_that_somebody_left(
    kit: Kit, lived: World
) -> None:
    await privacy.erase(kit, JUNIOR)
    async with kit.store.read(TEAM) as tx:
        pair = await match.get(tx, lived.pair.id)
        parked = await prepare.parked(tx, lived.pair.id)
        assert pair is not None and pair.state is PairState.ENDED
        assert [line.text for line in parked] == [None]
        assert (await enrol.participations(tx, lived.bo.id))[0].state == "waiting"
    told = [(letter.kind, letter.to) for letter in await letters(kit, Kind.PAIR_ENDED, Kind.LEFT)]
    assert sorted(told) == [(Kind.PAIR_ENDED, BO), (Kind.LEFT, CHI)]
    async with kit.store.read(TEAM) as tx:
        letter = (await letters(kit, Kind.LEFT))[0]
        facts = await leave.load_told(kit, tx, letter)
    assert facts is not None and facts.person is None and [p.user_id for p in facts.waiting] == [BO]


async def test_nothing_more_is_sent_or_planned_for_somebody_who_is_gone(
    kit: Kit, lived: World, clock: MovableClock
) -> None:
    assert any(letter.to == ANA for letter in await letters(kit))
    await privacy.erase(kit, JUNIOR)
    await pass_time(kit, clock, clock.now + timedelta(days=30))
    assert [letter.kind for letter in await letters(kit) if letter.to in (ANA, lived.pair.id)] == []


async def test_later_figures_leave_them_out_and_published_ones_stay(kit: Kit, lived: World) -> None:
    async with kit.store.read(TEAM) as tx:
        assert len(await report.pool(tx, lived.cohort.id, FigureKind.RECIPROCITY)) == 1
        before = await report.people(tx, lived.cohort.id, Side.JUNIOR)
    await privacy.erase(kit, JUNIOR)
    async with kit.store.read(TEAM) as tx:
        assert await report.pool(tx, lived.cohort.id, FigureKind.RECIPROCITY) == []
        assert await report.people(tx, lived.cohort.id, Side.JUNIOR) == before


async def test_what_stands_in_slack_is_taken_away_with_the_partners_messages_that_show_it(
    kit: Kit, lived: World
) -> None:
    async def sent(kind: Kind, to: str, ts: str, pair: str = "") -> None:
        async with kit.store.write(TEAM) as tx:
            await post(tx, kind, to, new_id(), kit.clock(), pair=pair)
            letter_id = await tx.conn.scalar(select(t.outbox.c.id).order_by(t.outbox.c.id.desc()).limit(1))
            await outbox.mark_sent(tx, str(letter_id), "D1" if to == ANA else "D2" if to == BO else "G1", ts)

    mine = lived.pair.id
    await sent(Kind.CHECKIN, ANA, "1.1")
    await sent(Kind.AGENDA, mine, "1.2")
    await sent(Kind.ICEBREAKERS, mine, "1.3")
    await sent(Kind.PROPOSAL_SENIOR, BO, "1.4", mine)
    await sent(Kind.PROPOSAL_SENIOR, BO, "1.5", "another")
    await sent(Kind.CHECKIN, BO, "1.6")
    await sent(Kind.PAUSED, BO, "1.7", mine)
    await privacy.erase(kit, JUNIOR)
    removed = [(letter.to, letter.params["ts"]) for letter in await letters(kit, Kind.REMOVE_MESSAGE)]
    assert sorted(removed) == [("D1", "1.1"), ("D2", "1.4"), ("D2", "1.7"), ("G1", "1.2")]


async def test_a_message_under_way_is_taken_away_when_it_has_arrived(
    kit: Kit, lived: World, clock: MovableClock
) -> None:
    letter = next(one for one in await letters(kit) if one.to == ANA)
    async with kit.store.write(TEAM) as tx:
        await tx.conn.execute(
            t.outbox.update().where(t.outbox.c.id == letter.id).values(state=LetterState.SENDING.value)
        )
    await privacy.erase(kit, JUNIOR)
    async with kit.store.write(TEAM) as tx:
        assert await outbox.mark_sent(tx, letter.id, "D1", "7.7")
    await pass_time(kit, clock, clock.now + timedelta(minutes=11))
    assert [one.params["ts"] for one in await letters(kit, Kind.REMOVE_MESSAGE)] == ["7.7"]
    async with kit.store.read(TEAM) as tx:
        assert await outbox.get(tx, letter.id) is None


async def test_whoever_joins_again_is_new_and_what_was_before_reads_removed(kit: Kit, lived: World) -> None:
    await privacy.erase(kit, JUNIOR)
    again = await enrolling.join(
        kit, JUNIOR, account(ANA), cohort_id=lived.cohort.id, version="2026-3", about=about()
    )  # fmt: skip
    assert again.cohort.id == lived.cohort.id
    async with kit.store.read(TEAM) as tx:
        new = await enrol.find(tx, ANA)
        assert new is not None and new.id != lived.ana.id
        assert [line.text for line in await prepare.parked(tx, lived.pair.id)] == [None]
        consents = [(row.user_id, row.ended_at) for row in await tx.conn.execute(select(t.consent))]
    assert consents == [(ANA, None)]


async def test_the_last_coordinator_is_told_what_to_do_first_and_another_one_goes(kit: Kit, world: World) -> None:
    with pytest.raises(Refusal, match="last_coordinator"):
        await privacy.erase(kit, COORDINATOR)
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, ELI, CHI, kit.clock())
    await privacy.erase(kit, COORDINATOR)
    async with kit.store.read(TEAM) as tx:
        assert [(c.user_id, c.added_by) for c in await programme.coordinators(tx)] == [(ELI, "")]


async def test_who_never_took_part_can_be_deleted_too_and_twice_is_once(kit: Kit, lived: World) -> None:
    stranger = Actor(TEAM, "U07RUTH000")
    await privacy.erase(kit, stranger)
    await privacy.erase(kit, JUNIOR)
    await privacy.erase(kit, JUNIOR)
    assert [letter.to for letter in await letters(kit, Kind.LEFT)] == [CHI]


async def test_everything_about_oneself_is_there_and_nothing_of_the_partner(kit: Kit, lived: World) -> None:
    own = await privacy.own_data(kit, JUNIOR)
    text = json.dumps(own.tables, default=str)
    assert [secret for secret in SECRETS if secret not in text] == []
    assert PROMISE not in text and "Bo Lindgren" not in text and BO not in text
    assert {"person", "participant", "answer", "agenda_line", "checkin", "outbox", "pair", "urn"} <= set(own.tables)
    assert "mark" not in own.tables["urn"][0], "who was drawn is told to nobody"
    assert own.tables["session"] and all("reason" not in row for row in own.tables["session"]), "it may be Bo's"
    theirs = json.dumps((await privacy.own_data(kit, SENIOR)).tables, default=str)
    assert PROMISE in theirs and not any(secret in theirs for secret in SECRETS)
    assert (await privacy.own_data(kit, Actor(TEAM, "U07RUTH000"))).tables == {}


async def test_what_waits_to_be_sent_or_done_for_an_export_holds_no_content(kit: Kit, lived: World) -> None:
    await privacy.ask_export(kit, JUNIOR)
    await privacy.ask_export(kit, JUNIOR)
    found = await letters(kit, Kind.EXPORT)
    assert len(found) == 1
    export = await privacy.contents(kit, TEAM, found[0].params["export"])
    assert export is not None and SECRETS[0] in export[1].decode()
    async with kit.store.read(TEAM) as tx:
        stored: list[Any] = [*(await tx.conn.execute(select(t.outbox))), *(await tx.conn.execute(select(t.due)))]
    assert not any(secret in str(stored) for secret in SECRETS)


async def test_an_export_under_way_is_not_shared_with_an_account_that_was_deleted(kit: Kit, lived: World) -> None:
    await privacy.ask_export(kit, JUNIOR)
    export_id = (await letters(kit, Kind.EXPORT))[0].params["export"]
    assert await exporting.keep_file(kit, TEAM, export_id, "F1")
    await privacy.erase(kit, JUNIOR)
    assert not await exporting.keep_file(kit, TEAM, export_id, "F2")
    assert await privacy.contents(kit, TEAM, export_id) is None
    assert [letter.to for letter in await letters(kit, Kind.REMOVE_FILE)] == ["F1"]


async def close(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.move_cohort(tx, world.cohort.id, CohortState.OPEN, CohortState.CLOSED)
        await match.move(tx, world.pair.id, PairState.ACTIVE, PairState.COMPLETED)


async def sweep(kit: Kit, clock: MovableClock, days: int, world: World) -> None:
    """The nightly sweep, so many days after the cohort's last day."""
    async with kit.store.write(TEAM) as tx:
        await privacy.plan_retention(tx, clock.now)
    item = (await planned(kit, Job.RETENTION, TEAM))[-1]
    clock.set(datetime.combine(world.cohort.ends_on, clock.now.timetz()) + timedelta(days=days))
    async with kit.store.write(TEAM) as tx:
        assert await privacy.do_retention(kit, tx, item) is None


async def test_texts_go_half_a_year_after_the_end_and_people_after_a_year(
    kit: Kit, lived: World, clock: MovableClock
) -> None:
    await close(kit, lived)
    await sweep(kit, clock, 180, lived)
    assert SECRETS[1] in json.dumps((await privacy.own_data(kit, JUNIOR)).tables, default=str)
    await sweep(kit, clock, 181, lived)
    text = json.dumps((await privacy.own_data(kit, JUNIOR)).tables, default=str)
    assert [secret for secret in SECRETS if secret in text] == ["Ana Silva"]
    async with kit.store.read(TEAM) as tx:
        counted = [await tx.conn.scalar(select(t.answer.c.checkin_id)), await tx.conn.scalar(select(t.urn.c.kind))]
        assert counted == [None, None]
    await sweep(kit, clock, 366, lived)
    async with kit.store.read(TEAM) as tx:
        assert await enrol.find(tx, ANA) is None and await match.get(tx, lived.pair.id) is None
        assert await programme.cohort(tx, lived.cohort.id) is not None
        assert await tx.conn.scalar(select(t.data_key.c.id)) is None


async def test_an_open_cohort_keeps_everything_and_the_settings_decide(
    kit: Kit, lived: World, clock: MovableClock
) -> None:
    await sweep(kit, clock, 1000, lived)
    text = json.dumps((await privacy.own_data(kit, JUNIOR)).tables, default=str)
    assert [secret for secret in SECRETS if secret not in text] == []
    await close(kit, lived)
    await sweep(replace(kit, keeping=Keeping(text_days=3000, row_days=3000)), clock, 1000, lived)
    assert SECRETS[0] in json.dumps((await privacy.own_data(kit, JUNIOR)).tables, default=str)


async def test_what_the_machinery_remembers_goes_after_a_year(kit: Kit, lived: World, clock: MovableClock) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.note(tx, CHI, "cohort.opened", "x", clock.now)
        await tx.conn.execute(t.outbox.update().values(state=LetterState.SENT.value))
    await sweep(kit, clock, 300, lived)
    async with kit.store.read(TEAM) as tx:
        assert await tx.conn.scalar(select(t.outbox.c.id)) is None
        assert await tx.conn.scalar(select(t.audit.c.id)) is None
