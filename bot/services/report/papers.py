"""A report as files: asked for by a coordinator, made at the moment of sending, shared in their own direct messages."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.report.paper import Asked, ExportFacts, Group, Paper, PaperFacts
from bot.domain.report.period import Span
from bot.services import access
from bot.services.content import words_of
from bot.services.kit import Actor, Kit
from bot.services.post import post
from bot.services.refusing import escaped
from bot.services.report.paper import check_begun, paper_of, reported, span_of, understand
from prompts import Words
from storage import enrol, outbox
from storage import programme as programmes
from storage.records.delivery import Letter
from storage.records.paper import PaperFile, PaperWhat
from storage.records.programme import Programme
from storage.report import papers
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """What is to be made and for whom: the facts as they are now, in the reader's words."""

    file: PaperFile
    facts: PaperFacts
    words: Words


async def report(kit: Kit, actor: Actor, text: str, words: Words) -> Paper:
    """The report as it stands, and its files on their way. `text` is what was typed, in the language of `words`.

    Raises Refusal for who does not coordinate, and for what is no cohort and no period.
    """
    async with kit.store.read(actor.team_id) as tx:
        programme = await access.coordinator(tx, actor)
        asked = await _understood(kit, tx, programme, text, words)
        paper = await paper_of(kit, tx, programme, asked)
        if not paper.parts:
            raise Refusal("paper.refused.none")
    async with kit.store.write(actor.team_id) as tx:
        await access.coordinator(tx, actor)
        await _ask(kit, tx, actor, PaperWhat.REPORT, asked, ())
    return paper


async def export_form(kit: Kit, actor: Actor, text: str, words: Words) -> ExportFacts:
    """The form for a CSV, with what was typed behind the command. Raises Refusal as `report` does."""
    async with kit.store.read(actor.team_id) as tx:
        programme = await access.coordinator(tx, actor)
        cohorts = tuple(await reported(tx))
        if not cohorts:
            raise Refusal("paper.refused.none")
        asked = await _understood(kit, tx, programme, text, words)
        return ExportFacts(cohorts, asked.cohort.id if asked.cohort else "", _typed(asked.span))


async def export(kit: Kit, actor: Actor, cohort_id: str, period: str, groups: Collection[str], words: Words) -> None:
    """Have the chosen figures sent as a CSV; `cohort_id` empty for all. Raises Refusal under the field."""
    async with kit.store.write(actor.team_id) as tx:
        programme = await access.coordinator(tx, actor)
        cohort = next((one for one in await reported(tx) if one.id == cohort_id), None)
        if cohort_id and cohort is None:
            raise Refusal("common.errors.pick_one", field="cohort")
        chosen = [one.value for one in Group if one in groups]
        if not chosen:
            raise Refusal("paper.refused.groups", field="groups")
        try:
            asked = Asked(cohort, await span_of(kit, programme, period, words))
            await check_begun(kit, tx, programme, asked, words)
        except Refusal as refused:
            raise Refusal(refused.key, field="period", **refused.params) from None
        await _ask(kit, tx, actor, PaperWhat.FIGURES, asked, chosen)


async def _understood(kit: Kit, tx: Tx, programme: Programme, text: str, words: Words) -> Asked:
    """As `understand`, for a reader in Slack: what they typed, and cohorts' names, stay text."""
    try:
        return await understand(kit, tx, programme, text, words)
    except Refusal as refused:
        raise escaped(refused) from None


async def _ask(kit: Kit, tx: Tx, actor: Actor, what: PaperWhat, asked: Asked, groups: Collection[str]) -> None:
    """Asking for the same again while it is under way is once; one whose message has ended is asked for anew."""
    cohort_id = asked.cohort.id if asked.cohort else ""
    span = (asked.span.start, asked.span.end) if asked.span else None
    wanted = (what, cohort_id, span or (None, None), tuple(groups))
    for one in await papers.papers_waiting(tx, actor.user_id):
        same = (one.what, one.cohort_id, (one.start, one.end), one.groups) == wanted
        if same and await outbox.under_way(tx, Kind.PAPER, one.id):
            return
    now = kit.clock()
    made = await papers.ask_paper(tx, actor.user_id, what, cohort_id, span, groups, now)
    await programmes.note(tx, actor.user_id, f"paper.{what}", cohort_id or tx.team, now, _typed(asked.span))
    await post(tx, Kind.PAPER, actor.user_id, made.id, now, paper=made.id)


async def contents(kit: Kit, team: str, paper_id: str) -> PaperPlan | None:
    """What the files say, read now; None when they were shared, or the reader coordinates no more."""
    async with kit.store.read(team) as tx:
        found = await papers.paper_file(tx, paper_id)
        if found is None or found.shared_at is not None:
            return None
        facts = await _facts(kit, tx, found)
        me = await enrol.find(tx, found.user_id)
        programme = await programmes.get(tx)
        language = (me.locale if me else "") or (programme.language if programme else "en")
        return PaperPlan(found, facts, await words_of(kit, tx, language)) if facts else None


async def keep_files(kit: Kit, file: PaperFile, slack_ids: list[str]) -> bool:
    """Before the files get a single byte: which they are. False where another courier was quicker, or it is gone."""
    async with kit.store.write(file.team_id) as tx:
        return await papers.set_paper(tx, file.id, file.file_ids, file_ids=slack_ids)


async def keep_shared(kit: Kit, file: PaperFile, slack_ids: list[str]) -> bool:
    """These files are in the coordinator's direct messages. False where another courier has made others since."""
    async with kit.store.write(file.team_id) as tx:
        return await papers.set_paper(tx, file.id, slack_ids, shared_at=kit.clock())


async def keep_barred(kit: Kit, file: PaperFile) -> None:
    """The app may not upload files: this one ends without any, and its message says so."""
    async with kit.store.write(file.team_id) as tx:
        await papers.set_paper(tx, file.id, file.file_ids, file_ids=[], shared_at=kit.clock())


async def load_paper(kit: Kit, tx: Tx, letter: Letter) -> PaperFacts | None:
    """What is said below the files."""
    found = await papers.paper_file(tx, letter.params["paper"])
    if found is None or found.shared_at is None:
        return None
    facts = await _facts(kit, tx, found)
    return replace(facts, barred=not found.file_ids) if facts else None


async def _facts(kit: Kit, tx: Tx, found: PaperFile) -> PaperFacts | None:
    programme = await _still(tx, found.user_id)
    cohort = await programmes.cohort(tx, found.cohort_id) if found.cohort_id else None
    if programme is None or (found.cohort_id and cohort is None):
        return None
    span = Span(found.start, found.end) if found.start and found.end else None
    return PaperFacts(await paper_of(kit, tx, programme, Asked(cohort, span)), found.what, found.groups)


async def _still(tx: Tx, user_id: str) -> Programme | None:
    """The programme, if the account coordinates it now."""
    return await programmes.get(tx) if await programmes.is_coordinator(tx, user_id) else None


def _typed(span: Span | None) -> str:
    return f"{span.start} {span.end}" if span else ""
