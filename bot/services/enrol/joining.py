"""Joining a cohort, consent first."""

from dataclasses import replace
from datetime import datetime

from babel.core import get_global

from bot.domain.enrol import (
    TAKING_PART,
    About,
    AboutForm,
    Joined,
    Offer,
    Part,
    SlackProfile,
    can_join,
    checked,
    merged,
    trimmed,
)
from bot.domain.messages import Kind
from bot.domain.programme.cohorts import takes
from bot.domain.refusals import Refusal, Refusals
from bot.services.calendar import regions
from bot.services.enrol.inviting import stop_asking
from bot.services.enrol.languages import language_of, languages
from bot.services.enrol.waiting import joined, plan_word
from bot.services.kit import Actor, Kit
from bot.services.match.people import plan_look_at_lines
from bot.services.post import post, refresh_homes
from storage import enrol, privacy, programme, roster
from storage.ids import new_id
from storage.records.enrol import Enrolment, Participant, Person, Profile, Side
from storage.records.programme import Cohort, CohortState
from storage.records.roster import Listed
from storage.store import Tx

CONSENT = "enrol.consent.version"
_FROM_LIST = ("sides", "level", "department", "division", "location", "region", "languages", "purposes")


async def offer(kit: Kit, actor: Actor, slack: SlackProfile | None = None) -> Offer:
    """The cohorts somebody may join. Raises Refusal where nothing is set up and for those who take part already.

    With `slack` also for a guest, or somebody of another company, whom no open cohort takes.
    """
    async with kit.store.read(actor.team_id) as tx:
        cohorts = await _open_to(tx, kit, actor)
        fitting = tuple(cohort for cohort in cohorts if slack is None or _takes(cohort, slack))
        if cohorts and not fitting:
            raise Refusal("enrol.refused.only_own")
        cohorts = fitting
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


async def about_form(kit: Kit, actor: Actor, slack: SlackProfile, cohort_id: str) -> AboutForm:
    """The *About you* modal of somebody who joins: as they told it once, else from the organisation's list."""
    async with kit.store.read(actor.team_id) as tx:
        manager = (await enrol.lines(tx)).get(actor.user_id) or None
        cohort = await _chosen(tx, kit, actor, cohort_id)
        _check_outside(cohort, slack)
        known, listed = await start_from(tx, slack)
        return AboutForm(About(known, manager), regions(), languages(), cohort, version_of(kit), listed)


async def start_from(tx: Tx, slack: SlackProfile) -> tuple[Profile, bool]:
    """The profile that a form begins with, and whether it comes from the organisation's list.

    What the person told before counts most; then the list; then what can be guessed from their account.
    """
    me = await enrol.find(tx, slack.user_id)
    before = await enrol.participations(tx, me.id) if me else []
    if before:
        return before[-1].profile, False
    guess, listed = _guessed(slack, regions()), await roster.find(tx, slack.user_id)
    return (_listed(listed, guess), True) if listed is not None else (guess, False)


async def join(kit: Kit, actor: Actor, slack: SlackProfile, *, cohort_id: str, version: str, about: About) -> Joined:
    """Take a place in a cohort. `version` is the consent text that was agreed to.

    Raises Refusals with what is wrong in the form, and Refusal when the cohort closed or the text changed meanwhile.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        cohort = await _chosen(tx, kit, actor, cohort_id)
        _check_outside(cohort, slack)
        if version != version_of(kit):
            raise Refusal("enrol.refused.consent_changed")
        before, _ = await start_from(tx, slack)
        profile = merged(before, trimmed(about.profile), Part.ABOUT)
        await check(tx, actor, About(profile, about.manager), frozenset())
        me = await enrol.meet_person(
            tx, actor.user_id, name=slack.name, zone=slack.zone, locale=slack.locale, enterprise_id=actor.enterprise_id,
            guest=slack.guest, home_team=slack.home_team,
        )  # fmt: skip
        old = await enrol.place(tx, me.id, cohort.id)
        place = Participant(
            old.id if old else new_id(), tx.team, me.id, cohort.id, Enrolment.WAITING, version, now, profile
        )
        await enrol.save_participant(tx, place, now)
        await privacy.give_consent(tx, actor.user_id, cohort.id, version, now)
        await set_manager(tx, actor.user_id, about.manager, now)
        await enrol.drop_wish(tx, actor.user_id)
        await stop_asking(tx, actor.user_id, cohort.id, now)
        await post(tx, Kind.JOINED, actor.user_id, f"{place.id}:{now:%Y%m%dT%H%M%S}", now, place=place.id)
        await plan_word(tx, place, cohort, slack.zone, now)
        await redraw(tx, actor.user_id, now)
        return await joined(tx, place, cohort, me)


async def _open_to(tx: Tx, kit: Kit, actor: Actor) -> tuple[Cohort, ...]:
    """Open cohorts, for somebody who takes part in none of them that still runs."""
    if await programme.get(tx) is None:
        raise Refusal("common.errors.not_set_up")
    cohorts = await programme.cohorts(tx, CohortState.OPEN)
    me = await enrol.find(tx, actor.user_id)
    mine = {p.cohort_id for p in await places(tx, me)} if me else set()
    today = kit.clock().date()
    if taken := [c for c in cohorts if c.id in mine and c.ends_on >= today]:
        raise Refusal("enrol.refused.already", cohort=taken[0].name)
    return tuple(c for c in cohorts if can_join(c, today))


async def _chosen(tx: Tx, kit: Kit, actor: Actor, cohort_id: str) -> Cohort:
    found = next((c for c in await _open_to(tx, kit, actor) if c.id == cohort_id), None)
    if found is None:
        raise Refusal("enrol.refused.cohort_gone")
    return found


def _takes(cohort: Cohort, slack: SlackProfile) -> bool:
    return takes(cohort, guest=slack.guest, home_team=slack.home_team)


def _check_outside(cohort: Cohort, slack: SlackProfile) -> None:
    if not _takes(cohort, slack):
        raise Refusal("enrol.refused.only_own")


async def places(tx: Tx, me: Person) -> list[Participant]:
    return [p for p in await enrol.participations(tx, me.id) if p.state in TAKING_PART]


async def check(tx: Tx, actor: Actor, about: About, bound: frozenset[Side]) -> None:
    """Raises Refusals with what is wrong in the first form. `bound` are the sides on which a pair is open."""
    problems = checked(
        about, user_id=actor.user_id, regions=regions(), languages=languages(), lines=await enrol.lines(tx),
        bound=bound,
    )  # fmt: skip
    if problems:
        raise Refusals(problems)


async def set_manager(tx: Tx, user_id: str, manager: str | None, now: datetime) -> None:
    """An empty field says nothing: whom a coordinator put at the top stays there."""
    known = (await enrol.lines(tx)).get(user_id)
    if (manager is not None or known != "") and manager != known:
        await enrol.set_line(tx, user_id, manager)
        await plan_look_at_lines(tx, now)


async def redraw(tx: Tx, user_id: str, now: datetime) -> None:
    await refresh_homes(tx, [user_id, *(c.user_id for c in await programme.coordinators(tx))], now)


def version_of(kit: Kit) -> str:
    """The consent text that counts now."""
    return kit.words(None).say(CONSENT)


def _guessed(slack: SlackProfile, known: tuple[str, ...]) -> Profile:
    """An empty profile, with the country of the person's time zone and the language of their account."""
    country = str(get_global("zone_territories").get(slack.zone, ""))
    region = country if country in known else ""
    return Profile(frozenset(), 0, "", "", region, "", "", (), languages=language_of(slack.locale))


def _listed(one: Listed, guess: Profile) -> Profile:
    """What the organisation's list says, over the guess."""
    told = {name: getattr(one, name) for name in _FROM_LIST}
    return replace(guess, **{name: value for name, value in told.items() if value})
