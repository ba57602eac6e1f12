"""Reporting lines and declared conflicts of interest: what keeps two people apart."""

from bot.domain.match import Conflicts, Lines, PairPeople, circle, off_line
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match.people import people_of_all, plan_look_at_lines
from storage import enrol, match, programme
from storage.store import Tx


async def line_list(kit: Kit, actor: Actor) -> Lines:
    """All reporting lines that are known. Raises Refusal for anybody but coordinators."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return Lines(_sorted(await enrol.lines(tx)))


async def set_line(kit: Kit, actor: Actor, user_id: str, manager_id: str | None) -> Lines:
    """Record whom somebody reports to: a Slack id, "" for nobody, None for not known.

    A line that would close a circle is not stored; the circle comes back. Open pairs that the lines now forbid come
    back too: they are people's to talk about, and ten minutes later both of each are asked.
    """
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await programme.hold(tx)
        await access.coordinator(tx, actor)
        lines = await enrol.lines(tx)
        closed = circle(user_id, manager_id, lines) if manager_id else ()
        if closed:
            return Lines(_sorted(lines), user_id, closed)
        await enrol.set_line(tx, user_id, manager_id)
        await programme.note(tx, actor.user_id, "match.line", user_id, now, manager_id or "-")
        await plan_look_at_lines(tx, now)
        lines = await enrol.lines(tx)
        return Lines(_sorted(lines), user_id, (), await _forbidden(tx, lines))


async def conflict_list(kit: Kit, actor: Actor) -> Conflicts:
    """All declared conflicts. Raises Refusal for anybody but coordinators."""
    async with kit.store.read(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        return Conflicts(await _couples(tx))


async def declare(kit: Kit, actor: Actor, one: str, other: str, *, remove: bool = False) -> Conflicts:
    """Keep two people apart, or stop doing so. Raises Refusal for one person twice, and where none was declared."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        if one == other:
            raise Refusal("match.refused.conflict_with_self", field="second")
        if remove and not await match.remove_conflict(tx, one, other):
            raise Refusal("match.refused.no_conflict", field="second")
        if not remove:
            await match.add_conflict(tx, one, other, actor.user_id)
        action = "match.conflict_removed" if remove else "match.conflict"
        await programme.note(tx, actor.user_id, action, f"{one} {other}", now)
        touched = () if remove else await _between(tx, one, other)
        return Conflicts(await _couples(tx), (one, other), remove, touched)


async def _couples(tx: Tx) -> tuple[tuple[str, str], ...]:
    return tuple((c.first, c.second) for c in await match.conflicts(tx))


async def _forbidden(tx: Tx, lines: dict[str, str]) -> tuple[PairPeople, ...]:
    pairs = await people_of_all(tx, await match.all_open(tx))
    return tuple(p for p in pairs if off_line(p.junior.user_id, p.senior.user_id, lines))


async def _between(tx: Tx, one: str, other: str) -> tuple[PairPeople, ...]:
    pairs = await people_of_all(tx, await match.all_open(tx))
    return tuple(p for p in pairs if {p.junior.user_id, p.senior.user_id} == {one, other})


def _sorted(lines: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Teams together, the top first."""
    return tuple(sorted(lines.items(), key=lambda line: (line[1], line[0])))
