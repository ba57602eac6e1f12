"""Commitments and what juniors suggest, pressed in every order: nothing impossible, no word lost."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.jobs import Job
from bot.services import commit as commits
from bot.services.kit import Actor
from prompts import Library
from storage import commit, tables
from storage.records.commit import CommitmentKind, CommitmentState, ProposalState
from storage.store import Tx
from tests.machines.life import LifeMachine, mostly
from tests.machines.model import UNDO, Life, Press, day_of
from tests.machines.playing import play
from tests.world import ANA, BO, TEAM

DAYS = st.sampled_from(("-1", "0", "1", "3", "3", "14", "40", "400"))
OPEN, DONE, DROPPED, FORGOTTEN = "open", "done", "dropped", "forgotten"


@dataclass
class Promise:
    """What the senior said that he will do; a forgotten one was taken back before anybody heard of it."""

    text: str
    day: date
    made: datetime
    changed: datetime
    came_from: "Idea | None" = None
    state: str = OPEN
    day_before: date | None = None
    moved: int = 0
    noticed: str | None = None


@dataclass
class Idea:
    """What the junior would like him to do."""

    text: str
    day: date
    changed: datetime
    state: str = "waiting"


@dataclass
class Promises(Life):
    """Section 7: open, then done (and then noticed, or not) or dropped; everything undone for ten minutes."""

    promises: list[Promise] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    words: int = 0

    def word(self) -> str:
        return f"When it is {self.words}, I will say so"

    def _good(self, how: str) -> bool:
        return 0 < int(how) < 366

    def _day(self, how: str) -> date:
        return day_of(self.now) + timedelta(days=int(how))

    def _make(self, who: str, text: str, day: date, idea: Idea | None = None) -> bool:
        self.promises.append(Promise(text, day, self.now, self.now, idea))
        return True

    def _add(self, press: Press) -> bool:
        allowed = press.who == BO and not self.over and self._good(press.how)
        return allowed and self._make(press.who, self.word(), self._day(press.how))

    def _mine(self, press: Press) -> Promise | None:
        there = self.promises[::-1][press.which : press.which + 1]
        mine = press.who == BO and not self.over and there and there[0].state != FORGOTTEN
        return there[0] if mine else None

    def _change(self, one: Promise | None, state: str) -> bool:
        if one is None or one.state != OPEN:
            return False
        if self.now - one.changed >= UNDO:
            one.day_before = None  # a move that cannot be taken back any more
        one.state, one.changed = state, self.now
        return True

    def _done(self, press: Press) -> bool:
        return self._change(self._mine(press), DONE)

    def _drop(self, press: Press) -> bool:
        return self._change(self._mine(press), DROPPED)

    def _move(self, press: Press) -> bool:
        one = self._mine(press)
        if one is None or one.state != OPEN or not self._good(press.how) or self._day(press.how) == one.day:
            return False
        one.day_before, one.day, one.moved, one.changed = one.day, self._day(press.how), one.moved + 1, self.now
        return True

    def _undo(self, press: Press) -> bool:
        one = self._mine(press)
        if one is None or press.how != _last_of(one):
            return False
        if self.now - (one.made if press.how == "made" else one.changed) >= UNDO:
            return False
        if press.how == "made":
            one.state = FORGOTTEN
            if one.came_from is not None:
                one.came_from.state, one.came_from.changed = "waiting", self.now
            return True
        if press.how == "moved" and one.day_before:
            one.day, one.day_before, one.moved = one.day_before, None, one.moved - 1
        one.state, one.changed = OPEN, self.now
        return True

    def _notice(self, press: Press) -> bool:
        there = self.promises[::-1][press.which : press.which + 1]
        if press.who != ANA or not there or there[0].state != DONE or self.now - there[0].changed < UNDO:
            return False
        there[0].noticed = press.how
        return True

    def _propose(self, press: Press) -> bool:
        waiting = sum(idea.state == "waiting" for idea in self.ideas)
        if press.who != ANA or self.over or not self._good(press.how) or waiting >= 5:
            return False
        self.ideas.append(Idea(self.word(), self._day(press.how), self.now))
        return True

    def _idea(self, press: Press, who: str, state: str = "waiting") -> Idea | None:
        there = self.ideas[::-1][press.which : press.which + 1]
        return there[0] if press.who == who and not self.over and there and there[0].state == state else None

    def _answered(self, idea: Idea | None, state: str) -> bool:
        if idea is not None:
            idea.state, idea.changed = state, self.now
        return idea is not None

    def _withdraw(self, press: Press) -> bool:
        return self._answered(self._idea(press, ANA), "withdrawn")

    def _decline(self, press: Press) -> bool:
        return self._answered(self._idea(press, BO), "declined")

    def _reopen(self, press: Press) -> bool:
        idea = self._idea(press, BO, "declined")
        late = idea is None or self.now - idea.changed >= UNDO
        return not late and self._answered(idea, "waiting")

    def _accept(self, press: Press) -> bool:
        idea = self._idea(press, BO)
        if idea is None or idea.day <= day_of(self.now):
            return False
        return self._answered(idea, "accepted") and self._make(BO, f"As suggested: {idea.text}", idea.day, idea)

    def _reword(self, press: Press) -> bool:
        idea = self._idea(press, BO)
        if idea is None or not self._good(press.how):
            return False
        return self._answered(idea, "accepted") and self._make(BO, self.word(), self._day(press.how), idea)


def _last_of(one: Promise) -> str:
    if one.state in (DONE, DROPPED):
        return one.state
    if one.day_before is not None:
        return "moved"
    return "made" if one.moved == 0 else ""


class CommitMachine(LifeMachine):
    model: Promises

    def fresh_model(self) -> Promises:
        self.promises: list[str] = []
        self.ideas: list[str] = []
        return Promises(self.clock.now)

    def presses(self) -> st.SearchStrategy[Press]:
        which = st.sampled_from((0, 0, 0, 1, 2, 7))
        senior, junior = mostly(BO), mostly(ANA)
        last = [_last_of(one) for one in self.model.promises[-1:]] or ["made"]
        what = st.sampled_from(("made", "done", "moved", "dropped", *last * 4))
        dated = st.one_of(
            st.builds(Press, senior, st.just("add"), how=DAYS), st.builds(Press, junior, st.just("propose"), how=DAYS)
        )
        changed = st.builds(Press, senior, st.sampled_from(("done", "drop", "accept", "decline", "reopen")), which)
        moved = st.builds(Press, senior, st.sampled_from(("move", "move", "reword")), which, DAYS)
        undone = st.builds(Press, senior, st.just("undo"), which, what)
        noticed = st.builds(Press, junior, st.just("notice"), which, st.sampled_from(("yes", "cant_tell", "no")))
        taken = st.builds(Press, junior, st.just("withdraw"), which)
        return st.one_of(dated, changed, changed, moved, undone, undone, noticed, taken)

    async def do(self, press: Press) -> object:
        actor, day = Actor(TEAM, press.who), None
        if press.what in ("add", "propose", "move", "reword"):
            day = day_of(self.clock.now) + timedelta(days=int(press.how))
        made = {"kind": CommitmentKind.HELP, "text": self.model.word(), "due_on": day}
        match press.what:
            case "add" | "propose":
                use: Any = commits.add if press.what == "add" else commits.propose
                return await use(self.kit, actor, self.pair.id, **made)
            case "done" | "drop" | "move" | "undo" | "notice":
                more = {"move": (day,), "undo": (press.how,), "notice": (press.how,)}.get(press.what, ())
                one = self._nth(self.promises, press.which)
                return await getattr(commits, press.what)(self.kit, actor, one, *more)
            case "reword":
                return await commits.reworded(self.kit, actor, self._nth(self.ideas, press.which), **made)
        return await getattr(commits, press.what)(self.kit, actor, self._nth(self.ideas, press.which))

    def before(self) -> None:
        self.model.words += 1

    async def facts(self, tx: Tx) -> object:
        promises = sorted(await commit.of_pair(tx, self.pair.id), key=lambda one: one.id)
        rows = await tx.conn.execute(select(tables.proposal.c.id).order_by(tables.proposal.c.id))
        ideas = [found for row in rows.all() if (found := await commit.proposal(tx, row.id))]
        self.promises += [one.id for one in promises if one.id not in self.promises]
        self.ideas += [one.id for one in ideas if one.id not in self.ideas]
        noticed = {one.id: await commit.noticed(tx, one.id, self.pair.junior_id) for one in promises}
        told = [(one.text, one.due_on, one.moved, one.state.value, noticed[one.id]) for one in promises]
        return told, [(one.text, one.due_on, one.state.value) for one in ideas]

    def told(self, model: Promises) -> object:
        there = [one for one in model.promises if one.state != FORGOTTEN]
        told = [(one.text, one.day, one.moved, one.state, one.noticed) for one in there]
        return told, [(one.text, one.day, one.state) for one in model.ideas]

    async def more(self, tx: Tx) -> None:
        """What is over is not asked about."""
        c, kinds = tables.due.c, (Job.COMMITMENT_DUE.value, Job.ASK_NOTICED.value)
        rows = await tx.conn.execute(select(c.kind, c.subject).where(c.state == "pending", c.kind.in_(kinds)))
        for kind, subject in rows.all():
            one = await commit.get(tx, subject)
            assert one is not None, f"{kind} about what was forgotten"
            assert (kind, one.state.value) in ((Job.COMMITMENT_DUE, OPEN), (Job.ASK_NOTICED, DONE)), (kind, one)
            told = await commit.noticed(tx, subject, self.pair.junior_id)
            assert kind != Job.ASK_NOTICED or told is None, "asked for what was answered"

    @staticmethod
    def _nth(ids: list[str], which: int) -> str:
        return ids[::-1][which] if which < len(ids) else "none"


def test_commitments_and_suggestions_keep_to_their_states_and_their_words(
    tmp_path: Path, empty_database: Path, library: Library
) -> None:
    play(CommitMachine, tmp_path, empty_database, library)


def test_the_model_knows_every_state() -> None:
    assert {state.value for state in CommitmentState} == {OPEN, DONE, DROPPED}
    assert {state.value for state in ProposalState} == {"waiting", "accepted", "declined", "withdrawn"}
