"""The rules of preparing: icebreakers, agendas with the parking lot, and how a pair agrees to work."""

from bot.domain.prepare.agenda import (
    AGENDA_BEFORE,
    LEAST_LEFT,
    LINE_LENGTH,
    LINES_MOST,
    PARKED_MOST,
    UNDO,
    Agenda,
    AgendaFacts,
    AgendaForm,
    Line,
    ParkFacts,
    ParkForm,
    check_agenda,
    check_line,
    line_fields,
    own_first,
    suggest,
    template_number,
)
from bot.domain.prepare.icebreakers import (
    ICEBREAKER_SESSIONS,
    ICEBREAKERS_BEFORE,
    SHOWN,
    Aside,
    Deck,
    IcebreakerFacts,
    IcebreakerForm,
    deck_for,
    fresh,
    open_decks,
)

__all__ = [
    "AGENDA_BEFORE", "ICEBREAKERS_BEFORE", "ICEBREAKER_SESSIONS", "LEAST_LEFT", "LINES_MOST", "LINE_LENGTH",
    "PARKED_MOST", "SHOWN", "UNDO", "Agenda", "AgendaFacts", "AgendaForm", "Aside", "Deck", "IcebreakerFacts",
    "IcebreakerForm", "Line", "ParkFacts", "ParkForm", "check_agenda", "check_line", "deck_for", "fresh",
    "line_fields", "open_decks", "own_first", "suggest", "template_number",
]  # fmt: skip
