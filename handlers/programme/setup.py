"""`/revmentor admin setup`: three steps in one modal, stored at the end."""

from dataclasses import replace

from bot.domain.programme.facts import SetupFacts
from bot.domain.programme.setup import Setup, Standing, unpacked
from bot.services.programme import setup as service
from bot.views.programme import setup as view
from handlers.people import acting, profiles_of
from handlers.places import channel_of
from handlers.programme.routing import router
from handlers.replies import Redraw, Reply, Show
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn
from storage.records.programme import Purpose


@router.command("admin setup", Who.COORDINATOR, opens=True)
@router.action("programme.setup", opens=True)
async def begin(turn: Turn) -> Reply:
    actor, me = await acting(turn)
    facts = await service.begin(turn.kit, actor, me)
    if facts.setup.channel_id and not (await channel_of(turn, facts.setup.channel_id)).private:
        facts = replace(facts, setup=replace(facts.setup, public_asked=True))
    return Show(view.purpose_step(turn.words, facts))


@router.submission("programme.setup_purpose")
async def purpose(turn: Turn) -> Reply:
    setup = _purpose(turn)
    service.check_owner(setup, await profiles_of(turn, [setup.findings_owner]))
    return Show(view.places_step(turn.words, await _resume(turn, setup)))


@router.submission("programme.setup_places")
async def places(turn: Turn) -> Reply:
    setup = _places(turn)
    people = await profiles_of(turn, [setup.contact_1, setup.contact_2])
    service.check_places(setup, people, await channel_of(turn, setup.channel_id))
    return Show(view.rhythm_step(turn.words, await _resume(turn, setup)))


@router.submission("programme.setup_rhythm")
async def rhythm(turn: Turn) -> Reply:
    setup = _rhythm(turn)
    actor, me = await acting(turn)
    people = await profiles_of(turn, [setup.findings_owner, setup.contact_1, setup.contact_2])
    standing = Standing(people, await channel_of(turn, setup.channel_id))
    return Show(view.saved(turn.words, await service.set_up(turn.kit, actor, setup, standing, me)))


@router.action("programme.setup_back")
async def back(turn: Turn) -> Reply:
    """To the step before, keeping what was typed in this one."""
    if turn.choice == "purpose":
        return Redraw(view.purpose_step(turn.words, await _resume(turn, _places(turn))))
    return Redraw(view.places_step(turn.words, await _resume(turn, _rhythm(turn))))


@router.action("programme.public")
async def public(turn: Turn) -> Reply:
    """First confirmation: public channels can be picked now; the box is the second."""
    setup = replace(_places(turn), public_asked=True)
    return Redraw(view.places_step(turn.words, await _resume(turn, setup)))


async def _resume(turn: Turn, setup: Setup) -> SetupFacts:
    actor, _ = await acting(turn)
    return await service.resume(turn.kit, actor, setup)


def _purpose(turn: Turn) -> Setup:
    before, form = unpacked(turn.metadata), turn.form
    purpose = next((one for one in Purpose if one == form.choice("purpose")), before.purpose)
    return replace(
        before, purpose=purpose, findings_owner=form.user("findings_owner") or "", ready=form.choices("ready")
    )


def _places(turn: Turn) -> Setup:
    form = turn.form
    return replace(
        unpacked(turn.metadata),
        contact_1=form.user("contact_1") or "",
        contact_2=form.user("contact_2") or "",
        channel_id=form.channel("channel_id") or "",
        public_agreed="yes" in form.choices("public_agreed"),
    )


def _rhythm(turn: Turn) -> Setup:
    before, form = unpacked(turn.metadata), turn.form
    return replace(
        before,
        zone=form.text("zone"),
        digest_weekday=number(form.choice("digest_weekday"), -1),
        digest_hour=number(form.choice("digest_hour"), -1),
        k=number(form.choice("k"), -1),
        checkin_after_hours=number(form.choice("checkin_after_hours"), 0) or None,
        language=form.choice("language") or before.language,
    )
