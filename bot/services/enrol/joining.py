"""Joining a cohort, consent first, and changing the profile later."""

from datetime import datetime

from babel.core import get_global

from bot.domain.enrol import (
    TAKING_PART,
    About,
    AboutForm,
    Joined,
    Offer,
    SlackProfile,
    can_join,
    checked,
    in_same_part,
    trimmed,
)
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import access
from bot.services.calendar import regions
from bot.services.enrol.waiting import hear_by_of, plan_word
from bot.services.kit import Actor, Kit
from bot.services.post import post, refresh_home, refresh_homes
from bot.services.prefs.replanning import follow
from storage import enrol, match, privacy, programme
from storage.ids import new_id
from storage.records.enrol import Enrolment, Participant, Person, Profile, Side
from storage.records.programme import Cohort, CohortState
from storage.store import Tx

CONSENT = "enrol.consent.version"


async def offer(kit: Kit, actor: Actor) -> Offer:
    """The cohorts somebody may join. Raises Refusal where nothing is set up and for those who take part already."""
    async with kit.store.read(actor.team_id) as tx:
        cohorts = await _open_to(tx, kit, actor)
        return Offer(cohorts, actor.user_id in await enrol.wishes(tx))


async def tell_me(kit: Kit, actor: Actor) -> bool:
    """Put the actor on the list of those who hear of the next cohort; False when they were on it."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        if await _open_to(tx, kit, actor):
            raise Refusal("enrol.refused.open_now")
        return await enrol.add_wish(tx, actor.user_id, now)


async def consent_for(kit: Kit, actor: Actor, cohort_id: str) -> Cohort:
    """The cohort to read about and agree to. Raises Refusal when it is no longer open to the actor."""
    async with kit.store.read(actor.team_id) as tx:
        return await _chosen(tx, kit, actor, cohort_id)


async def about_form(kit: Kit, actor: Actor, slack: SlackProfile, cohort_id: str | None = None) -> AboutForm:
    """The *About you* modal: empty but for what can be guessed when joining, else as the actor left it."""
    async with kit.store.read(actor.team_id) as tx:
        manager = (await enrol.lines(tx)).get(actor.user_id) or None
        known = regions()
        if cohort_id is not None:
            cohort = await _chosen(tx, kit, actor, cohort_id)
            return AboutForm(About(_guessed(slack, known), manager), known, cohort, _version(kit))
        me = await access.person(tx, actor)
        return AboutForm(About((await _places(tx, me))[-1].profile, manager), known)


async def join(kit: Kit, actor: Actor, slack: SlackProfile, *, cohort_id: str, version: str, about: About) -> Joined:
    """Take a place in a cohort. `version` is the consent text that was agreed to.

    Raises Refusals with what is wrong in the form, and Refusal when the cohort closed or the text changed meanwhile.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        cohort = await _chosen(tx, kit, actor, cohort_id)
        if version != _version(kit):
            raise Refusal("enrol.refused.consent_changed")
        about = trimmed(about)
        await _check(tx, actor, about, frozenset())
        me = await enrol.meet_person(
            tx, actor.user_id, name=slack.name, zone=slack.zone, locale=slack.locale, enterprise_id=actor.enterprise_id
        )
        old = await enrol.place(tx, me.id, cohort.id)
        place = Participant(
            old.id if old else new_id(), tx.team, me.id, cohort.id, Enrolment.WAITING, version, now, about.profile
        )
        await enrol.save_participant(tx, place, now)
        await privacy.give_consent(tx, actor.user_id, cohort.id, version, now)
        await _set_manager(tx, actor.user_id, about.manager)
        await enrol.drop_wish(tx, actor.user_id)
        await post(tx, Kind.JOINED, actor.user_id, f"{place.id}:{now:%Y%m%dT%H%M%S}", now, place=place.id)
        await plan_word(tx, place, cohort, slack.zone, now)
        await _redraw(tx, actor.user_id, now)
        return Joined(cohort, hear_by_of(place, cohort, slack.zone), me.locale)


async def edit(kit: Kit, actor: Actor, slack: SlackProfile, about: About) -> None:
    """Change the profile in every cohort the actor is in. Raises Refusals with what is wrong in the form."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        me = await access.person(tx, actor)
        about = in_same_part(trimmed(about), me.region)
        await _check(tx, actor, about, await _bound(tx, me))
        await enrol.meet_person(tx, actor.user_id, name=slack.name, zone=slack.zone, locale=slack.locale)
        for place in await _places(tx, me):
            values = (place.id, tx.team, me.id, place.cohort_id, place.state, place.consent_version)
            await enrol.save_participant(tx, Participant(*values, place.consented_at, about.profile), now)
        await follow(kit, tx, me, now)
        await _set_manager(tx, actor.user_id, about.manager)
        await _redraw(tx, actor.user_id, now)


async def keep_in_step(kit: Kit, tx: Tx, slack: SlackProfile, *, locale: str | None) -> None:
    """Slack says that an account changed: name, zone, language (where it says so), active or not."""
    me = await enrol.find(tx, slack.user_id)
    if me is None:
        return
    _, known = await enrol.in_slack(tx, me.id)
    await enrol.set_person(
        tx, me.id, name=slack.name, zone=slack.zone, locale=locale or known, deactivated=slack.deactivated
    )
    await follow(kit, tx, me, kit.clock())
    if not slack.deactivated:
        await refresh_home(tx, me.user_id, kit.clock())


async def _open_to(tx: Tx, kit: Kit, actor: Actor) -> tuple[Cohort, ...]:
    """Open cohorts, for somebody who takes part in none of them."""
    if await programme.get(tx) is None:
        raise Refusal("common.errors.not_set_up")
    cohorts = await programme.cohorts(tx, CohortState.OPEN)
    me = await enrol.find(tx, actor.user_id)
    mine = {p.cohort_id for p in await _places(tx, me)} if me else set()
    if taken := [c for c in cohorts if c.id in mine]:
        raise Refusal("enrol.refused.already", cohort=taken[0].name)
    return tuple(c for c in cohorts if can_join(c, kit.clock().date()))


async def _chosen(tx: Tx, kit: Kit, actor: Actor, cohort_id: str) -> Cohort:
    found = next((c for c in await _open_to(tx, kit, actor) if c.id == cohort_id), None)
    if found is None:
        raise Refusal("enrol.refused.cohort_gone")
    return found


async def _places(tx: Tx, me: Person) -> list[Participant]:
    return [p for p in await enrol.participations(tx, me.id) if p.state in TAKING_PART]


async def _check(tx: Tx, actor: Actor, about: About, bound: frozenset[Side]) -> None:
    problems = checked(
        about, user_id=actor.user_id, regions=regions(), lines=await enrol.lines(tx), bound=bound
    )  # fmt: skip
    if problems:
        raise Refusals(problems)


async def _bound(tx: Tx, me: Person) -> frozenset[Side]:
    """The sides on which the person has a pair, or is being asked about one."""
    pairs = await match.open_of(tx, me.id)
    return frozenset(Side.JUNIOR if p.junior_id == me.id else Side.SENIOR for p in pairs)


async def _set_manager(tx: Tx, user_id: str, manager: str | None) -> None:
    """An empty field says nothing: whom a coordinator put at the top stays there."""
    known = (await enrol.lines(tx)).get(user_id)
    if manager is not None or known != "":
        await enrol.set_line(tx, user_id, manager)


async def _redraw(tx: Tx, user_id: str, now: datetime) -> None:
    await refresh_homes(tx, [user_id, *(c.user_id for c in await programme.coordinators(tx))], now)


def _version(kit: Kit) -> str:
    return kit.words(None).say(CONSENT)


def _guessed(slack: SlackProfile, known: tuple[str, ...]) -> Profile:
    """An empty profile, with the country of the person's time zone."""
    country = str(get_global("zone_territories").get(slack.zone, ""))
    region = country if country in known else ""
    return Profile(frozenset(), 0, "", "", region, "", "", ())
