"""Joining, the profile, and where somebody stands."""

from typing import Any

from bot.domain.enrol import About
from bot.domain.refusals import Refusal
from bot.services import enrol, support
from bot.services.kit import Kit
from bot.views import enrol as views
from handlers.form import Form
from handlers.people import profile_from, profile_of
from handlers.replies import Reply, Say, Show
from handlers.router import Router, Who
from handlers.shape import number
from handlers.turn import Turn
from storage.records.enrol import Profile, Side
from storage.store import Tx

router = Router("enrol")


@router.command("join", Who.ALL, opens=True)
@router.action("enrol.join", opens=True)
async def join(turn: Turn) -> Reply:
    """What is open: nothing, one cohort to read about, or several to choose from."""
    offer = await enrol.offer(turn.kit, turn.actor)
    if not offer.cohorts:
        return Show(views.none_open(turn.words, offer.told))
    if len(offer.cohorts) > 1:
        return Show(views.choose(turn.words, offer.cohorts))
    return Show(views.consent(turn.words, offer.cohorts[0], turn.kit.keeping))


@router.submission("enrol.none")
async def tell_me(turn: Turn) -> Reply:
    return Say(views.wished(turn.words, await enrol.tell_me(turn.kit, turn.actor)))


@router.submission("enrol.choose")
async def choose(turn: Turn) -> Reply:
    cohort = await enrol.consent_for(turn.kit, turn.actor, turn.form.choice("cohort") or "")
    return Show(views.consent(turn.words, cohort, turn.kit.keeping))


@router.submission("enrol.consent")
async def consent(turn: Turn) -> Reply:
    """Ticked: on to the profile. Nothing is stored yet."""
    if "yes" not in turn.form.choices("consent"):
        raise Refusal("enrol.refused.consent_missing", field="consent")
    slack = await profile_of(turn, turn.actor.user_id)
    form = await enrol.about_form(turn.kit, turn.actor, slack, turn.metadata.get("cohort", ""))
    return Show(views.about(turn.words, form))


@router.submission("enrol.about")
async def about(turn: Turn) -> Reply:
    slack = await profile_of(turn, turn.actor.user_id)
    cohort, version = turn.metadata.get("cohort", ""), turn.metadata.get("version", "")
    joined = await enrol.join(
        turn.kit, turn.actor, slack, cohort_id=cohort, version=version, about=_about(turn.form)
    )  # fmt: skip
    return Say(views.done(turn.kit.words(joined.locale), joined))


@router.command("profile", Who.ENROLLED, opens=True)
@router.action("enrol.profile", opens=True)
async def profile(turn: Turn) -> Reply:
    slack = await profile_of(turn, turn.actor.user_id)
    return Show(views.about(turn.words, await enrol.about_form(turn.kit, turn.actor, slack)))


@router.submission("enrol.profile")
async def save(turn: Turn) -> Reply:
    slack = await profile_of(turn, turn.actor.user_id)
    await enrol.edit(turn.kit, turn.actor, slack, _about(turn.form))
    return Say(views.saved(turn.words))


@router.command("status", Who.ENROLLED, aliases=("pair", "me"))
async def status(turn: Turn) -> Reply:
    return Say(views.status(turn.words, await enrol.status(turn.kit, turn.actor)))


@router.event("user_change")
async def changed(kit: Kit, tx: Tx, event: dict[str, Any]) -> None:
    """Slack's name, time zone, language or the end of an account: ours follow."""
    slack = profile_from(event["user"])
    await enrol.keep_in_step(kit, tx, slack, locale=slack.locale if event["user"].get("locale") else None)
    await support.contact_changed(kit, tx, slack)


def _about(form: Form) -> About:
    region = form.choice("region") or ""
    profile = Profile(
        sides=frozenset(side for side in Side if side in form.choices("sides")),
        level=number(form.choice("level"), 0),
        department=form.text("department"),
        location=form.text("location"),
        region="" if region == "none" else region,
        share=form.text("share"),
        learn=form.text("learn"),
        purposes=form.choices("purposes"),
    )
    return About(profile, form.user("manager"))
