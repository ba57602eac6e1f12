"""Check-ins and reflections, answered, put off, skipped and answered again in every order: no answer is lost."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.jobs import Job
from bot.domain.meet import Booking
from bot.services import checkin as checkins
from bot.services import meet as meetings
from bot.services.kit import Actor
from prompts import Library
from storage import checkin, tables
from storage.records.checkin import Checkin, CheckinState
from storage.records.enrol import Side
from storage.store import Tx
from tests.held import hold, sheet
from tests.machines.life import LifeMachine, mostly
from tests.machines.model import UNDO, Life, Press
from tests.machines.playing import play
from tests.world import ANA, BO, TEAM

DUE, SENT, ANSWERED, SKIPPED, EXPIRED, FORGOTTEN = "due", "sent", "answered", "skipped", "expired", "forgotten"
BY_ITSELF = {(DUE, SENT), (DUE, EXPIRED), (SENT, EXPIRED)}
WAITS = (DUE, SENT, SKIPPED)
LONGEST_WEEKEND = timedelta(days=6)


@dataclass
class Asked:
    """One side's check-in about one session, and what its owner wrote last."""

    owner: str
    session: str
    state: str
    closes: datetime
    words: str | None = None


@dataclass
class Checkins(Life):
    """Section 7: due, sent, then answered, skipped or expired; an answer can be changed until it closes."""

    asked: list[Asked] = field(default_factory=list)
    logged: dict[str, datetime] = field(default_factory=dict)
    unsure: Asked | None = None

    def _mine(self, press: Press, *owners: str) -> Asked | None:
        there = self.asked[::-1][press.which : press.which + 1]
        if not there or there[0].owner != press.who or press.who not in owners or there[0].state == FORGOTTEN:
            return None
        late = there[0].state == EXPIRED or self.now >= there[0].closes
        return None if late or self.over else there[0]

    def _write(self, one: Asked | None, words: str) -> bool:
        if one is not None:
            one.state, one.words = ANSWERED, words
        return one is not None

    def _answer(self, press: Press) -> bool:
        return self._write(self._mine(press, ANA), press.how)

    def _reflect(self, press: Press) -> bool:
        return self._write(self._mine(press, BO), press.how)

    def _skip(self, press: Press) -> bool:
        one = self._mine(press, ANA, BO)
        if one is None or one.state not in WAITS:
            return False
        one.state = SKIPPED
        return True

    def _tomorrow(self, press: Press) -> bool | None:
        one = self._mine(press, ANA, BO)
        if one is None or one.state not in WAITS:
            return False
        if one.closes - self.now < LONGEST_WEEKEND:
            self.unsure = one
            return None
        one.state = SENT
        return True

    def _open(self, press: Press) -> bool | None:
        return None if press.who in (ANA, BO) and not self.over else False

    def _log(self, press: Press) -> bool | None:
        return None if press.who in (ANA, BO) and self.active else False

    def _undo(self, press: Press) -> bool:
        """The last session that was logged: only while nobody has answered about it."""
        for session, at in list(self.logged.items())[-1:]:
            about = [one for one in self.asked if one.session == session]
            if press.who != BO or not self.active or self.now - at > UNDO or any(o.state == ANSWERED for o in about):
                return False
            for one in about:
                one.state = FORGOTTEN
            del self.logged[session]
            return True
        return False


class CheckinMachine(LifeMachine):
    model: Checkins

    async def begin(self) -> None:
        await hold(self.kit, self.world)

    def fresh_model(self) -> Checkins:
        self.ids: list[str] = []
        return Checkins(self.clock.now)

    def presses(self) -> st.SearchStrategy[Press]:
        met = st.builds(Press, mostly(BO), st.sampled_from(("log", "undo")))
        opened = st.builds(Press, mostly(ANA, BO), st.just("open"))
        return st.one_of(self.together(), self.together(), self.together(), met, opened)

    def together(self) -> st.SearchStrategy[Press]:
        which, words = (
            st.sampled_from((0, 0, 1, 1, 2, 3, 8)),
            st.sampled_from(("It changed", "It did not", "", "ü" * 90)),
        )
        answered = st.builds(Press, mostly(ANA), st.just("answer"), which, words)
        reflected = st.builds(Press, mostly(BO), st.just("reflect"), which, words)
        put_off = st.builds(Press, mostly(ANA, BO), st.sampled_from(("skip", "tomorrow")), which)
        return st.one_of(answered, reflected, put_off)

    async def do(self, press: Press) -> object:
        actor, kit = Actor(TEAM, press.who), self.kit
        one = self.ids[::-1][press.which] if press.which < len(self.ids) else "none"
        match press.what:
            case "answer":
                return await checkins.answer(kit, actor, one, sheet(example=press.how))
            case "reflect":
                return await checkins.reflect(
                    kit, actor, one, learned=press.how, shared=False, text="", due_on=None
                )  # fmt: skip
            case "log":
                ago = self.clock.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
                done = await meetings.log(kit, actor, Booking(self.pair.id, ago, 60, ""))
                if press.who == BO:
                    self.model.logged.setdefault(done.session.id, self.clock.now)
                return done
            case "undo":
                return await meetings.undo(kit, actor, next(iter(list(self.model.logged)[-1:]), "none"))
            case "open":
                return await checkins.current(kit, actor)
        return await getattr(checkins, press.what)(kit, actor, one)

    async def facts(self, tx: Tx) -> object:
        """As they are, after the model has been told what came about by itself."""
        found = [
            one for who in (self.world.ana, self.world.bo) for one in await checkin.of_pair(tx, self.pair.id, who.id)
        ]
        self.ids += [one.id for one in sorted(found, key=lambda one: one.id) if one.id not in self.ids]
        for one in sorted(found, key=lambda one: self.ids.index(one.id)):
            self._by_itself(self.ids.index(one.id), one)
        self.model.unsure = None
        told = {one.id: (one.state.value, await self._words(tx, one)) for one in found}
        return [told[id_] for id_ in self.ids if id_ in told]

    def _by_itself(self, place: int, one: Checkin) -> None:
        asked, now = self.model.asked, self.clock.now
        if place == len(asked):
            owner = ANA if one.side is Side.JUNIOR else BO
            asked.append(Asked(owner, one.session_id, DUE, one.closes_at))
        model, state = asked[place], one.state.value
        sent = model is self.model.unsure and state == SENT
        in_time = state != EXPIRED or now >= model.closes
        if sent or ((model.state, state) in BY_ITSELF and in_time):
            model.state = state

    async def _words(self, tx: Tx, one: Checkin) -> str | None:
        if one.side is Side.SENIOR:
            kept = await checkin.reflection(tx, one.id)
            return kept.learned or "" if kept else None
        given = await checkin.sheet(tx, one)
        return given.answers[0].example if given else None

    def told(self, model: Checkins) -> object:
        return [(one.state, one.words) for one in model.asked if one.state != FORGOTTEN]

    async def more(self, tx: Tx) -> None:
        """Nobody is reminded of what they have answered or skipped."""
        c = tables.due.c
        rows = await tx.conn.execute(select(c.subject).where(c.state == "pending", c.kind == Job.REMIND_CHECKIN.value))
        for row in rows.all():
            about = await checkin.get(tx, row.subject)
            assert about is not None and about.state is CheckinState.SENT, "a reminder of what is over"

    def at_last(self) -> None:
        assert [one for one in self.model.asked if one.state == SENT] == [], "asked for ever"


def test_check_ins_keep_to_their_states_and_every_answer(
    tmp_path: Path, empty_database: Path, library: Library
) -> None:
    play(CheckinMachine, tmp_path, empty_database, library)
