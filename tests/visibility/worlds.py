"""One little programme, played with private answers that can be changed, and all that everybody can look at in it."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.delivery.letters import LETTERS
from bot.domain.commit import CommitmentKind
from bot.domain.enrol import Filter
from bot.domain.intro import Draft
from bot.domain.meet import Booking
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal
from bot.domain.report.pairs import PairFilter
from bot.services import checkin, close, commit, credit, enrol, intro, match, meet, privacy, pulse, review, ripple
from bot.services import home as homes
from bot.services.kit import Actor, Kit
from bot.services.programme import audit, today
from bot.services.report import desk, matters
from bot.services.report import pairs as report_pairs
from bot.services.report.plans import plan_weekly
from bot.views import home as home_views
from prompts import Library
from storage import backlog, outbox, programme
from storage import checkin as checkin_rows
from storage import tables as t
from storage.doctor import look
from storage.records.checkin import Learner
from storage.records.credit import Credited
from storage.records.enrol import Side
from storage.records.match import Fit, Help
from storage.records.meet import Session
from storage.records.pulse import Load, Safety
from storage.records.review import ReviewKind
from storage.records.ripple import RippleKind
from storage.store import Store
from storage.vault import MasterKey
from tests.clockwork import MovableClock
from tests.held import JUNIOR, SENIOR, pair_up, sheet
from tests.services.review.steps import both, complete
from tests.services.town_hall import JUNO, MAX, about, join, work_until
from tests.world import ANA, BO, CHI, NOOR, TEAM, World, seed

CAST = (ANA, BO, CHI, NOOR, JUNO, MAX)
OPERATOR, PLACES = "the operator", "channels and spaces"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{12,64}")


@dataclass(frozen=True, slots=True)
class Told:
    """What one of the two says wherever only they are meant to know."""

    learner: Learner
    fit: Fit
    load: Load
    safety: Safety
    figure: str
    words: str
    again: str
    quote: str = "no"
    options: tuple[str, ...] = ("changed", "done", "claimed", "unwanted")
    themes: tuple[str, ...] = ("tools",)
    noticed: str = "yes"
    talked: str = "talked"
    credited: Credited = Credited.DID


CONTENT = Told(Learner.THEM, Fit.GOOD, Load.LESS, Safety.YES, "5", "All is well", "yes")
BITTER = Told(
    Learner.ME, Fit.NOT_GOOD, Load.MORE, Safety.NO, "1", "Nothing is", "no", "unnamed",
    ("no", "no", "no", "no"), ("access", "data"), "no", "not", Credited.NOT_THIS_MONTH,
)  # fmt: skip


class Programme:
    """Ana and Bo from their first session to the end; Juno and Max are a pair beside them, Chi coordinates."""

    def __init__(self, kit: Kit, clock: MovableClock, world: World, ana: Told, bo: Told) -> None:
        self.kit, self.clock, self.world, self.ana, self.bo = kit, clock, world, ana, bo
        self.seen: dict[str, list[str]] = defaultdict(list)

    async def lives(self) -> dict[str, list[str]]:
        """By person: everything before their eyes, in its order."""
        await self._begins()
        for step, watched in (
            (self._first, False), (self._promise, False), (self._introduction, True), (self._second, False),
            (self._looks_back, True), (self._ends, True),
        ):  # fmt: skip
            await step()
            if watched:
                await self._look(CAST if step == self._ends else (ANA, BO))
        return self.seen

    async def _begins(self) -> None:
        kit, now = self.kit, self.clock.now
        juno = await join(kit, self.world, JUNO, about(Side.JUNIOR))
        boss = await join(kit, self.world, MAX, about(Side.SENIOR, level=4))
        await pair_up(kit, self.world, juno, boss)
        async with kit.store.write(TEAM) as tx:
            known = await programme.get(tx)
            assert known is not None
            await pulse.plan_rounds(tx, now)
            await credit.plan_rounds(tx, now)
            await plan_weekly(kit, tx, known, now)

    async def _both(self, say: Callable[[Actor, Told], Awaitable[object]]) -> None:
        for who, told in ((JUNIOR, self.ana), (SENIOR, self.bo)):
            await say(who, told)

    async def _met(self) -> Session:
        """A session, its check-in and reflection, and who was learning."""
        when = self.clock.now - timedelta(hours=2)
        session = (await meet.log(self.kit, JUNIOR, Booking(self.world.pair.id, when, 60, ""))).session
        await self._both(lambda who, told: checkin.say_learner(self.kit, who, session.id, told.learner))
        await self._pass(days=4, hours=3)
        async with self.kit.store.read(TEAM) as tx:
            hers, his = [
                await checkin_rows.of_session(tx, session.id, one.id) for one in (self.world.ana, self.world.bo)
            ]
        assert hers and his
        said = replace(sheet(*self.ana.options, example=self.ana.words), themes=self.ana.themes)
        await checkin.answer(self.kit, JUNIOR, hers.id, said)
        learned = {"learned": self.bo.words, "shared": False, "text": "", "due_on": None}
        await checkin.reflect(self.kit, SENIOR, his.id, **learned)
        return session

    async def _first(self) -> None:
        await self._met()
        await self._pass(days=1)
        pair = self.world.pair.id
        why = {Fit.NOT_GOOD: Help.JUST_TELLING}
        await self._both(lambda who, told: match.say_fit(self.kit, who, pair, told.fit, why.get(told.fit)))

    async def _promise(self) -> None:
        day = (self.clock.now + timedelta(days=5)).date()
        what = {"kind": CommitmentKind.BEHAVIOUR, "text": "When we plan, I will ask first", "due_on": day}
        made = await commit.add(self.kit, SENIOR, self.world.pair.id, **what)
        await commit.done(self.kit, SENIOR, made.commitment.id)
        await ripple.log(self.kit, SENIOR, self.world.pair.id, RippleKind.VISIT)
        await self._pass(days=4)
        await commit.notice(self.kit, JUNIOR, made.commitment.id, self.ana.noticed)

    async def _introduction(self) -> None:
        wish = Draft(whom="the data team", why="To learn", line="Ana asks good questions")
        it = (await intro.ask(self.kit, JUNIOR, self.world.pair.id, wish, None)).intro
        await self._pass(hours=1)
        await intro.made(self.kit, SENIOR, it.id)
        await self._pass(days=11)
        await intro.say(self.kit, JUNIOR, it.id, self.ana.talked)

    async def _second(self) -> None:
        for _ in range(2):
            await self._met()
        await self._pass(days=5)
        await self._reviews(ReviewKind.MIDPOINT, "midpoint_say", "midpoint_hour", "midpoint_recommend")

    async def _looks_back(self) -> None:
        """The Wednesday on which load and safety are asked about, and the month's first Tuesday."""
        until = datetime(2026, 4, 7, 18, tzinfo=UTC)
        await self._until(max(until, self.clock.now))
        for letter in await self._sent(Kind.PULSE):
            told = {ANA: self.ana, BO: self.bo}.get(letter["to"])
            if told is not None:
                actor = Actor(TEAM, letter["to"])
                await pulse.say(self.kit, actor, letter["params"]["pulse"], told.load, told.safety)
        for letter in await self._sent(Kind.CREDIT):
            if letter["to"] == BO:
                await credit.say(self.kit, SENIOR, letter["params"]["credit"], self.bo.credited)

    async def _ends(self) -> None:
        await complete(self.kit, self.world)
        await self._pass(days=5)
        await self._reviews(ReviewKind.END)
        await self._pass(days=8)

    async def _reviews(self, kind: ReviewKind, *items: str) -> None:
        asked, actors = await both(self.kit, self.world, kind), (JUNIOR, SENIOR)
        for one, actor, told in zip(asked, actors, (self.ana, self.bo), strict=True):
            answers = {item: told.figure for item in items}
            if kind is ReviewKind.END:
                side = one.side.value
                answers = {f"end_{side}_benefit": told.figure, f"end_{side}_again": told.again}
                answers |= {f"end_{side}_quote": told.quote} if actor is JUNIOR else {}
            else:
                answers["midpoint_one_thing"] = told.words
            await review.answer(self.kit, actor, one.id, answers)

    async def _pass(self, **span: float) -> None:
        await self._until(self.clock.now + timedelta(**span))

    async def _until(self, until: datetime) -> None:
        """Work is done in its time, and each day's letters are drawn for their receivers."""
        while True:
            soon = min(until, self.clock.now + timedelta(days=1))
            await work_until(self.kit, self.clock, soon)
            await self._deliver()
            if soon == until:
                break

    async def _deliver(self) -> None:
        c = t.outbox.c
        async with self.kit.store.write(TEAM) as tx:
            wanted = select(c.id).where(c.state == "waiting", c.due_at <= self.clock.now).order_by(c.due_at, c.id)
            for row in (await tx.conn.execute(wanted)).all():
                letter = await outbox.get(tx, row.id)
                assert letter is not None
                entry = LETTERS[Kind(letter.kind)]
                facts = await entry.load(self.kit, tx, letter)
                if facts is not None and letter.kind != Kind.HOME:
                    drawn = entry.draw(self.kit.words("en"), facts)
                    self._shows(letter.to, f"message {letter.kind}", drawn)
                state = "sent" if facts is not None else "skipped"
                await tx.conn.execute(update(t.outbox).where(c.id == row.id).values(state=state))

    async def _look(self, who: tuple[str, ...]) -> None:
        """They at all of theirs, in the end everybody, own data too; Chi at all that coordinators have."""
        for one in who:
            await self._looks(one, at_last=who == CAST)
        await self._coordinates()
        async with self.kit.store.read(TEAM) as tx:
            waits = [str(one) for one in await backlog.all_teams(tx, self.clock.now)]
        self._shows(OPERATOR, "metrics", waits)
        found = await look(self.kit.store, True, self.clock.now)
        counts = (found.letters_late, found.letters_dead, found.work_late, found.work_dead, found.programmes)
        self._shows(OPERATOR, "doctor", counts)
        await self._rows()

    async def _looks(self, who: str, *, at_last: bool) -> None:
        kit, actor, words = self.kit, Actor(TEAM, who), self.kit.words("en")
        async with kit.store.read(TEAM) as tx:
            facts = await homes.home_of(kit, tx, who, None)
        self._shows(who, "home", home_views.home(words, facts).payload())
        mine: dict[str, Callable[[], Awaitable[object]]] = {
            "status": lambda: enrol.status(kit, actor), "commitments": lambda: commit.listed(kit, actor),
            "introductions": lambda: intro.listed(kit, actor), "ripples": lambda: ripple.listed(kit, actor),
            "scorecard": lambda: homes.scorecard(kit, actor), "over time": lambda: checkin.over_time(kit, actor),
            "statement": lambda: close.contribution(kit, actor, self.world.pair.id),
            **({"own data": lambda: privacy.own_data(kit, actor)} if at_last else {}),
        }  # fmt: skip
        for name, do in mine.items():
            try:
                self._shows(who, name, await do())
            except Refusal as refused:
                self._shows(who, name, str(refused))

    async def _coordinates(self) -> None:
        kit, chi, cohort = self.kit, Actor(TEAM, CHI), self.world.cohort.id
        page = await report_pairs.pair_page(kit, chi, PairFilter())
        shown = [
            page, *[await report_pairs.pair_card(kit, chi, row.people.pair.id) for row in page.rows],
            await desk.preview(kit, chi), await desk.needs(kit, chi, cohort), await desk.health(kit, chi),
            await desk.shield(kit, chi, cohort), await matters.matter_list(kit, chi),
            await match.wish_list(kit, chi), await enrol.people(kit, chi, Filter()), await audit.page(kit, chi),
            await today.today(kit, chi), await close.quotes(kit, chi),
        ]  # fmt: skip
        self._shows(CHI, "coordinators'", shown)

    async def _rows(self) -> None:
        """What waits or has gone, as a set: to whom, of which kind, and when."""
        o, d = t.outbox.c, t.due.c
        owner = {self.world.ana.id: ANA, self.world.bo.id: BO}
        async with self.kit.store.read(TEAM) as tx:
            letters = (await tx.conn.execute(select(o.kind, o.to, o.due_at, o.stale_at, o.state, o.reason))).all()
            works = (await tx.conn.execute(select(d.kind, d.recipient, d.due_at, d.stale_at, d.state))).all()
        for row in sorted(letters, key=str):
            self._shows(row.to, "outbox", tuple(row))
        for row in sorted(works, key=lambda one: str((one.kind, one.due_at, one.state))):
            self._shows(owner.get(row.recipient, OPERATOR), "work", tuple(row))

    async def _sent(self, kind: Kind) -> list[dict[str, Any]]:
        o = t.outbox.c
        async with self.kit.store.read(TEAM) as tx:
            rows = await tx.conn.execute(select(o.to, o.params).where(o.kind == kind.value).order_by(o.id))
            return [dict(row._mapping) for row in rows]

    def _shows(self, who: str, way: str, what: object) -> None:
        text = what if isinstance(what, str) else json.dumps(what, ensure_ascii=False, default=repr, sort_keys=True)
        self.seen[who if who in CAST else PLACES if who != OPERATOR else who].append(f"{way}: {_ID.sub('id', text)}")


async def play(url: str, library: Library, ana: Told, bo: Told) -> dict[str, list[str]]:
    """The same programme every time, but for what these two say in private; log lines are the operator's."""
    clock = MovableClock()
    store = Store(url, [MasterKey.new("test")])
    kit = Kit(store, clock, library, dice=random.Random(7))
    try:
        with capture_logs() as lines:
            seen = await Programme(kit, clock, await seed(kit), ana, bo).lives()
    finally:
        await store.close()
    seen[OPERATOR] += [_ID.sub("id", repr(sorted(line.items()))) for line in lines]
    return seen
