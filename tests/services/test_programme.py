"""Set-up and coordinators on a real database: who may, what is kept, who is told."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.messages import Kind
from bot.domain.programme.facts import Role
from bot.domain.programme.setup import Standing
from bot.domain.refusals import Refusal, Refusals
from bot.services.help import reader_of
from bot.services.kit import Actor, Kit
from bot.services.privacy.looking import overview
from bot.services.programme import cohorts, coordinators, setup, today
from bot.services.programme.setup import load_changed, load_named
from storage import due, programme
from storage.records.programme import CohortState, Purpose
from tests.services.desk import DEE, FULL, PLAN, chi, first, letters, profile, refused, standing
from tests.world import ANA, BO, CHI, ELI, NOOR, TEAM, World


async def test_the_first_set_up_needs_an_admin_and_makes_her_a_coordinator(kit: Kit) -> None:
    assert await refused(setup.begin(kit, chi(), profile(CHI))) == "not_admin"
    facts = await setup.begin(kit, chi(admin=True), profile(CHI))
    assert (facts.first, facts.setup.zone, facts.least_k) == (True, "Europe/Berlin", 5)
    await first(kit)
    known, people = await coordinators.all_of(kit, chi())
    assert [one.user_id for one in people] == [CHI]
    assert known.safe_contacts == (NOOR, ELI)
    async with kit.store.read(TEAM) as tx:
        assert [line.action for line in await programme.audit_since(tx, kit.clock())] == ["programme.set_up"]
        assert len(await due.ready(tx, kit.clock() + timedelta(days=8), 10)) >= 1


async def test_those_whom_the_set_up_names_are_told_once(kit: Kit) -> None:
    await first(kit)
    await first(kit)
    told = await letters(kit, Kind.NAMED)
    assert {(letter.to, letter.params["role"]) for letter in told} == {
        (DEE, Role.OWNER), (NOOR, Role.CONTACT), (ELI, Role.CONTACT),
    }  # fmt: skip
    async with kit.store.read(TEAM) as tx:
        facts = [await load_named(kit, tx, letter) for letter in told]
    assert {fact.other for fact in facts if fact and fact.role is Role.CONTACT} == {NOOR, ELI}


async def test_who_was_replaced_before_the_message_went_out_is_not_told(kit: Kit) -> None:
    await first(kit)
    told = await letters(kit, Kind.NAMED)
    await setup.set_up(kit, chi(), replace(FULL, findings_owner=CHI, contact_1=BO), _with(BO), profile(CHI))
    async with kit.store.read(TEAM) as tx:
        kept = {letter.to for letter in told if await load_named(kit, tx, letter)}
    assert kept == {ELI}


def _with(user_id: str) -> Standing:
    usual = standing()
    return replace(usual, people={**usual.people, user_id: profile(user_id)})


async def test_a_workspace_admin_who_does_not_coordinate_changes_nothing_later(kit: Kit, world: World) -> None:
    other = Actor(TEAM, DEE, admin=True)
    assert await refused(setup.set_up(kit, other, FULL, standing(), profile(DEE))) == "not_coordinator"


async def test_changing_the_digests_hour_tells_the_other_coordinators_and_nobody_named_before(
    kit: Kit, world: World
) -> None:
    await coordinators.add(kit, chi(), profile(DEE))
    same = replace(FULL, purpose=Purpose.TECHNOLOGY, findings_owner=CHI)
    saved = await setup.set_up(kit, chi(), replace(same, digest_hour=11), standing(), profile(CHI))
    assert saved.settings == ("digest_hour",)
    told = await letters(kit, Kind.SETUP_CHANGED)
    assert [(letter.to, letter.params["settings"]) for letter in told] == [(DEE, "digest_hour")]
    assert await letters(kit, Kind.NAMED) == []
    async with kit.store.read(TEAM) as tx:
        facts = await load_changed(kit, tx, told[0])
    assert facts is not None and facts.programme.digest_hour == 11


async def test_saving_the_same_again_tells_nobody(kit: Kit) -> None:
    await first(kit)
    assert (await setup.set_up(kit, chi(), FULL, standing(), profile(CHI))).settings == ()


async def test_a_contact_who_left_between_two_steps_is_refused_at_the_end_without_a_field(kit: Kit) -> None:
    with pytest.raises(Refusals) as caught:
        await setup.set_up(kit, chi(admin=True), replace(FULL, zone="Nowhere"), standing(NOOR), profile(CHI))
    assert [(p.key, p.field) for p in caught.value.problems] == [
        ("programme.refused.zone", "zone"), ("programme.refused.deactivated", None),
    ]  # fmt: skip


async def test_whoever_asks_reads_a_number_that_is_true_of_cohorts_from_before_it_was_raised(
    kit: Kit, world: World
) -> None:
    async with kit.store.write(TEAM) as tx:
        known = await programme.get(tx)
        assert known is not None
        await programme.save(tx, replace(known, k=9))
    assert (await overview(kit, chi())).k == 5, "the cohort that runs was opened with five"
    assert (await reader_of(kit, chi())).k == 5


async def test_of_two_admins_who_set_up_at_once_one_is_a_coordinator(kit: Kit) -> None:
    actors = [chi(admin=True), Actor(TEAM, DEE, admin=True)]
    done = await asyncio.gather(
        *(setup.set_up(kit, actor, FULL, standing(), profile(actor.user_id)) for actor in actors),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Refusal) for result in done) == 1
    async with kit.store.read(TEAM) as tx:
        assert len(await programme.coordinators(tx)) == 1


async def test_a_bot_or_a_closed_account_cannot_coordinate(kit: Kit, world: World) -> None:
    assert await refused(coordinators.add(kit, chi(), profile(DEE, bot=True))) == "bot"
    assert await refused(coordinators.add(kit, chi(), profile(DEE, deactivated=True))) == "deactivated"


async def test_adding_twice_tells_once(kit: Kit, world: World) -> None:
    await coordinators.add(kit, chi(), profile(DEE))
    assert await refused(coordinators.add(kit, chi(), profile(DEE))) == "coordinator_already"
    assert [letter.to for letter in await letters(kit, Kind.COORDINATOR_ADDED)] == [DEE]


async def test_two_coordinators_who_remove_each_other_at_once_leave_one(kit: Kit, world: World) -> None:
    await coordinators.add(kit, chi(), profile(DEE))
    done = await asyncio.gather(
        coordinators.remove(kit, chi(), DEE), coordinators.remove(kit, Actor(TEAM, DEE), CHI), return_exceptions=True
    )
    assert sum(isinstance(result, Refusal) for result in done) == 1
    async with kit.store.read(TEAM) as tx:
        assert len(await programme.coordinators(tx)) == 1


async def test_the_last_coordinator_stays_and_a_stranger_is_no_coordinator(kit: Kit, world: World) -> None:
    assert await refused(coordinators.remove(kit, chi(), CHI)) == "last_coordinator"
    assert await refused(coordinators.remove(kit, chi(), ANA)) == "no_coordinator"


@pytest.mark.parametrize("user", [ANA, BO, NOOR])
async def test_nobody_but_coordinators_reaches_any_of_it(kit: Kit, world: World, user: str) -> None:
    actor, cohort_id = Actor(TEAM, user, admin=True), world.cohort.id
    tries: list[Awaitable[Any]] = [
        coordinators.all_of(kit, actor),
        coordinators.add(kit, actor, profile(user)),
        coordinators.remove(kit, actor, CHI),
        cohorts.all_of(kit, actor),
        cohorts.draft(kit, actor),
        cohorts.save(kit, actor, PLAN),
        cohorts.about(kit, actor, cohort_id, CohortState.CLOSED),
        cohorts.open_(kit, actor, cohort_id, standing()),
        cohorts.close(kit, actor, cohort_id),
        today.today(kit, actor),
        today.failures(kit, actor),
        setup.begin(kit, actor, profile(user)),
    ]
    assert {await refused(attempt) for attempt in tries} == {"not_coordinator"}
