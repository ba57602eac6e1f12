"""What a coordinator asks of a match, and what comes out of it."""

from dataclasses import dataclass

from bot.domain.match.checks import Check, Why
from bot.domain.match.scoring import MOST, Weights
from storage.records.enrol import Person, Side

FLOOR = 40
"""A suggestion that fits less than this is held for a coordinator: half of the open parts are not met."""

USUAL = Weights()


@dataclass(frozen=True, slots=True)
class Terms:
    """A coordinator's wishes for one match: weights, from which figure a suggestion goes out, and who is paired."""

    weights: Weights = USUAL
    floor: int = FLOOR
    outsiders: bool = True

    @property
    def valid(self) -> bool:
        """Weights are 0 to 10, the floor is 0 to 100."""
        return all(0 <= w <= MOST for w in (*self.weights.open, *self.weights.confided)) and 0 <= self.floor <= 100


@dataclass(frozen=True, slots=True)
class Suggested:
    """Two people who might be a pair, as a coordinator reviews them.

    `score` is 0 to 100 from what coordinators can see; `held`: it is below the floor. `because` are one or two codes of
    `match.because`; `line_end` is the Slack id behind the warning `LINE_ENDS`.
    """

    junior: Person
    senior: Person
    score: int
    held: bool
    because: tuple[str, ...]
    warnings: tuple[Check, ...]
    line_end: str = ""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Somebody who has no pair on that side and gets none now, with the reason that a coordinator may know."""

    person: Person
    side: Side
    why: Why


@dataclass(frozen=True, slots=True)
class Solved:
    """The best set of pairs, best fit first. `total` adds up the shown scores, `pairs` counts the suggestions."""

    proposals: tuple[Suggested, ...]
    unmatched: tuple[Unmatched, ...]
    total: int
    pairs: int
