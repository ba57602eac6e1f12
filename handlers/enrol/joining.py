"""Joining: what is open, consent, the first form; where somebody stands; and what Slack says about accounts."""

from typing import Any

from bot.delivery.accounts import profile_from
from bot.domain.refusals import Refusal
from bot.services import enrol, support
from bot.services.kit import Kit
from bot.views import enrol as views
from handlers.enrol.profile import about_from
from handlers.enrol.routing import router
from handlers.people import profile_of
from handlers.replies import Reply, Say, Show
from handlers.router import Who
from handlers.turn import Turn
from storage.store import Tx


@router.command("join", Who.ALL, opens=True)
@router.action("enrol.join", opens=True)
async def join(turn: Turn) -> Reply:
    """What is open: nothing, one cohort to read about, or several to choose from; an invitation names one."""
    offer = await enrol.offer(turn.kit, turn.actor, await profile_of(turn, turn.actor.user_id))
    if not offer.cohorts:
        return Show(views.none_open(turn.words, offer.told))
    named = [cohort for cohort in offer.cohorts if cohort.id == turn.value] or offer.cohorts
    if len(named) > 1:
        return Show(views.choose(turn.words, named))
    return Show(views.consent(turn.words, named[0], turn.kit.keeping))


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
    """The place is taken; what follows is optional and in the same window."""
    slack = await profile_of(turn, turn.actor.user_id)
    cohort, version = turn.metadata.get("cohort", ""), turn.metadata.get("version", "")
    joined = await enrol.join(
        turn.kit, turn.actor, slack, cohort_id=cohort, version=version, about=about_from(turn.form)
    )  # fmt: skip
    words = turn.kit.words(joined.locale)
    return Show(views.bring(words, await enrol.bring_form(turn.kit, turn.actor, joining=True)))


@router.command("status", Who.ENROLLED, aliases=("pair", "me"))
async def status(turn: Turn) -> Reply:
    return Say(views.status(turn.words, await enrol.status(turn.kit, turn.actor)))


@router.event("user_change")
async def changed(kit: Kit, tx: Tx, event: dict[str, Any]) -> None:
    """Slack's name, time zone, language or the end of an account: ours follow."""
    slack = profile_from(event["user"], tx.team, await enrol.organisation_of(tx))
    await enrol.keep_in_step(kit, tx, slack, locale=slack.locale if event["user"].get("locale") else None)
    await support.contact_changed(kit, tx, slack)
