"""Twenty pairs in the middle of their programme and to its end, and everything that anybody can be shown of it."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.delivery.letters import LETTERS
from bot.domain.messages import Kind
from bot.domain.report.kinds import RUNNING
from bot.schedule.sweeps import run_due
from bot.services import home as homes
from bot.services import report, theme
from bot.services.kit import Actor, Kit
from bot.services.programme import audit, today
from bot.services.report import desk, papers
from bot.services.report.charts import chart_plan
from bot.services.report.plans import next_digest_at
from bot.views import home as home_views
from bot.views import theme as theme_views
from bot.views.report import modals
from bot.views.report import paper as paper_views
from bot.views.report.paper_charts import picture
from bot.views.report.paper_csv import figures_csv
from bot.views.report.paper_page import page
from prompts import Library
from storage import checkin, commit, meet, outbox, programme, pulse, review
from storage import report as reports
from storage import tables as t
from storage.ids import new_id
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState, Question
from storage.records.commit import Commitment, CommitmentKind, CommitmentState, Noticed
from storage.records.enrol import Person, Side
from storage.records.meet import Session, SessionState
from storage.records.programme import CohortState
from storage.records.pulse import Load, Pulse, Safety
from storage.records.report import FigureKind
from storage.records.review import Given, Review, ReviewKind, ReviewState
from storage.store import Store, Tx
from storage.vault import MasterKey
from tests.clockwork import MovableClock
from tests.services.many import NO, YES, Two, add_pairs
from tests.world import CHANNEL, CHI, TEAM, World, seed

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{12,64}")
ASKED_AT_THE_END = {
    Side.JUNIOR: (FigureKind.END_JUNIOR, "end_junior_benefit", "end_junior_expert"),
    Side.SENIOR: (FigureKind.END_SENIOR, "end_senior_benefit"),
}
THEMES = ("tools", "training")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one pair answers to everything, each side for itself."""

    options: dict[Question, str]
    themes: tuple[str, ...]
    noticed: Noticed
    load: Load
    safety: Safety
    figure: str


USUAL = Voice(YES, THEMES[:1], Noticed.YES, Load.LESS, Safety.YES, "2")
ODD = Voice(NO, THEMES, Noticed.NO, Load.MORE, Safety.NO, "5")


class Crowd:
    """`odd` are the places of the pairs that answer everything otherwise than all others do."""

    def __init__(self, kit: Kit, clock: MovableClock, world: World, odd: frozenset[int]) -> None:
        self.kit, self.clock, self.world, self.odd = kit, clock, world, odd
        self.pairs: list[Two] = []
        self.seen: list[str] = []

    async def lives(self) -> list[str]:
        self.pairs = await add_pairs(self.kit, self.world.cohort, 20)
        async with self.kit.store.write(TEAM) as tx:
            await report.plan_weekly(self.kit, tx, self.world.programme, self.clock())
        for week in range(6):
            if week in (0, 4):
                await self._everybody(self._answers)
            await self._week()
        await self._everybody(self._looks_back)
        async with self.kit.store.write(TEAM) as tx:
            await programme.move_cohort(tx, self.world.cohort.id, CohortState.OPEN, CohortState.CLOSED)
        for _ in range(4):
            await self._week()
        await self._look()
        return self.seen

    async def released(self) -> set[FigureKind]:
        async with self.kit.store.read(TEAM) as tx:
            kinds = (*RUNNING, *(kind for kind, *_ in ASKED_AT_THE_END.values()))
            return {one.kind for one in await reports.releases(tx, self.world.cohort.id, *kinds)}

    async def _everybody(self, say: Any) -> None:
        async with self.kit.store.write(TEAM) as tx:
            for place, two in enumerate(self.pairs):
                await say(tx, two, ODD if place in self.odd else USUAL)

    async def _answers(self, tx: Tx, two: Two, voice: Voice) -> None:
        now = self.clock()
        held = Session(new_id(), TEAM, two.pair.id, 1, now, 60, "", SessionState.HELD, two.senior.id, None, now)
        await meet.add(tx, held)
        asked = Checkin(
            new_id(), TEAM, held.id, two.pair.id, two.junior.id, Side.JUNIOR, CheckinState.ANSWERED, now,
            now + timedelta(days=14), now,
        )  # fmt: skip
        await checkin.add(tx, asked)
        sheet = AnswerSheet(tuple(Answer(q, option) for q, option in voice.options.items()), None, voice.themes)
        await checkin.save_sheet(tx, asked, sheet, now)
        await self._remember(tx, two, asked.id, FigureKind.RECIPROCITY, FigureKind.THEMES)
        kept = Commitment(
            new_id(), TEAM, two.pair.id, two.senior.id, None, CommitmentKind.HELP, "x", now.date(), 0,
            CommitmentState.DONE, now, now, now,
        )  # fmt: skip
        await commit.add(tx, kept)
        await commit.save_noticed(tx, kept.id, two.junior.id, voice.noticed, now)
        await self._remember(tx, two, kept.id, FigureKind.SAY_DO)
        for person, side in _sides(two):
            one = Pulse(new_id(), TEAM, two.pair.id, person.id, now.date(), now, now + timedelta(days=7))
            await pulse.add(tx, one)
            await pulse.save(tx, one, voice.load, voice.safety, now)
            await self._remember(tx, two, one.id, *(FigureKind(f"{what}_{side}") for what in ("benefit", "safety")))

    async def _looks_back(self, tx: Tx, two: Two, voice: Voice) -> None:
        now = self.clock()
        for person, side in _sides(two):
            kind, *items = ASKED_AT_THE_END[side]
            one = Review(
                new_id(), TEAM, two.pair.id, person.id, side, ReviewKind.END, ReviewState.SENT, now,
                now + timedelta(days=14), None,
            )  # fmt: skip
            await review.add(tx, one)
            await review.save(tx, one, Given(1, dict.fromkeys(items, voice.figure)), now)
            await self._remember(tx, two, one.id, kind)

    async def _remember(self, tx: Tx, two: Two, source: str, *kinds: FigureKind) -> None:
        for kind in kinds:
            await report.remember(self.kit, tx, two.pair, kind, source, self.clock())

    async def _week(self) -> None:
        """The next digest, with all that is posted to the coordinators' channel meanwhile."""
        async with self.kit.store.read(TEAM) as tx:
            at = await next_digest_at(tx)
        assert at is not None
        self.clock.set(at)
        await run_due(self.kit)
        o = t.outbox.c
        async with self.kit.store.write(TEAM) as tx:
            waiting = select(o.id).where(o.to == CHANNEL, o.state == "waiting", o.due_at <= at).order_by(o.kind, o.id)
            for letter_id in list(await tx.conn.scalars(waiting)):
                letter = await outbox.get(tx, letter_id)
                assert letter is not None
                entry = LETTERS[Kind(letter.kind)]
                facts = await entry.load(self.kit, tx, letter)
                if facts is not None:
                    self._shows(letter.kind, entry.draw(self.kit.words("en"), facts))
                if (digest := letter.params.get("digest")) is not None:
                    self._shows("chart", repr(await chart_plan(tx, digest)))
                await tx.conn.execute(update(t.outbox).where(o.id == letter_id).values(state="sent"))

    async def _look(self) -> None:
        """What coordinators have before them, and what whoever reads the file without a key has."""
        kit, chi, words = self.kit, Actor(TEAM, CHI), self.kit.words("en")
        async with kit.store.read(TEAM) as tx:
            for who in (CHI, *(two.senior.user_id for two in self.pairs[:3])):
                self._shows("home", home_views.home(words, await homes.home_of(kit, tx, who, None)).payload())
            for table in (t.release, t.digest, t.outcome, t.outbox, t.due, t.audit):
                left_out = {"nonce", "key", "id"}
                columns = [column for column in table.c if column.name not in left_out]
                for row in sorted(str(tuple(row)) for row in await tx.conn.execute(select(*columns))):
                    self._shows(table.name, row)
            urn = select(t.urn.c.cohort_id, t.urn.c.kind, t.urn.c.person_id, t.urn.c.senior_id, t.urn.c.mark)
            for row in (await tx.conn.execute(urn)).all():
                self._shows("urn", f"{row.kind} {len(row.mark)}")
        self._shows("preview", modals.preview(words, await desk.preview(kit, chi)))
        self._shows("health", modals.health(words, await desk.health(kit, chi)))
        self._shows("themes", theme_views.themes(words, await theme.themes_window(kit, chi)))
        for typed in ("", "Spring 2026-03"):
            paper = await papers.report(kit, chi, typed, words)
            self._shows("report", paper_views.summary(words, paper))
            self._shows("page", page(words, paper).decode())
            self._shows("picture", picture(words, paper))
            self._shows("csv", figures_csv(words, paper).decode())
        self._shows("today", repr(await today.today(kit, chi)))
        self._shows("audit", repr(await audit.page(kit, chi)))

    def _shows(self, way: str, what: object) -> None:
        text = what if isinstance(what, str) else json.dumps(what, default=repr, sort_keys=True, ensure_ascii=False)
        self.seen.append(f"{way}: {_ID.sub('id', text)}")


def _sides(two: Two) -> Iterator[tuple[Person, Side]]:
    yield two.junior, Side.JUNIOR
    yield two.senior, Side.SENIOR


async def play(url: str, library: Library, odd: frozenset[int]) -> tuple[list[str], set[FigureKind]]:
    """Everything that was shown, and of which kinds something was published."""
    clock = MovableClock()
    store = Store(url, [MasterKey.new("test")])
    kit = Kit(store, clock, library, dice=random.Random(7))
    try:
        with capture_logs() as lines:
            crowd = Crowd(kit, clock, await seed(kit), odd)
            seen, kinds = await crowd.lives(), await crowd.released()
    finally:
        await store.close()
    return [*seen, *(_ID.sub("id", repr(sorted(line.items()))) for line in lines)], kinds
