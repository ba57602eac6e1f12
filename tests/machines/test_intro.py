"""Introductions, asked for, offered, answered and taken back in every order: no step out of turn, no word lost."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.intro import Did, Draft
from bot.domain.jobs import Job
from bot.services import intro as intros
from bot.services.kit import Actor
from prompts import Library
from storage import intro, tables
from storage.records.intro import Introduction
from storage.store import Tx
from tests.machines.life import LifeMachine, mostly
from tests.machines.model import Life, Press, day_of
from tests.machines.playing import play
from tests.world import ANA, BO, TEAM

ASKED, AGREED, REDIRECTED, DECLINED, MADE = "asked", "agreed", "redirected", "declined", "made"
LAPSED, RESTED, WITHDRAWN = "lapsed", "rested", "withdrawn"
WAYS: dict[str, set[tuple[str, str]]] = {
    "ask": {("", ASKED)}, "offer": {("", AGREED)}, "agree": {(ASKED, AGREED), (LAPSED, AGREED)},
    "better": {(ASKED, REDIRECTED)}, "decline": {(ASKED, DECLINED), (AGREED, DECLINED)},
    "made": {(one, MADE) for one in (ASKED, LAPSED, AGREED)}, "take": {(REDIRECTED, ASKED)},
    "let_go": {(ASKED, WITHDRAWN), (AGREED, RESTED), (REDIRECTED, RESTED)},
}  # fmt: skip
"""Section 7: asked, then agreed, redirected or declined, then made; the junior withdraws it or lets it rest."""
JUNIORS, SENIORS = ("ask", "let_go", "take", "say"), ("offer", "agree", "better", "decline", "made")
TIMED = {(ASKED, LAPSED)}
AROUND = {Job.INTRO_DUE: {AGREED}, Job.INTRO_LAPSE: {ASKED}, Job.INTRO_REMIND: {ASKED}, Job.ASK_TALKED: {MADE}}


@dataclass
class Told:
    """One introduction: the states it had, the last one last, and what was written to ask for it."""

    words: tuple[str, str, str]
    states: list[str]
    outcome: str | None = None


@dataclass
class Intros(Life):
    """Whose turn a step is; where it leads is held against `WAYS`."""

    told: dict[str, Told] = field(default_factory=dict)

    def take(self, press: Press) -> bool | None:
        if press.what in JUNIORS or press.what in SENIORS or press.what == "undo":
            mine = {ANA: (*JUNIORS, "undo"), BO: (*SENIORS, "undo")}.get(press.who, ())
            over = self.over and press.what != "say"
            return False if press.what not in mine or over else None
        return super().take(press)


class IntroMachine(LifeMachine):
    model: Intros

    def fresh_model(self) -> Intros:
        self.ids: list[str] = []
        self.doing: set[str] = set()
        self.count = 0
        return Intros(self.clock.now)

    def presses(self) -> st.SearchStrategy[Press]:
        which, days = st.sampled_from((0, 0, 0, 1, 2, 8)), st.sampled_from(("-1", "0", "2", "2", "9", "30", "400"))
        asked = st.builds(Press, mostly(ANA), st.just("ask"))
        offered = st.builds(Press, mostly(BO), st.just("offer"), how=days)
        answered = st.builds(
            Press, mostly(BO), st.sampled_from(("agree", "agree", "better", "decline", "made")), which, days
        )
        settled = st.builds(Press, mostly(ANA), st.sampled_from(("let_go", "take")), which)
        said = st.builds(
            Press, mostly(ANA), st.just("say"), which, st.sampled_from(("talked", "not_yet", "nothing", "x"))
        )
        undone = st.builds(Press, mostly(ANA, BO), st.just("undo"), which, st.sampled_from([did.value for did in Did]))
        return st.one_of(asked, asked, offered, answered, answered, settled, said, undone)

    def before(self) -> None:
        self.count += 1
        self.doing = set()

    async def do(self, press: Press) -> object:
        self.doing.add(press.what)
        actor, kit = Actor(TEAM, press.who), self.kit
        one = self.ids[::-1][press.which] if press.which < len(self.ids) else "none"
        day = day_of(self.clock.now) + timedelta(days=int(press.how)) if press.how.lstrip("-").isdigit() else None
        draft = Draft(whom=f"team {self.count}", why=f"why {self.count}", line=f"line {self.count}", due_on=day)
        more: dict[str, tuple[Any, ...]] = {
            "agree": (day,), "better": (draft, f"word {self.count}", None), "decline": (f"reason {self.count}",),
            "say": (press.how,), "undo": (press.how,),
        }  # fmt: skip
        if press.what in ("ask", "offer"):
            return await getattr(intros, press.what)(kit, actor, self.pair.id, draft, None)
        return await getattr(intros, press.what)(kit, actor, one, *more.get(press.what, ()))

    async def facts(self, tx: Tx) -> object:
        """As they are, each step held against what was pressed."""
        found = sorted(await intro.of_pair(tx, self.pair.id), key=lambda one: one.id)
        said = await intro.outcomes(tx, self.pair.junior_id, [one.id for one in found])
        for one in found:
            self._step(one)
            outcome = said[one.id].value if one.id in said else None
            told = self.model.told[one.id]
            assert outcome == told.outcome or {"say", "undo"} & self.doing, "a word that she did not say"
            assert outcome is None or one.state.value == MADE, f"an outcome of one that is {one.state}"
            told.outcome = outcome
        for gone in self.model.told.keys() - {one.id for one in found}:
            assert "undo" in self.doing, "one was lost"
            del self.model.told[gone]
        self.ids += [one.id for one in found if one.id not in self.ids]
        return {one.id: (one.whom, one.why, one.line) for one in found}

    def _step(self, one: Introduction) -> None:
        words = (one.whom or "", one.why or "", one.line or "")
        told = self.model.told.setdefault(one.id, Told(words, [""]))
        before, state = told.states[-1], one.state.value
        if before == state:
            return
        if "undo" in self.doing and state in told.states:
            told.states = told.states[: told.states.index(state) + 1]
            return
        ways = TIMED.union(*(WAYS.get(what, set()) for what in self.doing))
        assert (before, state) in ways, f"{before or 'nothing'} became {state} by {self.doing or 'itself'}"
        told.states.append(state)

    def told(self, model: Intros) -> object:
        return {key: one.words for key, one in model.told.items()}

    async def more(self, tx: Tx) -> None:
        """What is over is not asked about."""
        c = tables.due.c
        kinds = [job.value for job in AROUND]
        rows = await tx.conn.execute(select(c.kind, c.subject).where(c.state == "pending", c.kind.in_(kinds)))
        for row in rows.all():
            one = await intro.get(tx, row.subject)
            assert one is not None, f"{row.kind} about what was forgotten"
            assert one.state.value in AROUND[Job(row.kind)], f"{row.kind} about one that is {one.state}"

    def at_last(self) -> None:
        assert self.model.over or not [one for one in self.model.told.values() if one.states[-1] == ASKED], "unanswered"


def test_introductions_keep_to_their_turns_and_their_words(
    tmp_path: Path, empty_database: Path, library: Library
) -> None:
    play(IntroMachine, tmp_path, empty_database, library)
