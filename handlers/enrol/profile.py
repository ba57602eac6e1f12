"""The profile: everything that somebody told, and the three short forms that change it."""

from bot.domain.enrol import VALUES, About, Part
from bot.services import enrol
from bot.views import enrol as views
from bot.views.enrol.fields import NO_REGION
from bot.views.enrol.profile import UNSAID
from bot.views.parts import Modal
from handlers.enrol.routing import router
from handlers.form import Form
from handlers.people import profile_of
from handlers.replies import Redraw, Reply, Say, Show
from handlers.router import Who
from handlers.shape import number
from handlers.turn import Turn
from storage.records.enrol import Confided, Profile, Side


@router.command("profile", Who.ENROLLED, opens=True)
@router.action("enrol.profile", opens=True)
async def profile(turn: Turn) -> Reply:
    return Show(await _card(turn))


@router.action("enrol.edit")
async def edit(turn: Turn) -> Reply:
    """One of the three forms, in the place of the card."""
    part = next((one for one in Part if one == turn.value), Part.ABOUT)
    modal = await _form(turn, part)
    return Redraw(modal)


@router.submission("enrol.profile")
async def save_about(turn: Turn) -> Reply:
    slack = await profile_of(turn, turn.actor.user_id)
    await enrol.edit(turn.kit, turn.actor, slack, about_from(turn.form))
    return await _saved(turn)


@router.submission("enrol.bring")
async def save_bring(turn: Turn) -> Reply:
    """Stored; when joining, the third form follows."""
    known = (await enrol.bring_form(turn.kit, turn.actor)).known
    await enrol.bring(turn.kit, turn.actor, _brought(turn.form, known))
    if turn.metadata.get("joining"):
        return Show(views.matching(turn.words, await enrol.matching_form(turn.kit, turn.actor, joining=True)))
    return await _saved(turn)


@router.submission("enrol.matching")
async def save_matching(turn: Turn) -> Reply:
    agreed = turn.metadata.get("version", "") if "yes" in turn.form.choices("agree") else ""
    await enrol.confide(turn.kit, turn.actor, _confided(turn.form), agreed=agreed)
    return Say(views.done(turn.words)) if turn.metadata.get("joining") else await _saved(turn)


async def _card(turn: Turn, news: str = "") -> Modal:
    return views.told(turn.words, await enrol.told(turn.kit, turn.actor), news)


async def _saved(turn: Turn) -> Reply:
    return Show(await _card(turn, turn.words.say("enrol.done.saved")))


async def _form(turn: Turn, part: Part) -> Modal:
    match part:
        case Part.ABOUT:
            return views.about(turn.words, await enrol.edit_form(turn.kit, turn.actor))
        case Part.BRING:
            return views.bring(turn.words, await enrol.bring_form(turn.kit, turn.actor))
        case Part.MATCHING:
            return views.matching(turn.words, await enrol.matching_form(turn.kit, turn.actor))


def about_from(form: Form) -> About:
    """The first form, typed; the fields of the others are as in an empty profile."""
    region = form.choice("region") or ""
    profile = Profile(
        sides=frozenset(side for side in Side if side in form.choices("sides")),
        level=number(form.choice("level"), 0),
        department=form.text("department"),
        location=form.text("location"),
        region="" if region == NO_REGION else region,
        share="",
        learn="",
        purposes=form.choices("purposes"),
        division=form.text("division"),
        languages=form.choices("languages"),
    )
    return About(profile, form.user("manager"))


def _brought(form: Form, known: Profile) -> Profile:
    """The second form, typed. For a side that was not ticked it does not ask how many pairs: that stays."""
    return Profile(
        sides=known.sides, level=known.level, department=known.department, location=known.location,
        region=known.region, purposes=known.purposes, share=form.text("share"), learn=form.text("learn"),
        offers=form.choices("offers"), wants=form.choices("wants"),
        works_from=number(form.choice("works_from"), -1), works_to=number(form.choice("works_to"), -1),
        capacity_junior=number(form.choice("capacity_junior"), known.capacity_junior),
        capacity_senior=number(form.choice("capacity_senior"), known.capacity_senior),
        identity_off="yes" in form.choices("identity"),
    )  # fmt: skip


def _confided(form: Form) -> Confided:
    """The third form, typed; nothing picked is nothing said."""
    answers = tuple(number(form.choice(f"values{n}"), 0) for n in range(1, VALUES + 1))
    generation, gender = form.choice("generation") or UNSAID, form.choice("gender") or UNSAID
    return Confided(
        values=answers if any(answers) else (),
        generation="" if generation == UNSAID else generation,
        gender="" if gender == UNSAID else gender,
        tags=form.choices("tags"),
        avoid=form.users("avoid"),
    )
