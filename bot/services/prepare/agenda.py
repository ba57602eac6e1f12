"""The agenda of a session as it stands: suggested or agreed, in its modal, in the pair's space."""

from datetime import datetime

from bot.domain.match import PairPeople
from bot.domain.messages import Kind
from bot.domain.prepare import (
    LEAST_LEFT,
    Agenda,
    AgendaFacts,
    AgendaForm,
    Edit,
    Line,
    base_of,
    contract_state,
    own_first,
    suggest,
    template_number,
)
from bot.domain.refusals import Refusal
from bot.services import access, intro
from bot.services.kit import Actor, Kit
from bot.services.match import people_of
from bot.services.post import post
from bot.services.prepare.pick import (
    Mine,
    identity_open,
    pair_words,
    planned_of,
    purpose_of,
    refresh_both,
    session_of,
)
from bot.services.prepare.templates import starts_of, template_of
from prompts.parts import Agenda as Template
from storage import commit, enrol, meet, prepare
from storage import match as matches
from storage.records.commit import CommitmentState
from storage.records.delivery import Due, Letter
from storage.records.match import Pair, PairState
from storage.records.meet import Session, SessionState
from storage.records.prepare import LineKind
from storage.store import Tx


async def agenda_of(
    kit: Kit, tx: Tx, session: Session, pair: Pair, *, purpose: str = "", offer: bool = False
) -> Agenda:
    """A session's agenda as it stands: the agreed lines, else the suggestion.

    `purpose` asks for another template, by a purpose or the id of an extra; `offer` lets the whole parking lot into
    the suggestion, where the session is for topics at all.
    """
    template = await template_for(kit, tx, session, pair, purpose)
    locked = template.locked and not await topics_open(tx, pair.id)
    parked = await prepare.parked(tx, pair.id)
    brought = [line for line in parked if line.session_id == session.id]
    agreed = await prepare.lines(tx, session.id)
    if agreed and not purpose:
        removed = (await pair_words(kit, tx)).say("common.people.removed")
        lines, waiting = [Line(a.text or removed, a.minutes, a.id) for a in agreed], own_first(brought, session.id)
    else:
        picked = await prepare.lines(tx, session.id, LineKind.PICKED)
        frame = [Line(line.text, line.minutes) for line in template.lines]
        own = [] if locked else [*picked, *(parked if offer else brought)]
        lines, waiting = suggest(frame, own_first(own, session.id))
    return Agenda(
        template.title, tuple(lines), tuple(waiting), template.junior_prepares, template.senior_prepares,
        agreed=bool(agreed) and not purpose, locked=locked, reading=template.reading,
    )  # fmt: skip


async def template_for(kit: Kit, tx: Tx, session: Session, pair: Pair, start: str = "") -> Template:
    """What the session's agenda starts from; a first session that is locked knows only one."""
    purpose = await purpose_of(tx, pair)
    content = (await pair_words(kit, tx)).content
    number = template_number(session.number, await planned_of(tx, pair))
    usual = content.agenda(purpose.value, number)
    if usual.locked and not await topics_open(tx, pair.id):
        return usual
    return template_of(content, start or session.template or purpose, purpose, number)


async def topics_open(tx: Tx, pair_id: str) -> bool:
    """Whether both have said that their first session may have topics."""
    asked = await prepare.early_topics(tx, pair_id)
    return asked is not None and asked.agreed_at is not None


async def agenda_form(kit: Kit, actor: Actor, *, session_id: str = "", purpose: str = "") -> AgendaForm:
    """The modal, prefilled, for a session or for the actor's next one. Raises Refusal when there is none."""
    now = kit.clock()
    async with kit.store.read(actor.team_id) as tx:
        if purpose and purpose not in starts_of((await pair_words(kit, tx)).content):
            raise Refusal("prepare.refused.purpose")
        session, mine = await ahead(tx, actor, session_id, now)
        return await form_of(kit, tx, session, mine, purpose)


async def form_of(kit: Kit, tx: Tx, session: Session, mine: Mine, purpose: str = "") -> AgendaForm:
    """The modal as it opens now. Raises Refusal for what is no agenda of this pair's."""
    identity = await identity_open(tx, mine.pair)
    starts = starts_of((await pair_words(kit, tx)).content, identity=identity)
    if purpose and purpose not in starts:
        raise Refusal("prepare.refused.purpose")
    agenda = await agenda_of(kit, tx, session, mine.pair, purpose=purpose, offer=True)
    parked = own_first(await prepare.parked(tx, mine.pair.id), session.id)
    shown = {line.id for line in agenda.lines}
    rest = tuple(line for line in parked if line.id not in shown)
    asked = await prepare.early_topics(tx, mine.pair.id) if agenda.locked else None
    return AgendaForm(
        session, mine.me, mine.people.other(mine.me.id), agenda, rest, purpose, () if agenda.locked else starts,
        base=base_of(await prepare.lines(tx, session.id)),
        commitments=tuple(await commit.of_pair(tx, mine.pair.id, CommitmentState.OPEN)),
        asked=await enrol.get(tx, asked.asked_by) if asked else None,
        introductions=await intro.open_ones(tx, mine.pair.id, kit.clock()),
    )  # fmt: skip


async def last_agenda(kit: Kit, actor: Actor) -> AgendaFacts:
    """The agenda of the session that was held last. Raises Refusal when there was none."""
    async with kit.store.read(actor.team_id) as tx:
        held = [await meet.last_held(tx, pair.id) for pair, _ in await access.pairs(tx, actor)]
        past = sorted((s for s in held if s is not None), key=lambda s: s.starts_at)
        if not past:
            raise Refusal("common.errors.no_session")
        return await facts_of(kit, tx, past[-1])


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
    await refresh_both(tx, await people_in(tx, session), now)
    return None


async def load_agenda(kit: Kit, tx: Tx, letter: Letter) -> AgendaFacts | None:
    session = await meet.get(tx, letter.params["session"])
    if session is None or session.state is not SessionState.PLANNED:
        return None
    edit = await _edit(tx, session, letter.params) if "by" in letter.params else None
    return await facts_of(kit, tx, session, edit)


async def facts_of(kit: Kit, tx: Tx, session: Session, edit: Edit | None = None) -> AgendaFacts:
    """What the pair's space shows of a session's agenda."""
    people = await people_in(tx, session)
    agenda = await agenda_of(kit, tx, session, people.pair)
    owed = await commit.of_pair(tx, session.pair_id, CommitmentState.OPEN)
    holds = await prepare.contract_of(tx, session.pair_id)
    urged = contract_state(session.number, await planned_of(tx, people.pair), holds is not None)
    return AgendaFacts(
        session, people, agenda, tuple(owed), edit, urged,
        holds.notice_hours if holds is not None else None, await intro.open_ones(tx, session.pair_id, kit.clock()),
    )  # fmt: skip


async def people_in(tx: Tx, session: Session) -> PairPeople:
    pair = await matches.get(tx, session.pair_id)
    if pair is None:
        raise Refusal("common.errors.gone")
    return await people_of(tx, pair)


async def ahead(tx: Tx, actor: Actor, session_id: str, now: datetime) -> tuple[Session, Mine]:
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


async def _edit(tx: Tx, session: Session, told: dict[str, str]) -> Edit | None:
    """Who changed it last, and what; the lines that went out are kept until the next change."""
    by = await enrol.get(tx, told["by"])
    if by is None:
        return None
    dropped = await prepare.lines(tx, session.id, LineKind.DROPPED)
    back = [await prepare.line(tx, line_id) for line_id in told.get("parked", "").split(",") if line_id]
    parked = tuple(line.text for line in back if line is not None and line.kind is LineKind.PARKED)
    return Edit(by, frozenset(told.get("added", "").split(",")), tuple(line.text for line in dropped), parked)
