"""What counts how much in a match, and from which figure a suggestion goes out."""

from collections.abc import Mapping
from dataclasses import asdict

from slack_sdk.models.blocks import Block

from bot.domain.match import Terms
from bot.domain.match.review import MatchDesk
from bot.views.parts import Modal, actions, button, field_of, menu, note, section
from prompts import Words

FLOORS = tuple(range(0, 95, 5))
MOST = 10


def weights(words: Words, facts: MatchDesk) -> Modal:
    """One menu from 0 to 10 for each part, with what it means; and the floor."""
    say, terms = words.say, facts.terms
    scale = {
        str(n): say(f"matches.weights.{n}" if n in (0, MOST) else "matches.weights.n", n=n) for n in range(MOST + 1)
    }
    blocks: list[Block] = [section(say("matches.weights.intro"))]
    for name, value in asdict(terms.weights).items():
        blocks.append(_menu(f"weight.{name}", say(f"matches.parts.{name}"), scale, value, say(f"matches.about.{name}")))
    floors = {str(n): say("matches.weights.floor_none" if n == 0 else "matches.weights.floor_n", n=n) for n in FLOORS}
    near = min(FLOORS, key=lambda n: abs(n - terms.floor))
    usual = say("matches.weights.floor_about", n=Terms().floor)
    blocks += [
        _menu("floor", say("matches.weights.floor"), floors, near, usual),
        actions(button(say("matches.weights.reset"), "match.reset", facts.cohort.id)),
        note(say("matches.weights.sees")),
    ]
    return Modal(
        "match.weights", say("matches.weights.title"), blocks, say("common.buttons.cancel"), say("common.buttons.save"),
        {"cohort": facts.cohort.id},
    )  # fmt: skip


def _menu(name: str, label: str, scale: Mapping[str, str], value: int, hint: str) -> Block:
    return field_of(name, label, menu(scale, str(value)), hint=hint)
