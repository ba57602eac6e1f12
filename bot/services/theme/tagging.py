"""Themes that coordinators add: offered in cohorts that open from now on, and retired from those to come."""

from bot.domain.refusals import Refusal, TooLate
from bot.domain.theme import TagsFacts, check_tag, may_forget
from bot.services import access
from bot.services.content import words_of
from bot.services.kit import Actor, Kit
from storage import programme, theme
from storage.ids import new_id
from storage.records.theme import Tag
from storage.store import Tx


async def tags_window(kit: Kit, actor: Actor) -> TagsFacts:
    """Every tag of their own. Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return await _facts(kit, tx)


async def add_tag(kit: Kit, actor: Actor, label: str, about: str) -> TagsFacts:
    """Offer a tag in cohorts that open from now on. Raises Refusal under the field."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        await programme.hold(tx)
        live = [one for one in await theme.tags(tx) if one.retired_at is None]
        check_tag(label, about, await _labels(kit, tx), len(live))
        made = Tag(new_id(), tx.team, label, about, actor.user_id, now)
        await theme.add_tag(tx, made)
        await programme.note(tx, actor.user_id, "theme.tag_added", made.id, now)
        return await _facts(kit, tx)


async def forget_tag(kit: Kit, actor: Actor, tag_id: str) -> TagsFacts:
    """It was added by mistake. Raises Refusal after ten minutes, or where a cohort has opened with it."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        await programme.hold(tx)
        found = await _tag(tx, tag_id)
        used = {found.id} if await theme.in_cohorts(tx, found.id) else frozenset[str]()
        if not may_forget(found, used, now):
            raise TooLate("theme.refused.tag_too_late")
        await theme.remove_tag(tx, found.id)
        await programme.note(tx, actor.user_id, "theme.tag_undone", found.id, now)
        return await _facts(kit, tx)


async def retire_tag(kit: Kit, actor: Actor, tag_id: str, *, retired: bool) -> TagsFacts:
    """Leave it out of cohorts that open from now on, or offer it again; those that run keep what they have.

    Raises Refusal where there would be too many, or another one of its name.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        await programme.hold(tx)
        found = await _tag(tx, tag_id)
        if (found.retired_at is not None) != retired:
            if not retired:
                live = [one for one in await theme.tags(tx) if one.retired_at is None]
                check_tag(found.label, found.about, await _labels(kit, tx), len(live))
            await theme.set_retired(tx, found.id, now if retired else None)
            action = "theme.tag_retired" if retired else "theme.tag_restored"
            await programme.note(tx, actor.user_id, action, found.id, now)
        return await _facts(kit, tx)


async def _labels(kit: Kit, tx: Tx) -> list[str]:
    """What is offered already, in every language of ours."""
    gone = {one.id for one in await theme.tags(tx) if one.retired_at is not None}
    every = [(await words_of(kit, tx, language)).content.themes.groups for language in kit.library.languages]
    tags = [tag for groups in every for group in groups for tag in group.tags]
    return [tag.label for tag in tags if tag.id not in gone and not tag.retired]


async def _tag(tx: Tx, tag_id: str) -> Tag:
    found = next((one for one in await theme.tags(tx) if one.id == tag_id), None)
    if found is None:
        raise Refusal("common.errors.gone")
    return found


async def _facts(kit: Kit, tx: Tx) -> TagsFacts:
    tags = await theme.tags(tx)
    used = [one.id for one in tags if await theme.in_cohorts(tx, one.id)]
    return TagsFacts(tags, frozenset(used), kit.clock())
