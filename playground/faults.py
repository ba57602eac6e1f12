"""Faults on demand: refused, lost, slow and half-done calls, drawn from a seeded generator."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

KINDS = (
    "429",
    "500_before",
    "500_after",
    "internal_error_after",
    "drop_before",
    "drop_after",
    "slow",
    "error",
    "html",
    "empty",
)


@dataclass(frozen=True)
class Fault:
    """One rule: which methods, what goes wrong, how often (0 to 1).

    `retry_after` is in seconds: the header of a 429, or how late a slow answer comes; `header` stands in its place
    word for word, and "" leaves it out. `times` bounds how often the rule strikes. "after" means that Slack did the
    thing and only the answer is lost. `error` is the word of a refusal by the kind of that name; `html` is the page of
    a gateway that cannot reach Slack, `empty` an answer without a body.
    """

    method_glob: str
    kind: str
    chance: float = 1.0
    retry_after: float = 1.0
    times: int | None = None
    error: str = "internal_error"
    header: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; one of {', '.join(KINDS)}")


class Faults:
    """The rules in force, which may be exchanged at run time, and the count of what they did."""

    def __init__(self, seed: int = 1, rules: Iterable[Fault] = ()) -> None:
        self._random = random.Random(seed)
        self.rules: list[Fault] = list(rules)
        self.counts: Counter[str] = Counter()
        self._struck: Counter[Fault] = Counter()

    def decide(self, method: str) -> Fault | None:
        """The fault that strikes this call, if any: the first rule whose dice say so."""
        for rule in self.rules:
            if not fnmatchcase(method, rule.method_glob):
                continue
            if rule.times is not None and self._struck[rule] >= rule.times:
                continue
            if rule.chance < 1 and self._random.random() >= rule.chance:
                continue
            self._struck[rule] += 1
            self.counts[rule.kind] += 1
            return rule
        return None

    def clear(self) -> None:
        """No faults from now on; the counts stay."""
        self.rules = []
