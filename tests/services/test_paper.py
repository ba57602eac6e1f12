"""The report on the real store: what is published and counted, for coordinators alone, sent once and left to them."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.domain.disclosure import Withheld
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.report.paper import Asked, Paper, Why
from bot.domain.report.period import Span
from bot.services.kit import Actor, Kit
from bot.services.report import papers as service
from bot.services.report.paper import paper_of
from bot.views.report.paper_csv import figures_csv
from storage import commit, match, meet, programme
from storage import tables as t
from storage.ids import new_id
from storage.records.commit import Commitment, CommitmentKind, CommitmentState
from storage.records.match import PairState
from storage.records.meet import Hindrance, Session, SessionState
from storage.records.report import FigureKind
from storage.report import papers
from tests.clockwork import MovableClock
from tests.services.desk import letters
from tests.services.many import YES, Two, add_pairs, everybody_answers, hold
from tests.services.weeks import plan, sweep
from tests.world import ANA, BO, CHI, TEAM, World

CHIS = Actor(TEAM, CHI)


async def paper(kit: Kit, world: World, span: Span | None = None) -> Paper:
    async with kit.store.read(TEAM) as tx:
        return await paper_of(kit, tx, world.programme, Asked(world.cohort, span))


async def cancel(kit: Kit, two: Two, by: Hindrance | None) -> None:
    """The session in an hour; without a side, nobody says what became of it."""
    at, state = kit.clock() + timedelta(hours=1), SessionState.CANCELLED if by else SessionState.UNKNOWN
    lost = Session(new_id(), TEAM, two.pair.id, 2, at, 60, "", state, two.senior.id, by, kit.clock())
    async with kit.store.write(TEAM) as tx:
        await meet.add(tx, lost)


async def promise(kit: Kit, two: Two, state: CommitmentState, moved: int = 0) -> None:
    now = kit.clock()
    made = Commitment(
        new_id(), TEAM, two.pair.id, two.senior.id, None, CommitmentKind.HELP, "a door", now.date(), moved, state, now,
        now if state is CommitmentState.DONE else None, now,
    )  # fmt: skip
    async with kit.store.write(TEAM) as tx:
        await commit.add(tx, made)


async def test_figures_are_those_of_the_releases_and_counts_those_of_the_database(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    await everybody_answers(kit, pairs, YES)
    await cancel(kit, pairs[0], Hindrance.SENIOR)
    await cancel(kit, pairs[1], Hindrance.JUNIOR)
    for two, by in ((pairs[2], None), (pairs[3], Hindrance.SENIOR)):  # still planned when their pair ended
        await cancel(kit, two, by)
        async with kit.store.write(TEAM) as tx:
            await match.move(tx, two.pair.id, PairState.ACTIVE, PairState.COMPLETED, ended_at=kit.clock())
    await promise(kit, pairs[0], CommitmentState.DONE)
    await promise(kit, pairs[1], CommitmentState.OPEN, moved=2)
    await plan(kit, world)
    before = await paper(kit, world)
    assert before.whole.told[FigureKind.RECIPROCITY].published is None, "asking for a report draws nothing"
    await sweep(kit, clock)
    made = await paper(kit, world)
    published = made.whole.told[FigureKind.RECIPROCITY].published
    assert published is not None and published.n == 10
    assert [(f.low, f.high) for f in published.figures] == [(8, 10)] * 4
    (month,) = made.whole.months
    assert (month.held, month.by_senior, month.by_junior, month.planned) == (20, 1, 1, 22)
    assert (made.whole.promises.due, made.whole.promises.done, made.whole.promises.slipping) == (2, 1, 1)
    assert made.whole.pairs.pairs == 21
    assert made.whole.told[FigureKind.END_SENIOR].why is Why.OPEN


async def test_a_period_adds_up_the_releases_that_were_published_in_it(
    kit: Kit, world: World, clock: MovableClock
) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    for _ in range(5):  # on the 9th of March, and half of those who were left four weeks later
        await sweep(kit, clock)
    whole = (await paper(kit, world)).whole.told[FigureKind.RECIPROCITY].published
    march = (await paper(kit, world, Span(date(2026, 3, 2), date(2026, 3, 29)))).whole
    first = march.told[FigureKind.RECIPROCITY].published
    assert first is not None and whole is not None
    assert (first.n, first.releases) == (10, 1)
    assert whole.n > first.n and whole.steps[0] == first.steps[0]
    assert sum(one.held for one in march.months) == 20
    weeks = (await paper(kit, world, Span(date(2026, 3, 2), date(2026, 4, 5)))).whole
    assert [one.month for one in weeks.months] == [date(2026, 3, 1)], "five days of April are no month"
    quarter = (await paper(kit, world, Span(date(2026, 3, 2), date(2026, 5, 31)))).whole
    assert [one.month.month for one in quarter.months] == [3, 4] and quarter.months[0] == weeks.months[0]
    later = (await paper(kit, world, Span(date(2026, 5, 4), date(2026, 5, 31)))).whole
    assert later.told[FigureKind.RECIPROCITY].why is Why.OUTSIDE


async def test_a_small_cohort_says_so_and_shows_what_took_place(kit: Kit, world: World, clock: MovableClock) -> None:
    pairs = await add_pairs(kit, world.cohort, 2)
    await plan(kit, world)
    for two in pairs:
        await hold(kit, two, kit.clock())
    for _ in range(2):  # the first digest covers a week before the cohort
        await sweep(kit, clock)
    made = await paper(kit, world)
    assert made.whole.told[FigureKind.RECIPROCITY].section.withheld is Withheld.SMALL
    assert made.whole.months[0].held == 2


@pytest.mark.parametrize("user", [ANA, BO, "U07NOBODY0"])
async def test_only_coordinators_get_reports(kit: Kit, world: World, user: str) -> None:
    words, actor = kit.words("en"), Actor(TEAM, user)
    for asked in (service.report(kit, actor, "", words), service.export_form(kit, actor, "", words),
                  service.export(kit, actor, "", "", ["themes"], words)):  # fmt: skip
        with pytest.raises(Refusal, match="not_coordinator"):
            await asked


async def test_asking_twice_while_it_is_under_way_sends_one_and_a_coordinator_who_left_gets_none(
    kit: Kit, world: World
) -> None:
    words = kit.words("fr")
    await service.report(kit, CHIS, "Spring 2026-T1", words)
    await service.report(kit, CHIS, "spring 2026-Q1", words)
    (letter,) = await letters(kit, Kind.PAPER)
    assert letter.params.keys() == {"paper"}, "ids only: the files are made when they are sent"
    wanted = await service.contents(kit, TEAM, letter.params["paper"])
    assert wanted is not None and wanted.facts.paper.single == world.cohort
    async with kit.store.write(TEAM) as tx:
        await programme.add_coordinator(tx, BO, CHI, kit.clock())
        await programme.remove_coordinator(tx, CHI)
    assert await service.contents(kit, TEAM, letter.params["paper"]) is None


async def test_what_is_wrong_in_the_form_is_said_under_its_field(kit: Kit, world: World) -> None:
    words = kit.words("en")
    for cohort, period, groups, field in (
        ("nobody", "", ["themes"], "cohort"), ("", "yesterday", ["themes"], "period"),
        ("", "2019", ["themes"], "period"), ("", "", ["secrets"], "groups"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            await service.export(kit, CHIS, cohort, period, groups, words)
        assert refused.value.field == field
    assert await letters(kit, Kind.PAPER) == []


async def test_an_export_has_the_chosen_figures_and_is_in_the_audit_log(kit: Kit, world: World) -> None:
    await service.export(kit, CHIS, world.cohort.id, "2026-03", ["activity"], kit.words("en"))
    (letter,) = await letters(kit, Kind.PAPER)
    wanted = await service.contents(kit, TEAM, letter.params["paper"])
    assert wanted is not None and wanted.facts.groups == ("activity",)
    made = figures_csv(wanted.words, wanted.facts.paper, wanted.facts.groups).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(made)))
    assert {row[1] for row in rows[1:]} == {"Sessions, pairs, ripples"}
    async with kit.store.read(TEAM) as tx:
        lines = await programme.audit_since(tx, kit.clock() - timedelta(days=1))
        (asked,) = await papers.papers_waiting(tx, CHI)
    noted = {(line.action, line.subject, line.detail) for line in lines}
    assert ("paper.figures", world.cohort.id, "2026-03-02 2026-04-05") in noted
    assert (asked.start, asked.end) == (date(2026, 3, 2), date(2026, 4, 5))


async def test_a_report_changes_nothing_in_the_urns(kit: Kit, world: World, clock: MovableClock) -> None:
    pairs = await add_pairs(kit, world.cohort, 20)
    await everybody_answers(kit, pairs, YES)
    await plan(kit, world)
    await sweep(kit, clock)

    async def urns() -> list[object]:
        async with kit.store.read(TEAM) as tx:
            return [tuple(row) for row in await tx.conn.execute(select(t.urn).order_by(t.urn.c.person_id))]

    before = await urns()
    for text in ("", "spring", "2026-03"):
        await service.report(kit, CHIS, text, kit.words("en"))
    assert await urns() == before


async def test_of_several_cohorts_no_more_is_promised_than_holds_for_each(kit: Kit, world: World) -> None:
    async with kit.store.write(TEAM) as tx:
        await programme.add_cohort(tx, replace(world.cohort, id=new_id(), name="Autumn", k=8))
        assert (await paper_of(kit, tx, world.programme, Asked(None, None))).least == world.cohort.k == 5
