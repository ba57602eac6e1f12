"""A suggestion that becomes a pair, and how pairs end, pressed in every order by those asked and by coordinators."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize
from sqlalchemy import delete, update

from bot.domain.jobs import Job
from bot.domain.match import Reason
from bot.domain.meet import Booking
from bot.services import close as closing
from bot.services import leave, match
from bot.services import meet as meetings
from bot.services.kit import Actor
from prompts import Library
from storage import close, due, enrol, meet, tables
from storage import leave as leavings
from storage import match as pairs
from storage.records.delivery import DueState
from storage.records.enrol import Enrolment
from storage.records.match import PairState
from storage.records.meet import SessionState
from storage.store import Tx
from tests.machines.life import LifeMachine, mostly
from tests.machines.model import PAIR, Press
from tests.machines.pairing import ACTIVE, ASKED, COMPLETED, ENDED, SUGGESTED, WANTED, Pairing
from tests.machines.playing import play
from tests.world import ANA, BO, CHI, TEAM

SOON, LATER = timedelta(minutes=11), timedelta(hours=5)
WAY = ((ANA, "yes", SOON), (BO, "yes", SOON), (BO, "log", LATER), (ANA, "log", LATER), (BO, "log", LATER))
FOLLOWS = {Job.ASK_SENIOR: PairState.ASKING_SENIOR, Job.START_PAIR: PairState.STARTING}


class MatchMachine(LifeMachine):
    model: Pairing
    afterwards = timedelta(days=21)

    async def begin(self) -> None:
        """Ana and Bo wait, and are suggested to each other."""
        async with self.kit.store.write(TEAM) as tx:
            await tx.conn.execute(delete(tables.pair))
            await tx.conn.execute(update(tables.cohort).values(sessions=WANTED))
            for one in (self.world.ana, self.world.bo):
                await enrol.set_state(tx, one.id, self.world.cohort.id, Enrolment.WAITING)
            await closing.plan_look(tx, self.clock.now)
        await match.propose(self.kit, Actor(TEAM, CHI), ANA, BO, reason=Reason.ASKED)
        self.logged: list[str] = []
        async with self.kit.store.read(TEAM) as tx:
            await self.standing(tx)

    def fresh_model(self) -> Pairing:
        return Pairing(self.clock.now)

    @initialize(far=st.integers(0, len(WAY)))
    def some_way(self, far: int) -> None:
        """Lives begin at any place on the way that most pairs go."""
        for who, what, then in WAY[:far]:
            self._press(Press(who, what))
            self.time_passes(then)

    def presses(self) -> st.SearchStrategy[Press]:
        met = st.builds(Press, mostly(ANA, BO), st.sampled_from(("log", "log", "log", "unlog")))
        word = st.builds(Press, mostly(ANA, BO), st.just("word"), how=st.sampled_from(("yes", "yes", "no")))
        late = {ACTIVE: [met] * 3, ENDED: [word] * 6, COMPLETED: [word]}.get(self.model.stage, [])
        return st.one_of(self.together(), *late)

    def together(self) -> st.SearchStrategy[Press]:
        which = st.sampled_from((0,) * 8 + (1, 8))
        asked = [who for who in PAIR if self.model.stage == ASKED[who]] or PAIR
        answered = st.builds(Press, mostly(*asked), st.sampled_from(("yes", "yes", "yes", "no")), which)
        undone = st.builds(Press, mostly(ANA, BO), st.just("undo"), which)
        question = st.builds(Press, mostly(*asked), st.just("question"), which)
        decided = st.builds(Press, mostly(CHI), st.sampled_from(("propose", "propose", "propose", "withdraw")))
        return st.one_of(answered, answered, undone, question, decided)

    async def do(self, press: Press) -> object:
        actor, kit = Actor(TEAM, press.who), self.kit
        one = self.ids[::-1][press.which] if press.which < len(self.ids) else "none"
        doing: dict[str, Callable[[], Awaitable[object]]] = {
            "propose": lambda: match.propose(kit, actor, ANA, BO, reason=Reason.ASKED),
            "yes": lambda: match.answer(kit, actor, one, yes=True),
            "no": lambda: match.answer(kit, actor, one, yes=False),
            "undo": lambda: match.undo(kit, actor, one),
            "question": lambda: match.ask_coordinator(kit, actor, one),
            "withdraw": lambda: match.withdraw(kit, actor, one),
            "log": lambda: meetings.log(kit, actor, Booking(one, self.model.hour(), 60, "")),
            "unlog": lambda: meetings.undo(kit, actor, next(iter(self.logged[::-1]), "none")),
            "word": lambda: leave.say(kit, actor, one, completed=press.how == "yes"),
        }
        return await doing[press.what]()

    async def standing(self, tx: Tx) -> str:
        found = await pairs.between(tx, self.world.ana.id, self.world.bo.id)
        self.pair = found[-1]
        self.ids: list[str] = [one.id for one in found]
        return self.pair.state.value

    async def facts(self, tx: Tx) -> object:
        found = await pairs.between(tx, self.world.ana.id, self.world.bo.id)
        held = sorted(await meet.of_pair(tx, self.pair.id, SessionState.HELD), key=lambda one: one.starts_at)
        self.logged = [one.id for one in held]
        wrapping = await close.wrap_up(tx, self.pair.id)
        who = {self.world.ana.id: ANA, self.world.bo.id: BO}
        said = {who[key]: yes for key, yes in (await leavings.words_about(tx, self.pair.id)).items()}
        thanked = (wrapping is not None, wrapping.thanked_at if wrapping else None)
        starts = [one.starts_at for one in held]
        return [one.state.value for one in found[:-1]], self.pair.declined_at, starts, thanked, said

    def told(self, model: Pairing) -> object:
        thanked = (model.wrapping is not None, model.wrapping.thanked if model.wrapping else None)
        return model.earlier, model.no, sorted(model.met), thanked, model.said

    async def more(self, tx: Tx) -> None:
        """Never two at a time; places tell who has a pair; nothing follows from a yes that was taken back."""
        found = await pairs.between(tx, self.world.ana.id, self.world.bo.id)
        assert sum(one.state in pairs.OPEN for one in found) <= 1, "two suggestions at one time"
        newest = found[-1]
        for one in (self.world.ana, self.world.bo):
            place = await enrol.place(tx, one.id, self.world.cohort.id)
            runs = newest.state in pairs.RUNNING
            assert place is not None and (place.state is not Enrolment.PAIRED or runs), f"paired, but {newest.state}"
            assert place.state is not Enrolment.WAITING or not runs, "waits for somebody, and has a pair"
        for job, state in FOLLOWS.items():
            left = [item for item in await due.about(tx, job, newest.id) if item.state is DueState.PENDING]
            assert len(left) <= 1 and (not left or newest.state in (state, PairState.EXPIRED)), f"{job}: {newest}"

    def at_last(self) -> None:
        assert self.model.stage not in SUGGESTED, "asked for ever"


def test_suggestions_become_pairs_and_pairs_end_as_their_people_say(
    tmp_path: Path, empty_database: Path, library: Library
) -> None:
    play(MatchMachine, tmp_path, empty_database, library, lives=6)
