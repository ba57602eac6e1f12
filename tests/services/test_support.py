"""Support on a real database: who is told, what is kept, and that a concern waits for nothing."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.domain.enrol import SlackProfile
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.services import support
from bot.services.kit import Actor, Kit
from storage import programme, tables
from storage import support as rows
from storage.records.support import Door, Way
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, letters
from tests.world import ANA, BO, CHI, ELI, NOOR, TEAM, World

RUTH = "U07RUTH000"


def account(user: str, **changes: bool) -> SlackProfile:
    plain = SlackProfile(user, user.title(), "Europe/Berlin", "en-US", False, False, False, False)
    return replace(plain, **changes)


async def coordinate(kit: Kit, user: str) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, user, CHI, kit.clock())


async def ask(kit: Kit, user: str = ANA, text: str = "We never find a date", key: str = "k") -> None:
    await support.ask(kit, Actor(TEAM, user), account(user), Door.PRACTICAL, text, Way.CALL, key)


async def receivers(kit: Kit, kind: Kind) -> list[str]:
    return [letter.to for letter in await letters(kit, kind)]


async def test_everybody_in_the_workspace_finds_the_doors_and_nothing_is_stored(kit: Kit, world: World) -> None:
    for user in (ANA, BO, CHI, RUTH):
        facts = await support.doors(kit, Actor(TEAM, user))
        assert [contact.user_id for contact in facts.contacts] == [NOOR, ELI]
    assert await letters(kit) == []


async def test_nobody_is_their_own_safe_contact_and_one_who_coordinates_is_said_to(kit: Kit, world: World) -> None:
    await coordinate(kit, ELI)
    facts = await support.doors(kit, Actor(TEAM, NOOR))
    assert [(contact.user_id, contact.coordinates) for contact in facts.contacts] == [(ELI, True)]


async def test_a_request_reaches_every_coordinator_but_a_partner_who_is_one(kit: Kit, world: World) -> None:
    for user in (BO, NOOR):
        await coordinate(kit, user)
    assert (await support.doors(kit, JUNIOR)).readers == (CHI, NOOR)
    await ask(kit)
    assert await receivers(kit, Kind.HELP_ASKED) == [CHI, NOOR]


async def test_pressing_a_hundred_times_asks_once(kit: Kit, world: World) -> None:
    for _ in range(100):
        await ask(kit)
    assert await receivers(kit, Kind.HELP_ASKED) == [CHI]
    async with kit.store.read(TEAM) as tx:
        assert len((await tx.conn.execute(select(tables.help_request.c.id))).all()) == 1


async def test_other_words_from_the_same_form_are_sent_as_well_and_so_are_those_of_somebody_else(
    kit: Kit, world: World
) -> None:
    await asyncio.gather(*(ask(kit, text=text) for text in ("otter-5512", "lynx-7781", "otter-5512")))
    await ask(kit, BO, text="otter-5512")
    await ask(kit, text="heron-2207", key="x" * 3000)
    async with kit.store.write(TEAM) as tx:
        read = [await support.load_asked(kit, tx, letter) for letter in await letters(kit, Kind.HELP_ASKED)]
    said = sorted((one.author.user_id, one.request.text) for one in read if one is not None)
    assert said == [(ANA, "heron-2207"), (ANA, "lynx-7781"), (ANA, "otter-5512"), (BO, "otter-5512")]


async def test_the_text_is_sealed_and_only_a_coordinator_who_still_is_one_reads_it(kit: Kit, world: World) -> None:
    await coordinate(kit, NOOR)
    await ask(kit, text="otter-5512")
    to_chi, to_noor = await letters(kit, Kind.HELP_ASKED)
    assert "otter" not in str(to_chi)
    async with kit.store.write(TEAM) as tx:
        stored = (await tx.conn.execute(select(tables.help_request.c.text))).scalar_one()
        assert b"otter" not in stored
        read = await support.load_asked(kit, tx, to_chi)
        assert read is not None
        assert (read.request.text, read.author.user_id) == ("otter-5512", ANA)
        await programme.remove_coordinator(tx, NOOR)
        assert await support.load_asked(kit, tx, to_noor) is None


async def test_where_nobody_could_read_it_one_is_told_before_typing_and_after(kit: Kit, world: World) -> None:
    assert (await support.doors(kit, Actor(TEAM, CHI))).readers == ()
    with pytest.raises(Refusal, match=r"support.refused.nobody"):
        await ask(kit, CHI)
    with pytest.raises(Refusal, match=r"common.errors.empty"):
        await ask(kit, text="  ")
    with pytest.raises(Refusal, match=r"common.errors.too_long"):
        await ask(kit, text="x" * 1001)
    assert await letters(kit) == []


async def test_a_stranger_may_ask_too(kit: Kit, world: World) -> None:
    await ask(kit, RUTH)
    assert await receivers(kit, Kind.HELP_ASKED) == [CHI]


@pytest.mark.parametrize("contact", [CHI, ANA, RUTH, "", "nonsense"])
async def test_a_concern_goes_to_a_safe_contact_and_to_nobody_else(kit: Kit, world: World, contact: str) -> None:
    with pytest.raises(Refusal, match=r"support.refused.contact"):
        await support.may_reach(kit, JUNIOR, contact)


async def test_of_a_concern_only_the_day_is_kept_and_once(kit: Kit, world: World) -> None:
    assert [await support.note_down(kit, TEAM, "m1") for _ in range(3)] == [False, True, True]
    async with kit.store.read(TEAM) as tx:
        kept = (await tx.conn.execute(select(tables.concern))).all()
    assert [tuple(row) for row in kept] == [("m1", TEAM, kit.clock().date())]
    await support.forget(kit, TEAM, "m1")
    assert not await support.note_down(kit, TEAM, "m1")


@pytest.mark.sqlite
async def test_a_database_that_only_reads_does_not_stop_a_concern(kit: Kit, world: World) -> None:
    async with kit.store.engine.connect() as conn:
        await conn.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(OperationalError):
        await ask(kit)
    assert not await support.note_down(kit, TEAM, "m1")
    assert await support.may_reach(kit, JUNIOR, NOOR) == "en"


@pytest.mark.sqlite
async def test_a_locked_database_does_not_keep_a_concern_waiting(kit: Kit, world: World) -> None:
    other = sqlite3.connect(str(kit.store.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert not await support.note_down(kit, TEAM, "m1")
        await support.may_reach(kit, JUNIOR, NOOR)
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_when_a_safe_contact_leaves_every_coordinator_hears_once(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await coordinate(kit, ELI)
    for profile in (account(NOOR, deactivated=True), account(NOOR, deactivated=True), account(ANA, deactivated=True),
                    account(NOOR)):  # fmt: skip
        async with kit.store.write(TEAM) as tx:
            await support.contact_changed(kit, tx, profile)
    told = await letters(kit, Kind.CONTACT_GONE)
    assert [letter.to for letter in told] == [CHI, ELI]
    async with kit.store.write(TEAM) as tx:
        facts = await support.load_contact_gone(kit, tx, told[0])
        assert facts is not None
        assert (facts.gone, facts.left) == (NOOR, ELI)
        known = await programme.get(tx)
        assert known is not None
        await programme.save(tx, replace(known, safe_contacts=(ELI, CHI)))
        assert await support.load_contact_gone(kit, tx, told[0]) is None


async def test_coordinators_keep_the_links_and_nobody_else_does(kit: Kit, world: World) -> None:
    chi = Actor(TEAM, CHI)
    assert await support.set_links(kit, chi, " Line A \n\n  555 0100") == ("Line A", "555 0100")
    assert (await support.doors(kit, Actor(TEAM, RUTH))).links == ("Line A", "555 0100")
    for actor in (JUNIOR, SENIOR, Actor(TEAM, NOOR)):
        with pytest.raises(Refusal, match=r"not_coordinator"):
            await support.set_links(kit, actor, "mine")
    for text in ("\n".join("123456789"), "x" * 1501):
        with pytest.raises(Refusal):
            await support.set_links(kit, chi, text)
    async with kit.store.read(TEAM) as tx:
        assert await rows.links(tx) == "Line A\n555 0100"
