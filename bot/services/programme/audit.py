"""Reading the log of what coordinators did."""

from collections.abc import Collection, Mapping

from bot.domain.programme.audit import KEPT, PAGE, AuditPage, AuditRow, page_start
from bot.domain.report.undoing import shown
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from storage import match, programme
from storage.records.programme import AuditLine, Cohort
from storage.store import Tx


async def channel(kit: Kit, actor: Actor) -> str:
    """The coordinators' channel. Raises Refusal for who does not coordinate."""
    async with kit.store.read(actor.team_id) as tx:
        return (await access.coordinator(tx, actor)).channel_id


async def page(kit: Kit, actor: Actor, start: str = "", members: Collection[str] = ()) -> AuditPage:
    """One page of the last ninety days, newest first. `members` are those who sit in the coordinators' channel now.

    Raises Refusal for who does not coordinate.
    """
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        lines = await programme.audit_since(tx, kit.clock() - KEPT)
        first = page_start(start, len(lines))
        cohorts = {cohort.id: cohort for cohort in await programme.cohorts(tx)}
        rows = [await _row(tx, line, cohorts) for line in lines[first : first + PAGE]]
        still = {one.user_id for one in await programme.coordinators(tx)}
    removed = {line.subject for line in lines if line.action == "coordinator.removed"}
    return AuditPage(tuple(rows), first, len(lines), known.zone, tuple(sorted((removed - still) & set(members))))


async def _row(tx: Tx, line: AuditLine, cohorts: Mapping[str, Cohort]) -> AuditRow:
    cohort = cohorts.get(line.subject)
    people = tuple(one for one in line.subject.split() if one.startswith(("U", "W")))
    pair = await match.get(tx, line.subject) if not people and cohort is None else None
    if pair is not None:
        both = await people_of(tx, pair)
        people = (both.junior.user_id, both.senior.user_id)
    return AuditRow(line.at, line.actor, line.action, people, cohort.name if cohort else "", shown(line.detail))
