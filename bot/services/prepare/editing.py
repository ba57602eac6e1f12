"""An agenda is agreed as it is, or written anew by either of the two."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.messages import Kind
from bot.domain.prepare import AgendaFacts, AgendaForm, Line, base_of, check_agenda, pair_up
from bot.domain.refusals import Refusal
from bot.services.kit import Actor, Kit
from bot.services.post import post
from bot.services.prepare.agenda import agenda_of, ahead, facts_of, form_of, template_for
from bot.services.prepare.pick import Mine, identity_open, pair_words, refresh_both
from bot.services.prepare.templates import starts_of
from storage import meet, prepare
from storage.ids import new_id
from storage.records.meet import Session
from storage.records.prepare import AgendaLine, LineKind
from storage.store import Tx


async def agree(kit: Kit, actor: Actor, session_id: str) -> AgendaFacts:
    """Take the suggestion as it is; agreeing twice changes nothing. Raises Refusal when the session is over."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        session, mine = await ahead(tx, actor, session_id, now)
        if not await prepare.lines(tx, session.id):
            agenda = await agenda_of(kit, tx, session, mine.pair)
            await _keep(tx, session, mine, [Line(line.text, line.minutes) for line in agenda.lines], now)
        facts = await facts_of(kit, tx, session)
        await refresh_both(tx, mine.people, now)
    return facts


async def save_agenda(
    kit: Kit, actor: Actor, session_id: str, lines: Mapping[str, str], picked: Sequence[str], *,
    start: str = "", base: str | None = None,
) -> AgendaForm | None:  # fmt: skip
    """Write the agenda and send it to the pair space. `lines` is field → text, `picked` ids of parked lines.

    `start` is the purpose or extra that the lines were taken from, where it is not the session's own; `base` which
    agenda the modal started from. Where the partner changed it meanwhile, nothing is written, and the modal comes
    back with both. Raises Refusal under the field that is wrong, when the session is over, and when it is locked.
    """
    now = kit.clock()
    wanted = check_agenda(lines, len(picked))
    async with kit.store.write(actor.team_id) as tx:
        session, mine = await ahead(tx, actor, session_id, now)
        suggestion = await agenda_of(kit, tx, session, mine.pair)
        if suggestion.locked:
            raise Refusal("prepare.refused.locked_first")
        parked = {line.id: line.text for line in await prepare.parked(tx, mine.pair.id)}
        wanted += [Line(text) for line_id in picked if (text := parked.get(line_id)) is not None]
        if not wanted:  # all that was picked has gone from the parking lot meanwhile
            raise Refusal("prepare.refused.empty", field=next(iter(lines)))
        before = await prepare.lines(tx, session.id)
        if wanted == [Line(line.text or "", line.minutes) for line in before]:
            return None
        if base is not None and base != base_of(before):
            return await _both(kit, tx, session, mine, tuple(lines.values()), tuple(picked))
        known = [] if before else [line.text for line in (await _frame(kit, tx, session, mine, start))]
        await _remember_start(kit, tx, session, mine, start)
        added, parked_again = await _keep(tx, session, mine, wanted, now, known)
        told = {"added": ",".join(added), "parked": ",".join(parked_again)}
        await _send(tx, session, mine, told, now)
    return None


async def _send(tx: Tx, session: Session, mine: Mine, told: Mapping[str, str], now: datetime) -> None:
    key = f"{session.id}:{new_id()}"
    await post(
        tx, Kind.AGENDA, mine.pair.id, key, now, stale_at=session.starts_at, session=session.id, by=mine.me.id,
        added=told["added"], parked=told["parked"],
    )  # fmt: skip
    await refresh_both(tx, mine.people, now)


async def _both(
    kit: Kit, tx: Tx, session: Session, mine: Mine, typed: tuple[str, ...], picked: tuple[str, ...]
) -> AgendaForm:
    """The partner was quicker: what they made of it, above what was typed here."""
    now_there = await form_of(kit, tx, session, mine)
    return AgendaForm(
        session, mine.me, now_there.partner, now_there.agenda, now_there.parked, "", (), now_there.base, typed,
        now_there.agenda, picked, now_there.commitments,
    )  # fmt: skip


async def _frame(kit: Kit, tx: Tx, session: Session, mine: Mine, start: str) -> Sequence[Line]:
    """The suggestion's lines: what stood there before anybody wrote anything."""
    template = await template_for(kit, tx, session, mine.pair, start)
    return [Line(line.text, line.minutes) for line in template.lines]


async def _remember_start(kit: Kit, tx: Tx, session: Session, mine: Mine, start: str) -> None:
    """What each prepares is told by the template that was chosen."""
    content = (await pair_words(kit, tx)).content
    if start in starts_of(content, identity=await identity_open(tx, mine.pair)):
        chosen = await template_for(kit, tx, session, mine.pair, start)
        await meet.change(tx, session.id, session.state, template=chosen.id)


async def _keep(
    tx: Tx, session: Session, mine: Mine, wanted: Sequence[Line], now: datetime, known: Sequence[str] = ()
) -> tuple[list[str], list[str]]:
    """Write the agreed lines; tell which are new beside those `known` from the suggestion, and which are parked again.

    A line that somebody had brought stays theirs, and is parked again where it is left out; any other one that stood
    in the agenda is kept as dropped, so that the other can be told.
    """
    before = await prepare.lines(tx, session.id)
    brought = [*await prepare.lines(tx, session.id, LineKind.PICKED), *await prepare.parked(tx, mine.pair.id)]
    kept, added = set(), []
    for position, (line, row) in enumerate(pair_up(wanted, [*before, *brought]), 1):
        stands = row or await prepare.add_line(
            tx, mine.pair.id, mine.me.id, line.text, now, kind=LineKind.AGENDA, session_id=session.id
        )
        await prepare.turn_into(tx, [stands.id], LineKind.AGENDA, session.id)
        await prepare.place_line(tx, stands.id, position, line.minutes)
        kept.add(stands.id)
        if row not in before and line.text not in known:
            added.append(stands.id)
    return added, await _let_go(tx, session, before, brought, kept)


async def _let_go(
    tx: Tx, session: Session, before: Sequence[AgendaLine], brought: Sequence[AgendaLine], kept: set[str]
) -> list[str]:
    gone = [line.id for line in await prepare.lines(tx, session.id, LineKind.DROPPED)]
    await prepare.remove(tx, gone)
    out = [row for row in before if row.id not in kept]
    await prepare.turn_into(tx, [row.id for row in out if not row.was_parked], LineKind.DROPPED, session.id)
    back = [row.id for row in out if row.was_parked]
    back += [row.id for row in brought if row.kind is LineKind.PICKED and row.id not in kept]
    await prepare.turn_into(tx, back, LineKind.PARKED, None)
    return back
