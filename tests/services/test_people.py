"""The coordinators' list of people: where everybody stands, found and paged by the database; and one card."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.enrol import Filter, Standing
from bot.domain.refusals import Refusal
from bot.services import enrol
from bot.services.kit import Kit
from storage import enrol as people
from storage import roster
from storage import tables as t
from storage.records.enrol import Confided, Enrolment, Side
from storage.records.roster import Listed
from tests.clockwork import MovableClock
from tests.services.test_inviting import ACCOUNTS, ask, invitation_of
from tests.services.town_hall import COORDINATOR, IVY, JUNO, MAX, OTTO, about, actor, join, work_until
from tests.world import ANA, BO, TEAM, World


async def found(kit: Kit, **wanted: object) -> list[tuple[str, Standing]]:
    page = await enrol.people(kit, COORDINATOR, Filter(**wanted))  # type: ignore[arg-type]
    return [(row.user_id, row.standing) for row in page.rows]


async def test_everybody_stands_where_they_stand(kit: Kit, world: World, clock: MovableClock) -> None:
    await ask(kit, JUNO, IVY, MAX, OTTO)
    await join(kit, world, JUNO, about(Side.JUNIOR))
    await enrol.decline(kit, actor(IVY), (await invitation_of(kit, IVY, world)).id)
    async with kit.store.write(TEAM) as tx:
        await people.set_state(tx, world.bo.id, world.cohort.id, Enrolment.LEFT)
    assert dict(await found(kit)) == {
        ANA: Standing.PAIRED, BO: Standing.LEFT, JUNO: Standing.WAITING, IVY: Standing.DECLINED,
        MAX: Standing.INVITED, OTTO: Standing.INVITED,
    }  # fmt: skip
    await work_until(kit, clock, datetime(2026, 3, 17, 9, tzinfo=UTC))
    page = await enrol.people(kit, COORDINATOR, Filter(Standing.UNANSWERED))
    assert [row.user_id for row in page.rows] == [MAX, OTTO]
    assert (page.found, page.counts[Standing.WAITING], sum(page.counts.values())) == (2, 1, 6)


async def test_people_are_found_by_side_and_by_any_part_of_what_is_known(kit: Kit, world: World) -> None:
    await join(kit, world, JUNO, about(Side.JUNIOR, department="Legal 100%", division="Services"))
    async with kit.store.write(TEAM) as tx:
        listed = Listed(TEAM, MAX, "Max Keller", kit.clock(), department="Engineering", sides=frozenset({Side.SENIOR}))
        await roster.save(tx, [listed])
    await ask(kit, MAX)
    assert await found(kit, text="legal 100%") == [(JUNO, Standing.WAITING)]
    assert await found(kit, text="servi u07juno") == [(JUNO, Standing.WAITING)]
    assert await found(kit, text="engineer", side=Side.SENIOR) == [(MAX, Standing.INVITED)]
    assert await found(kit, side=Side.SENIOR) == [(BO, Standing.PAIRED), (MAX, Standing.INVITED)]
    assert await found(kit, text="_") == await found(kit, text="nobody of that name") == []


async def test_a_long_list_is_paged_and_a_page_beyond_the_end_is_the_last(kit: Kit, world: World) -> None:
    users = [f"U07N{n:06}" for n in range(40)]
    accounts = {user: replace(ACCOUNTS[JUNO], user_id=user, name=f"Somebody {user}") for user in users}
    await enrol.invite(kit, COORDINATOR, "", users, accounts)
    pages = [await enrol.people(kit, COORDINATOR, Filter(page=n)) for n in range(7)]
    shown = [row.user_id for page in pages[:6] for row in page.rows]
    assert (pages[0].pages, pages[0].found) == (6, 42)
    assert (len(shown), len(set(shown))) == (42, 42)
    assert pages[6].rows == pages[5].rows


async def test_a_card_shows_the_basics_and_nothing_that_was_confided(kit: Kit, world: World) -> None:
    juno = await join(kit, world, JUNO, about(Side.JUNIOR, share="secret garden", offers=("data",), manager=MAX))
    await enrol.confide(kit, actor(JUNO), Confided((1, 2, 3), "1990", "woman", ("caring",), (BO,)))
    async with kit.store.read(TEAM) as tx:
        place = await people.place(tx, juno.id, world.cohort.id)
    assert place is not None
    card = await enrol.card(kit, COORDINATOR, place=place.id)
    assert (card.row.user_id, card.manager, card.can_pair, card.can_ask) == (JUNO, MAX, True, False)
    assert card.profile is not None
    assert card.profile.offers == ("data",)
    assert "caring" not in str(card) and "1990" not in str(card) and BO not in str(card)
    async with kit.store.read(TEAM) as tx:
        ana = await people.place(tx, world.ana.id, world.cohort.id)
    assert ana is not None
    assert [pair.pair.id for pair in (await enrol.card(kit, COORDINATOR, place=ana.id)).pairs] == [world.pair.id]


async def test_the_card_of_somebody_who_was_asked_says_whether_they_can_be_asked_again(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await ask(kit, JUNO)
    asked = (await invitation_of(kit, JUNO, world)).id
    card = await enrol.card(kit, COORDINATOR, invitation=asked)
    assert (card.profile, card.can_pair, card.can_ask) == (None, False, True)
    await enrol.ask_again(kit, COORDINATOR, asked)
    assert not (await enrol.card(kit, COORDINATOR, invitation=asked)).can_ask
    clock.move(days=8)
    assert (await enrol.card(kit, COORDINATOR, invitation=asked)).can_ask, "after a week of silence"
    await enrol.decline(kit, actor(JUNO), asked)
    assert not (await enrol.card(kit, COORDINATOR, invitation=asked)).can_ask


async def test_the_list_is_for_coordinators_and_a_card_that_is_gone_says_so(kit: Kit, world: World) -> None:
    with pytest.raises(Refusal, match="not_coordinator"):
        await enrol.people(kit, actor(ANA), Filter())
    with pytest.raises(Refusal, match="not_coordinator"):
        await enrol.card(kit, actor(ANA), place="x")
    for which in ({"place": "x"}, {"invitation": "x"}, {}):
        with pytest.raises(Refusal, match="gone"):
            await enrol.card(kit, COORDINATOR, **which)


async def test_whoever_was_erased_is_in_no_list(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await tx.conn.execute(t.person.update().where(t.person.c.id == world.bo.id).values(user_id="gone-1", name=""))
    assert await found(kit) == [(ANA, Standing.PAIRED)]
