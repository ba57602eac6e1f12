"""The agenda of a session: suggested, agreed as it is or edited, sent to the pair space."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.prepare import (
    LEAST_LEFT,
    Agenda,
    AgendaFacts,
    AgendaForm,
    Line,
    check_agenda,
    own_first,
    suggest,
    template_number,
)
from bot.domain.refusals import Refusal
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post
from bot.services.prepare.pick import Mine, cohort_of, pair_words, refresh_both, session_of
from bot.services.prepare.templates import starts_of, template_of
from storage import commit, meet, prepare
from storage import match as matches
from storage.records.commit import CommitmentState
from storage.records.delivery import Due, Letter
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.prepare import AgendaLine, LineKind
from storage.store import Tx


async def agenda_of(
    kit: Kit, tx: Tx, session: Session, pair: Pair, *, purpose: str = "", offer: bool = False
) -> Agenda:
    """A session's agenda as it stands: the agreed lines, else the suggestion.

    `purpose` asks for another template, by a purpose or the id of an extra; `offer` lets the whole parking lot into
    the suggestion, where the template is for topics at all.
    """
    words = await pair_words(kit, tx)
    cohort = await cohort_of(tx, pair)
    number = template_number(session.number, cohort.sessions)
    template = template_of(words.content, purpose or session.template or cohort.purpose, cohort, number)
    parked = await prepare.parked(tx, pair.id)
    brought = [line for line in parked if line.session_id == session.id]
    agreed = await prepare.lines(tx, session.id)
    if agreed and not purpose:
        removed = words.say("common.people.removed")
        lines, waiting = [Line(a.text or removed, None, a.id) for a in agreed], own_first(brought, session.id)
    else:
        picked = await prepare.lines(tx, session.id, LineKind.PICKED)
        frame = [Line(line.text, line.minutes) for line in template.lines]
        lines, waiting = suggest(
            frame, own_first([*picked, *(parked if offer and not template.locked else brought)], session.id)
        )
    return Agenda(
        template.title, tuple(lines), tuple(waiting), template.junior_prepares, template.senior_prepares,
        agreed=bool(agreed) and not purpose,
    )  # fmt: skip


async def agenda_form(kit: Kit, actor: Actor, *, session_id: str = "", purpose: str = "") -> AgendaForm:
    """The modal, prefilled, for a session or for the actor's next one. Raises Refusal when there is none."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        starts = starts_of((await pair_words(kit, tx)).content)
        if purpose and purpose not in starts:
            raise Refusal("prepare.refused.purpose")
        session, mine = await _ahead(tx, actor, session_id, now)
        agenda = await agenda_of(kit, tx, session, mine.pair, purpose=purpose, offer=True)
        parked = own_first(await prepare.parked(tx, mine.pair.id), session.id)
    shown = {line.id for line in agenda.lines}
    rest = tuple(line for line in parked if line.id not in shown)
    return AgendaForm(session, mine.me, mine.people.other(mine.me.id), agenda, rest, purpose, starts)


async def last_agenda(kit: Kit, actor: Actor) -> AgendaFacts:
    """The agenda of the session that was held last. Raises Refusal when there was none."""
    async with kit.store.read(actor.team_id) as tx:
        held = [await meet.last_held(tx, pair.id) for pair, _ in await access.pairs(tx, actor)]
        past = sorted((s for s in held if s is not None), key=lambda s: s.starts_at)
        if not past:
            raise Refusal("common.errors.no_session")
        return await _facts(kit, tx, past[-1])


async def agree(kit: Kit, actor: Actor, session_id: str) -> AgendaFacts:
    """Take the suggestion as it is; agreeing twice changes nothing. Raises Refusal when the session is over."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        session, mine = await _ahead(tx, actor, session_id, now)
        if not await prepare.lines(tx, session.id):
            agenda = await agenda_of(kit, tx, session, mine.pair)
            await _keep(tx, session, mine, [line.text for line in agenda.lines], now)
        facts = await _facts(kit, tx, session)
        await refresh_both(tx, mine.people, now)
    return facts


async def save_agenda(
    kit: Kit, actor: Actor, session_id: str, lines: Mapping[str, str], picked: Sequence[str], *, start: str = ""
) -> None:
    """Write the agenda and send it to the pair space. `lines` is field → text, `picked` ids of parked lines.

    `start` is the purpose or extra that the lines were taken from, where it is not the session's own.
    Raises Refusal under the field that is wrong, and when the session is over.
    """
    now = kit.clock()
    texts = check_agenda(lines, len(picked))
    async with kit.store.write(actor.team_id) as tx:
        session, mine = await _ahead(tx, actor, session_id, now)
        parked = {line.id: line.text for line in await prepare.parked(tx, mine.pair.id)}
        texts += [text for line_id in picked if (text := parked.get(line_id)) is not None]
        await _remember_start(kit, tx, session, mine, start)
        if texts == [line.text for line in await prepare.lines(tx, session.id)]:
            return
        await _keep(tx, session, mine, texts, now)
        key = f"{session.id}:{now.isoformat()}"
        await post(tx, Kind.AGENDA, mine.pair.id, key, now, stale_at=session.starts_at, session=session.id)
        await refresh_both(tx, mine.people, now)


async def send_agenda(kit: Kit, tx: Tx, due: Due) -> str | None:
    """The job of T-48 h: put parked lines where there is room, and send the suggestion unless one was agreed."""
    session = await meet.get(tx, due.subject)
    pair = await matches.get(tx, session.pair_id) if session else None
    if session is None or pair is None or session.state is not SessionState.PLANNED:
        return "the session is not planned any more"
    if pair.state is not PairState.ACTIVE:
        return "the pair is not active"
    if await prepare.lines(tx, session.id):
        return "an agenda was agreed before"
    agenda = await agenda_of(kit, tx, session, pair, offer=True)
    chosen = [line.id for line in agenda.lines if line.id is not None]
    await prepare.turn_into(tx, chosen, LineKind.PICKED, session.id)
    stale = session.starts_at - LEAST_LEFT
    now = kit.clock()
    await post(tx, Kind.AGENDA, pair.id, session.id, now, stale_at=stale, session=session.id)
    await refresh_both(tx, await _people(tx, session), now)
    return None


async def load_agenda(kit: Kit, tx: Tx, letter: Letter) -> AgendaFacts | None:
    session = await meet.get(tx, letter.params["session"])
    if session is None or session.state is not SessionState.PLANNED:
        return None
    return await _facts(kit, tx, session)


async def _remember_start(kit: Kit, tx: Tx, session: Session, mine: Mine, start: str) -> None:
    """What each prepares is told by the template that was chosen."""
    content = (await pair_words(kit, tx)).content
    if start in starts_of(content):
        cohort = await cohort_of(tx, mine.pair)
        chosen = template_of(content, start, cohort, template_number(session.number, cohort.sessions))
        await meet.change(tx, session.id, session.state, template=chosen.id)


async def _facts(kit: Kit, tx: Tx, session: Session) -> AgendaFacts:
    people = await _people(tx, session)
    agenda = await agenda_of(kit, tx, session, people.pair)
    owed = await commit.of_pair(tx, session.pair_id, CommitmentState.OPEN)
    return AgendaFacts(session, people, agenda, tuple(owed))


async def _people(tx: Tx, session: Session) -> PairPeople:
    pair = await matches.get(tx, session.pair_id)
    if pair is None:
        raise Refusal("common.errors.gone")
    return await people_of(tx, pair)


async def _ahead(tx: Tx, actor: Actor, session_id: str, now: datetime) -> tuple[Session, Mine]:
    """The session meant, or the actor's next one; it must not be over."""
    if not session_id:
        running = [pair.id for pair, _ in await access.pairs(tx, actor)]
        coming = await meet.next_of_pairs(tx, running, now)
        if not coming:
            raise Refusal("common.errors.no_session_ahead")
        session_id = min(coming.values(), key=lambda s: s.starts_at).id
    session, mine = await session_of(tx, actor, session_id)
    if session.state is not SessionState.PLANNED or session.ends_at <= now:
        raise Refusal("common.errors.gone")
    return session, mine


async def _keep(tx: Tx, session: Session, mine: Mine, texts: Sequence[str], now: datetime) -> None:
    """Write the agreed lines. A line that somebody had brought stays theirs; a picked one left out is parked again."""
    before: list[AgendaLine] = [*await prepare.lines(tx, session.id)]
    own = [*await prepare.lines(tx, session.id, LineKind.PICKED), *await prepare.parked(tx, mine.pair.id)]
    authors = {line.text: line.author_id for line in [*own, *before]}
    await prepare.remove(tx, [line.id for line in before])
    await prepare.remove(tx, [line.id for line in own if line.text in texts])
    left = [line.id for line in own if line.kind is LineKind.PICKED and line.text not in texts]
    await prepare.turn_into(tx, left, LineKind.PARKED, None)
    for text in texts:
        author = authors.get(text, mine.me.id)
        await prepare.add_line(tx, mine.pair.id, author, text, now, kind=LineKind.AGENDA, session_id=session.id)
