"""What somebody told about themselves: looked at and changed later, and what they confide to the matching alone."""

from dataclasses import replace

from bot.domain.enrol import (
    About,
    AboutForm,
    BringForm,
    MatchingForm,
    Part,
    SlackProfile,
    Told,
    checked_bring,
    checked_confided,
    in_same_part,
    merged,
    trimmed,
)
from bot.domain.refusals import Refusal, Refusals
from bot.services import access
from bot.services.calendar import regions
from bot.services.enrol.joining import check, places, redraw, set_manager, version_of
from bot.services.enrol.languages import language_of, languages
from bot.services.enrol.waiting import joined
from bot.services.kit import Actor, Kit
from bot.services.match import knows_of
from bot.services.prefs.replanning import follow
from storage import enrol, match, privacy, programme
from storage.records.enrol import Confided, Participant, Person, Profile, Side
from storage.store import Tx


async def told(kit: Kit, actor: Actor) -> Told:
    """Everything the actor told, for their own eyes. Raises Refusal for somebody who does not take part."""
    async with kit.store.read(actor.team_id) as tx:
        me, profile = await _mine(tx, actor)
        manager = (await enrol.lines(tx)).get(actor.user_id)
        confided = (await enrol.confided(tx, [me.id])).get(me.id, Confided())
        return Told(About(profile, manager), confided)


async def edit_form(kit: Kit, actor: Actor) -> AboutForm:
    """The first form, as the actor left it."""
    async with kit.store.read(actor.team_id) as tx:
        me, profile = await _mine(tx, actor)
        manager = (await enrol.lines(tx)).get(actor.user_id) or None
        spoken = profile.languages or language_of(me.locale)
        return AboutForm(About(replace(profile, languages=spoken), manager), regions(), languages())


async def edit(kit: Kit, actor: Actor, slack: SlackProfile, about: About) -> None:
    """Change what the first form asks for in every cohort the actor is in. Raises Refusals with what is wrong."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        me, known = await _mine(tx, actor)
        profile = merged(known, in_same_part(trimmed(about.profile), me.region), Part.ABOUT)
        await check(tx, actor, About(profile, about.manager), await _bound(tx, me))
        await enrol.meet_person(tx, actor.user_id, name=slack.name, zone=slack.zone, locale=slack.locale)
        await _save(kit, tx, me, profile)
        await set_manager(tx, actor.user_id, about.manager, now)
        await redraw(tx, actor.user_id, now)


async def bring_form(kit: Kit, actor: Actor, *, joining: bool = False) -> BringForm:
    """The second form; right after joining it says by when the actor hears from us."""
    async with kit.store.read(actor.team_id) as tx:
        me, profile = await _mine(tx, actor)
        if not joining:
            return BringForm(profile)
        place = (await places(tx, me))[-1]
        cohort = await programme.cohort(tx, place.cohort_id)
        return BringForm(profile, await joined(tx, place, cohort, me) if cohort else None)


async def bring(kit: Kit, actor: Actor, profile: Profile) -> None:
    """Change what the second form asks for. Raises Refusals with what is wrong in it."""
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        me, known = await _mine(tx, actor)
        changed = merged(known, trimmed(profile), Part.BRING)
        if problems := checked_bring(changed):
            raise Refusals(problems)
        await _save(kit, tx, me, changed)


async def matching_form(kit: Kit, actor: Actor, *, joining: bool = False) -> MatchingForm:
    """The third form, for the actor alone."""
    async with kit.store.read(actor.team_id) as tx:
        me, _ = await _mine(tx, actor)
        known = (await enrol.confided(tx, [me.id])).get(me.id, Confided())
        return MatchingForm(known, joining, await _older(kit, tx, me), version_of(kit))


async def confide(kit: Kit, actor: Actor, confided: Confided, *, agreed: str = "") -> None:
    """Keep what the actor tells the matching alone; `agreed` is the version of the text that was agreed to.

    Raises Refusals with what is wrong in the form, Refusal where the person agreed to an older text and has not
    agreed to the one that names this.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me, _ = await _mine(tx, actor)
        avoid = tuple(dict.fromkeys(one for one in confided.avoid if one != actor.user_id))
        confided = replace(confided, avoid=avoid)
        if problems := checked_confided(confided):
            raise Refusals(problems)
        if await _older(kit, tx, me):
            if agreed != version_of(kit):
                raise Refusal("enrol.refused.consent_missing", field="agree")
            for place in await places(tx, me):
                await enrol.save_participant(tx, replace(place, consent_version=agreed, consented_at=now), now)
                await privacy.end_consents(tx, actor.user_id, now, place.cohort_id)
                await privacy.give_consent(tx, actor.user_id, place.cohort_id, agreed, now)
        await enrol.confide(tx, me.id, confided, now)


async def _mine(tx: Tx, actor: Actor) -> tuple[Person, Profile]:
    me = await access.person(tx, actor)
    taking_part = await places(tx, me)
    if not taking_part:
        raise Refusal("common.errors.not_enrolled")
    return me, taking_part[-1].profile


async def _older(kit: Kit, tx: Tx, me: Person) -> bool:
    """Whether some place was taken under an older text than the one that names what is confided."""
    return any(place.consent_version != version_of(kit) for place in await places(tx, me))


async def _save(kit: Kit, tx: Tx, me: Person, profile: Profile) -> None:
    """The profile in every place, and what is planned moved along with it."""
    for place in await places(tx, me):
        values = (place.id, tx.team, me.id, place.cohort_id, place.state, place.consent_version)
        await enrol.save_participant(tx, Participant(*values, place.consented_at, profile), kit.clock())
    await follow(kit, tx, me, kit.clock())


async def _bound(tx: Tx, me: Person) -> frozenset[Side]:
    """The sides on which the person has a pair, or knows of a suggestion: a refusal must not tell of another one."""
    pairs = [(p, Side.JUNIOR if p.junior_id == me.id else Side.SENIOR) for p in await match.open_of(tx, me.id)]
    return frozenset([side for pair, side in pairs if await knows_of(tx, pair, side)])
