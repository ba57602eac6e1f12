"""What coordinators do about themes that are past the gate: take them to somebody, close them, open them again."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.disclosure import SMALL, Withheld, least, needed
from bot.domain.enrol import SlackProfile
from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.programme.cohorts import called
from bot.domain.refusals import Refusal
from bot.domain.theme import (
    WHO,
    StepForm,
    TakenFacts,
    ThemesFacts,
    ThemeState,
    ThemeStory,
    check_step,
    check_undo,
    past_gate,
)
from bot.domain.when import UNDO
from bot.services import access
from bot.services.kit import Actor, Kit
from bot.services.post import plan, post, refresh_homes, unplan
from bot.services.refusing import unknown_cohort
from bot.services.theme.published import themes_of
from storage import enrol, programme, report, theme
from storage.ids import new_id
from storage.records.delivery import Due, Letter
from storage.records.enrol import Side
from storage.records.programme import Cohort, CohortState, Programme
from storage.records.report import FigureKind
from storage.records.theme import Step, ThemeStep
from storage.store import Tx

_ASKED = 2
"""So many coordinators are named to whoever may want to answer."""
_SHOWN = (CohortState.OPEN, CohortState.CLOSED)


async def themes_window(kit: Kit, actor: Actor, cohort_id: str = "", *, name: str = "") -> ThemesFacts:
    """The themes of a cohort: of that id or name, else the newest with something to do, else the newest that runs.

    Raises Refusal for who does not coordinate, for a name that no cohort has, and before the first one opened.
    """
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        return await _facts(kit, tx, known, await _meant(kit, tx, cohort_id, name))


async def step_form(kit: Kit, actor: Actor, cohort_id: str, one: str, step: ThemeStep) -> StepForm:
    """What is asked before a step. Raises Refusal where another coordinator was quicker."""
    async with kit.store.read(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        cohort = await _cohort(tx, cohort_id)
        story = await _story(kit, tx, cohort, one)
        check_step(step, story.state, "-")
        return StepForm(cohort, one, step, known.findings_owner)


async def take(kit: Kit, actor: Actor, cohort_id: str, one: str, to: SlackProfile | None, words: str) -> ThemesFacts:
    """Take a theme to somebody who can change something; they hear of it in ten minutes. Raises under the fields."""
    if to is None or not to.usable:
        raise Refusal("theme.refused.nobody" if to is None else "theme.refused.no_reader", field=WHO)
    if to.home_team:
        raise Refusal("programme.refused.owner_outside", field=WHO)
    return await _act(kit, actor, cohort_id, one, ThemeStep.TAKEN, words, to)


async def close(kit: Kit, actor: Actor, cohort_id: str, one: str, words: str) -> ThemesFacts:
    """Say what was done; everybody with a pair reads it in the next note. Raises Refusal under the field."""
    return await _act(kit, actor, cohort_id, one, ThemeStep.CLOSED, words)


async def open_again(kit: Kit, actor: Actor, cohort_id: str, one: str) -> ThemesFacts:
    """It is not done after all. Raises Refusal where another coordinator was quicker."""
    return await _act(kit, actor, cohort_id, one, ThemeStep.REOPENED, "")


async def undo_step(kit: Kit, actor: Actor, step_id: str) -> ThemesFacts:
    """As if it had not been done; any coordinator may say so. Raises Refusal after ten minutes, or a later step."""
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        await programme.hold(tx)
        found = await theme.step(tx, step_id)
        if found is None:
            raise Refusal("common.errors.gone")
        cohort = await _cohort(tx, found.cohort_id)
        if found.undone_at is None:
            check_undo(found, (await _story(kit, tx, cohort, found.theme)).last, now)
            await unplan(tx, Job.TELL_TAKEN, found.id, "undone")
            await theme.undo_step(tx, found.id, now)
            await _tell_after_all(tx, found, (await _story(kit, tx, cohort, found.theme)).steps, now)
            await programme.note(tx, actor.user_id, "theme.undone", cohort.id, now, found.theme)
            await _refresh(tx, now)
        return await _facts(kit, tx, known, cohort)


async def do_tell_taken(kit: Kit, tx: Tx, due: Due) -> str | None:
    """Ten minutes have passed: whom a theme was taken to is told."""
    found = await theme.step(tx, due.subject)
    if found is None or found.undone_at is not None or not found.taken_to:
        return "undone"
    await post(tx, Kind.THEME_TAKEN, found.taken_to, f"{found.id}:{found.taken_to}", kit.clock(), step=found.id)
    return None


async def load_taken(kit: Kit, tx: Tx, letter: Letter) -> TakenFacts | None:
    """None where whom it was taken to has been erased since. Who took it may be gone: then the others bring it."""
    found = await theme.step(tx, letter.params["step"])
    cohort = await programme.cohort(tx, found.cohort_id) if found else None
    if found is None or cohort is None or found.undone_at is not None or found.taken_to != letter.to:
        return None
    author, here = await enrol.get(tx, found.author_id), [one.user_id for one in await programme.coordinators(tx)]
    if author is not None and author.user_id in here:
        return TakenFacts(cohort, found, author.user_id)
    return TakenFacts(cohort, found, "", tuple(here[:_ASKED]))


async def _act(
    kit: Kit, actor: Actor, cohort_id: str, one: str, step: ThemeStep, words: str, to: SlackProfile | None = None
) -> ThemesFacts:
    now = kit.clock()
    async with kit.store.write(actor.team_id) as tx:
        known = await access.coordinator(tx, actor)
        await programme.hold(tx)
        cohort = await _cohort(tx, cohort_id)
        story = await _story(kit, tx, cohort, one)
        check_step(step, story.state, words)
        me = await enrol.find(tx, actor.user_id) or await enrol.meet_person(
            tx, actor.user_id, name="", zone=known.zone, locale="", enterprise_id=actor.enterprise_id
        )
        made = Step(new_id(), tx.team, cohort.id, one, step, me.id, words, to.user_id if to else "", now)
        await theme.add_step(tx, made)
        await _meet(tx, to)
        await _follow(tx, made, story, now)
        await programme.note(tx, actor.user_id, f"theme.{step}", cohort.id, now, one)
        await _refresh(tx, now)
        return await _facts(kit, tx, known, cohort)


async def _meet(tx: Tx, to: SlackProfile | None) -> None:
    """Whom a theme is taken to is written to in their own hours and language, whether they take part or not."""
    if to is not None and await enrol.find(tx, to.user_id) is None:
        await enrol.meet_person(
            tx, to.user_id, name=to.name, zone=to.zone, locale=to.locale, guest=to.guest, home_team=to.home_team
        )


async def _follow(tx: Tx, made: Step, story: ThemeStory, now: datetime) -> None:
    """Whom it is taken to is told in ten minutes, unless it is opened again before."""
    if made.step is ThemeStep.TAKEN:
        await plan(tx, Job.TELL_TAKEN, made.id, now + UNDO)
    elif made.step is ThemeStep.REOPENED:
        for one in story.steps:
            await unplan(tx, Job.TELL_TAKEN, one.id, "opened again")


async def _tell_after_all(tx: Tx, undone: Step, stands: Sequence[Step], now: datetime) -> None:
    """It was opened again before whoever it went to was told, and that was taken back: they are told, once."""
    if undone.step is ThemeStep.REOPENED:
        for one in stands:
            if one.step is ThemeStep.TAKEN and undone.at < one.at + UNDO:
                await plan(tx, Job.TELL_TAKEN, one.id, max(now, one.at + UNDO), occurrence=undone.id)


async def _refresh(tx: Tx, now: datetime) -> None:
    await refresh_homes(tx, [one.user_id for one in await programme.coordinators(tx)], now)


async def _facts(kit: Kit, tx: Tx, known: Programme, cohort: Cohort) -> ThemesFacts:
    stories = await themes_of(kit, tx, cohort)
    people = await enrol.people(tx, {step.author_id for story in stories for step in story.steps})
    return ThemesFacts(
        cohort=cohort, cohorts=tuple(reversed(await programme.cohorts(tx, *_SHOWN))), stories=stories, people=people,
        withheld=await _withheld(tx, cohort), least=least(cohort), needed=needed(cohort), now=kit.clock(),
        zone=known.zone,
    )  # fmt: skip


async def _withheld(tx: Tx, cohort: Cohort) -> Withheld | None:
    """Why nothing was published yet, from membership alone; None once something was."""
    if await report.releases(tx, cohort.id, FigureKind.THEMES):
        return None
    if await report.people(tx, cohort.id, Side.JUNIOR) < SMALL:
        return Withheld.SMALL
    return Withheld.ENDED if cohort.state is CohortState.CLOSED else Withheld.WAITING


async def _story(kit: Kit, tx: Tx, cohort: Cohort, one: str) -> ThemeStory:
    """A theme that may be shown. Raises Refusal for any other: missing and withheld look the same."""
    found = next((story for story in await themes_of(kit, tx, cohort) if story.theme == one), None)
    if found is None:
        raise Refusal("common.errors.gone")
    return found


async def _meant(kit: Kit, tx: Tx, cohort_id: str, name: str) -> Cohort:
    if cohort_id:
        return await _cohort(tx, cohort_id)
    every = await programme.cohorts(tx, *_SHOWN)
    if not every:
        raise Refusal("theme.refused.no_cohort")
    if name.strip():
        known, every = every, called(name, every)
        if not every:
            raise unknown_cohort(name, known)
    newest = sorted(reversed(every), key=lambda one: one.state is not CohortState.OPEN)
    return await _waits(kit, tx, newest) or newest[0]


async def _waits(kit: Kit, tx: Tx, cohorts: Sequence[Cohort]) -> Cohort | None:
    """The first of them in which a theme that may be shown waits for somebody."""
    releases = await report.releases_of(tx, [one.id for one in cohorts], [FigureKind.THEMES])
    past = {one.cohort_id for one in releases if past_gate([one])}
    for cohort in cohorts:
        if cohort.id in past and any(s.state is ThemeState.OPEN for s in await themes_of(kit, tx, cohort)):
            return cohort
    return None


async def _cohort(tx: Tx, cohort_id: str) -> Cohort:
    found = await programme.cohort(tx, cohort_id)
    if found is None or found.state not in _SHOWN:
        raise Refusal("common.errors.gone")
    return found
