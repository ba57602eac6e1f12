"""A machine that plays a pair's life: presses by anybody, on two devices, again and again, while the clock moves.

Beside the real services on a real database stands a model of a few lines. After every press both must agree on what was
refused and on what is there; a refusal must have changed nothing; and nothing is sent about what is over.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import make_url, select, update

from bot.delivery.letters import LETTERS
from bot.domain.messages import Kind
from bot.domain.refusals import Refusal, Refusals
from bot.services import leave, pause
from bot.services.kit import Actor, Kit
from storage import match, outbox, tables
from storage.records.match import PairState
from storage.store import Store, Tx
from storage.vault import MasterKey
from tests.clockwork import MovableClock
from tests.databases import Changes
from tests.machines.model import Life, Press, day_of
from tests.services.town_hall import MAX, work_until
from tests.world import ANA, BO, CHI, TEAM, World, seed

NOBODY = "U07NOBODY0"
SPANS = (timedelta(0), timedelta(minutes=4), timedelta(minutes=11), timedelta(hours=5), timedelta(days=1),
         timedelta(days=3), timedelta(days=9))  # fmt: skip
LIVES = ("pause", "resume", "leave", "stay", "part", "unpart")
LIVED = st.sampled_from(("pause", "resume", "resume", "stay", "unpart") * 3 + LIVES)
"""A pair that is over soon is a dull one."""
AFTERWARDS = {Kind.PAIR_ENDED, Kind.LEFT, Kind.PAUSED, Kind.RESUMED, Kind.HOME, Kind.CALENDAR, Kind.NO_MATCH_YET}
"""What may still be sent when a pair is over."""
_A_DAY = timedelta(days=1)
AGAIN = {Kind.HOME, Kind.PAUSED, Kind.RESUMED, Kind.COMMITMENT_CHANGED, Kind.PROPOSAL_DECLINED, Kind.LEFT}
"""What may be said several times a day."""
STATES = {
    PairState.ACTIVE: "active", PairState.PAUSED: "paused", PairState.ENDED: "over", PairState.COMPLETED: "over",
}  # fmt: skip


def mostly(*users: str) -> st.SearchStrategy[str]:
    """Whose it is, and sometimes the other one, a coordinator, somebody of no pair, or who takes no part."""
    return st.sampled_from(users * (8 // len(users)) + (ANA, BO, CHI, MAX, NOBODY))


class LifeMachine(RuleBasedStateMachine):
    """What is the same for every step; a step adds its presses, its model and its facts."""

    database: str
    library: Any
    afterwards = timedelta(days=60)
    """How long things go on by themselves, once nobody presses anything any more."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = MovableClock()
        store = Store(self.database, [MasterKey.new("test")])
        self.kit = Kit(store, self.clock, self.library, dice=random.Random(7))
        self.world: World = self.run(seed(self.kit))
        self.pair = self.world.pair
        self.run(self.begin())
        self.model: Life = self.fresh_model()
        self.changes = Changes(make_url(self.database))
        self.last: Press | None = None
        self.sent: list[tuple[str, str, str, str]] = []

    def run(self, work: Awaitable[Any]) -> Any:
        async def whole() -> Any:
            return await work

        return self.runner.run(whole())

    async def begin(self) -> None:
        """What there is before anybody presses anything."""

    def fresh_model(self) -> Life:
        return Life(self.clock.now)

    def presses(self) -> st.SearchStrategy[Press]:
        """What can be pressed in this step."""
        raise AssertionError("every machine has presses of its own")

    def together(self) -> st.SearchStrategy[Press]:
        """What can be pressed on two devices at once."""
        return self.presses()

    async def do(self, press: Press) -> object:
        """The use case behind a press."""
        raise AssertionError("every machine has presses of its own")

    async def standing(self, tx: Tx) -> str:
        """Where the pair stands, as the model's `state` puts it."""
        pair = await match.get(tx, self.pair.id)
        assert pair is not None
        return STATES[pair.state]

    async def facts(self, tx: Tx) -> object:
        """What the database holds of this step, as `told` puts it."""
        raise AssertionError("every machine has facts of its own")

    def told(self, model: Any) -> object:
        """What the model says that there is."""
        raise AssertionError("every machine has facts of its own")

    async def more(self, tx: Tx) -> None:
        """What else must hold after every press."""

    def before(self) -> None:
        """What is noted before each press."""

    def at_last(self) -> None:
        """What must hold in the end."""

    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        self._press(data.draw(self.presses()))

    @rule(what=LIVED, who=st.sampled_from((ANA, BO, CHI)), days=st.sampled_from("1347"))
    def live(self, what: str, who: str, days: str) -> None:
        self._press(Press(who, what, how=days))

    @rule()
    def again(self) -> None:
        if self.last is not None:
            self._press(self.last)

    @rule(data=st.data())
    def on_two_devices(self, data: st.DataObject) -> None:
        """Both at the same moment: it must be as if one of them had come first."""
        one, other = data.draw(self.together()), data.draw(self.together())
        self.before()
        took = self.run(self._at_once(one, other))
        found = self.run(self._found())
        for order in ((0, 1), (1, 0)):
            model = deepcopy(self.model)
            says = {n: model.take((one, other)[n]) for n in order}
            if all(says[n] in (None, took[n]) for n in order) and (model.state, self.told(model)) == found:
                self.model = model
                return
        raise AssertionError(f"{one} and {other} at once: {took}, and then {found}")

    @rule(span=st.sampled_from(SPANS))
    def time_passes(self, span: timedelta) -> None:
        until = self.clock.now + span
        while True:
            soon = min(until, self.clock.now + _A_DAY)
            self.run(work_until(self.kit, self.clock, soon))
            self.model.pass_to(soon)
            self.run(self._deliver())
            if soon == until:
                break

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        found, model = self.run(self._found()), (self.model.state, self.told(self.model))
        assert found == model, f"there is {found}, but there should be {model}"
        raised = self.run(self._raised())
        assert raised == [], f"work went wrong: {raised}"

    def teardown(self) -> None:
        """In the end nothing is left that is over, and nothing was said twice."""
        try:
            self.time_passes(self.afterwards)
            self.it_is_as_the_model_says()
            self.nothing_was_said_twice()
            self.at_last()
        finally:
            self.changes.close()
            self.run(self.kit.store.close())
            self.runner.close()

    def nothing_was_said_twice(self) -> None:
        """Not on one day, but for what may be done and taken back several times a day."""
        said = Counter(one for one in self.sent if one[0] not in AGAIN)
        twice = {one: n for one, n in said.items() if n > 1}
        assert not twice, f"said twice: {twice}"

    def _press(self, press: Press) -> None:
        self.before()
        allowed = self.model.take(press)
        before = self.changes.version()
        took = self.run(self._try(press))
        assert allowed in (None, took), f"{press} was {'taken' if took else 'refused'}"
        assert took or self.changes.version() == before, f"{press} was refused and changed something"
        self.last = press

    async def _try(self, press: Press) -> bool:
        try:
            await (self._live(press) if press.what in LIVES else self.do(press))
        except (Refusal, Refusals):
            return False
        return True

    async def _at_once(self, one: Press, other: Press) -> list[bool]:
        return list(await asyncio.gather(self._try(one), self._try(other)))

    async def _live(self, press: Press) -> object:
        actor, pair = Actor(TEAM, press.who), self.pair.id
        doing: dict[str, Callable[[], Awaitable[object]]] = {
            "pause": lambda: pause.pause(
                self.kit, actor, day_of(self.clock.now) + timedelta(days=int(press.how)), "back soon"
            ),
            "resume": lambda: pause.resume(self.kit, actor),
            "leave": lambda: leave.ask(self.kit, actor, pair, reason=None, note=""),
            "part": lambda: leave.part(self.kit, actor, pair, rematch=False),
            "unpart": lambda: leave.undo_part(self.kit, actor, pair),
        }  # fmt: skip
        if press.what == "stay":
            return await leave.undo(self.kit, actor, await self._newest_leaving(press.who))
        return await doing[press.what]()

    async def _newest_leaving(self, who: str) -> str:
        person = {ANA: self.world.ana.id, BO: self.world.bo.id}.get(who, "nobody")
        async with self.kit.store.read(TEAM) as tx:
            rows = await tx.conn.execute(
                select(tables.leaving.c.id).where(tables.leaving.c.person_id == person).order_by(tables.leaving.c.id)
            )
            found = [row.id for row in rows]
        return found[-1] if found else "none"

    async def _found(self) -> tuple[str, object]:
        async with self.kit.store.read(TEAM) as tx:
            await self.more(tx)
            return await self.standing(tx), await self.facts(tx)

    async def _raised(self) -> list[object]:
        c = tables.due.c
        async with self.kit.store.read(TEAM) as tx:
            rows = await tx.conn.execute(select(c.kind, c.reason).where(c.attempts > 0))
            return [tuple(row) for row in rows]

    async def _deliver(self) -> None:
        """What is due is drawn and sent, or skipped as no longer true."""
        c = tables.outbox.c
        async with self.kit.store.write(TEAM) as tx:
            rows = await tx.conn.execute(
                select(c.id).where(c.state == "waiting", c.due_at <= self.clock.now).order_by(c.due_at, c.id)
            )
            for row in rows.all():
                letter = await outbox.get(tx, row.id)
                assert letter is not None
                entry = LETTERS[Kind(letter.kind)]
                facts = await entry.load(self.kit, tx, letter)
                if facts is not None and not (letter.stale_at and letter.stale_at <= self.clock.now):
                    entry.draw(self.kit.words("en"), facts)
                    assert not self.model.over or letter.kind in AFTERWARDS, f"{letter.kind} about a pair that is over"
                    said = ",".join(f"{name} {value}" for name, value in sorted(letter.params.items()))
                    self.sent.append((letter.kind, letter.to, said, day_of(self.clock.now).isoformat()))
                state = "sent" if facts is not None else "skipped"
                await tx.conn.execute(update(tables.outbox).where(c.id == row.id).values(state=state))
