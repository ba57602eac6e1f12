"""The profile: three forms of which each keeps the rest, and what is confided to the matching alone."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.domain.refusals import Refusal, Refusals
from bot.services import enrol
from bot.services.kit import Kit
from storage import enrol as people
from storage import privacy, programme, roster
from storage import tables as t
from storage.records.enrol import Confided, Enrolment, Side
from storage.records.roster import Listed
from tests.services.test_inviting import ask
from tests.services.town_hall import IVY, JUNO, MAX, about, account, actor, join
from tests.world import ANA, TEAM, World


async def test_the_profile_starts_from_what_is_known_and_each_form_keeps_the_rest(kit: Kit, world: World) -> None:
    await join(kit, world, JUNO, about(Side.JUNIOR, share="maps", offers=("data",), works_to=960, manager=MAX))
    form = await enrol.edit_form(kit, actor(JUNO))
    assert (form.known.profile.share, form.known.manager, form.cohort) == ("maps", MAX, None)
    changed = replace(form.known, profile=replace(form.known.profile, department="Press", share=""), manager=None)
    await enrol.edit(kit, actor(JUNO), replace(account(JUNO), zone="America/New_York"), changed)
    await enrol.bring(kit, actor(JUNO), replace(form.known.profile, department="", share="charts", works_from=600))
    known = await enrol.told(kit, actor(JUNO))
    async with kit.store.read(TEAM) as tx:
        juno = await people.find(tx, JUNO)
        assert juno is not None
        place = await people.place(tx, juno.id, world.cohort.id)
    profile = known.about.profile
    assert (profile.department, profile.share, profile.offers, known.about.manager) == (
        "Press",
        "charts",
        ("data",),
        None,
    )
    assert (profile.works_from, profile.works_to, juno.zone) == (600, 960, "America/New_York")
    assert place is not None
    assert place.consented_at == kit.clock()


async def test_a_newcomer_s_form_guesses_country_and_language_from_the_account(kit: Kit, world: World) -> None:
    form = await enrol.about_form(kit, actor(JUNO), account(JUNO, "America/New_York"), world.cohort.id)
    assert (form.known.profile.region, form.known.profile.sides) == ("US", frozenset())
    assert form.known.profile.languages == ("en",)
    assert "DE" in form.regions
    odd = await enrol.about_form(kit, actor(JUNO), account(JUNO, "Etc/UTC"), world.cohort.id)
    assert (odd.known.profile.region, odd.listed) == ("", False)


async def test_whoever_is_on_the_organisation_s_list_starts_from_it_and_is_told_so(kit: Kit, world: World) -> None:
    listed = Listed(TEAM, JUNO, "Juno Park", kit.clock(), level=2, department="Legal", division="Services",
                    languages=("de", "pt"), sides=frozenset({Side.JUNIOR}))  # fmt: skip
    async with kit.store.write(TEAM) as tx:
        await roster.save(tx, [listed])
        await people.set_line(tx, JUNO, MAX)
    form = await enrol.about_form(kit, actor(JUNO), account(JUNO), world.cohort.id)
    profile = form.known.profile
    assert form.listed
    assert (profile.department, profile.division, profile.level, profile.languages) == (
        "Legal",
        "Services",
        2,
        ("de", "pt"),
    )
    assert (profile.sides, profile.region, form.known.manager) == (frozenset({Side.JUNIOR}), "DE", MAX)
    await join(kit, world, JUNO, about(Side.JUNIOR, department="Press"))
    assert (await enrol.told(kit, actor(JUNO))).about.profile.department == "Press", "what people say counts most"


async def test_who_comes_back_finds_what_they_told_before(kit: Kit, world: World) -> None:
    juno = await join(kit, world, JUNO, about(Side.JUNIOR, share="maps", works_to=900))
    async with kit.store.write(TEAM) as tx:
        await people.set_state(tx, juno.id, world.cohort.id, Enrolment.FINISHED)
        autumn = replace(world.cohort, id="autumn", name="Autumn")
        await programme.add_cohort(tx, autumn)
    form = await enrol.about_form(kit, actor(JUNO), account(JUNO), "autumn")
    assert form.known.profile.share == "maps"
    await enrol.join(kit, actor(JUNO), account(JUNO), cohort_id="autumn", version="2026-3", about=form.known)
    known = (await enrol.told(kit, actor(JUNO))).about.profile
    assert (known.share, known.works_to) == ("maps", 900)


TOLD = Confided((5, 0, 2), "1980", "woman", ("caring", "no_degree"), (MAX, IVY))


async def test_what_is_confided_is_sealed_and_comes_back_to_the_person_alone(kit: Kit, world: World) -> None:
    juno = await join(kit, world, JUNO, about(Side.JUNIOR))
    await enrol.confide(kit, actor(JUNO), replace(TOLD, avoid=(*TOLD.avoid, JUNO, MAX)))
    assert (await enrol.told(kit, actor(JUNO))).confided == TOLD, "oneself and doubles are left out"
    assert (await enrol.told(kit, actor(ANA))).confided == Confided()
    async with kit.store.read(TEAM) as tx:
        body = (await tx.conn.execute(select(t.confided.c.body).where(t.confided.c.person_id == juno.id))).scalar_one()
    assert b"caring" not in bytes(body) and MAX.encode() not in bytes(body)
    await enrol.confide(kit, actor(JUNO), Confided())
    assert (await enrol.told(kit, actor(JUNO))).confided == Confided(), "and it can be emptied"


async def test_whoever_agreed_to_an_older_text_is_asked_before_anything_is_confided(kit: Kit, world: World) -> None:
    assert (await enrol.matching_form(kit, actor(ANA))).agree
    with pytest.raises(Refusal, match="consent_missing"):
        await enrol.confide(kit, actor(ANA), TOLD)
    await enrol.confide(kit, actor(ANA), TOLD, agreed="2026-3")
    assert not (await enrol.matching_form(kit, actor(ANA))).agree
    async with kit.store.read(TEAM) as tx:
        agreed = (await tx.conn.execute(select(t.consent.c.version).where(t.consent.c.user_id == ANA))).scalars().all()
        place = await people.place(tx, world.ana.id, world.cohort.id)
    assert list(agreed) == ["2026-3"]
    assert place is not None
    assert (place.consent_version, place.state, place.profile.share) == ("2026-3", Enrolment.PAIRED, "spreadsheets")


async def test_a_form_with_mistakes_keeps_what_was_there(kit: Kit, world: World) -> None:
    with pytest.raises(Refusals) as refused:
        await enrol.confide(kit, actor(ANA), Confided((9, 0, 0), "1885", "x", ("rich",)), agreed="2026-3")
    assert {p.field for p in refused.value.problems} == {"values1", "generation", "gender", "tags"}
    with pytest.raises(Refusals) as refused:
        profile = (await enrol.told(kit, actor(ANA))).about.profile
        await enrol.bring(kit, actor(ANA), replace(profile, works_from=1020, works_to=540, share="x" * 501))
    assert {p.field for p in refused.value.problems} == {"works_to", "share"}
    assert (await enrol.told(kit, actor(ANA))).about.profile.share == "spreadsheets"


async def test_what_was_confided_goes_with_the_texts_of_the_last_cohort_and_invitations_do_too(
    kit: Kit, world: World
) -> None:
    juno = await join(kit, world, JUNO, about(Side.JUNIOR))
    await enrol.confide(kit, actor(JUNO), TOLD)
    await enrol.confide(kit, actor(ANA), TOLD, agreed="2026-3")
    await ask(kit, IVY)
    async with kit.store.write(TEAM) as tx:
        await people.set_state(tx, juno.id, world.cohort.id, Enrolment.FINISHED)
        await privacy.forget_texts(tx, [world.cohort.id])
        kept = await people.confided(tx, [juno.id, world.ana.id])
        assert set(kept) == {world.ana.id}, "who takes part somewhere is still to be matched"
        assert await people.invited(tx, world.cohort.id) == set()
