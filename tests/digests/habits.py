"""How the people of a made-up programme are, by lot: who answers how often, who cancels, what happens between two."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from storage.records.checkin import Question

COUNTED = {Question.LEARN: "changed", Question.HELP: "done", Question.ADVOCATE: "known", Question.INTRODUCE: "talked"}
_ELSE = {
    Question.LEARN: ("learned", "learned", "not_yet", "early", "pass"),
    Question.HELP: ("vague", "not_yet", "not_yet", "early", "pass"),
    Question.ADVOCATE: ("claimed", "not_yet", "no", "early", "pass"),
    Question.INTRODUCE: ("made", "not_yet", "unwanted", "early", "pass"),
}
_GROWS = {Question.LEARN: 0.3, Question.HELP: 0.2, Question.ADVOCATE: 0.11, Question.INTRODUCE: 0.08}
_ANSWERS = (0.95, 0.95, 0.9, 0.85, 0.8, 0.7, 0.5, 0.2)
"""Nobody answers everything, and one in eight nearly nothing: 73% of all check-ins."""
_ZEAL, _REFLECTS = (0.3, 0.7, 1.0, 1.0, 1.4, 2.0), (0.05, 0.5, 0.7, 0.7, 0.8, 0.9)
"""A senior's, and how often one of it writes something down after a session."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Chances between 0 and 1, and weeks counted from 1 in which something happens once; None: it doesn't.

    `answers` a check-in, `taps` a pulse, `cancels`, `keeps` a promise, `reflects` (the senior), `forgets` to book for
    a while;
    `grows`: that a question's 1 comes true with a session, and stays so; `themes` the junior names when asked.
    """

    answers: float
    taps: float
    cancels: float
    keeps: float
    reflects: float
    forgets: float
    grows: Mapping[Question, float]
    gains: tuple[float, float]
    candid: tuple[float, float]
    themes: tuple[str, ...]
    leaves: int | None
    pauses: int | None


def ways(dice: random.Random, weeks: int, themes: tuple[str, ...]) -> Ways:
    """One pair's. Where the senior does much, much happens; the first of the themes is everybody's favourite."""
    zeal = dice.choice(_ZEAL)
    return Ways(
        answers=dice.choice(_ANSWERS),
        taps=dice.choice((0.9, 0.7, 0.5, 0.2)),
        cancels=dice.choice((0.02, 0.04, 0.08, 0.25)),
        keeps=min(0.9, 0.6 * zeal),
        reflects=_REFLECTS[_ZEAL.index(zeal)],
        forgets=dice.choice((0.0, 0.0, 0.05, 0.3)),
        grows={question: min(0.9, share * zeal) for question, share in _GROWS.items()},
        gains=(min(0.9, 0.55 * zeal), 0.6),
        candid=(dice.choice((0.3, 0.6, 0.9)), 0.85),
        themes=tuple(name for place, name in enumerate(themes) if dice.random() < (0.12 if place else 0.5)),
        leaves=dice.randrange(6, weeks + 1) if dice.random() < 0.07 and weeks > 6 else None,
        pauses=dice.randrange(3, weeks) if dice.random() < 0.1 and weeks > 3 else None,
    )


def option(dice: random.Random, question: Question, happened: bool) -> str:
    """What a junior picks."""
    return COUNTED[question] if happened else dice.choice(_ELSE[question])
