"""Setting the programme up, and changing it later."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.enrol import SlackProfile
from bot.domain.messages import Kind
from bot.domain.programme.facts import ChangedFacts, NamedFacts, Role, SavedFacts, SetupFacts
from bot.domain.programme.setup import (
    LEAST_K,
    Setup,
    SlackChannel,
    Standing,
    changed,
    channel_problems,
    contact_problems,
    owner_problems,
    programme_of,
    rhythm_problems,
    setup_of,
)
from bot.domain.refusals import Refusal, Refusals
from bot.services import access, report
from bot.services.kit import Actor, Kit
from bot.services.post import post, refresh_home
from storage import enrol, programme
from storage.ids import new_id
from storage.records.delivery import Letter
from storage.records.programme import Programme
from storage.store import Tx

_DIGEST = ("digest_weekday", "digest_hour", "zone")


async def begin(kit: Kit, actor: Actor, me: SlackProfile) -> SetupFacts:
    """What the set-up starts from: what is in force, or the acting person's own zone and language.

    Raises Refusal unless the actor coordinates the programme or, where there is none, is a workspace admin.
    """
    async with kit.store.read(actor.team_id) as tx:
        known = await _allowed(tx, actor)
    return draft(kit, setup_of(known) if known else Setup(zone=me.zone, language=kit.words(me.locale).lang), known)


async def resume(kit: Kit, actor: Actor, setup: Setup) -> SetupFacts:
    """The set-up under way, once more for a next step. Raises Refusal as `begin` does."""
    async with kit.store.read(actor.team_id) as tx:
        return draft(kit, setup, await _allowed(tx, actor))


def draft(kit: Kit, setup: Setup, known: Programme | None) -> SetupFacts:
    """What the modals are drawn from."""
    return SetupFacts(setup, known is None, tuple(kit.library.languages), max(LEAST_K, known.k if known else LEAST_K))


def check_owner(setup: Setup, people: Mapping[str, SlackProfile]) -> None:
    """Raises Refusals when the first step cannot be left like this."""
    _raise(owner_problems(setup, people))


def check_places(setup: Setup, people: Mapping[str, SlackProfile], channel: SlackChannel) -> None:
    """Raises Refusals when the second step cannot be left like this."""
    _raise([*contact_problems(setup, people), *channel_problems(setup, channel)])


async def set_up(kit: Kit, actor: Actor, setup: Setup, standing: Standing, me: SlackProfile) -> SavedFacts:
    """Store the whole set-up, checked once more; the first admin becomes a coordinator.

    Raises Refusals: fields of the last step by name, those of earlier steps as the whole request.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        before = await _allowed(tx, actor)
        _check(kit, setup, standing, before)
        made = programme_of(setup, before, team=actor.team_id, enterprise=actor.enterprise_id, now=now)
        after = replace(made, public_channel=not standing.channel.private)  # agreed to, or it were refused above
        settings = changed(before, after)
        await programme.save(tx, after)
        await enrol.meet_person(
            tx, me.user_id, name=me.name, zone=me.zone, locale=me.locale, enterprise_id=actor.enterprise_id
        )
        if before is None:
            await programme.add_coordinator(tx, actor.user_id, actor.user_id, now)
        if settings:
            action = "programme.changed" if before else "programme.set_up"
            await programme.note(tx, actor.user_id, action, actor.team_id, now, " ".join(settings))
            await _tell(tx, actor, before, after, settings, now)
        if set(settings) & set(_DIGEST):
            await report.plan_weekly(kit, tx, after, now)
    ready = {item.id for item in kit.library.words("en").content.readiness.items}
    missing = tuple(sorted(ready - set(setup.ready))) if before is None else ()
    return SavedFacts(after, before is None, settings, missing)


async def load_named(kit: Kit, tx: Tx, letter: Letter) -> NamedFacts | None:
    """For whom the set-up names; nothing where somebody else has been named since."""
    known = await programme.get(tx)
    if known is None:
        return None
    role = Role(letter.params["role"])
    named = (known.findings_owner,) if role is Role.OWNER else known.safe_contacts
    if letter.to not in named:
        return None
    other = next((contact for contact in known.safe_contacts if contact != letter.to), "")
    return NamedFacts(role, letter.params["by"], other)


async def load_changed(kit: Kit, tx: Tx, letter: Letter) -> ChangedFacts | None:
    known = await programme.get(tx)
    if known is None or not await programme.is_coordinator(tx, letter.to):
        return None
    return ChangedFacts(letter.params["by"], tuple(letter.params["settings"].split()), known)


async def _allowed(tx: Tx, actor: Actor) -> Programme | None:
    if await programme.get(tx) is not None:
        return await access.coordinator(tx, actor)
    if not actor.admin:
        raise Refusal("common.errors.not_admin")
    return None


def _check(kit: Kit, setup: Setup, standing: Standing, before: Programme | None) -> None:
    earlier = [
        *owner_problems(setup, standing.people),
        *contact_problems(setup, standing.people),
        *channel_problems(setup, standing.channel),
    ]
    _raise([
        *rhythm_problems(setup, tuple(kit.library.languages), before),
        *(Refusal(problem.key, field=None, **problem.params) for problem in earlier),
    ])  # fmt: skip


def _raise(problems: list[Refusal]) -> None:
    if problems:
        raise Refusals(problems)


async def _tell(
    tx: Tx, actor: Actor, before: Programme | None, after: Programme, settings: tuple[str, ...], now: datetime
) -> None:
    """Those who are named for the first time, and the other coordinators."""
    named = {(Role.OWNER, after.findings_owner), *((Role.CONTACT, contact) for contact in after.safe_contacts)}
    if before is not None:
        named -= {(Role.OWNER, before.findings_owner), *((Role.CONTACT, contact) for contact in before.safe_contacts)}
    for role, user_id in sorted(named):
        if user_id != actor.user_id:
            await post(tx, Kind.NAMED, user_id, new_id(), now, role=role, by=actor.user_id)
    for one in await programme.coordinators(tx):
        await refresh_home(tx, one.user_id, now)
        if one.user_id != actor.user_id:
            await post(
                tx, Kind.SETUP_CHANGED, one.user_id, new_id(), now, by=actor.user_id, settings=" ".join(settings)
            )
