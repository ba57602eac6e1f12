"""Themes over a real database: fixed when a cohort opens, shown past the gate, taken, closed, told once a month."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.jobs import Job
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals, TooLate
from bot.domain.report.facts import DigestFigures
from bot.domain.report.paper import Asked
from bot.domain.theme import ThemesFacts, ThemeState
from bot.schedule.sweeps import run_due
from bot.services import checkin as checkins
from bot.services import privacy, report, theme
from bot.services.kit import Actor, Kit
from bot.services.privacy.retaining import do_retention
from bot.services.programme import cohorts
from bot.services.report.paper import paper_of
from bot.services.report.weekly import stored
from storage import checkin, enrol, outbox
from storage import programme as programmes
from storage import report as reports
from storage import theme as rows
from storage.ids import new_id
from storage.records.checkin import Answer, AnswerSheet, Question
from storage.records.delivery import Due, DueState
from storage.records.programme import CohortState
from storage.records.report import FigureKind
from storage.records.theme import ThemeStep
from tests import held
from tests.clockwork import MovableClock
from tests.held import JUNIOR, letters, pass_time
from tests.services.desk import PLAN, chi, profile, standing
from tests.services.many import Two, add_pairs, answer, hold
from tests.services.themes import DEE, publish
from tests.services.weeks import plan, sweep
from tests.world import CHI, ELI, NOOR, TEAM, World

THURSDAY = datetime(2026, 5, 7, 18, 0, tzinfo=UTC)
CHI_ACTS, ROLF = Actor(TEAM, CHI), "U07ROLF000"


async def reported(kit: Kit, world: World) -> dict[str, ThemeStep | None]:
    """What a report says became of each theme."""
    async with kit.store.read(TEAM) as tx:
        made = await paper_of(kit, tx, world.programme, Asked(world.cohort))
    return {line.theme: line.last for line in made.whole.themes}


async def names(kit: Kit, two: Two, *themes: str) -> None:
    """A junior meets, answers, and picks these themes."""
    one = await answer(kit, two, await hold(kit, two, kit.clock()), dict.fromkeys(Question, "no"))
    async with kit.store.write(TEAM) as tx:
        sheet = AnswerSheet(tuple(Answer(question, "no") for question in Question), themes=themes)
        await checkin.save_sheet(tx, one, sheet, kit.clock())
        await report.remember(kit, tx, two.pair, FigureKind.THEMES, one.id, kit.clock())


async def the_digest(kit: Kit, world: World) -> DigestFigures:
    async with kit.store.read(TEAM) as tx:
        return stored((await reports.digests(tx, world.cohort.id))[-1])


def state(facts: ThemesFacts, one: str) -> ThemeState:
    return next(story.state for story in facts.stories if story.theme == one)


async def test_a_cohort_keeps_the_themes_that_it_opened_with(kit: Kit, world: World) -> None:
    tags = await theme.add_tag(kit, CHI_ACTS, "Parking", "Where to leave bikes")
    parking = tags.tags[0].id
    draft = await cohorts.save(kit, chi(), PLAN)
    opened = await cohorts.open_(kit, chi(), draft.id, standing())
    await theme.retire_tag(kit, CHI_ACTS, parking, retired=True)
    await theme.add_tag(kit, CHI_ACTS, "Canteen", "")
    async with kit.store.read(TEAM) as tx:
        assert parking in await theme.vocabulary(kit, tx, opened)
        assert len(await rows.fixed(tx, opened.id)) == len(await theme.vocabulary(kit, tx, opened))
        earlier = await theme.vocabulary(kit, tx, world.cohort)
    assert earlier == ("tools", "access", "training", "support", "ai_rules", "data"), "no rows: the shipped ones"
    with pytest.raises(TooLate):
        await theme.forget_tag(kit, CHI_ACTS, parking)
    with pytest.raises(Refusal, match=r"theme.refused.known"):
        await theme.add_tag(kit, CHI_ACTS, "Meetings", "")


async def test_only_a_theme_of_the_cohort_can_be_picked(kit: Kit, world: World, clock: MovableClock) -> None:
    await held.hold(kit, world)
    await pass_time(kit, clock, clock.now + timedelta(days=3))
    asked = await letters(kit, Kind.CHECKIN)
    sheet = AnswerSheet(tuple(Answer(question, "no") for question in Question), themes=("meetings",))
    with pytest.raises(Refusals, match=r"common.errors.at_most"):
        await checkins.answer(kit, JUNIOR, asked[0].params["checkin"], sheet)


async def test_a_theme_comes_past_the_gate_with_the_weekly_draw_and_others_never(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    for two in pairs:
        await names(kit, two, "data")
    for two in pairs[:2]:
        await names(kit, two, "data", "tools")
    await plan(kit, world)
    assert (await theme.themes_window(kit, CHI_ACTS)).stories == ()
    await sweep(kit, clock)
    facts = await theme.themes_window(kit, CHI_ACTS, name=" spring ")
    assert [story.theme for story in facts.stories] == ["data"]
    figures = await the_digest(kit, world)
    assert figures.themes == (("data", ThemeState.OPEN),)
    cohort = world.cohort.id
    for one in ("tools", "nothing", ""):
        for refused in (
            theme.close(kit, CHI_ACTS, cohort, one, "Done."), theme.close(kit, CHI_ACTS, cohort, one, ""),
            theme.take(kit, CHI_ACTS, cohort, one, profile(NOOR), "w" * 501),
            theme.open_again(kit, CHI_ACTS, cohort, one), theme.step_form(kit, CHI_ACTS, cohort, one, ThemeStep.TAKEN),
        ):  # fmt: skip
            with pytest.raises(Refusal) as refusal:
                await refused
            assert (refusal.value.key, refusal.value.field) == ("common.errors.gone", None), "nobody learns which it is"


async def test_whom_it_is_taken_to_hears_in_ten_minutes_unless_it_is_taken_back(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await publish(kit, world, "data", "tools")
    for bad in (None, profile(NOOR, bot=True), profile(NOOR, deactivated=True)):
        with pytest.raises(Refusal) as refusal:
            await theme.take(kit, CHI_ACTS, world.cohort.id, "data", bad, "")
        assert refusal.value.field == "theme.who"
    with pytest.raises(Refusal, match=r"owner_outside"):
        await theme.take(kit, CHI_ACTS, world.cohort.id, "data", replace(profile(NOOR), home_team="T9ELSE"), "")
    facts = await theme.take(kit, CHI_ACTS, world.cohort.id, "data", profile(NOOR), "The shared drive")
    with pytest.raises(Refusal, match=r"theme.refused.is_taken"):
        await theme.take(kit, DEE, world.cohort.id, "data", profile(ELI), "")
    story = next(one for one in facts.stories if one.theme == "data")
    assert story.last is not None
    assert state(await theme.undo_step(kit, DEE, story.last.id), "data") is ThemeState.OPEN
    assert state(await theme.undo_step(kit, DEE, story.last.id), "data") is ThemeState.OPEN, "twice changes nothing"
    await theme.take(kit, DEE, world.cohort.id, "data", profile(ELI), "")
    assert await reported(kit, world) == {"data": None, "tools": None}, "what can be taken back is not told"
    clock.move(minutes=11)
    assert await reported(kit, world) == {"data": ThemeStep.TAKEN, "tools": None}
    await run_due(kit)
    told = await letters(kit, Kind.THEME_TAKEN)
    assert [letter.to for letter in told] == [ELI]
    async with kit.store.read(TEAM) as tx:
        shown = await theme.load_taken(kit, tx, told[0])
        steps = await rows.steps(tx, world.cohort.id)
    assert shown is not None
    assert shown.author == DEE.user_id
    assert [step.undone_at is None for step in steps] == [False, True]
    with pytest.raises(TooLate):
        await theme.undo_step(kit, DEE, steps[1].id)


@pytest.mark.parametrize("closed", [False, True])
async def test_opened_again_and_taken_back_still_tells_whom_it_went_to_and_once(
    kit: Kit, world: World, clock: MovableClock, closed: bool
) -> None:
    await publish(kit, world, "data")
    await theme.take(kit, CHI_ACTS, world.cohort.id, "data", profile(ELI), "")
    if closed:
        await theme.close(kit, CHI_ACTS, world.cohort.id, "data", "New drives")
    clock.move(minutes=9)
    facts = await theme.open_again(kit, DEE, world.cohort.id, "data")
    clock.move(minutes=3)
    await run_due(kit)
    assert await letters(kit, Kind.THEME_TAKEN) == [], "it is open again"
    last = facts.stories[0].last
    assert last is not None
    await theme.undo_step(kit, DEE, last.id)
    clock.move(minutes=1)
    await run_due(kit)
    assert [letter.to for letter in await letters(kit, Kind.THEME_TAKEN)] == [ELI]
    again = (await theme.open_again(kit, DEE, world.cohort.id, "data")).stories[0].last
    assert again is not None
    await theme.undo_step(kit, DEE, again.id)
    await run_due(kit)
    assert len(await letters(kit, Kind.THEME_TAKEN)) == 1


async def test_the_words_are_sealed_and_go_with_their_author_and_in_slack_too(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await publish(kit, world, "data")
    await theme.take(kit, DEE, world.cohort.id, "data", profile(CHI), "WORDS-TO-CHI")
    await theme.close(kit, DEE, world.cohort.id, "data", "WORDS-FOR-ALL")
    async with kit.store.write(TEAM) as tx:
        await theme.plan_rounds(tx, kit.clock())
    await pass_time(kit, clock, THURSDAY)
    sent = [*await letters(kit, Kind.THEME_TAKEN), *await letters(kit, Kind.THEME_NOTE)]
    assert len(sent) == 3
    async with kit.store.write(TEAM) as tx:
        for n, letter in enumerate(sent):
            await outbox.mark_sent(tx, letter.id, f"D{n}", f"{n}.1")
    await privacy.erase(kit, DEE)
    assert len(await letters(kit, Kind.REMOVE_MESSAGE)) == 3
    facts = await theme.themes_window(kit, CHI_ACTS)
    assert [(step.step, step.words) for step in facts.stories[0].steps] == [
        (ThemeStep.TAKEN, None), (ThemeStep.CLOSED, None)
    ]  # fmt: skip


@pytest.mark.parametrize("erased", [False, True])
async def test_whom_it_is_taken_to_is_told_though_whoever_took_it_has_gone_since(
    kit: Kit, world: World, clock: MovableClock, erased: bool
) -> None:
    await publish(kit, world, "data")
    await theme.take(kit, DEE, world.cohort.id, "data", profile(ELI), "Who can start?")
    if erased:
        await privacy.erase(kit, DEE)
    else:
        async with kit.store.write(TEAM) as tx:
            await programmes.remove_coordinator(tx, DEE.user_id)
    clock.move(minutes=11)
    await run_due(kit)
    (told,) = await letters(kit, Kind.THEME_TAKEN)
    async with kit.store.read(TEAM) as tx:
        shown = await theme.load_taken(kit, tx, told)
    assert shown is not None
    assert (shown.author, shown.others, shown.step.words) == ("", (CHI,), None if erased else "Who can start?")


async def test_without_a_name_the_window_opens_where_a_theme_waits_else_on_the_newest_that_runs(
    kit: Kit, world: World
) -> None:
    newer = replace(world.cohort, id=new_id(), name="Autumn")
    newest = replace(newer, id=new_id(), name="Winter", state=CohortState.CLOSED)
    async with kit.store.write(TEAM) as tx:
        for cohort in (newer, newest):
            await programmes.add_cohort(tx, cohort)
    assert (await theme.themes_window(kit, CHI_ACTS)).cohort == newer
    await publish(kit, world, "data")
    assert (await theme.themes_window(kit, CHI_ACTS)).cohort == world.cohort
    await theme.close(kit, CHI_ACTS, world.cohort.id, "data", "Done.")
    assert (await theme.themes_window(kit, CHI_ACTS)).cohort == newer


async def test_nobody_but_coordinators_does_anything_about_themes(kit: Kit, world: World) -> None:
    await publish(kit, world, "data")
    tries = (
        theme.themes_window(kit, JUNIOR), theme.tags_window(kit, JUNIOR), theme.add_tag(kit, JUNIOR, "Parking", ""),
        theme.close(kit, JUNIOR, world.cohort.id, "data", "Done."), theme.undo_step(kit, JUNIOR, "x"),
        theme.open_again(kit, JUNIOR, world.cohort.id, "data"),
        theme.take(kit, JUNIOR, world.cohort.id, "data", profile(NOOR), ""),
        theme.step_form(kit, JUNIOR, world.cohort.id, "data", ThemeStep.CLOSED),
        theme.retire_tag(kit, JUNIOR, "x", retired=True), theme.forget_tag(kit, JUNIOR, "x"),
    )  # fmt: skip
    for attempt in tries:
        with pytest.raises(Refusal, match=r"common.errors.not_coordinator"):
            await attempt


async def test_words_about_themes_go_with_other_texts_and_names_with_the_rows(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    await publish(kit, world, "data", "tools")
    await theme.take(kit, CHI_ACTS, world.cohort.id, "data", profile(ROLF), "WORDS-EARLY")
    await cohorts.close(kit, chi(), world.cohort.id)
    assert await kept(kit, clock, world, 180) == [("WORDS-EARLY", ROLF)]
    await theme.close(kit, CHI_ACTS, world.cohort.id, "tools", "WORDS-LATE")
    assert await kept(kit, clock, world, 181) == [(None, ROLF), ("WORDS-LATE", "")], "a note has yet to tell them"
    assert await kept(kit, clock, world, 221) == [(None, ROLF), (None, "")]
    async with kit.store.read(TEAM) as tx:
        assert await enrol.find(tx, ROLF), "whom it was taken to is known as long as it says so"
    assert await kept(kit, clock, world, 366) == [(None, ""), (None, "")]
    async with kit.store.read(TEAM) as tx:
        assert await enrol.find(tx, ROLF) is None


async def kept(kit: Kit, clock: MovableClock, world: World, days: int) -> list[tuple[str | None, str]]:
    """What each step says and to whom it went, after the night so many days behind the cohort's last one."""
    clock.set(datetime.combine(world.cohort.ends_on, datetime.min.time(), UTC) + timedelta(days=days, hours=3))
    item = Due(new_id(), TEAM, Job.RETENTION, TEAM, "", "", clock.now, None, DueState.PENDING, 0, None)
    async with kit.store.write(TEAM) as tx:
        await do_retention(kit, tx, item)
        return [(step.words, step.taken_to) for step in await rows.steps(tx, world.cohort.id)]
