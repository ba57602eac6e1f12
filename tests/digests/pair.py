"""The life of one pair in a made-up programme: they book, meet or don't, are asked, answer or not, promise, keep it."""

import heapq
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.domain.meet import Booking
from bot.domain.refusals import Refusal, Refusals
from bot.schedule.sweeps import run_due
from bot.services import commit, leave, meet, pause, pulse
from bot.services.checkin.answering import answer
from bot.services.checkin.reflecting import reflect
from bot.services.kit import Actor, Kit
from storage import checkin
from storage import pulse as pulses
from storage.records.checkin import Answer, AnswerSheet, Question
from storage.records.commit import CommitmentKind, Noticed
from storage.records.enrol import Person, Side
from storage.records.meet import Hindrance, Said, Session
from storage.records.programme import Cohort
from storage.records.pulse import Load, Safety
from storage.records.report import FigureKind
from tests.clockwork import MovableClock
from tests.digests.habits import Ways, option
from tests.digests.truth import Truth
from tests.services.many import Two
from tests.world import TEAM

Act = Callable[[], Awaitable[None]]
RHYTHM = timedelta(days=14)
_PROMISE = "When the rota comes up, I will ask who was not in the room"
_LEARNED = "The rota decides who is heard"
_DUE = time(10)
_NOON = time(11)
"""When people act, UTC: nobody's quiet hours."""


@dataclass
class Stage:
    """What all pairs share: the clock, the dice, the truth, and what is going to happen when."""

    kit: Kit
    clock: MovableClock
    cohort: Cohort
    truth: Truth
    dice: random.Random
    weeks: int
    _turns: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self.starts = self.clock()

    def at(self, moment: datetime, act: Act) -> None:
        self._count += 1
        heapq.heappush(self._turns, (moment, self._count, act))

    def on(self, days: float, act: Act) -> None:
        """So many days from now, at some moment of that working day."""
        day = self.clock() + timedelta(days=days)
        day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
        noon = datetime.combine(day.date(), _NOON, day.tzinfo)
        self.at(noon + timedelta(minutes=self.dice.randrange(240)), act)

    def daily(self) -> None:
        """What is due is done every working day before anybody acts."""
        for day in range(self.weeks * 7):
            at = datetime.combine(self.starts.date() + timedelta(days=day), _DUE, self.starts.tzinfo)
            if at.weekday() < 5:
                self.at(at, self._due)

    async def until(self, then: datetime) -> None:
        """Everything that people do until then, each at its time. What is refused as too late, was too late."""
        while self._turns and self._turns[0][0] <= then:
            at, _, act = heapq.heappop(self._turns)
            self.clock.set(max(at, self.clock()))
            try:
                await act()
            except (Refusal, Refusals):
                continue
        self.clock.set(max(then, self.clock()))
        await run_due(self.kit)

    async def _due(self) -> None:
        await run_due(self.kit)


class Life:
    """One pair's, from its first booking until it ends."""

    def __init__(self, stage: Stage, two: Two, ways: Ways) -> None:
        self._stage, self._two, self._ways = stage, two, ways
        self._kit, self._dice = stage.kit, stage.dice
        self._junior, self._senior = (Actor(TEAM, one.user_id) for one in (two.junior, two.senior))
        self._happened: set[Question] = set()
        self._thoughts = random.Random(two.senior.user_id)  # dice of their own: no answer depends on them

    def begin(self) -> None:
        self._stage.on(self._dice.randrange(1, 8), self._book)
        for person, place in ((self._two.junior, 0), (self._two.senior, 1)):
            self._tap_in(person, place, 1)
        if self._ways.leaves:
            self._stage.on(7 * self._ways.leaves, self._leave)
        if self._ways.pauses:
            self._stage.on(7 * self._ways.pauses, self._pause)

    def _chance(self, share: float) -> bool:
        return self._dice.random() < share

    # Sessions.

    async def _book(self) -> None:
        """Some six days ahead, then every two weeks; who forgets is late by three more."""
        day = self._stage.clock() + timedelta(days=self._dice.randrange(5, 8))
        day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
        starts_at = datetime.combine(day.date(), time(8 + self._dice.randrange(6)), day.tzinfo)
        session = await meet.book(self._kit, self._senior, Booking(self._two.pair.id, starts_at, 60, "Room 4"))
        if self._chance(self._ways.cancels):
            self._stage.at(starts_at - timedelta(hours=20), lambda: self._cancel(session, Hindrance.SENIOR))
        elif self._chance(0.04):
            self._stage.at(starts_at - timedelta(hours=20), lambda: self._cancel(session, Hindrance.JUNIOR))
        else:
            self._stage.at(session.ends_at + timedelta(hours=3), lambda: self._meet(session))

    async def _cancel(self, session: Session, whose: Hindrance) -> None:
        self._book_in(10 if self._chance(0.3) else 2)
        await meet.cancel(self._kit, self._senior, session.id, whose, None)

    async def _meet(self, session: Session) -> None:
        """They met, and say so, or nearly always; what comes true comes true."""
        self._book_in(RHYTHM.days - 7 + (21 if self._chance(self._ways.forgets) else 0))
        self._happened |= {question for question, share in self._ways.grows.items() if self._chance(share)}
        if self._chance(0.96):
            await meet.said(self._kit, self._junior, session.id, Said.MET)
        if self._chance(self._ways.answers):
            self._stage.on(self._dice.choice((1.5, 2, 3, 6)), lambda: self._answer(session))
        if self._chance(0.4):
            self._stage.on(2, self._promise)
        if self._thoughts.random() < self._ways.reflects:
            self._stage.at(session.ends_at + timedelta(days=1), lambda: self._reflect(session))

    def _book_in(self, days: int) -> None:
        self._stage.on(days, self._book)

    # What they are asked.

    async def _answer(self, session: Session) -> None:
        junior = self._two.junior
        async with self._kit.store.read(TEAM) as tx:
            asked = await checkin.of_session(tx, session.id, junior.id)
        if asked is None:
            return
        given = tuple(Answer(one, option(self._dice, one, one in self._happened)) for one in Question)
        themes = self._ways.themes if self._chance(0.6) else ()
        await answer(self._kit, self._junior, asked.id, AnswerSheet(given, themes=themes))
        self._stage.truth.tell(FigureKind.RECIPROCITY, asked.id, junior.id, self._happened)
        self._stage.truth.tell(FigureKind.THEMES, asked.id, junior.id, themes)

    async def _reflect(self, session: Session) -> None:
        async with self._kit.store.read(TEAM) as tx:
            asked = await checkin.of_session(tx, session.id, self._two.senior.id)
        if asked is not None:
            await reflect(self._kit, self._senior, asked.id, learned=_LEARNED, shared=False, text="", due_on=None)

    def _tap_in(self, person: Person, place: int, days: int) -> None:
        self._stage.on(days, lambda: self._tap(person, place))

    async def _tap(self, person: Person, place: int) -> None:
        """Every other day somebody looks whether there is a pulse, and gives it two taps, or never."""
        self._tap_in(person, place, 2)
        async with self._kit.store.read(TEAM) as tx:
            waits = [one for one in await pulses.open_of(tx, person.id, self._stage.clock()) if not one.whole]
        if not waits or not self._chance(self._ways.taps / 2):
            return
        load = Load.LESS if self._chance(self._ways.gains[place]) else self._dice.choice((Load.SAME, Load.MORE))
        safety = Safety.YES if self._chance(self._ways.candid[place]) else Safety.MOSTLY
        await pulse.say(self._kit, Actor(TEAM, person.user_id), waits[-1].id, load, safety)
        side = (Side.JUNIOR, Side.SENIOR)[place]
        gains = {"gives_more"} if load is Load.LESS else set[str]()
        candid = {"can_say"} if safety is Safety.YES else set[str]()
        self._stage.truth.tell(FigureKind(f"benefit_{side}"), waits[-1].id, person.id, gains)
        self._stage.truth.tell(FigureKind(f"safety_{side}"), waits[-1].id, person.id, candid)

    # Promises.

    async def _promise(self) -> None:
        due_on = self._stage.clock().date() + timedelta(days=self._dice.randrange(7, 25))
        made = await commit.add(
            self._kit, self._senior, self._two.pair.id, kind=CommitmentKind.HELP, text=_PROMISE, due_on=due_on
        )
        days = (due_on - self._stage.clock().date()).days
        if self._chance(self._ways.keeps):
            self._stage.on(days + self._dice.randrange(-3, 3), lambda: self._keep(made.commitment.id))
        else:
            for later in (days - 1, days + 6):
                self._stage.on(later, lambda: self._put_off(made.commitment.id))

    async def _put_off(self, promise: str) -> None:
        later = self._stage.clock().date() + timedelta(days=10)
        await commit.move(self._kit, self._senior, promise, later)

    async def _keep(self, promise: str) -> None:
        await commit.done(self._kit, self._senior, promise)
        if self._chance(self._ways.answers):
            self._stage.on(5, lambda: self._notice(promise))

    async def _notice(self, promise: str) -> None:
        said = Noticed.NO if self._chance(0.3) else Noticed.YES
        await commit.notice(self._kit, self._junior, promise, said)
        ones = {"unnoticed"} if said is Noticed.NO else set[str]()
        self._stage.truth.tell(FigureKind.SAY_DO, promise, self._two.junior.id, ones)

    # Pauses and ends.

    async def _pause(self) -> None:
        await pause.pause(self._kit, self._senior, self._stage.clock().date() + timedelta(days=14), "")
        self._book_in(17)

    async def _leave(self) -> None:
        await leave.ask(self._kit, self._junior, self._two.pair.id, reason=None, note="")
