"""The attack itself: every world that fits what is known and what was published, by a constraint solver.

Unknown are the answers and who was drawn. An answer is determined when no consistent world has it the other way. Exact:
a world that has it the other way is shown by the solver, or that there is none is proved by it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from ortools.sat.python import cp_model

from tests.attack.history import Episode, Given, History, Seen, Sweep, episodes, waiting_in

SMALL, PATIENCE, SENIORS = 10, timedelta(weeks=4), 3
"""The gate's public rules, as its documents say them: written down here anew, for an attacker reads no code."""

_FIRST = 2.0
"""How long a world that differs in much is looked for, in the solver's own unit: the same on every machine."""
Term = cp_model.LinearExprT
Key = tuple[str, str]


def key_of(one: Given, question: str, alike: bool) -> Key:
    """What has one value in a world: where people answer alike, a person's answers to a question are one."""
    return (one.person if alike else f"{one.source}@{one.at.isoformat()}", question)


@dataclass(frozen=True, slots=True)
class Found:
    """How many answers there were to find, how many are certain, and how many the effort was too small for."""

    answers: int
    determined: int
    undecided: int


@dataclass(slots=True)
class Attack:
    """`alike`: the attacker takes it that people answer the same each time. `insiders` tell what they answered.

    `effort` bounds each question to the solver, in its own unit (about a second on an idle machine).
    """

    history: History
    alike: bool
    insiders: Collection[str] = ()
    effort: float = 20.0
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    answers: dict[Key, cp_model.IntVar] = field(default_factory=dict)
    drawn: dict[str, list[cp_model.IntVar]] = field(default_factory=lambda: defaultdict(list))

    def possible(self) -> bool:
        """Whether any world fits; with everybody an insider: whether the truth does."""
        self._publications()
        return self._solved(self.effort)[1] == cp_model.OPTIMAL

    def run(self, tried: Collection[Key] | None = None) -> Found:
        """Try every answer that is no insider's; or those `tried`, where the others are known to be open."""
        weights = Counter[Key]()
        for one in self.history.told:
            for question in one.asks(self.history.questions):
                self._answer(one, question)
                weights[key_of(one, question, self.alike)] += one.person not in self.insiders
        self._publications()
        wanted = {key for key, weight in weights.items() if weight and (tried is None or key in tried)}
        certain, undecided = self._certain(wanted)
        return Found(sum(weights.values()), sum(weights[k] for k in certain), sum(weights[k] for k in undecided))

    def _answer(self, one: Given, question: str) -> cp_model.IntVar:
        key = key_of(one, question, self.alike)
        if key not in self.answers:
            self.answers[key] = self.model.new_bool_var("")
            self.model.add_hint(self.answers[key], question in one.ones)
            if one.person in self.insiders:
                self.model.add(self.answers[key] == (question in one.ones))
        return self.answers[key]

    def _publications(self) -> None:
        """Every sweep says something: a release what was counted, silence that too few waited."""
        known = episodes(self.history.events)
        for cohort in self.history.cohorts:
            self._published(cohort, known)

    def _published(self, cohort: str, known: list[Episode]) -> None:
        last, by_moment = self.history.starts_on, {seen.at: seen for seen in self._of(cohort)}
        swept = {sweep.at: sweep for sweep in self.history.sweeps if sweep.cohort == cohort}
        for at in sorted(by_moment.keys() | swept.keys()):
            seen = by_moment.get(at)
            here = waiting_in(self.history, known, cohort, at)
            if seen is None:
                self._silence(here, swept[at], last)
                continue
            if seen.members is not None:
                self._cells(seen, [(one, 1) for one in known if one.source in seen.members])
            else:
                self._draw(here, seen)
            last = swept[at].day if at in swept else last

    def _of(self, cohort: str) -> list[Seen]:
        return [seen for seen in self.history.seen if seen.cohort == cohort]

    def _waiting(self, here: Iterable[Episode]) -> Term:
        return sum(1 - sum(self.drawn[one.source]) for one in here)

    def _silence(self, here: list[Episode], sweep: Sweep, last: object) -> None:
        mine = self._of(sweep.cohort)
        by_lot = all(seen.members is None for seen in mine)
        if sweep.people < SMALL or not by_lot or not here or any(seen.closing for seen in mine):
            return
        seniors = Counter(one.senior for one in here)
        if max(seniors.values()) > 1 and len(seniors) < 2 * SENIORS:
            return  # it may have been for want of seniors
        least = 2 * self.history.least
        most = 2 * least if sweep.day - last < PATIENCE else least  # type: ignore[operator]
        self.model.add(self._waiting(here) <= most - 1)

    def _draw(self, here: list[Episode], seen: Seen) -> None:
        """Some of those who waited, by lot: half of them, or at the end of a small cohort all."""
        waiting = self._waiting(here)
        chosen = [(one, self.model.new_bool_var("")) for one in here]
        self.model.add(sum(var for _, var in chosen) == seen.n)
        if seen.closing:
            self.model.add(waiting == seen.n)
        else:
            self.model.add_linear_constraint(waiting, 2 * seen.n, 2 * seen.n + 1)
        self._mixed(chosen, seen.n)
        self._cells(seen, chosen)
        place = list(self.history.seen).index(seen)
        for one, var in chosen:
            if self.history.drawn:
                self.model.add_hint(var, one.source in self.history.drawn[place])
            self.drawn[one.source].append(var)
            self.model.add_at_most_one(self.drawn[one.source])

    def _mixed(self, chosen: list[tuple[Episode, cp_model.IntVar]], n: int) -> None:
        by_senior = defaultdict(list)
        for one, var in chosen:
            by_senior[one.senior].append(var)
        for mine in by_senior.values():
            if 2 * len(mine) > n:
                self.model.add(2 * sum(mine) <= n)
        if len(by_senior) < len(chosen):
            there = [self.model.new_bool_var("") for _ in by_senior]
            for some, mine in zip(there, by_senior.values(), strict=True):
                self.model.add_bool_or(mine).only_enforce_if(some)
            self.model.add(sum(there) >= SENIORS)

    def _cells(self, seen: Seen, chosen: Iterable[tuple[Episode, cp_model.IntVar | int]]) -> None:
        members = list(chosen)
        for question, (low, high) in seen.cells.items():
            ones = [self._one(self._answer(one.version(seen.at), question), var) for one, var in members]
            self.model.add_linear_constraint(sum(ones), low, high)

    def _one(self, answer: cp_model.IntVar, drawn: cp_model.IntVar | int) -> cp_model.IntVar:
        if isinstance(drawn, int):
            return answer
        both = self.model.new_bool_var("")
        self.model.add_implication(both, answer)
        self.model.add_implication(both, drawn)
        self.model.add_bool_or(answer.negated(), drawn.negated(), both)
        return both

    def _certain(self, wanted: set[Key]) -> tuple[set[Key], set[Key]]:
        """World after world, each with answers as they were in none before, until there is no more."""
        left = {(key, value) for key in wanted for value in (0, 1)}
        while left:
            solver, status = self._other_world(left)
            if status == cp_model.INFEASIBLE:
                assert {(key, 1 - value) for key, value in left}.isdisjoint(left), "the attacker misread something"
                return {key for key, _ in left}, set()
            if status == cp_model.UNKNOWN:
                return set(), {key for key, _ in left}
            left -= {(key, solver.value(self.answers[key])) for key in wanted}
        return set(), set()

    def _other_world(self, left: set[tuple[Key, int]]) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        """One with many of these answers at a first try; then one with any, or the proof that there is none.

        The truth is where the solver begins to look; what it proves does not depend on that.
        """
        literals = [self.answers[key] if value else self.answers[key].negated() for key, value in left]
        self.model.maximize(sum(literals))
        solver, status = self._solved(min(_FIRST, self.effort))
        self.model.clear_objective()
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) and any(map(solver.boolean_value, literals)):
            return solver, status
        self.model.add_bool_or(literals)
        return self._solved(self.effort)

    def _solved(self, effort: float) -> tuple[cp_model.CpSolver, cp_model.CpSolverStatus]:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.relative_gap_limit = 0.5
        solver.parameters.max_deterministic_time = effort
        return solver, solver.solve(self.model)
