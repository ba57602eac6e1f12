"""Choosing how and when to be written to, and taking the last choice back for ten minutes."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.prefs import PrefsForm, Saved, checked
from bot.domain.refusals import Refusal, Refusals, TooLate
from bot.domain.when import UNDO
from bot.services import access
from bot.services.calendar import parts_of, regions
from bot.services.kit import Actor, Kit
from bot.services.post import refresh_home
from bot.services.prefs.replanning import follow
from storage import enrol, prefs, programme
from storage.records.enrol import Person
from storage.records.prefs import Prefs
from storage.store import Tx


async def form(kit: Kit, actor: Actor) -> PrefsForm:
    """The modal, with what holds now."""
    async with kit.store.read(actor.team_id) as tx:
        me, takes_part = await _reader(tx, actor)
        zone, _ = await enrol.in_slack(tx, me.id) if me.id else (me.zone, "")
        return PrefsForm(me, zone, kit.library.languages, regions(), parts_of(me.region), takes_part)


def parts_for(region: str) -> Mapping[str, str]:
    """The parts of a country that have public holidays of their own, code → name."""
    return parts_of(region)


async def save(kit: Kit, actor: Actor, chosen: Prefs, region: str) -> Saved:
    """Keep what was chosen and move what is planned. Raises Refusals under the fields."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me = await _known(tx, actor)
        known = {*regions(), *(f"{region[:2]}-{part}" for part in parts_of(region))}
        wrong = checked(chosen, region, languages=kit.library.languages, regions=known)
        if wrong:
            raise Refusals(wrong)
        if (chosen, region) == (me.prefs, me.region):
            return Saved(me, 0, changed=False)
        before = prefs.chosen(me.prefs) | {"region": me.region}
        moved = await _set(kit, tx, me, chosen, region, before, now)
        return Saved(await enrol.get(tx, me.id) or me, moved, changed=True)


async def undo(kit: Kit, actor: Actor) -> Saved:
    """What held before the last change, for ten minutes. Raises Refusal when it is too late."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        me, _ = await _reader(tx, actor)
        kept = await prefs.before(tx, me.id)
        if kept is None or now - kept[1] > UNDO:
            raise TooLate("prefs.refused.too_late")
        values = dict(kept[0])
        region = str(values.pop("region", me.region))
        moved = await _set(kit, tx, me, Prefs(**values), region, None, now)
        return Saved(await enrol.get(tx, me.id) or me, moved, changed=True)


async def _reader(tx: Tx, actor: Actor) -> tuple[Person, bool]:
    """Whoever hears from us, and whether they take part or did; a coordinator may do neither.

    One whom nobody has asked Slack about has the programme's zone and language, and no id. Raises Refusal for others.
    """
    try:
        return await access.once_paired(tx, actor), True
    except Refusal:
        known = await programme.get(tx)
        if known is None or not await programme.is_coordinator(tx, actor.user_id):
            raise
    new = Person("", tx.team, actor.enterprise_id, actor.user_id, "", known.zone, known.language, "", False)
    return await enrol.find(tx, actor.user_id) or new, False


async def _known(tx: Tx, actor: Actor) -> Person:
    """As `_reader`; from now on somebody that we know."""
    me, _ = await _reader(tx, actor)
    return me if me.id else await enrol.meet_person(
        tx, me.user_id, name=me.name, zone=me.zone, locale=me.locale, enterprise_id=me.enterprise_id
    )  # fmt: skip


async def _set(
    kit: Kit, tx: Tx, me: Person, chosen: Prefs, region: str, before: dict[str, object] | None, now: datetime
) -> int:
    await prefs.save(tx, me.id, chosen, before, now)
    await enrol.set_person(tx, me.id, region=region)
    await refresh_home(tx, me.user_id, now)
    return await follow(kit, tx, me, now)
