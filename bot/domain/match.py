"""Who may be paired with whom, and what each side is told about the other."""

from dataclasses import dataclass

from storage.records.enrol import Person, Side
from storage.records.match import Pair


@dataclass(frozen=True, slots=True)
class PairPeople:
    """A pair with its two persons: what most use cases and drawings about a pair start from."""

    pair: Pair
    junior: Person
    senior: Person

    def on(self, side: Side) -> Person:
        """Who sits on that side."""
        return self.junior if side is Side.JUNIOR else self.senior

    def other(self, person_id: str) -> Person:
        """The partner of one of the two."""
        return self.senior if person_id == self.junior.id else self.junior

    def side_of(self, person_id: str) -> Side:
        return Side.JUNIOR if person_id == self.junior.id else Side.SENIOR
