"""How answers get into the product: through the use cases behind the forms, or, quicker, as these store them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain import pulse as pulse_rules
from bot.domain.checkin import OPEN_FOR
from bot.services import pulse as pulses
from bot.services import report
from bot.services.checkin.answering import answer
from bot.services.commit.noticing import notice
from bot.services.kit import Actor, Kit
from storage import checkin, commit, meet, pulse
from storage.ids import new_id
from storage.records.checkin import Answer, AnswerSheet, Checkin, CheckinState, Question
from storage.records.commit import Commitment, CommitmentKind, CommitmentState, Noticed
from storage.records.enrol import Side
from storage.records.meet import Session, SessionState
from storage.records.pulse import Load, Pulse, Safety
from storage.records.report import FigureKind
from storage.store import Tx
from tests.attack.history import Erased, Event, Given, Taken
from tests.attack.programmes import THEMES, About, Telling
from tests.services.many import NO, YES, Two
from tests.world import TEAM

KINDS = {
    About.CHECKIN: (FigureKind.RECIPROCITY, FigureKind.THEMES),
    About.NOTICED: (FigureKind.SAY_DO,),
    About.JUNIOR_PULSE: (FigureKind.BENEFIT_JUNIOR, FigureKind.SAFETY_JUNIOR),
    About.SENIOR_PULSE: (FigureKind.BENEFIT_SENIOR, FigureKind.SAFETY_SENIOR),
}
"""Into which urns an answer goes."""
_ONLY = {FigureKind.BENEFIT_JUNIOR: "gives_more", FigureKind.BENEFIT_SENIOR: "gives_more"}
_DAY = timedelta(days=1)
Asked = Checkin | Commitment | Pulse


@dataclass(slots=True)
class Answers:
    """What was asked so far, and what was told, urn by urn. `themes` are the ids of the cohort's."""

    kit: Kit
    themes: Sequence[str]
    asked: dict[tuple[int, About, int], Asked] = field(default_factory=dict)
    events: dict[FigureKind, list[Event]] = field(default_factory=lambda: {k: [] for k in report_kinds()})

    async def tell(self, tx: Tx, number: int, two: Two, telling: Telling, now: datetime) -> None:
        """As the use case would have it stored."""
        one = await self._ask(tx, number, two, telling, now)
        if isinstance(one, Checkin):
            await checkin.save_sheet(tx, one, self._sheet(telling), now)
        elif isinstance(one, Commitment):
            await commit.save_noticed(tx, one.id, two.junior.id, _noticed(telling), now)
        else:
            await pulse.save(tx, one, *((None, None) if telling.back else _taps(telling)), now)
        wait = report.forget if telling.back else report.remember
        for kind in KINDS[telling.about]:
            await wait(self.kit, tx, two.pair, kind, one.id, now)
        self._note(two, telling, one, now)

    async def say(self, number: int, two: Two, telling: Telling, now: datetime) -> None:
        """Through the form's use case."""
        async with self.kit.store.write(TEAM) as tx:
            one = await self._ask(tx, number, two, telling, now)
        who = two.senior if telling.about is About.SENIOR_PULSE else two.junior
        actor = Actor(TEAM, who.user_id)
        if isinstance(one, Checkin):
            await answer(self.kit, actor, one.id, self._sheet(telling))
        elif isinstance(one, Commitment):
            await notice(self.kit, actor, one.id, _noticed(telling))
        elif telling.back:
            await pulses.take_back(self.kit, actor, one.id)
        else:
            await pulses.say(self.kit, actor, one.id, *_taps(telling))
        self._note(two, telling, one, now)

    def erase(self, person: str, at: datetime) -> None:
        for events in self.events.values():
            events.append(Erased(at, person))

    async def _ask(self, tx: Tx, number: int, two: Two, telling: Telling, now: datetime) -> Asked:
        key = (number, telling.about, telling.number)
        if key not in self.asked:
            make = _MAKE.get(telling.about, _pulse)
            self.asked[key] = await make(tx, two, telling, now)
        return self.asked[key]

    def _sheet(self, telling: Telling) -> AnswerSheet:
        given = {question: (YES if question in telling.ones else NO)[question] for question in Question}
        answers = tuple(Answer(question, option) for question, option in given.items())
        return AnswerSheet(answers, themes=self._named(telling))

    def _named(self, telling: Telling) -> tuple[str, ...]:
        return tuple(self.themes[THEMES.index(one)] for one in THEMES if one in telling.ones)

    def _note(self, two: Two, telling: Telling, one: Asked, now: datetime) -> None:
        senior = telling.about is About.SENIOR_PULSE
        for kind in KINDS[telling.about]:
            ones = frozenset(self._named(telling)) if kind is FigureKind.THEMES else telling.ones - set(THEMES)
            if telling.about in (About.JUNIOR_PULSE, About.SENIOR_PULSE):
                ones &= {_ONLY.get(kind, "can_say")}
            who = two.senior.id if senior else two.junior.id
            given = Given(now, who, two.senior.id, one.id, ones)
            self.events[kind].append(Taken(now, who, one.id) if telling.back else given)


def report_kinds() -> list[FigureKind]:
    """Every kind that these programmes answer about."""
    return [kind for kinds in KINDS.values() for kind in kinds]


async def _checkin(tx: Tx, two: Two, telling: Telling, now: datetime) -> Checkin:
    session = Session(
        new_id(), TEAM, two.pair.id, 1, now, 60, "", SessionState.HELD, two.senior.id, None, now + timedelta(hours=3)
    )
    await meet.add(tx, session)
    state, until = CheckinState.SENT, now + OPEN_FOR
    one = Checkin(new_id(), TEAM, session.id, two.pair.id, two.junior.id, Side.JUNIOR, state, now, until, None)
    await checkin.add(tx, one)
    return one


async def _commitment(tx: Tx, two: Two, telling: Telling, now: datetime) -> Commitment:
    """One that was done the day before."""
    done = now - _DAY
    one = Commitment(
        new_id(), TEAM, two.pair.id, two.senior.id, None, CommitmentKind.HELP, "a promise", done.date(), 0,
        CommitmentState.DONE, done, done, done,
    )  # fmt: skip
    await commit.add(tx, one)
    return one


async def _pulse(tx: Tx, two: Two, telling: Telling, now: datetime) -> Pulse:
    person = two.senior if telling.about is About.SENIOR_PULSE else two.junior
    one = Pulse(new_id(), TEAM, two.pair.id, person.id, now.date(), now, now + pulse_rules.OPEN_FOR)
    assert await pulse.add(tx, one)
    return one


_MAKE = {About.CHECKIN: _checkin, About.NOTICED: _commitment}


def _noticed(telling: Telling) -> Noticed:
    return Noticed.NO if "unnoticed" in telling.ones else Noticed.YES


def _taps(telling: Telling) -> tuple[Load, Safety]:
    load = Load.LESS if "gives_more" in telling.ones else Load.MORE
    return load, Safety.YES if "can_say" in telling.ones else Safety.MOSTLY
