"""Made-up facts for every kind of message, built from the shape of the facts: nobody's data is in them."""

import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from bot.domain.disclosure import Withheld
from bot.domain.learn import Shelf
from bot.domain.leave import LinesFlag
from bot.domain.match import Check
from bot.domain.messages import MESSAGES, Kind
from bot.domain.prepare import AgendaFacts, IcebreakerFacts, Opened
from bot.domain.programme.facts import ChangedFacts
from bot.domain.report.facts import DigestFacts, DigestFigures
from bot.domain.report.figures import Figure, Published, Section
from bot.domain.report.kinds import NAMES
from bot.domain.report.outcomes import OutcomeFigures
from bot.domain.report.paper import Part, Told
from bot.domain.tell import NudgeFacts
from storage.records.credit import Credit
from storage.records.delivery import Target
from storage.records.enrol import Side
from storage.records.match import Pair
from storage.records.prepare import Contract
from storage.records.pulse import Pulse
from storage.records.report import FigureKind, Occasion

_ANSWERS = FigureKind.RECIPROCITY
_ABSENT: dict[tuple[type, str], Any] = {
    (DigestFacts, "chart_file"): None,
    (DigestFigures, "one_thing"): "protect_hour",
    (DigestFigures, "reciprocity"): Section(
        Published(25, 3, date(2026, 4, 27), False, tuple(Figure(name, 11, 17) for name in NAMES[_ANSWERS])),
        None, 5, 10,
    ),
    (DigestFigures, "say_do"): Section(None, Withheld.FEW, 5, 10),
    (DigestFigures, "final"): False,
    (Part, "told"): {kind: Told(Section(None, Withheld.FEW, 5, 10)) for kind in FigureKind},
    (OutcomeFigures, "occasion"): Occasion.LATER_180,
    (OutcomeFigures, "sections"): {
        kind: Section(Published(12, 1, date(2026, 4, 27), True, (Figure("later_new_role", ones, ones),)), None, 5, 10)
        for kind, ones in ((FigureKind.LATER_180_SENIOR, 7), (FigureKind.LATER_180_JUNIOR, 6))
    },
    (ChangedFacts, "settings"): ("zone", "digest_hour"),
    (AgendaFacts, "contract"): "",
    (LinesFlag, "check"): Check.SENIOR_ABOVE,
    (Opened, "item"): "warmup_01",
    (Contract, "principles"): ("stays_here", "not_that_topic", "next_time", "help_both_ways", "free_to_end"),
    (IcebreakerFacts, "items"): ("warmup_01", "warmup_02", "warmup_03"),
    (Shelf, "lessons"): ("j1", "j2", "j3", "j4", "j5", "j6"),
    (Shelf, "read"): frozenset(),
    (NudgeFacts, "template"): "keep_the_hour",
    (Pair, "why"): "purpose_technology fresh",
    (Pulse, "load"): None,
    (Pulse, "safety"): None,
    (Credit, "said"): None,
}  # fmt: skip
"""Where any value of the right type is not enough."""


_NUMBERS = {"k": 5, "minutes": 60, "cadence_days": 28, "sessions": 6, "notice_hours": 24}
_FOR_SENIORS = (
    Kind.CREDIT,
    Kind.PROPOSAL_SENIOR,
    Kind.SENIOR_GOES_FIRST,
    Kind.REBOOK,
    Kind.REFLECTION,
    Kind.REFLECTION_REMINDER,
)


def reader_of(kind: str) -> Side:
    """On which side of a pair the reader of a sample stands."""
    return Side.SENIOR if kind in _FOR_SENIORS else Side.JUNIOR


def sampled(step: str = "") -> tuple[Kind, ...]:
    """Every kind that people read as a message, or those of one step; a Home and a removal are none."""
    read = (Target.PERSON, Target.PAIR, Target.CHANNEL)
    kinds = (kind for kind, spec in MESSAGES.items() if spec.target in read and kind is not Kind.SAMPLE)
    return tuple(kind for kind in kinds if not step or kind.partition(".")[0] == step)


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """A kind of message that a coordinator sends to themselves, to see it. `me` stands in for everybody."""

    kind: str
    me: str
    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Sampler:
    """Builds facts of any type. `texts` holds what people would have written, by the name of the field."""

    me: str
    zone: str
    now: datetime
    texts: Mapping[str, str]
    side: Side = Side.JUNIOR

    def make(self, wanted: Any, name: str = "") -> Any:
        """A value of a type. Raises TypeError for a type that no sample is known for."""
        if is_dataclass(wanted) and isinstance(wanted, type):
            return self._facts(wanted)
        origin = get_origin(wanted)
        if origin is None:
            return self._plain(wanted, name)
        args = get_args(wanted)
        if origin in (Union, types.UnionType):
            return self.make(next(arg for arg in args if arg is not type(None)), name)
        if origin is Literal:
            return args[0]
        return self._several(origin, args, name)

    def _facts(self, wanted: type) -> Any:
        hints = get_type_hints(wanted)
        values = {}
        for one in fields(wanted):
            if (wanted, one.name) in _ABSENT:
                values[one.name] = _ABSENT[wanted, one.name]
            elif one.default is False:
                continue
            else:
                values[one.name] = self.make(hints[one.name], one.name)
        return wanted(**values)

    def _several(self, origin: Any, args: tuple[Any, ...], name: str) -> Any:
        if isinstance(origin, type) and issubclass(origin, tuple):
            if args[-1] is Ellipsis:
                return (self.make(args[0], name),)
            return tuple(self.make(arg, name) for arg in args)
        if isinstance(origin, type) and issubclass(origin, frozenset):
            return frozenset({self.make(args[0], name)})
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {}
        raise TypeError(f"no sample of {origin} for {name}")

    def _plain(self, wanted: Any, name: str) -> Any:
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            return self.side if wanted is Side else next(iter(wanted))
        simple = {
            str: self._text(name), bool: False, int: _NUMBERS.get(name, 2), float: 0.5,
            datetime: self.now + timedelta(days=7), date: (self.now + timedelta(days=7)).date(),
        }  # fmt: skip
        if wanted not in simple:
            raise TypeError(f"no sample of {wanted} for {name}")
        return simple[wanted]

    def _text(self, name: str) -> str:
        if name == "zone":
            return self.zone
        if name in self.texts:
            return self.texts[name]
        if name == "lesson":
            return f"{self.side[0]}1"
        if name == "missed":
            return ""
        return "sample" if name.endswith("id") and name != "user_id" else self.me
